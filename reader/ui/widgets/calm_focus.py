"""A pane that knows where in it one is, and of which little is painted when the focus moves."""

from textual.events import Blur, DescendantBlur, DescendantFocus, Focus
from textual.geometry import Offset
from textual.widget import Widget


class CalmFocus(Widget):
    """A widget whose styles are the same with the focus as without.

    Textual would style and paint the whole of it anew, which a screen reader and a slow line both
    have to take in.
    """

    @property
    def caret(self) -> Offset:
        """Return the first cell of the text that one is at, within the widget."""
        return Offset()

    def repaint_focus(self) -> None:
        """Repaint what shows whether it has the focus."""

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Repaint only what shows the focus."""
        self.repaint_focus()

    def on_focus(self, event: Focus) -> None:
        """Take the focus, and tell the widgets around it."""
        event.prevent_default()
        self.has_focus = True
        if self.parent is not None:
            self.parent.post_message(DescendantFocus(self))

    def on_blur(self, event: Blur) -> None:
        """Lose the focus, and tell the widgets around it."""
        event.prevent_default()
        self.has_focus = False
        if self.parent is not None:
            self.parent.post_message(DescendantBlur(self))
