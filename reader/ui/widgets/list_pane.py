"""The pane of the list, which has its share of the width, and the border that changes it."""

from textual.containers import Vertical
from textual.content import Content
from textual.events import MouseDown, MouseMove, MouseUp
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.state.split import Split

_LINE = "│"


class ListPane(Vertical):
    """As wide as `split` says, unless its stylesheet sets the width."""

    split: reactive[Split] = reactive(Split(), repaint=False, layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """Return its width beside the article."""
        return self.split.list_width(container.width)


class Divider(Widget):
    """The column between list and article, which can be dragged with the mouse."""

    ALLOW_SELECT = False

    class Moved(Message):
        """The mouse moved the border to this column of the screen."""

        def __init__(self, column: int) -> None:
            self.column = column
            super().__init__()

    bare = reactive(False)

    def render(self) -> Content:
        """Return the column: a line while the mouse is on it, or if there are no backgrounds."""
        held = self.bare or self.mouse_hover or self.has_class("-moving")
        return Content("\n".join([_LINE if held else " "] * self.size.height))

    def on_mouse_down(self, event: MouseDown) -> None:
        """Start dragging the border."""
        event.stop()
        self.capture_mouse()
        self.add_class("-moving")

    def on_mouse_move(self, event: MouseMove) -> None:
        """Post the column to which the mouse moved the border."""
        if self.has_class("-moving"):
            event.stop()
            self.post_message(self.Moved(event.screen_x))

    def on_mouse_up(self, event: MouseUp) -> None:
        """Stop dragging the border."""
        event.stop()
        self.release_mouse()
        self.remove_class("-moving")
