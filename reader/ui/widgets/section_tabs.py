"""The views that one walks through, as a row of tabs below the status bar."""

from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.state import Tabs
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
        x = event.x
        for number, line in placed_tabs(self.tabs, self.size.width):
            width = sum(cell_len(text) for text, _ in line)
            if x < width:
                if number is not None:
                    self.post_message(self.Picked(number))
                return
            x -= width
