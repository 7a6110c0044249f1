"""Every text is legible on its background, in the reader's own themes and in all of Textual's."""

import unicodedata
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from rich.color import Color as Rich
from rich.color import ColorSystem
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.color import Color
from textual.command import CommandList
from textual.pilot import Pilot
from textual.selection import Selection
from textual.theme import BUILTIN_THEMES
from textual.widget import Widget

from reader.errors import reason
from reader.events import Progress
from reader.model import SyncState
from reader.ui import themes
from reader.ui.app import ReaderApp
from reader.ui.state.values import Notice

from .conftest import MakeApp
from .fake_child import FakeChild
from .fakes import NOW, FakeLibrary, edition
from .quiet import until
from .screens import reading

_ENOUGH, _ENOUGH_ELSEWHERE = 4.5, 3.0
# The roles of each main part of the screen, in any theme.
_MAIN = {
    "HeadlineList": ("headlines--here headlines--title-here", "headlines--there headlines--quiet"),
    "ArticleView": (
        "article--title",
        "article--lead",
        "article--paragraph",
        "article--about",
        "article--story article--key",
        "article--reworded-sign",
        "article--changed article--words-old",
        "article--new article--words-new",
    ),
    "Header": ("header--tab", "header--count", "header--present", "header--trouble"),
    "PaneRule": ("rule--label", "rule--strong"),
    "KeyBar": ("keys--key", "keys--label"),
    "NoticeLine": (
        *("notices--information", "notices--warning", "notices--error"),
        *("notices--warning-sign", "notices--error-sign", "notices--key", "notices--label"),
    ),
}
# The colours of xterm, from black to white, then the bright ones.
_XTERM = TerminalTheme(
    (0, 0, 0),
    (229, 229, 229),
    [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
        (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    ],
    [
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
        (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
    ],
)  # fmt: skip
Do = Callable[[ReaderApp, Pilot[None]], Coroutine[Any, Any, None]]


async def _press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def _list(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, "j")


async def _article(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, "enter")


async def _lower(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, "G")


async def _selected(app: ReaderApp, pilot: Pilot[None]) -> None:
    app.screen.selections = {reading(app).article: Selection(None, None)}
    await pilot.pause()


async def _strip(app: ReaderApp, pilot: Pilot[None]) -> None:
    app.screen.clear_selection()
    await _press(pilot, "g", "tab", "right")


async def _missing(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, "escape", "escape", "j", "j", "j", "j", "enter")


async def _filter(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, "escape", "escape", "backslash")


async def _filtered(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, *"xyz")
    await until(pilot, lambda: not reading(app).ids)


async def _search(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, "escape", "slash")


async def _hits(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, *"de")
    await until(pilot, lambda: reading(app).search_state.is_answered)


async def _syncing(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, "escape", "escape")
    screen = reading(app)
    screen.network = replace(screen.network, progress=Progress(3, 9, 2, 1), fraction=0.4)
    screen.status = replace(screen.status, fresh=3)
    await pilot.pause()


async def _trouble(app: ReaderApp, pilot: Pilot[None]) -> None:
    screen = reading(app)
    state = SyncState(NOW, NOW, reason("robots"), drifted=True)
    screen.network = replace(screen.network, progress=None, state=state)
    await pilot.pause()


async def _offline(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, "ctrl+o")


async def _notices(app: ReaderApp, pilot: Pilot[None]) -> None:
    for severity in ("information", "warning", "error"):
        reading(app).notices.show(Notice("Er is iets.", severity))
        await pilot.pause()
        check(app)


async def _help(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, "question_mark")


async def _follow(app: ReaderApp, pilot: Pilot[None]) -> None:
    sync = reading(app).controllers.sync
    followings = FakeLibrary().sources.followings()
    sync.last_failures = {each.section.url: reason("robots") for each in followings}
    await _press(pilot, "escape", "F", "down")


async def _export(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, "escape", "e")
    check(app)
    await _press(pilot, "x")


async def _palette(app: ReaderApp, pilot: Pilot[None]) -> None:
    await _press(pilot, "escape", "ctrl+p")
    await until(pilot, lambda: app.screen.query_one(CommandList).option_count)
    check(app)
    await _press(pilot, *"le", "down")
    await until(pilot, lambda: app.screen.query_one(CommandList).highlighted)


_STATES: tuple[Do, ...] = (
    _list, _article, _lower, _selected, _strip, _missing, _filter, _filtered, _search, _hits,
    _syncing, _trouble, _offline, _notices, _help, _follow, _export, _palette,
)  # fmt: skip


@pytest.mark.parametrize("theme", themes.OURS)
async def test_every_text_of_our_themes_stands_out_from_its_ground(
    make_app: MakeApp, theme: str
) -> None:
    library = edition(sample=True)
    library.kept[3] = replace(library.kept[3], cached=False, failure=reason("robots"), read=False)
    app = make_app(library, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        app.theme = theme
        await pilot.pause()
        for do in _STATES:
            await do(app, pilot)
            check(app, do.__name__)


def check(app: ReaderApp, state: str = "") -> None:
    """Refuse text that one can hardly read, with what it says and in which colours."""
    poor = {
        f"{text.strip()!r}: {style} ({contrast:.1f})"
        for text, style in drawn(app)
        if (contrast := contrast_of(style)) < _ENOUGH
    }
    assert not poor, f"{state}: {sorted(poor)}"


def drawn(app: ReaderApp) -> Iterator[tuple[str, Style]]:
    """Yield every text on the screen but lines and scrollbars, with its style."""
    strips = app.screen._compositor.render_strips()
    if app.screen.is_modal:
        # The dimmed screen around a dialog need not be legible.
        box = app.screen.children[0].region
        strips = [strip.crop(box.x, box.right) for strip in strips[box.y : box.bottom]]
    for strip in strips:
        for segment in strip:
            if segment.style and any(_says_something(letter) for letter in segment.text):
                yield segment.text, segment.style


def _says_something(letter: str) -> bool:
    # Borders, bars and the wheel are symbols (`So`), and do not count; marks of headlines do.
    return unicodedata.category(letter)[0] in "LNP" or letter in "●○✕★"


def contrast_of(style: Style) -> float:
    """Return the contrast of a style's colours by the formula of WCAG."""
    assert style.color is not None
    assert style.bgcolor is not None
    front, ground = (Color.from_rich_color(each) for each in (style.color, style.bgcolor))
    if style.dim:
        front = ground.blend(front, 0.5)
    if style.reverse:
        front, ground = ground, front
    lighter, darker = sorted((luminance(front), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Color) -> float:
    """Return the relative luminance by the formula of WCAG."""
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


async def test_in_every_theme_of_textual_all_that_matters_can_be_read(make_app: MakeApp) -> None:
    app = make_app(edition(), FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await _press(pilot, "enter")
        poor = []
        for theme in sorted(set(BUILTIN_THEMES) - {"textual-ansi", "ansi-dark", "ansi-light"}):
            app.theme = theme
            await pilot.pause()
            for widget in app.screen.query("*").results(Widget):
                for names in _MAIN.get(type(widget).__name__, ()):
                    style = widget.get_visual_style(*names.split()).rich_style
                    if (contrast := contrast_of(style)) < _ENOUGH_ELSEWHERE:
                        poor.append(f"{theme}: {names} ({contrast:.1f})")
        assert not poor, poor


@pytest.mark.parametrize("theme", themes.OURS)
async def test_with_sixteen_colours_no_text_fades_into_its_ground(
    make_app: MakeApp, theme: str
) -> None:
    app = make_app(edition(sample=True), FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        app.theme = theme
        await pilot.pause()
        poor = set()
        for do in (_list, _article, _selected, _strip, _missing, _syncing, _help, _follow):
            await do(app, pilot)
            poor |= {
                f"{do.__name__}: {text.strip()!r}: {style} ({contrast:.1f})"
                for text, style in drawn(app)
                if (contrast := contrast_of(in_sixteen(style))) < _ENOUGH_ELSEWHERE
            }
        assert not poor, poor


def in_sixteen(style: Style) -> Style:
    """Return a style in the colours that a terminal with sixteen of them shows."""
    assert style.color is not None
    assert style.bgcolor is not None
    front, ground = (
        Rich.from_triplet(each.downgrade(ColorSystem.STANDARD).get_truecolor(_XTERM))
        for each in (style.color, style.bgcolor)
    )
    return Style(color=front, bgcolor=ground, reverse=style.reverse)


async def test_themes_that_leave_the_colours_to_the_terminal_hide_nothing(
    make_app: MakeApp,
) -> None:
    app = make_app(edition(), FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        hidden = set()
        for theme in sorted(name for name in BUILTIN_THEMES if "ansi" in name):
            app.theme = theme
            await pilot.pause()
            for do in (_list, _article, _selected, _strip, _missing, _syncing, _trouble, _help):
                await do(app, pilot)
                hidden |= {
                    f"{theme}: {text.strip()!r}: {style}"
                    for text, style in drawn(app)
                    if style.color and not style.color.is_default and style.color == style.bgcolor
                }
            await _press(pilot, "escape")
        assert not hidden, hidden
