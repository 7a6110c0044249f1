"""What is drawn of a change makes the same screen as drawing all of it."""

import random

import pyte
import pytest
from textual._compositor import Compositor, LayoutUpdate
from textual.app import App
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from reader.ui.app import ReaderApp

from .conftest import MakeApp
from .fakes import edition
from .quiet import until
from .screens import lines_of, reading

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


async def test_a_letter_of_the_filter_is_drawn_and_then_all_that_it_changes(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[list[str]] = []
    drawn = _Emulator((120, 40))

    def display(app: ReaderApp, screen: Screen[object], update: object) -> None:
        drawn.draw(app, update)
        frame = list(drawn.screen.display)
        if screen is app.screen and frame != shown[-1]:
            shown.append(frame)

    app = make_app(edition(600))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("backslash")
        await pilot.pause()
        drawn.draw(app, _all_of(app))
        monkeypatch.setattr(ReaderApp, "_display", display)
        shown.append(list(drawn.screen.display))
        for key, typed, found in (
            *(("e", "e", "256+ of"), ("r", "er", "256+ of"), ("backspace", "e", "256+ of")),
            *(("q", "eq", "0 of"), ("q", "eqq", "0 of"), ("backspace", "eq", "0 of")),
            ("backspace", "e", "256+ of"),
        ):
            before = shown[-1]
            del shown[:-1]
            await pilot.press(key)
            await until(pilot, lambda: len(shown) > 1)
            await pilot.pause()
            letter, all_changes = shown[1:] if len(shown) > 2 else (shown[1], shown[1])
            assert letter[0].split()[:2] == ["\\", typed]
            assert letter[1:] == before[1:]
            assert all_changes[0].split()[:2] == ["\\", typed]
            assert f"{found} 600" in all_changes[0]


async def test_a_letter_of_the_filter_lays_nothing_out(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    layouts: list[object] = []
    reflow = Compositor.reflow

    def lay_out(compositor: Compositor, parent: Widget, size: Size) -> object:
        layouts.append(parent)
        return reflow(compositor, parent, size)

    app = make_app(edition(600))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("backslash")
        await pilot.pause()
        monkeypatch.setattr(Compositor, "reflow", lay_out)
        for letter in "er":
            await pilot.press(letter)
            await until(pilot, lambda: "256+ of 600" in lines_of(app)[0])
        await pilot.pause()
        assert not layouts


@pytest.mark.parametrize("size", [(80, 24), (60, 24), (45, 20)], ids=str)
async def test_an_article_that_takes_the_place_of_the_list_is_drawn_at_once(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    shown: list[list[str]] = []
    drawn = _Emulator(size)

    def display(app: ReaderApp, screen: Screen[object], update: object) -> None:
        drawn.draw(app, update)
        if update is not None and screen is app.screen:
            shown.append(list(drawn.screen.display))

    monkeypatch.setattr(ReaderApp, "_display", display)
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        # The first article, and one after another was read further down.
        for keys in (["enter"], ["pagedown", "h", "j", "enter"]):
            await pilot.press(*keys[:-1])
            await until(pilot, lambda: reading(app).pane == "list")
            await pilot.pause()
            shown.clear()
            await pilot.press(keys[-1])
            await until(pilot, lambda: "Esc" in drawn.screen.display[-1])
            await pilot.pause()
            text = [lines[2:8] for lines in shown]
            assert all(lines == text[-1] for lines in text)
            # And its keys with it.
            assert all(lines[-1] == shown[-1][-1] for lines in shown)


async def _compare(pilot: Pilot[None], drawn: _Emulator, key: str) -> None:
    app = pilot.app
    app.screen._on_timer_update()
    if app.screen._dirty_widgets or app.screen._layout_required:
        await pilot.pause()
    whole = _Emulator((drawn.screen.columns, drawn.screen.lines))
    whole.draw(app, _all_of(app))
    for row, (one, other) in enumerate(zip(drawn.cells, whole.cells, strict=True)):
        assert one == other, (key, row, drawn.screen.display[row], whole.screen.display[row])
