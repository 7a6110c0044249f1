"""The focus of a pane whose styles are the same with it as without.

Textual would style and paint the whole of the pane anew, which a screen reader and a slow line both
have to take in; here each pane repaints what shows the focus, as it watches `has_focus`.
"""

from textual.events import Blur, DescendantBlur, DescendantFocus, Focus
from textual.widget import Widget


def take_focus(widget: Widget, event: Focus) -> None:
    """Give a widget the focus, and tell those around it."""
    event.prevent_default()
    widget.has_focus = True
    if widget.parent is not None:
        widget.parent.post_message(DescendantFocus(widget))


def lose_focus(widget: Widget, event: Blur) -> None:
    """Take the focus from a widget, and tell those around it."""
    event.prevent_default()
    widget.has_focus = False
    if widget.parent is not None:
        widget.parent.post_message(DescendantBlur(widget))
