"""Sets the scrollable size of a widget without laying out the screen around it."""

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


def resize_quietly(view: ScrollView, size: Size) -> None:
    """Give a view this size (cells) to scroll through.

    Setting it in the usual way would lay out the whole screen, which changes nothing there.
    """
    view.set_reactive(Widget.virtual_size, size)
    view.vertical_scrollbar.window_virtual_size = size.height
