"""The views that one walks through, as a row of tabs below the status bar."""

from typing import ClassVar

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.state.values import Tabs
from reader.ui.widgets.lines import piece_at
from reader.ui.widgets.tab_line import placed_tabs, tab_line


class SectionTabs(Widget):
    """Shows the tabs around the present one; posts Picked for the one that is clicked."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"tabs--{part}" for part in ("tab", "quiet", "count", "present", "accent")
    }

    tabs: reactive[Tabs] = reactive(Tabs())

    class Picked(Message):
        """A reader picked the tab with this number."""

        def __init__(self, number: int) -> None:
            self.number = number
            super().__init__()

    def render(self) -> Content:
        """Return the line, exactly as wide as the row."""
        line = tab_line(self.tabs, self.size.width)
        return Content.assemble(
            *((text, self.get_visual_style(f"tabs--{part}")) for text, part in line)
        )

    def on_click(self, event: Click) -> None:
        """Pick the tab under the mouse, or behind a sign at an end the first that is not shown."""
        number = piece_at(placed_tabs(self.tabs, self.size.width), event.x)
        if number is not None:
            self.post_message(self.Picked(number))
