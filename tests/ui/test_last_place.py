"""The view and the headline that a reader left are there again at the next start."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.config import Settings
from reader.model import Selection
from reader.ui.state.last_place import (
    LastPlace,
    last_place_path,
    load_last_place,
    save_last_place,
)
from reader.ui.state.rows import Dividing, Rows
from reader.ui.state.values import CursorPlace, View

from .conftest import MakeApp
from .fakes import FakeLibrary, edition, fresh
from .screens import reading
from .test_reading import press

_SIZE = (120, 40)


async def left_after(make_app: MakeApp, library: FakeLibrary, *keys: str) -> int | None:
    """Return the headline at the cursor after these keys, at which the program ends."""
    app = make_app(library)
    async with app.run_test(size=_SIZE) as pilot:
        await press(pilot, *keys)
        return reading(app).headlines.cursor_id


async def found_by(make_app: MakeApp, library: FakeLibrary, **settings: object) -> tuple[str, int]:
    """Return the view and the headline at the cursor that a start shows."""
    app = make_app(library, **settings)
    async with app.run_test(size=_SIZE):
        headline = reading(app).headlines.cursor_id
        assert headline is not None
        return reading(app).status.view, headline


@pytest.mark.parametrize(
    "keys", [("]", "]", "]", "j", "j"), ("]", "j"), ("j",) * 30, ("g", "o", "j")]
)
async def test_the_section_and_the_headline_that_were_left_are_there_again(
    make_app: MakeApp, keys: tuple[str, ...]
) -> None:
    library = edition()
    headline = await left_after(make_app, library, *keys)
    app = make_app(library)
    async with app.run_test(size=_SIZE) as pilot:
        assert reading(app).headlines.cursor_id == headline
        view = reading(app).status.view
        # It is a place like any other: a key goes on from there.
        await press(pilot, "k")
        assert reading(app).headlines.cursor_id != headline
        assert reading(app).status.view == view
    assert view in {"Buitenland", "Binnenland", "Unread", "All", "Available offline"}
    assert (view == "All") == (keys[0] == "j")


async def test_after_fresh_news_it_begins_with_that(make_app: MakeApp) -> None:
    library = edition()
    await left_after(make_app, library, "]", "j", "j")
    library.bring(fresh(901))
    assert (await found_by(make_app, library))[1] == 901


async def test_a_section_that_is_gone_is_all_news(make_app: MakeApp, settings: Settings) -> None:
    library = edition()
    await left_after(make_app, library, "[", "j")
    left = load_last_place(last_place_path(settings.cache_path))
    gone = left and left.view.selection.section
    assert gone
    library.kept = {
        number: one for number, one in library.kept.items() if one.teaser.section != gone
    }
    assert await found_by(make_app, library) == ("All", next(iter(library.kept)))


async def test_few_offline_headlines_among_many_are_not_looked_for_at_a_start(
    make_app: MakeApp,
) -> None:
    library = edition()
    await left_after(make_app, library, "g", "o", "j")
    library.kept = {number: replace(one, cached=number < 8) for number, one in library.kept.items()}
    assert (await found_by(make_app, library))[0] == "All"


async def test_a_headline_that_is_gone_leaves_the_newest(make_app: MakeApp) -> None:
    library = edition()
    headline = await left_after(make_app, library, "]", "j", "j")
    assert headline is not None
    library.kept.pop(headline)
    assert await found_by(make_app, library) == ("Unread", 1)


@pytest.mark.parametrize(
    ("opening", "view", "headline"), [("all", "All", 1), ("unread", "Unread", 3)]
)
async def test_a_view_of_the_settings_counts_more(
    make_app: MakeApp, opening: str, view: str, headline: int
) -> None:
    library = edition()
    await left_after(make_app, library, "]", "j", "j")
    assert await found_by(make_app, library, opening=opening) == (view, headline)


async def test_the_bundled_edition_leaves_no_place(make_app: MakeApp, settings: Settings) -> None:
    await left_after(make_app, edition(sample=True), "]", "j")
    assert not last_place_path(settings.cache_path).exists()


@pytest.mark.parametrize(
    "place",
    [
        LastPlace(View("All")),
        LastPlace(View("Zeeland", Selection(section="Zeeland")), CursorPlace(7, -3)),
        LastPlace(View("#later", Selection(tag="later")), CursorPlace(2**60, 0)),
        LastPlace(View("brug", Selection(query="brug is:ongelezen"))),
        LastPlace(View("Oost", Selection(section="Groep", source="https://feed.example/"))),
    ],
    ids=lambda place: place.view.name,
)
def test_a_place_is_stored_as_it_was(tmp_path: Path, place: LastPlace) -> None:
    save_last_place(tmp_path / "place.json", place)
    assert load_last_place(tmp_path / "place.json") == place


def test_the_new_headlines_of_this_visit_are_all_headlines_at_the_next(tmp_path: Path) -> None:
    left = LastPlace(View("New", Selection(after=12)), CursorPlace(14, 2))
    save_last_place(tmp_path / "place.json", left)
    found = load_last_place(tmp_path / "place.json")
    assert found is not None
    assert (found.view.selection, found.cursor) == (Selection(), left.cursor)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"[" * 3_000,
        b'{"section": 3, "unread": "yes", "headline": "1", "below_top": 2}',
        b'{"headline": 1e300, "below_top": true}',
        b'{"headline": %d, "below_top": 0}' % 2**70,
    ],
    ids=lambda content: str(content[:40]),
)
def test_a_file_that_is_not_ours_leaves_no_place(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "place.json"
    assert load_last_place(path) is None
    path.write_bytes(content)
    found = load_last_place(path)
    assert found is None or (found.view.selection, found.cursor) == (Selection(), None)


async def test_a_folder_that_cannot_be_written_does_not_hinder_the_end(
    make_app: MakeApp, settings: Settings
) -> None:
    last_place_path(settings.cache_path).mkdir()
    await left_after(make_app, edition(), "j")
    assert await found_by(make_app, edition()) == ("All", 1)


@pytest.mark.parametrize(
    ("row", "below", "line"),
    [(0, 0, 0), (4, 3, 10), (4, 0, 12), (4, 99, 6), (4, -99, 12), (19, 0, 51), (5, 0, 16)],
)
def test_the_row_is_in_view_whatever_the_height_was(row: int, below: int, line: int) -> None:
    rows = Rows(3, (Dividing(4, "gisteren"),))
    assert rows.first_line(row, below, 10, 20) == line
    assert rows.extent(20) == 61


def test_a_short_list_begins_at_its_top() -> None:
    assert Rows(2).first_line(2, 0, 10, 3) == 0
