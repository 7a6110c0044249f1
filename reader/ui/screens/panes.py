"""The reading screen's panes: which there are, how they share the terminal, which has the focus."""

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.dom import DOMNode
from textual.events import DescendantFocus
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from reader.text.reltime import Language
from reader.ui.commands import Pane, bindings_of
from reader.ui.network import Network
from reader.ui.state import Fetch, Opened, Standing
from reader.ui.widgets.article_view import ArticleView
from reader.ui.widgets.filter_bar import FilterBar
from reader.ui.widgets.headline_list import HeadlineList
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.loaded import Load
from reader.ui.widgets.status_bar import StatusBar
from reader.ui.widgets.teaser_strip import TeaserStrip


class PanedScreen(Screen[None]):
    """Lays out list, article and strip, bound to its state; one at a time where it is narrow."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("reading")
    # From these widths and heights (cells) on.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-medium"), (32, "-tall")]  # noqa: RUF012

    ids: reactive[Sequence[int]] = reactive(())
    opened: reactive[Opened | None] = reactive(None)
    standing: reactive[Standing] = reactive(Standing())
    network: reactive[Network] = reactive(Network())
    fetch: reactive[Fetch | None] = reactive(None)
    pane: reactive[Pane] = reactive("list")
    notice = reactive("")
    revision = reactive(0)
    reading = reactive(False, toggle_class="-reading")
    filtering = reactive(False, toggle_class="-filtering")

    def __init__(self, load: Load, now: Callable[[], datetime], language: Language) -> None:
        super().__init__()
        self.revealed = Event()
        self._status = StatusBar(now)
        self.headlines = HeadlineList(load, now, language)
        self.article = ArticleView(now, language)
        self.strip = TeaserStrip(now, language)
        self.filter = FilterBar()
        self._panes: dict[Pane, Widget] = {
            "list": self.headlines,
            "article": self.article,
            "strip": self.strip,
            "filter": self.filter,
        }

    def compose(self) -> ComposeResult:
        """Lay out the bars and the panes and bind them to the screen's state."""
        yield self._status.data_bind(PanedScreen.standing, PanedScreen.network)
        with Horizontal(id="panes"):
            with Vertical(id="list-pane"):
                yield self.headlines.data_bind(
                    PanedScreen.ids,
                    PanedScreen.opened,
                    PanedScreen.revision,
                    PanedScreen.notice,
                )
                yield self.filter
            with Vertical(id="reader-pane"):
                yield self.article.data_bind(
                    PanedScreen.opened,
                    PanedScreen.revision,
                    PanedScreen.network,
                    PanedScreen.fetch,
                )
                yield self.strip.data_bind(PanedScreen.opened)
        yield KeyBar().data_bind(PanedScreen.pane)

    def reveal(self) -> None:
        """Draw what there is at once, without waiting for Textual's next tick, and from now on."""
        self.revealed.set()
        self.refresh()
        self._on_timer_update()

    def _compositor_refresh(self) -> None:
        # What is laid out on the way to the first frame is not for the eye.
        if self.revealed.is_set():
            super()._compositor_refresh()
        else:
            self._dirty_widgets.clear()

    @property
    def narrow(self) -> bool:
        """Tell whether there is room for one pane only."""
        return self.has_class("-narrow")

    def go_to(self, pane: Pane) -> None:
        """Give a pane the focus, and show it where there is room for one only."""
        self.reading = pane in ("article", "strip")
        self._panes[pane].focus()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Tell the key bar, and the narrow layout, which pane has the focus."""
        focused = (pane for pane, widget in self._panes.items() if widget is event.widget)
        self.pane = next(focused, self.pane)
        self.reading = self.pane in ("article", "strip")

    async def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """Do what the clicked key would do."""
        scope, action = message.command.scope, message.command.action
        places: dict[str, DOMNode] = {"app": self.app, "reading": self}
        places |= {str(pane): widget for pane, widget in self._panes.items()}
        await self.app.run_action(action, places[scope])
