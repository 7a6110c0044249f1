"""Sixty feeds in eight groups: tabs, lists, filters and unread counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.config import Settings
from reader.errors import ReaderError
from reader.model import Selection
from reader.store import Store
from reader.ui.app import ReaderApp
from tests.colours import drawn_by, frame_of
from tests.many_feeds import FEEDS, GROUPS, follow_sixty

from .fake_child import FakeChild, wait_until_asked
from .fakes import NOW
from .quiet import until
from .screens import reading, text_of
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


async def test_what_was_found_at_an_address_is_in_view_below_sixty_feeds(
    library: Store, settings: Settings
) -> None:
    child = FakeChild()
    app = ReaderApp(library, replace(settings, sync="key"), lambda: NOW, child)
    async with app.run_test(size=(45, 20)) as pilot:
        await press(pilot, "F", "n", *"los.test", "enter")
        await wait_until_asked(pilot, child)
        found = ("https://los.test/alles", "https://los.test/sport")
        child.end_with(ReaderError("several_feeds", feeds=found))
        await until(pilot, lambda: all(f"[+] {each}" in text_of(app) for each in found))
        selected = reading(app).controllers.feeds.selected
        assert selected is not None
        assert selected.key == found[0]
