"""The position of the terminal's own cursor, which screen readers and braille displays follow."""

from typing import Any, Protocol, runtime_checkable

from rich.cells import cell_len
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList

from reader.ui.widgets.headline_lines import CURSOR
from reader.ui.widgets.options import option_of


@runtime_checkable
class HasCaret(Protocol):
    """A pane that knows the reader's position in it."""

    @property
    def caret(self) -> Offset:
        """Return the first cell of the text at that position, within the pane."""


@runtime_checkable
class HasOptions(Protocol):
    """A screen with one list of options."""

    is_choosing: bool


@runtime_checkable
class HasSteps(Protocol):
    """A screen with fields whose keys move the cursor of another pane."""

    @property
    def stepped_into(self) -> Widget | None:
        """Return the pane in which the cursor moved since the last typed word, if there is one."""


def caret_on(screen: Screen[Any]) -> Offset | None:
    """Return the cell of the screen at which the focus is, None if nothing has it.

    That is the caret of a field, the first text of a row, card or option, or the line at which
    reading continues in the article. In a dialog it is the option that was highlighted last, and
    while words are typed the hit or match that the reader has gone to.
    """
    focused = screen.focused
    if isinstance(screen, HasOptions) and (screen.is_choosing or not isinstance(focused, Input)):
        options = screen.query(OptionList)
        found = option_caret(options.first()) if options else None
        if found is not None:
            return found
    if focused is None:
        return None
    if isinstance(focused, Input):
        stepped = screen.stepped_into if isinstance(screen, HasSteps) else None
        if stepped is not None and isinstance(stepped, HasCaret):
            return _within(stepped, stepped.caret)
        # Textual's own position is one too far at the end of the text.
        before = cell_len(focused.value[: focused.cursor_position].expandtabs(4))
        return _within(focused, Offset(before - focused.scroll_offset.x, 0))
    if isinstance(focused, HasCaret):
        return _within(focused, focused.caret)
    return None


def option_caret(options: OptionList) -> Offset | None:
    """Return the cell at which the highlighted option begins, None if it is not in view."""
    if options.highlighted is None:
        return None
    for y in range(options.scrollable_content_region.height):
        strip = options.render_line(y)
        if option_of(strip) == options.highlighted:
            text = strip.text
            return _within(options, Offset(len(text) - len(text.lstrip(f"{CURSOR} ")), y))
    return None


def _within(widget: Widget, place: Offset) -> Offset:
    """Return a position within a widget as one on the screen, clamped to the visible part."""
    region = widget.scrollable_content_region
    return Offset(
        region.x + max(0, min(place.x, region.width - 1)),
        region.y + max(0, min(place.y, region.height - 1)),
    )
