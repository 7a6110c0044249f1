"""The line at the top: which view, how much of it is unread or new, how the network is."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.text.clean import clean_line
from reader.ui import words
from reader.ui.network import Network, network_forms
from reader.ui.state import Standing
from reader.ui.typeset import fit

_GAP = "  "
# The forms of name, counts and network to try, from the fullest on: what matters least goes first.
_FORMS = (
    (0, 0, 0),
    (1, 0, 0),
    (1, 0, 1),
    (1, 1, 1),
    (1, 1, 2),
    (1, 2, 2),
    (1, 2, 3),
    (1, 3, 3),
)

Part = tuple[str, str]


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
        left, right = self._fitting()
        filled = [(fit(text, cell_len(text)), part) for text, part in left]
        room = self.size.width - _width(filled) - _width(right)
        if room < 0:
            # Too narrow for all that must be told: the view is what one knows best.
            view, part = filled[1]
            filled[1] = (fit(view, cell_len(view) + room), part)
        parts = [*filled, (" " * max(room, 0), "view"), *right]
        line = Content.assemble(
            *((text, self.get_visual_style(f"status--{part}")) for text, part in parts)
        )
        return line.truncate(self.size.width)

    def _fitting(self) -> tuple[list[Part], list[Part]]:
        """Return the fullest parts for the left and the right end that fit."""
        narrow = self.size.width < 60
        for forms in _FORMS:
            left, right = self._left(forms[0], forms[1]), self._right(forms[2], narrow=narrow)
            if _width(left) + _width(right) <= self.size.width:
                break
        return left, right

    def _left(self, name: int, counts: int) -> list[Part]:
        standing = self.standing
        view = clean_line(standing.view)
        if standing.words:
            view = f"{view}  {clean_line(standing.words)}"
        unread = f"{standing.unread} unread"
        count = (f"{unread} of {standing.total}", unread, str(standing.unread), "")[counts]
        count = standing.shown or (count if standing.total else "")
        fresh = words.FRESH_COUNT.format(count=standing.fresh) if standing.fresh else ""
        return [
            ((f" {words.APP_NAME} ", "")[name], "name"),
            (f" {view}", "view"),
            (_GAP + count if count else "", "counts"),
            (_GAP + fresh if fresh else "", "fresh"),
        ]

    def _right(self, form: int, *, narrow: bool) -> list[Part]:
        network = self.network
        tells = network_forms(network, self._now())[form]
        drifted = words.DRIFTED_MARKS[narrow] if network.state.drifted else ""
        sample = words.SAMPLE_EDITION if self.standing.sample else ""
        if narrow:
            sample = sample.split(" ")[0]
        return [
            (f"{_GAP}{tells} " if tells else "", _network_part(network)),
            (f" {drifted} " if drifted else "", "trouble"),
            (f" {words.OFFLINE_MODE} " if network.offline else "", "offline"),
            (f" {sample} " if sample else "", "sample"),
        ]


def _network_part(network: Network) -> str:
    if network.progress is not None:
        return "progress"
    return "trouble" if network.state.failed and not network.offline else "network"


def _width(parts: list[Part]) -> int:
    return sum(cell_len(text) for text, _ in parts)
