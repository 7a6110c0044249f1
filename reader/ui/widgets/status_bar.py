"""The line at the top: which view, how much of it is unread or new, how the network is."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.network import Network
from reader.ui.sharing import Sharing
from reader.ui.state import Opened, Standing
from reader.ui.typeset import headline_text
from reader.ui.widgets.bars import status_line


class StatusBar(Widget):
    """Shows standing and network; what matters least gives way first where it is narrow.

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

    standing: reactive[Standing] = reactive(Standing())
    network: reactive[Network] = reactive(Network())
    opened: reactive[Opened | None] = reactive(None)
    reading = reactive(False)
    sharing: reactive[Sharing] = reactive(Sharing())

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now

    def render(self) -> Content:
        """Return the line, exactly as wide as the bar."""
        width = self.size.width
        line = status_line(self.standing, self.network, self._now(), width, self._title(width))
        return Content.assemble(
            *((text, self.get_visual_style(f"status--{part}")) for text, part in line)
        )

    def _title(self, width: int) -> str:
        """Return the title of the article where it is all that one sees, else nothing."""
        alone = self.reading and self.sharing.single(width)
        return headline_text(self.opened.headline.teaser) if alone and self.opened else ""
