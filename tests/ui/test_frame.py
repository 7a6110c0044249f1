"""The first frame that is painted before Textual is there, held against what Textual draws."""

import json
from dataclasses import replace

import pytest

from reader.config import Settings
from reader.ui.state.split import Split, path_beside, remember
from reader.ui.terminal.early_paint import COLOURS, colours_of
from reader.ui.terminal.first_frame import SMALLEST
from tests.colours import drawn_by, frame_of, learn

from .conftest import MakeApp
from .fakes import edition

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
        drawn = [strip.text for strip in drawn_by(pilot)]
    frame = frame_of(library, replace(settings, offline=True), size)
    assert ["".join(text for text, _ in line) for line in frame] == drawn
    assert {part for line in frame for _, part in line} <= set(colours_of(_TRUE))


@pytest.mark.parametrize("split", [Split(517), Split(zoomed=True), Split(30, zoomed=False)])
@pytest.mark.parametrize("size", [(120, 40), (93, 17)], ids=str)
async def test_the_first_frame_has_the_panes_as_they_were_left(
    make_app: MakeApp, settings: Settings, size: tuple[int, int], split: Split
) -> None:
    remember(path_beside(settings.cache_path), split)
    app = make_app(edition(), title_lines=1)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        drawn = [strip.text for strip in drawn_by(pilot)]
    frame = frame_of(edition(), replace(settings, title_lines=1), size)
    assert ["".join(text for text, _ in line) for line in frame] == drawn


async def test_its_colours_are_those_of_the_stylesheets() -> None:
    known = json.loads(COLOURS.read_text(encoding="utf-8"))
    assert await learn() == known, "the styles changed: `make colours` notes the new ones"


@pytest.mark.parametrize(
    "surroundings",
    [
        {},
        {"TERM": "dumb"},
        {"TERM": "linux"},
        {"TERM": "xterm"},
        {**_TRUE, "NO_COLOR": "1"},
        {**_TRUE, "TEXTUAL_THEME": "nord"},
        {**_TRUE, "TEXTUAL_DRIVER": "somewhere:Driver"},
        {**_TRUE, "TEXTUAL": "debug"},
    ],
    ids=str,
)
def test_it_is_left_to_textual_where_that_draws_otherwise(surroundings: dict[str, str]) -> None:
    assert not colours_of(surroundings)


def test_it_has_the_colours_that_the_terminal_has() -> None:
    assert "38;2;" in colours_of(_TRUE)["border"]
    assert "38;5;" in colours_of({"TERM": "screen-256color"})["border"]
    light = colours_of({**_TRUE, "TEXTUAL_THEME": "zeeland-light"})
    assert light["border"] != colours_of(_TRUE)["border"]
