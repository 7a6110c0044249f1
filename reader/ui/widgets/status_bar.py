"""The line at the top: which view, how much of it is unread or new, how the network is."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.network import Network
from reader.ui.state import Standing
from reader.ui.widgets.bars import status_line


class StatusBar(Widget):
    """Shows standing and network; what matters least gives way first where it is narrow."""

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

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now

    def render(self) -> Content:
        """Return the line, exactly as wide as the bar."""
        line = status_line(self.standing, self.network, self._now(), self.size.width)
        return Content.assemble(
            *((text, self.get_visual_style(f"status--{part}")) for text, part in line)
        )
