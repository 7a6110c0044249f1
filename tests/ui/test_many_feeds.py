"""Sixty feeds in eight groups: tabs, lists, filters and unread counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import OptionList

from reader.config import Settings
from reader.errors import ReaderError
from reader.model import Selection
from reader.store import Store
from reader.ui.app import ReaderApp
from tests.colours import drawn_by, frame_of
from tests.many_feeds import FEEDS, GROUPS, follow_sixty, title_of

from .fake_child import FakeChild, wait_until_asked
from .fakes import NOW
from .quiet import until
from .screens import lines_of, reading, text_of
from .test_feeds import feeds_in, go_to
from .test_reading import press


@pytest.fixture
def library(tmp_path: Path, settings: Settings) -> Iterator[Store]:
    """Yield a cache with sixty followed feeds."""
    with Store(tmp_path / "sixty.sqlite3") as found:
        follow_sixty(found, settings.config_path.parent, NOW)
        yield found


@pytest.mark.parametrize("size", [(120, 40), (100, 30), (45, 20)], ids=str)
async def test_the_first_frame_has_the_tabs_of_the_groups_and_the_names_of_the_feeds(
    library: Store, settings: Settings, size: tuple[int, int]
) -> None:
    settings = replace(settings, offline=True)
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        drawn = [strip.text for strip in drawn_by(app)]
    frame = ["".join(text for text, _ in line) for line in frame_of(library, settings, size)]
    assert frame == drawn
    assert size[0] < 60 or "Kust 24" in frame[0]
    assert sum("Blad 5" in line or "Blad 4" in line for line in frame) > 3


async def test_groups_are_tabs_in_their_order_and_s_has_the_feeds_of_each(
    library: Store, settings: Settings
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 60)) as pilot:
        names = [choice.view.name for choice in reading(app).edition.choices()]
        assert [name for name in names if name in GROUPS] == GROUPS
        first = library.headlines.ids(Selection(section="Kust", source=FEEDS[8].key))[0]
        library.marks.set("read", [first], NOW)
        await press(pilot, "S")
        await until(pilot, lambda: "Kust · 23 unread of 24" in text_of(app))
        assert "  Blad 8 · 2 unread of 3 · now · The site" in text_of(app)
        await press(pilot, *"blad 59", "enter")
        await until(pilot, lambda: reading(app).status.view == "Blad 59")
        assert len(reading(app).ids) == 3


async def test_a_filter_on_a_source_leaves_its_news_alone(
    library: Store, settings: Settings
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "backslash", *'source:"blad 17"')
        await until(pilot, lambda: len(reading(app).ids) == 3)
        found = library.headlines.load(list(reading(app).ids))
        assert {each.source for each in found} == {"Blad 17"}


async def test_the_search_field_finds_what_a_source_brought(
    library: Store, settings: Settings
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "slash", *'source:"blad 23"', "enter")
        await until(pilot, lambda: "3 hits" in text_of(app))
        shown = text_of(app)
        assert shown.count("Blad 23 ") == 3
        assert all(title_of(23, place)[:24] in shown for place in range(3))


async def test_a_feed_among_sixty_is_renamed_with_its_news_and_moved_to_another_group(
    library: Store, settings: Settings
) -> None:
    path = settings.config_path.with_name("feeds.toml")
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, app, "Blad 1")
        await press(pilot, "e", "ctrl+u", *"De dijkbode", "enter")
        await until(pilot, lambda: "[x] De dijkbode" in text_of(app))
        await press(pilot, "g", "ctrl+u", *"Radio", "enter")
        await until(pilot, lambda: feeds_in(path)[1].section == "Radio")
        assert feeds_in(path)[1] == replace(FEEDS[1], name="De dijkbode", section="Radio")
        await press(pilot, "escape")
        news = library.headlines.load(library.headlines.ids(Selection(source=FEEDS[1].key)))
        assert {(each.source, each.teaser.section) for each in news} == {("De dijkbode", "Radio")}
        await press(pilot, "S")
        await until(pilot, lambda: "Radio · 24 unread of 24" in text_of(app))
        assert "De dijkbode · 3 unread of 3" in text_of(app)


async def test_a_feed_among_sixty_is_muted_and_comes_back_with_all_its_news(
    library: Store, settings: Settings
) -> None:
    path = settings.config_path.with_name("feeds.toml")
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, app, "Blad 30")
        await press(pilot, "space")
        assert [feed.name for feed in feeds_in(path) if feed.muted] == ["Blad 30"]
        await until(pilot, lambda: "[ ] Blad 30" in text_of(app))
        await press(pilot, "space")
        assert feeds_in(path) == list(FEEDS)
        await press(pilot, "escape")
        assert len(library.headlines.ids(Selection(source=FEEDS[30].key))) == 3


async def test_a_feed_among_sixty_is_unsubscribed_and_put_back_in_its_place(
    library: Store, settings: Settings
) -> None:
    path = settings.config_path.with_name("feeds.toml")
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        before = list(reading(app).ids)
        await go_to(pilot, app, "Blad 7")
        await press(pilot, "d", "escape")
        assert feeds_in(path) == [feed for feed in FEEDS if feed.name != "Blad 7"]
        assert list(reading(app).ids) == before
        await press(pilot, "U")
        await until(pilot, lambda: feeds_in(path) == list(FEEDS))
        positions = {state.source: state.position for state in library.feeds.states()}
        assert positions == {feed.key: place for place, feed in enumerate(FEEDS)}


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20)])
@pytest.mark.parametrize("key", ["F", "S"])
async def test_the_row_at_the_cursor_is_in_view_to_the_last_of_many(
    library: Store, settings: Settings, key: str, size: tuple[int, int]
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=size) as pilot:
        await press(pilot, key)
        rows = app.screen.query_one(OptionList)
        rows.focus()
        await press(pilot, "end")
        assert rows.highlighted is not None
        last = str(rows.get_option_at_index(rows.highlighted).prompt).split("·")[0].strip()
        await until(pilot, lambda: last in text_of(app))
        place = next(y for y, line in enumerate(lines_of(app)) if last in line)
        assert place < app.screen.query_one("#follow, #sections").region.bottom


async def test_what_was_found_at_an_address_is_in_view_below_sixty_feeds(
    library: Store, settings: Settings
) -> None:
    child = FakeChild()
    app = ReaderApp(library, replace(settings, sync="key"), lambda: NOW, child)
    async with app.run_test(size=(45, 20)) as pilot:
        # A filter that was typed before hides none of what was found.
        await press(pilot, "F", "slash", *"podia", "enter")
        await press(pilot, "n", *"los.test", "enter")
        await wait_until_asked(pilot, child)
        found = ("https://los.test/alles", "https://los.test/sport")
        child.end_with(ReaderError("several_feeds", feeds=found))
        await until(pilot, lambda: all(f"[+] {each}" in text_of(app) for each in found))
        selected = reading(app).controllers.feeds.selected
        assert selected is not None
        assert selected.key == found[0]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 15), (45, 20)])
async def test_what_an_address_led_to_is_said_in_the_dialog_above_its_keys(
    library: Store, settings: Settings, size: tuple[int, int]
) -> None:
    child = FakeChild()
    app = ReaderApp(library, replace(settings, sync="key"), lambda: NOW, child)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "F", "end")
        rows = app.screen.query_one(OptionList)
        assert rows.highlighted is not None
        last = str(rows.get_option_at_index(rows.highlighted).prompt).split("·")[0].strip()
        await press(pilot, "n", *"los.test", "enter")
        await wait_until_asked(pilot, child)
        child.end_with(ReaderError("no_feed"))
        await until(pilot, lambda: "This is not a feed." in text_of(app))
        # The row at the cursor is not below it.
        await until(pilot, lambda: last in text_of(app))


def keys_of(app: ReaderApp) -> str:
    """Return the last line of the screen, which names the keys."""
    return lines_of(app)[-1]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20)])
async def test_a_feed_far_down_is_found_by_typing(
    library: Store, settings: Settings, size: tuple[int, int]
) -> None:
    path = settings.config_path.with_name("feeds.toml")
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "F", "slash", *"podia blad 5", "enter")
        feeds = reading(app).controllers.feeds
        await until(pilot, lambda: feeds.selected is not None and feeds.selected.name == "Blad 5")
        shown = text_of(app)
        # Those of its group with such a name, and neither sections nor suggestions.
        assert [name in shown for name in ("Blad 5 ", "Blad 45", "Blad 13", "PZC")] == [
            True, True, False, False,
        ]  # fmt: skip
        await press(pilot, "j", "e", "ctrl+u", *"Toneelblad", "enter")
        await until(pilot, lambda: feeds_in(path)[45].name == "Toneelblad")
        # Without the filter the cursor is at the same feed.
        await press(pilot, "slash", "ctrl+u", *"toneel")
        await until(pilot, lambda: "Toneelblad" in text_of(app))
        await press(pilot, "escape")
        await until(pilot, lambda: "Blad 44" in text_of(app))
        assert feeds.selected is not None
        assert feeds.selected.name == "Toneelblad"
        await press(pilot, "escape")
        await until(pilot, lambda: reading(app).is_current)


async def test_words_that_no_feed_has_leave_nothing_and_choose_nothing(
    library: Store, settings: Settings
) -> None:
    path = settings.config_path.with_name("feeds.toml")
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(pilot, app, "Blad 3")
        await press(pilot, "backslash", *"onvindbaar")
        await until(pilot, lambda: "Nothing found." in text_of(app))
        await press(pilot, "enter", "d", "space")
        assert feeds_in(path) == list(FEEDS)


async def test_the_keys_offered_are_those_of_what_is_at_the_cursor(
    library: Store, settings: Settings
) -> None:
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, app, "Blad 3")
        await until(pilot, lambda: "Rename" in keys_of(app) and "Unfollow" in keys_of(app))
        assert "To the list" not in keys_of(app)
        await press(pilot, "end")
        await until(pilot, lambda: "Rename" not in keys_of(app))
        assert "Unfollow" not in keys_of(app)
        await press(pilot, "slash")
        await until(pilot, lambda: "To the list" in keys_of(app))
        assert "Filter" not in keys_of(app)
        assert "Close" in keys_of(app)


async def test_a_group_is_no_section_to_follow_once_its_feeds_are_left(
    library: Store, settings: Settings
) -> None:
    path = settings.config_path.with_name("feeds.toml")
    app = ReaderApp(library, settings, lambda: NOW, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "slash", *"kust", "enter")
        feeds = reading(app).controllers.feeds
        await until(pilot, lambda: feeds.selected is not None and feeds.selected.name == "Blad 0")
        for _ in range(8):
            await press(pilot, "d")
        await until(pilot, lambda: {feed.section for feed in feeds_in(path)} == {*GROUPS[1:]})
        await until(pilot, lambda: "Nothing found." in text_of(app))
        await press(pilot, "escape", "escape", "F", "slash", *"kust")
        await until(pilot, lambda: "Nothing found." in text_of(app))
        # The news of the feeds stays, and so does the tab of their group.
        assert len(library.headlines.ids(Selection(section="Kust"))) == 24
