"""Choices reach other machines: sections, mutes, tags, stories, and their undo."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.model import Section
from reader.store import Store
from tests.patience import wait_until
from tests.store.builders import NOON, article, both, hours_old, later, linked, show_sections
from tests.stories.news import BARN, KITCHEN, OTHERS

from .machines import Machine, two_machines

_SECTIONS = [Section(name, f"https://www.zeelandnet.nl/{name}") for name in ("Sport", "Weer")]
# Reports with what has none of their words between them, so that these are rare.
_NEWS = (*OTHERS, *BARN, *KITCHEN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sync" / "znreader"


@pytest.fixture
def two(tmp_path: Path, folder: Path) -> Iterator[tuple[Machine, Machine]]:
    with two_machines(tmp_path, folder, "Krab", "Boot") as machines:
        yield machines


def carry(*machines: Machine) -> None:
    """Let each exchange, and the first again."""
    for each in (*machines, machines[0]):
        each.exchange()


def followed(of: Machine) -> set[str]:
    return {each.section.name for each in of.store.sources.followings() if each.followed}


def muted(of: Machine) -> set[str]:
    return {each.name for each in of.store.mutes.all()}


def add(store: Store, told: tuple[str, str, str], hours: int) -> None:
    title, lead, body = told
    teaser = linked(title, lead, age=both(hours_old(hours), hours_old(hours)))
    store.pages.add(article(teaser, lead, body))


def bring_news(of: Machine, news: tuple[tuple[str, str, str], ...] = _NEWS) -> None:
    """Store reports, and place them in stories."""
    for hours, told in enumerate(news, 1):
        add(of.store, told, len(news) + 2 - hours)
    of.store.stories.place(NOON)


def stories(of: Machine) -> set[frozenset[str]]:
    """Return the stories as the titles of their reports."""
    return {
        frozenset(
            each.teaser.title or ""
            for each in of.store.headlines.load(of.store.stories.reports(number))
        )
        for number in of.store.stories.numbers()
    }


def report(of: Machine, title: str) -> int:
    return of.headline(title).id


def story(of: Machine, title: str) -> int:
    number = of.headline(title).story
    assert number is not None
    return number


_BARN, _KITCHEN = (frozenset(title for title, *_ in told) for told in (BARN, KITCHEN))


def test_a_section_is_followed_or_not_on_both(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    for each in two:
        show_sections(each.store, _SECTIONS, NOON)
    laptop.store.sources.follow("Sport", followed=False)
    carry(laptop, desktop)
    assert followed(desktop) == {"Weer"}
    desktop.store.sources.follow("Sport", followed=True)
    carry(desktop, laptop)
    assert followed(laptop) == {"Sport", "Weer"}


def test_a_section_that_shows_later_is_as_it_was_chosen(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    show_sections(laptop.store, _SECTIONS, NOON)
    laptop.store.sources.follow("Weer", followed=False)
    carry(laptop, desktop)
    show_sections(desktop.store, _SECTIONS, NOON)
    assert followed(desktop) == {"Sport"}


def test_what_is_muted_is_so_on_both_until_that_is_ended(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    laptop.store.mutes.add("krab")
    laptop.store.mutes.add("section:Sport")
    carry(laptop, desktop)
    assert muted(desktop) == {"krab", "Sport"}
    desktop.store.mutes.remove("krab")
    carry(desktop, laptop)
    assert muted(laptop) == {"Sport"}


def test_a_tag_comes_over_and_its_undoing_too(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    laptop.store.marks.set("tag:zee", [report(laptop, "Krab")], NOON)
    carry(laptop, desktop)
    assert desktop.headline("Krab").tags == ("zee",)
    laptop.store.marks.undo(later(1))
    carry(laptop, desktop)
    assert desktop.headline("Krab").tags == ()


def test_a_story_is_watched_on_both_whatever_its_number(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    bring_news(desktop, KITCHEN)
    for each in two:
        bring_news(each)
    assert story(laptop, BARN[0][0]) != story(desktop, BARN[0][0])
    laptop.store.stories.watch(story(laptop, BARN[0][0]))
    carry(laptop, desktop)
    assert desktop.store.stories.watched() == [story(desktop, BARN[0][0])]
    desktop.store.stories.watch(story(desktop, BARN[1][0]), value=False)
    carry(desktop, laptop)
    assert laptop.store.stories.watched() == []


def test_a_watched_story_is_so_once_its_reports_are_here_and_placed(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    bring_news(laptop)
    laptop.store.stories.watch(story(laptop, BARN[0][0]))
    carry(laptop, desktop)
    assert desktop.store.stories.watched() == []
    bring_news(desktop)
    assert desktop.store.stories.watched() == [story(desktop, BARN[0][0])]


def test_of_two_who_say_otherwise_of_a_story_the_later_counts(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    for each in two:
        bring_news(each)
        each.store.stories.watch(story(each, BARN[0][0]))
    # Their clocks count milliseconds.
    said = time.time_ns() // 1_000_000
    wait_until(lambda: time.time_ns() // 1_000_000 > said, "the next millisecond")
    laptop.store.stories.watch(story(laptop, BARN[0][0]), value=False)
    carry(desktop, laptop)
    assert laptop.store.stories.watched() == desktop.store.stories.watched() == []


def test_a_report_that_was_taken_out_is_so_on_both_and_stays_out(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    for each in two:
        bring_news(each)
    assert stories(desktop) == {_BARN, _KITCHEN}
    out = BARN[1][0]
    laptop.store.stories.split([report(laptop, out)])
    carry(laptop, desktop)
    assert stories(laptop) == stories(desktop) == {_BARN - {out}, _KITCHEN}
    page = article(linked(out, BARN[1][1]), *BARN[1][1:], "Nog een zin.", fetched=later(1))
    desktop.store.pages.add(replace(page, fetched=later(1)))
    desktop.store.stories.place(NOON)
    assert stories(desktop) == {_BARN - {out}, _KITCHEN}
    assert laptop.store.stories.undo() == [report(laptop, out)]
    carry(laptop, desktop)
    assert stories(laptop) == stories(desktop) == {_BARN, _KITCHEN}


def test_what_the_other_took_out_is_not_undone_here(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    for each in two:
        bring_news(each)
    laptop.store.stories.split([report(laptop, BARN[1][0])])
    carry(laptop, desktop)
    assert desktop.store.stories.undo() == []


def test_a_report_that_was_taken_out_before_it_came_here_stays_out(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    bring_news(laptop)
    laptop.store.stories.split([report(laptop, BARN[1][0])])
    carry(laptop, desktop)
    bring_news(desktop)
    assert stories(desktop) == {_BARN - {BARN[1][0]}, _KITCHEN}


def test_what_was_joined_is_one_story_on_both_until_that_is_undone(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    for each in two:
        bring_news(each)
    museum, oysters = OTHERS[0][0], OTHERS[1][0]
    laptop.store.stories.join([report(laptop, BARN[0][0]), report(laptop, museum)])
    carry(laptop, desktop)
    assert stories(desktop) == {_BARN | {museum}, _KITCHEN}
    laptop.store.stories.join([report(laptop, oysters), report(laptop, OTHERS[2][0])])
    carry(laptop, desktop)
    pair = frozenset({oysters, OTHERS[2][0]})
    assert stories(laptop) == stories(desktop) == {_BARN | {museum}, _KITCHEN, pair}
    for left in ({_BARN | {museum}, _KITCHEN}, {_BARN, _KITCHEN}):
        laptop.store.stories.undo()
        carry(laptop, desktop)
        together = {each for each in stories(desktop) if len(each) > 1}
        assert together == {each for each in stories(laptop) if len(each) > 1} == left


def test_what_was_joined_before_it_came_here_is_one_story(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    bring_news(laptop)
    museum = OTHERS[0][0]
    laptop.store.stories.join([report(laptop, BARN[0][0]), report(laptop, museum)])
    carry(laptop, desktop)
    bring_news(desktop, OTHERS)
    assert all(len(each) < 2 for each in stories(desktop))
    bring_news(desktop)
    assert stories(desktop) == {_BARN | {museum}, _KITCHEN}


def test_what_is_taken_out_on_one_and_joined_later_on_the_other_is_joined(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    for each in two:
        bring_news(each)
    out = BARN[2][0]
    laptop.store.stories.split([report(laptop, out)])
    carry(laptop, desktop)
    desktop.store.stories.join([report(desktop, KITCHEN[0][0]), report(desktop, out)])
    carry(desktop, laptop)
    assert stories(laptop) == stories(desktop) == {_BARN - {out}, _KITCHEN | {out}}
    # A correction is not applied again when more reports are placed.
    for each in two:
        add(each.store, ("Paard loopt los", "Een paard liep los in Axel.", "Het staat weer."), 1)
        each.store.stories.place(NOON)
    assert stories(laptop) == stories(desktop) == {_BARN - {out}, _KITCHEN | {out}}


def test_where_the_one_to_which_it_was_joined_is_taken_out_the_other_stays(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    for each in two:
        bring_news(each)
    museum, first = OTHERS[0][0], BARN[0][0]
    laptop.store.stories.join([report(laptop, first), report(laptop, museum)])
    laptop.store.stories.split([report(laptop, first)])
    carry(laptop, desktop)
    assert museum in set().union(*(each for each in stories(laptop) if len(each) > 1))
    for each in two:
        each.store.stories.place(NOON)
    assert stories(laptop) == {(_BARN | {museum}) - {first}, _KITCHEN}
