"""The notification command: it gets the new headlines of searches and stories, once."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.cli.notifying import notify, with_notification
from reader.config import Settings
from reader.errors import ReaderError
from reader.events import Done, Event, NotifyFailed, Progress
from reader.model import Selection
from reader.store import Store
from tests.store.builders import NOON, article, both, hours_old, later, linked, listing
from tests.stories.news import BARN, OTHERS

# Writes what it was run with to the file of its first argument.
_NOTE = (
    "import os, sys; f = sys.argv[-1]; is_file = os.path.isfile(f);"
    " open(sys.argv[1], 'w').write(repr((sys.argv[2:], is_file and open(f).read())))"
)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "cache.sqlite3") as store:
        store.pages.add(listing(linked("Haven krijgt bank"), linked("Krab wint")))
        store.searches.save("De haven", "haven")
        store.searches.save("Krabben", "krab")
        yield store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    run = (sys.executable, "-c", _NOTE, str(tmp_path / "noted"), "{url}", "--", "{title}", "{text}",
           "{file}")  # fmt: skip
    return Settings(
        tmp_path / "cache.sqlite3", tmp_path / "config.toml", language="en", notify={"run": run}
    )


def noted(tmp_path: Path) -> tuple[list[str], str]:
    note = tmp_path / "noted"
    arguments, text = eval(note.read_text(encoding="utf-8"))  # noqa: S307 - our own
    note.unlink()
    return arguments, text


def test_only_what_is_new_since_it_was_saved_is_told_and_once(
    cache: Store, settings: Settings, tmp_path: Path
) -> None:
    assert not notify(cache, settings, NOON)
    cache.pages.add(
        listing(
            linked("Haven gaat dicht", "Het waait.", age=hours_old(1)),
            linked("Boot vaart", age=hours_old(1)),
            linked("-rf krab"),
        )
    )
    assert notify(cache, settings, NOON)
    (url, dashes, title, text, path), listed = noted(tmp_path)
    assert url == "https://www.zeelandnet.nl/nieuws/haven-gaat-dicht"
    assert (dashes, title) == ("--", "2 new: De haven (1), Krabben (1)")
    assert text == "Haven gaat dicht\n-rf krab"
    assert "== De haven ==\n\nHaven gaat dicht\nHet waait.\n" + url in listed
    assert not Path(path).exists()
    assert not notify(cache, settings, NOON)
    assert not (tmp_path / "noted").exists()


def test_new_reports_of_a_watched_story_are_told(
    cache: Store, settings: Settings, tmp_path: Path
) -> None:
    numbers = cache.headlines.ids()
    story = cache.stories.join(numbers)
    assert story is not None
    cache.stories.watch(story)
    assert not notify(cache, settings, NOON)
    cache.pages.add(listing(linked("Alarm om zeehond", age=hours_old(0))))
    (new,) = cache.headlines.ids(Selection(after=max(numbers)))
    cache.stories.join([numbers[0], new])
    assert notify(cache, settings, NOON)
    assert noted(tmp_path)[0][2:4] == ["1 new: Alarm om zeehond (1)", "Alarm om zeehond"]
    cache.stories.watch(story, value=False)
    cache.pages.add(listing(linked("Zeehond weer thuis")))
    (last,) = cache.headlines.ids(Selection(after=new))
    cache.stories.join([numbers[0], last])
    assert not notify(cache, settings, NOON)


def test_a_hit_by_a_text_that_came_later_is_told_once(
    cache: Store, settings: Settings, tmp_path: Path
) -> None:
    known, boat = linked("Haven krijgt bank"), linked("Boot vaart", "Het waait.")
    cache.pages.add(listing(boat))
    assert not notify(cache, settings, NOON)
    cache.pages.add(article(boat, "Het waait.", "De haven is dicht.", fetched=later(1)))
    # This one matched when the search was saved.
    cache.pages.add(article(known, "Een bank.", "In de haven staat een bank.", fetched=later(1)))
    assert notify(cache, settings, later(1))
    assert noted(tmp_path)[0][2:4] == ["1 new: De haven (1)", "Boot vaart"]
    cache.pages.add(article(boat, "Het waait.", "De haven is weer open.", fetched=later(2)))
    assert not notify(cache, settings, later(2))


def test_a_report_that_was_placed_later_is_told_once(
    cache: Store, settings: Settings, tmp_path: Path
) -> None:
    for hours, report in enumerate(OTHERS):
        _add(cache, report, hours)
    first, second = _add(cache, BARN[0], 9), _add(cache, BARN[1], 7)
    cache.stories.place(NOON)
    (headline,) = cache.headlines.load([second])
    assert headline.story is not None
    cache.stories.watch(headline.story)
    last = _add(cache, BARN[2], 1)
    assert not notify(cache, settings, NOON)
    cache.stories.place(NOON)
    assert cache.stories.reports(headline.story) == [last, second, first]
    assert notify(cache, settings, NOON)
    assert noted(tmp_path)[0][2] == f"1 new: {BARN[2][0]} (1)"
    assert not notify(cache, settings, NOON)


def _add(cache: Store, report: tuple[str, str, str], hours: int) -> int:
    title, lead, body = report
    age = hours_old(hours)
    teaser = linked(title, lead, age=both(age, age))
    cache.pages.add(article(teaser, lead, body))
    number = cache.headlines.find(teaser.url or "")
    assert number is not None
    return number


def test_what_is_read_or_muted_is_not_told(cache: Store, settings: Settings) -> None:
    cache.mutes.add("bootje")
    cache.pages.add(listing(linked("Haven dicht"), linked("Bootje in haven")))
    cache.marks.set("read", cache.headlines.ids(Selection(words="dicht")), NOON)
    assert not notify(cache, settings, NOON)


def test_without_a_command_nothing_piles_up(cache: Store, settings: Settings) -> None:
    cache.pages.add(listing(linked("Haven gaat dicht")))
    assert not notify(cache, replace(settings, notify={}), NOON)
    assert not notify(cache, settings, NOON)


@pytest.mark.parametrize(
    ("run", "code"),
    [
        (("no-such-program",), "command_unusable"),
        ((sys.executable, "-c", "raise SystemExit('vol')"), "command_failed"),
    ],
)
def test_a_command_that_fails_is_told_of_it_another_time(
    cache: Store, settings: Settings, tmp_path: Path, run: tuple[str, ...], code: str
) -> None:
    cache.pages.add(listing(linked("Haven gaat dicht")))
    failing = replace(settings, notify={"run": run})
    with pytest.raises(ReaderError) as failure:
        notify(cache, failing, NOON)
    assert failure.value.code == code
    events: list[Event] = [Progress(1, 1, 1, 0), Done(requests=1)]
    told = list(with_notification(iter(events), cache, failing, lambda: later(1)))
    assert [type(event) for event in told] == [Progress, NotifyFailed, Done]
    assert notify(cache, settings, NOON)
    assert noted(tmp_path)[0][2] == "1 new: De haven (1)"


def test_what_comes_in_while_the_command_is_made_is_told_another_time(cache: Store) -> None:
    cache.pages.add(listing(linked("Haven gaat dicht")))
    upto = cache.headlines.last_id()
    cache.pages.add(listing(linked("Haven gaat open")))
    ((first),) = cache.notifications.groups(NOON, upto)
    assert [each.teaser.title for each in first.headlines] == ["Haven gaat dicht"]
    cache.notifications.note(upto)
    ((later_on),) = cache.notifications.groups(NOON, cache.headlines.last_id())
    assert [each.teaser.title for each in later_on.headlines] == ["Haven gaat open"]


def test_the_moment_is_that_of_the_end_of_the_sync(cache: Store, settings: Settings) -> None:
    asked: list[str] = []

    def happening() -> Iterator[Event]:
        asked.append("synced")
        yield Done()

    def clock() -> datetime:
        asked.append("clock")
        return NOON

    list(with_notification(happening(), cache, settings, clock))
    assert asked == ["synced", "clock"]


def test_of_a_very_great_many_a_thousand_are_loaded_and_all_are_counted(cache: Store) -> None:
    cache.pages.add(listing(*(linked(f"Haven krijgt kraan {n}") for n in range(1_002))))
    (group,) = cache.notifications.groups(NOON, cache.headlines.last_id())
    assert (group.count, len(group.headlines)) == (1_002, 1_000)


def test_of_very_much_the_newest_are_told_and_the_file_has_all(
    cache: Store, settings: Settings, tmp_path: Path
) -> None:
    names = [linked(f"Haven krijgt kraan {n}", age=hours_old(n)) for n in range(30)]
    cache.pages.add(listing(*names))
    assert notify(cache, settings, NOON)
    arguments, listed = noted(tmp_path)
    assert arguments[3].splitlines()[-1] == "and 10 more"
    assert len(arguments[3].splitlines()) == 21
    assert listed.count("Haven krijgt kraan") == 30
