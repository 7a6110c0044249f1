"""The styles of the parts of the first frame, as the stylesheets define them."""

from collections.abc import Iterator

from rich.color import ColorSystem
from rich.style import Style
from textual.widget import Widget

from reader.ui.screens.main import MainScreen
from reader.ui.terminal.frame_colours import Depth, Styles
from reader.ui.widgets.headline_lines import RowState, part_in
from reader.ui.widgets.headline_list import PARTS, HeadlineList
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.list_pane import Divider

_SYSTEMS: dict[Depth, ColorSystem] = {
    "truecolor": ColorSystem.TRUECOLOR,
    "256": ColorSystem.EIGHT_BIT,
}


def part_styles(screen: MainScreen, depth: Depth) -> Styles:
    """Return the style of each part of the first frame, for a terminal of this colour depth.

    The list must have the focus, as it has in that frame.
    """
    return {part: _code(style, _SYSTEMS[depth]) for part, style in _styles(screen)}


def _styles(screen: MainScreen) -> Iterator[tuple[str, Style]]:
    headlines, article = screen.headlines, screen.article
    yield from _components(screen.header, "header")
    keys = screen.query_one(KeyBar)
    yield from _components(keys, "keys")
    yield "keys-gap", _base(keys)
    yield "keys-rest", Style(bgcolor=_base(keys).bgcolor)
    yield "ground", _base(headlines)
    yield from _rows(headlines)
    yield from _scrollbar(headlines)
    yield from _components(screen.list_rule, "rule")
    for part, style in _components(screen.article_rule, "rule"):
        yield f"paper-{part}", style
    yield "divider", _base(screen.query_one(Divider))
    yield "divider-rail", _base(screen.query_one("#reader-pane"))
    yield "rail", _base(screen.query_one("#strip-pane"))
    yield "page", _base(article)
    yield "notice", article.get_visual_style("article--notice").rich_style
    yield "page-scrollbar", _empty_scrollbar(article)


def _base(widget: Widget) -> Style:
    return widget.get_visual_style().rich_style


def _components(widget: Widget, prefix: str) -> Iterator[tuple[str, Style]]:
    """Yield the component styles of a bar: that of `status--name` as `status-name`."""
    for component in type(widget).COMPONENT_CLASSES:
        if component.startswith(f"{prefix}--"):
            part = component.removeprefix(f"{prefix}--")
            yield f"{prefix}-{part}", widget.get_visual_style(component).rich_style


def _rows(headlines: HeadlineList) -> Iterator[tuple[str, Style]]:
    """Yield the style of each part of a row by state: that of `title` in no state as `-title`."""
    states: tuple[RowState, ...] = ("here", "there", "")
    for state in states:
        ground = (f"headlines--{state}",) if state else ()
        for part in (*PARTS, "day", "fresh", "rule"):
            drawn = part_in(part, state)
            style = headlines.get_visual_style(*ground, f"headlines--{drawn}")
            yield f"{state}-{drawn}", style.rich_style


def _scrollbar(widget: Widget) -> Iterator[tuple[str, Style]]:
    _, ground = widget.background_colors
    back = ground + widget.styles.scrollbar_background
    bar = (back + widget.styles.scrollbar_color).rich_color
    yield "scrollbar", _empty_scrollbar(widget)
    # Only the background of the blank cells of the thumb is visible.
    under = _base(widget.vertical_scrollbar).bgcolor
    yield "thumb", Style(color=bar, bgcolor=under, reverse=True)
    yield "thumb-start", Style(color=bar, bgcolor=back.rich_color)
    yield "thumb-end", Style(color=bar, bgcolor=back.rich_color, reverse=True)


def _empty_scrollbar(widget: Widget) -> Style:
    """Return the style of the scrollbar of a widget outside its thumb."""
    _, ground = widget.background_colors
    back = ground + widget.styles.scrollbar_background
    return _base(widget.vertical_scrollbar) + Style(bgcolor=back.rich_color)


def _code(style: Style, system: ColorSystem) -> str:
    """Return the codes between `ESC [` and `m` for the visible part of a style."""
    names = ("color", "bgcolor", "bold", "underline", "reverse")
    # A new style, as each one caches the first code that it returned.
    seen = Style(**{name: getattr(style, name) for name in names})
    code = seen.render("x", color_system=system)
    return code.partition("m")[0].removeprefix("\x1b[") if code != "x" else ""
