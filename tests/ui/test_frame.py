"""The first frame, painted before Textual, equals Textual's own."""

from functools import partial
from itertools import count as count_from
from itertools import takewhile
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.config import Settings
from reader.model import LastVisit, Selection
from reader.ui.screens.part_styles import part_styles
from reader.ui.state.last_place import LastPlace, last_place_path, save_last_place
from reader.ui.state.split import Split, save_split, split_path
from reader.ui.state.values import CursorPlace, View
from reader.ui.terminal.early_paint import scene_of
from reader.ui.terminal.first_frame import SMALLEST, can_move, first_frame
from reader.ui.terminal.frame_colours import (
    Depth,
    colours_path,
    depth_of,
    load_colours,
    save_colours,
)
from tests.colours import drawn_and_learned, drawn_by, frame_of

from .conftest import MakeApp
from .fakes import NOW, edition
from .quiet import until
from .screens import reading

_TRUE = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


@pytest.mark.parametrize(
    ("size", "count"),
    [
        ((120, 40), 36),
        ((80, 24), 36),
        ((45, 20), 36),
        ((100, 16), 4),
        ((200, 60), 36),
        ((72, 30), 36),
        ((91, 33), 9),
        (SMALLEST, 36),
    ],
    ids=str,
)
async def test_the_first_frame_is_what_textual_draws(
    make_app: MakeApp, settings: Settings, size: tuple[int, int], count: int
) -> None:
    library = edition(count, sample=True)
    # An empty section's tab is another sight.
    library.kept = {number: replace(one, saved=False) for number, one in library.kept.items()}
    app = make_app(library, offline=True)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        drawn = [strip.text for strip in drawn_by(app)]
        learned = part_styles(app.reading_screen, "truecolor")
    frame = frame_of(library, replace(settings, offline=True), size)
    assert ["".join(text for text, _ in line) for line in frame] == drawn
    assert {part for line in frame for _, part in line} <= set(learned)


@pytest.mark.parametrize("split", [Split(517), Split(zoomed=True), Split(30, zoomed=False)])
@pytest.mark.parametrize("size", [(120, 40), (93, 17)], ids=str)
async def test_the_first_frame_has_the_panes_as_they_were_left(
    make_app: MakeApp, settings: Settings, size: tuple[int, int], split: Split
) -> None:
    save_split(split_path(settings.cache_path), split)
    app = make_app(edition(), density="compact")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        drawn = [strip.text for strip in drawn_by(app)]
    frame = frame_of(edition(), replace(settings, density="compact"), size)
    assert ["".join(text for text, _ in line) for line in frame] == drawn


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20), (100, 16)], ids=str)
async def test_with_the_cursor_further_down_it_is_what_textual_draws(
    make_app: MakeApp, settings: Settings, size: tuple[int, int]
) -> None:
    app = make_app(edition(36, sample=True), offline=True)
    offline = replace(settings, offline=True)
    scene, room = scene_of(edition(36, sample=True), offline, size, NOW)
    moved = (replace(scene, moved=rows) for rows in count_from(1))
    async with app.run_test(size=size) as pilot:
        for each in takewhile(partial(can_move, room=room), moved):
            await pilot.press("j")
            drawn = [strip.text for strip in drawn_by(app)]
            frame = first_frame(each, room, NOW)
            assert ["".join(text for text, _ in line) for line in frame] == drawn
        assert app.reading_screen.headlines.scroll_offset.y == 0
        await pilot.press("j")
        assert app.reading_screen.headlines.scroll_offset.y > 0


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20), (200, 60), SMALLEST], ids=str)
@pytest.mark.parametrize(("row", "below"), [(3, 2), (20, 5), (20, 900), (20, -900), (59, 4)])
async def test_the_first_frame_has_the_place_that_was_left(
    make_app: MakeApp, settings: Settings, size: tuple[int, int], row: int, below: int
) -> None:
    library = edition(60)
    library.visit = LastVisit(NOW, 60)
    place = LastPlace(View("Ongelezen", Selection(unread=True)), CursorPlace(row, below))
    unread = [number for number, one in library.kept.items() if not one.read]
    place = replace(place, cursor=CursorPlace(unread[min(row, len(unread) - 1)], below))
    save_last_place(last_place_path(settings.cache_path), place)
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        drawn = [strip.text for strip in drawn_by(app)]
        learned = part_styles(app.reading_screen, "truecolor")
        assert place.cursor is not None
        assert reading(app).headlines.cursor_id == place.cursor.headline_id
        frame = frame_of(library, settings, size)
        scene, room = scene_of(library, settings, size, NOW)
        for key, moved in (("j", 1), ("k", 0), ("k", -1)):
            await pilot.press(key)
            await pilot.pause()
            there = replace(scene, moved=moved)
            if not can_move(there, room):
                break
            lines = first_frame(there, room, NOW)
            assert ["".join(text for text, _ in line) for line in lines] == [
                strip.text for strip in drawn_by(app)
            ]
    assert ["".join(text for text, _ in line) for line in frame] == drawn
    assert {part for line in frame for _, part in line} <= set(learned)


