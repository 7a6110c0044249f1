"""The focus of a pane whose styles are the same with and without it.

Textual would restyle and repaint the whole pane, which a screen reader and a slow line would both
have to process; here each pane repaints what shows the focus, by watching `has_focus`.
"""

from textual.events import Blur, DescendantBlur, DescendantFocus, Focus
from textual.widget import Widget


def take_focus(widget: Widget, event: Focus) -> None:
    """Give a widget the focus, and notify those around it."""
    event.prevent_default()
    widget.has_focus = True
    if widget.parent is not None:
        widget.parent.post_message(DescendantFocus(widget))


def lose_focus(widget: Widget, event: Blur) -> None:
    """Take the focus from a widget, and notify those around it."""
    event.prevent_default()
    widget.has_focus = False
    if widget.parent is not None:
        widget.parent.post_message(DescendantBlur(widget))
