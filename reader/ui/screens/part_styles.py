"""In which styles the parts of the first frame are drawn, as the stylesheets have them."""

from collections.abc import Iterator

from rich.color import ColorSystem
from rich.style import Style
from textual.widget import Widget

from reader.ui.screens.main import MainScreen
from reader.ui.terminal.frame_colours import Depth, Styles
from reader.ui.widgets.headline_list import HeadlineList
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.lines import ROWS
from reader.ui.widgets.section_tabs import SectionTabs

_SYSTEMS: dict[Depth, ColorSystem] = {
    "truecolor": ColorSystem.TRUECOLOR,
    "256": ColorSystem.EIGHT_BIT,
}


def part_styles(screen: MainScreen, depth: Depth) -> Styles:
    """Return the style of each part of the first frame, in a terminal with so many colours.

    The list must have the focus, as it has in that frame.
    """
    return {part: _code(style, _SYSTEMS[depth]) for part, style in _styles(screen)}


def _styles(screen: MainScreen) -> Iterator[tuple[str, Style]]:
    headlines, article = screen.headlines, screen.article
    yield from _components(screen.status_bar, "status")
    yield from _components(screen.query_one(SectionTabs), "tabs")
    keys = screen.query_one(KeyBar)
    yield from _components(keys, "keys")
    yield "keys-gap", _base(keys)
    yield "keys-rest", Style(bgcolor=_base(keys).bgcolor)
    yield "ground", _base(headlines)
    yield from _rows(headlines)
    yield from _scrollbar(headlines)
    yield "page", _base(article)
    yield "notice", article.get_visual_style("article--notice").rich_style
    yield "page-scrollbar", _base(article.vertical_scrollbar)
    yield from _border(headlines, "border-focus")
    yield from _border(article, "border")


def _base(widget: Widget) -> Style:
    return widget.get_visual_style().rich_style


def _components(widget: Widget, prefix: str) -> Iterator[tuple[str, Style]]:
    """Yield the component styles of a bar: of `status--name` as `status-name`."""
    for component in type(widget).COMPONENT_CLASSES:
        if component.startswith(f"{prefix}--"):
            part = component.removeprefix(f"{prefix}--")
            yield f"{prefix}-{part}", widget.get_visual_style(component).rich_style


def _rows(headlines: HeadlineList) -> Iterator[tuple[str, Style]]:
    parts = [each for each in HeadlineList.COMPONENT_CLASSES if each not in _ROW_COMPONENTS]
    for row in ROWS:
        for component in parts:
            style = headlines.get_visual_style(f"headlines--{row}", component)
            yield f"{row}-{component.removeprefix('headlines--')}", style.rich_style


_ROW_COMPONENTS = {f"headlines--{row}" for row in ROWS}


def _scrollbar(widget: Widget) -> Iterator[tuple[str, Style]]:
    _, ground = widget.background_colors
    back = ground + widget.styles.scrollbar_background
    bar = back + widget.styles.scrollbar_color
    empty = _base(widget.vertical_scrollbar) + Style(bgcolor=back.rich_color)
    yield "scrollbar", empty
    thumb = Style(color=bar.rich_color, bgcolor=back.rich_color, reverse=True)
    yield "thumb", thumb
    yield "thumb-end", thumb


def _border(widget: Widget, part: str) -> Iterator[tuple[str, Style]]:
    """Yield the style of the border at the top of a widget, where it has one."""
    kind, colour = widget.styles.border_top
    if kind:
        _, ground = widget.background_colors
        yield part, Style(color=(ground + colour).rich_color, bgcolor=ground.rich_color)


def _code(style: Style, system: ColorSystem) -> str:
    """Return what stands between `ESC [` and `m` for what one sees of a style."""
    names = ("color", "bgcolor", "bold", "underline", "reverse")
    # A style of its own, for each keeps the code that it gave first.
    seen = Style(**{name: getattr(style, name) for name in names})
    code = seen.render("x", color_system=system)
    return code.partition("m")[0].removeprefix("\x1b[") if code != "x" else ""
