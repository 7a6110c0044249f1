"""The colours in which Textual draws the first frame, and the environment that selects them.

The lines of the painter, which know what part of the screen each text is, are laid over what
Textual draws of the same headlines; so every part gets the style that its text has there.
"""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from msgspec.structs import replace
from rich.color import ColorSystem
from rich.style import Style
from textual.app import App
from textual.strip import Strip
from textual.theme import BUILTIN_THEMES

from reader.config import Settings
from reader.errors import reason
from reader.library import Library
from reader.model import SyncState
from reader.ui import themes
from reader.ui.app import ReaderApp
from reader.ui.screens.part_styles import part_styles
from reader.ui.terminal.early_paint import scene_of
from reader.ui.terminal.first_frame import first_frame
from reader.ui.terminal.frame_colours import Depth, Styles
from reader.ui.widgets.headline_lines import Line
from tests.ui.fake_child import FakeChild
from tests.ui.fakes import NOW, FakeLibrary, edition

_DEPTHS: dict[Depth, ColorSystem] = {
    "truecolor": ColorSystem.TRUECOLOR,
    "256": ColorSystem.EIGHT_BIT,
}
_SIZE = (110, 34)
_STATES = (
    SyncState(),
    SyncState(reached=NOW),
    SyncState(reached=NOW, drifted=True),
    SyncState(failed=NOW, reason=reason("robots")),
)


async def drawn_and_learned() -> AsyncIterator[tuple[str, Styles, Styles]]:
    """Yield for each theme, several times, the styles of the parts as drawn and as learned."""
    async for theme, mine, app in _pictures():
        styles: dict[str, Style] = {}
        for line, strip in zip(mine, drawn_by(app), strict=True):
            for part, style in _laid_over(line, strip):
                one = styles.setdefault(part, style)
                assert one == style, f"{part} is drawn in two styles: {one}; {style}"
        for depth, system in _DEPTHS.items():
            drawn = {part: _code(style, system) for part, style in styles.items()}
            yield theme, drawn, part_styles(app.reading_screen, depth)


async def _pictures() -> AsyncIterator[tuple[str, list[Line], ReaderApp]]:
    """Yield first frames and applications that draw the same, with every part in one of them."""
    for number, state in enumerate(_STATES):
        library = _library(number)
        library.state = state
        nowhere = Path(os.devnull) / "nowhere"
        settings = Settings(nowhere, nowhere, offline=not number, sync="key")
        app = ReaderApp(library, settings, lambda: NOW, FakeChild())
        async with app.run_test(size=_SIZE) as pilot:
            # In one of them every theme, in the others ours.
            for theme in themes.OURS if number else (*themes.OURS, *BUILTIN_THEMES):
                app.theme = theme
                await pilot.pause()
                yield theme, frame_of(library, settings, _SIZE, bare="ansi" in theme), app


def _library(number: int) -> FakeLibrary:
    """Return headlines of every kind, rotated so that `number` decides the first."""
    library = edition(40, sample=number == 1)
    kept = list(library.kept.values())
    kinds = (
        replace(kept[0], read=False, cached=True, saved=True),
        replace(kept[1], read=True, cached=True),
        replace(kept[2], read=False, cached=False, failure=reason("robots")),
        replace(kept[3], read=False, cached=False),
    )
    headlines = [*kinds[number:], *kinds[:number], *kinds[::-1], *kept[8:]]
    # With nothing saved that tab is as quiet as an empty section's.
    headlines = [replace(one, saved=one.saved and number != 3) for one in headlines]
    again = [replace(headline, id=place) for place, headline in enumerate(headlines, 1)]
    return FakeLibrary(again, sample=library.sample)


def frame_of(
    library: Library, settings: Settings, size: tuple[int, int], *, bare: bool = False
) -> list[Line]:
    """Return the first frame of a library in a terminal of this size, in columns and lines."""
    scene, room = scene_of(library, settings, size, NOW)
    return list(first_frame(replace(scene, bare=bare), room, NOW))


def drawn_by(app: App[None]) -> list[Strip]:
    """Return the lines that Textual draws of the screen."""
    return app.screen._compositor.render_strips()


def _laid_over(line: Line, strip: Strip) -> Iterator[tuple[str, Style]]:
    """Yield the parts of a line with the style that Textual gives to their text."""
    styles = [_plain(segment.style or Style()) for segment in strip for _ in segment.text]
    place = 0
    for text, part in line:
        if text:
            yield part, styles[place]
        place += len(text)


def _plain(style: Style) -> Style:
    """Return what one sees of a style, as a new one."""
    shown = {
        name: getattr(style, name) for name in ("color", "bgcolor", "bold", "underline", "reverse")
    }
    return Style(**shown)


def _code(style: Style, depth: ColorSystem) -> str:
    """Return the parameters between `ESC [` and `m` for a style."""
    # A style of its own, for each keeps the code that it gave first.
    code = _plain(style).render("x", color_system=depth)
    return code.partition("m")[0].removeprefix("\x1b[")