async def test_in_every_theme_its_colours_are_those_that_textual_draws() -> None:
    seen = set[str]()
    async for theme, drawn, learned in drawn_and_learned():
        assert {part: learned.get(part) for part in drawn} == drawn, theme
        seen |= set(drawn)
    assert len(seen) > 30


async def test_they_are_remembered_for_the_next_start(
    make_app: MakeApp, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Set by the plugin that compares pictures.
    monkeypatch.delenv("TEXTUAL_SNAPSHOT_TEMPDIR", raising=False)
    path = colours_path(settings.cache_path)
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        app.theme = "nord"
        await until(pilot, lambda: load_colours(path, "nord", "truecolor"))
    assert "38;2;" in load_colours(path, "nord", "truecolor")["rule-rule"]
    assert not load_colours(path, "nord", "256")
    assert not load_colours(path, "dracula", "truecolor")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"nord truecolor": 3}',
        b'{"nord truecolor": {"border": 3}}',
        b'{"nord truecolor": {"border": "1m\\u001b]0;x"}}',
        b"[" * 90_000,
    ],
    ids=lambda content: str(content[:40]),
)
def test_a_file_that_is_not_ours_has_no_colours(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "first_frame.json"
    assert not load_colours(path, "nord", "truecolor")
    path.write_bytes(content)
    assert not load_colours(path, "nord", "truecolor")
    save_colours(path, "nord", "truecolor", {"border": "1"})
    assert load_colours(path, "nord", "truecolor") == {"border": "1"}


def test_what_was_not_drawn_this_time_is_as_it_was_and_old_themes_go(tmp_path: Path) -> None:
    path = tmp_path / "first_frame.json"
    for number in range(12):
        save_colours(path, f"theme-{number}", "256", {"border": str(number), "page": "0"})
    save_colours(path, "theme-11", "256", {"border": "7"})
    assert load_colours(path, "theme-11", "256") == {"border": "7", "page": "0"}
    assert not load_colours(path, "theme-0", "256")
    save_colours(tmp_path / "nowhere" / "first_frame.json", "nord", "256", {"border": "1"})


@pytest.mark.parametrize(
    ("surroundings", "depth"),
    [
        (_TRUE, "truecolor"),
        ({**_TRUE, "TEXTUAL_THEME": "nord"}, "truecolor"),
        ({"TERM": "screen-256color"}, "256"),
        ({}, None),
        ({"TERM": "dumb"}, None),
        ({"TERM": "linux"}, None),
        ({"TERM": "xterm"}, None),
        ({**_TRUE, "NO_COLOR": "1"}, None),
        ({**_TRUE, "TEXTUAL_DRIVER": "somewhere:Driver"}, None),
        ({**_TRUE, "TEXTUAL": "debug"}, None),
    ],
    ids=str,
)
def test_it_is_left_to_textual_where_that_draws_otherwise(
    surroundings: dict[str, str], depth: Depth | None
) -> None:
    assert depth_of(surroundings) == depth
