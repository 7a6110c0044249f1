"""The line at the top: which view, how much of it is unread or new, how the network is."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.state.network import Network
from reader.ui.state.split import Split
from reader.ui.state.values import Opened, ViewStatus
from reader.ui.typeset.text import headline_text
from reader.ui.widgets.bars import status_line


class StatusBar(Widget):
    """Shows the view's status and the network, as much of it as there is room for.

    Where the article stands alone, the counts of the list give way to its title.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"status--{part}"
        for part in (
            "name",
            "view",
            "counts",
            "fresh",
            "network",
            "progress",
            "trouble",
            "offline",
            "sample",
        )
    }

    status: reactive[ViewStatus] = reactive(ViewStatus())
    network: reactive[Network] = reactive(Network())
    opened: reactive[Opened | None] = reactive(None)
    reading = reactive(False)
    split: reactive[Split] = reactive(Split())

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now

    def render(self) -> Content:
        """Return the line, exactly as wide as the bar."""
        width = self.size.width
        line = status_line(self.status, self.network, self._now(), width, self._title(width))
        return Content.assemble(
            *((text, self.get_visual_style(f"status--{part}")) for text, part in line)
        )

    def _title(self, width: int) -> str:
        """Return the title of the article where it stands alone, else nothing."""
        alone = self.reading and self.split.single(width)
        return headline_text(self.opened.headline.teaser) if alone and self.opened else ""
