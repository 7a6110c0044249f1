"""What is drawn of a change makes the same screen as drawing all of it."""

import random

import pyte
import pytest
from textual._compositor import Compositor, LayoutUpdate
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from reader.ui.app import ReaderApp

from .conftest import MakeApp
from .fakes import edition

_KEYS = "j j j k space down pagedown G g tab z i D V n p s m [ ] \\ a b escape ? f5 L .".split()
_COUNT = 50


class _Emulator:
    """A terminal that shows what an application draws."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self.screen)

    def draw(self, app: App[None], update: object) -> None:
        if update is not None:
            self._stream.feed(update.render_segments(app.console).replace("\n", "\r\n"))  # type: ignore[attr-defined]

    @property
    def cells(self) -> list[list[object]]:
        columns, lines = range(self.screen.columns), range(self.screen.lines)
        return [[self.screen.buffer[line][column] for column in columns] for line in lines]


def _all_of(app: App[None]) -> LayoutUpdate:
    """Return the drawing of the whole screen by Textual's own way."""
    compositor = app.screen._compositor
    region = compositor.size.region
    chops = Compositor._render_chops(compositor, region, lambda _: True)
    return LayoutUpdate([list(line.values()) for line in chops], region)


@pytest.mark.parametrize("size", [(120, 40), (45, 20), (180, 50)], ids=str)
async def test_partial_drawings_add_up_to_the_whole_screen(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    drawn = _Emulator(size)

    def display(app: ReaderApp, screen: Screen[object], update: object) -> None:
        if screen is app.screen:
            drawn.draw(app, update)

    monkeypatch.setattr(ReaderApp, "_display", display)
    app = make_app(edition(60))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        chance = random.Random(sum(size))  # noqa: S311 - the same each time
        for _ in range(_COUNT):
            key = chance.choice(_KEYS)
            await pilot.press(key)
            await _compare(pilot, drawn, key)


async def _compare(pilot: Pilot[None], drawn: _Emulator, key: str) -> None:
    app = pilot.app
    app.screen._on_timer_update()
    if app.screen._dirty_widgets or app.screen._layout_required:
        await pilot.pause()
    whole = _Emulator((drawn.screen.columns, drawn.screen.lines))
    whole.draw(app, _all_of(app))
    for row, (one, other) in enumerate(zip(drawn.cells, whole.cells, strict=True)):
        assert one == other, (key, row, drawn.screen.display[row], whole.screen.display[row])
