"""The line at the top: the tabs of the views, and at its end the state."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.messages import RIGHT
from reader.ui.state.network import Network
from reader.ui.state.values import Tab, Tabs, ViewStatus
from reader.ui.widgets.header_line import (
    HeaderPart,
    header_line,
    placed_tabs,
    state_line,
    typing_line,
    way_line,
)
from reader.ui.widgets.header_state import state_pieces, without_list
from reader.ui.widgets.headline_lines import Line, line_width, piece_at
from reader.ui.widgets.styled_line import styled_line


class Header(Widget):
    """Shows the tabs around the present one, and the state.

    While an article is shown alone, the way back to the list takes the place of the tabs: the view
    and the place in it, or the article's title once that has scrolled out of view.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"header--{part}"
        for part in (
            *("tab", "quiet", "count", "present", "accent", "way", "title", "gap"),
            *("new", "progress", "trouble", "offline"),
        )
    }

    status: reactive[ViewStatus] = reactive(ViewStatus())
    network: reactive[Network] = reactive(Network())
    tabs: reactive[Tabs] = reactive(Tabs())
    # While an article is shown alone: its number in the list, and its title once that is out of
    # view; and the reading progress, if no rule shows it.
    alone = reactive(False)
    number = reactive("")
    title = reactive("")
    figure = reactive("")
    bare = reactive(False)
    # The sign before words that are typed in place of the tabs, if any are typed.
    typing = reactive("")

    class Picked(Message):
        """A reader picked the tab with this number."""

        def __init__(self, number: int) -> None:
            self.number = number
            super().__init__()

    class Left(Message):
        """A reader picked the way back to the list."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now

    def render_line(self, _y: int) -> Strip:
        """Return the line, exactly as wide as the screen."""
        return styled_line(self, self._line(), "header")

    def _line(self) -> Line:
        state, width = self._state, self.size.width
        if self.typing:
            return typing_line(self.typing, state, width)
        if self.alone:
            return way_line(self.status.view, self.number, self.title, state, width)
        return header_line(self._shown, state, width, bare=self.bare)

    @property
    def _shown(self) -> Tabs:
        """Return the tabs, preceded by one for a view that has none."""
        tabs, view = self.tabs, self.status.view
        if not view or not tabs.tabs or tabs.tabs[tabs.present].name == view:
            return tabs
        return Tabs((Tab(view), *tabs.tabs))

    @property
    def _state(self) -> list[HeaderPart]:
        pieces = state_pieces(self.status, self.network, self._now(), self.figure)
        return without_list(pieces) if self.alone else pieces

    def on_click(self, event: Click) -> None:
        """Pick the tab under the mouse, or for a sign at an end the first tab hidden there."""
        room = self.size.width - line_width(state_line(self._state, self.size.width)) - 1
        if event.x >= room or self.typing or event.button == RIGHT:
            return
        if self.alone:
            self.post_message(self.Left())
            return
        shown = self._shown
        number = piece_at(placed_tabs(shown, room, bare=self.bare), event.x)
        before = len(shown.tabs) - len(self.tabs.tabs)
        if number is not None and number >= before:
            self.post_message(self.Picked(number - before))
