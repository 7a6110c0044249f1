"""What was said of an article that moved reaches machines that know only its new address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.model import PageOrigin
from tests.store.builders import NOON, article, both, hours_old, later, linked
from tests.store.test_feed_identity import bring, entry
from tests.stories.news import BARN, KITCHEN, OTHERS

from .machines import Machine, two_machines
from .test_choices import carry, report, stories

_NEWS = (*OTHERS, *BARN, *KITCHEN)
_MOVED = BARN[1][0]
_REST = frozenset(title for title, *_ in BARN) - {_MOVED}


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Machine, Machine]]:
    with two_machines(tmp_path, tmp_path / "sync") as machines:
        yield machines


def bring_news(of: Machine, moved: str = "") -> None:
    """Store reports, of which one is at its new address if that is `moved`."""
    for hours, (title, lead, body) in enumerate(_NEWS, 1):
        age = both(hours_old(len(_NEWS) + 2 - hours), hours_old(len(_NEWS) + 2 - hours))
        teaser = linked(title, lead, age=age)
        if moved and title == _MOVED:
            teaser = replace(teaser, url=moved)
        of.store.pages.add(article(teaser, lead, body))
    of.store.stories.place(NOON)


def move(of: Machine) -> str:
    """Let the site move a report; return its new address."""
    title, lead, body = BARN[1]
    old = str(linked(title).url)
    new = f"{old}-nieuw"
    page = article(linked(title, lead), lead, body, fetched=later(1))
    of.store.pages.add(page, origin=PageOrigin(old, moved=new))
    assert of.headline(title).teaser.url == new
    return new


@pytest.mark.parametrize("is_set_first", [True, False])
def test_where_one_was_in_an_article_is_known_at_its_new_address(
    two: tuple[Machine, Machine], is_set_first: bool
) -> None:
    laptop, desktop = two
    bring_news(laptop)
    bring_news(desktop, f"{linked(_MOVED).url}-nieuw")
    for acts in ("set", "move") if is_set_first else ("move", "set"):
        if acts == "set":
            laptop.store.articles.keep_place(report(laptop, _MOVED), 40, NOON)
        else:
            move(laptop)
        carry(laptop, desktop)
    assert desktop.store.articles.place(report(desktop, _MOVED)) == 40


# The report that moved is the one that is taken out, or the one that the choice names.
@pytest.mark.parametrize("is_other", [False, True])
@pytest.mark.parametrize("is_set_first", [True, False])
def test_a_report_that_moved_is_taken_out_and_put_back_everywhere(
    two: tuple[Machine, Machine], is_set_first: bool, is_other: bool
) -> None:
    laptop, desktop = two
    bring_news(laptop)
    before = stories(laptop)
    out = BARN[0][0] if is_other else _MOVED
    new = "" if is_set_first else move(laptop)
    if is_other:
        # So that the choice names the one that moves.
        laptop.store.stories.split([report(laptop, BARN[2][0]), report(laptop, out)])
    else:
        laptop.store.stories.split([report(laptop, out)])
    carry(laptop, desktop)
    new = new or move(laptop)
    carry(laptop, desktop)
    bring_news(desktop, new)
    assert stories(desktop) == stories(laptop) != before
    assert laptop.store.stories.undo()
    assert stories(laptop) == before
    carry(laptop, desktop)
    assert stories(desktop) == before
    for each in two:
        each.store.stories.place(NOON)
    assert stories(laptop) == stories(desktop) == before


def test_what_another_machine_chose_since_counts(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    bring_news(laptop)
    laptop.store.stories.split([report(laptop, _MOVED)])
    carry(laptop, desktop)
    new = move(laptop)
    carry(laptop, desktop)
    bring_news(desktop, new)
    desktop.store.stories.join([report(desktop, BARN[0][0]), report(desktop, _MOVED)])
    carry(desktop, laptop)
    assert stories(desktop) == stories(laptop)
    assert any({_MOVED} | _REST <= each for each in stories(laptop))


def test_an_entry_whose_link_changes_is_read_where_only_the_new_link_is_known(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    old, new = (entry("Boot vaart", f"https://haven.test/{path}", "1") for path in ("a", "b"))
    bring(laptop.store, old)
    laptop.mark("Boot vaart")
    carry(laptop, desktop)
    bring(laptop.store, new, at=later(1))
    carry(laptop, desktop)
    bring(desktop.store, new, at=later(1))
    assert desktop.read_titles() == {"Boot vaart"}
