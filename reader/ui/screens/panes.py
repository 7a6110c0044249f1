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

from reader.model import Found
from reader.text.reltime import Language
from reader.ui.commands import Pane, Scope, bindings_of
from reader.ui.network import Network
from reader.ui.pending import Pending
from reader.ui.state import Fetch, Opened, Standing
from reader.ui.widgets.article_view import ArticleView
from reader.ui.widgets.filter_bar import FilterBar, SearchBar
from reader.ui.widgets.headline_list import HeadlineList
from reader.ui.widgets.hit_list import HitList
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.loaded import Load
from reader.ui.widgets.status_bar import StatusBar
from reader.ui.widgets.teaser_strip import TeaserStrip
from reader.ui.widgets.which_key import WhichKey


class PanedScreen(Screen[None]):
    """Lays out list, article and strip, bound to its state; one at a time where it is narrow."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("reading")
    # From these widths and heights (cells) on.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-medium"), (32, "-tall")]  # noqa: RUF012

    # Bound to the widgets, which paint what is theirs: the screen itself would paint everything.
    ids: reactive[Sequence[int]] = reactive((), repaint=False)
    total = reactive(0, repaint=False)
    opened: reactive[Opened | None] = reactive(None, repaint=False)
    standing: reactive[Standing] = reactive(Standing(), repaint=False)
    network: reactive[Network] = reactive(Network(), repaint=False)
    fetch: reactive[Fetch | None] = reactive(None, repaint=False)
    pane: reactive[Pane] = reactive("list", repaint=False)
    pending: reactive[Pending] = reactive(Pending(), repaint=False)
    notice = reactive("", repaint=False)
    revision = reactive(0, repaint=False)
    reading = reactive(False, toggle_class="-reading")
    filtering = reactive(False, toggle_class="-filtering")
    searching = reactive(False, toggle_class="-searching")
    found: reactive[Found] = reactive(Found(), repaint=False)
    hits_notice = reactive("", repaint=False)

    def __init__(self, load: Load, now: Callable[[], datetime], language: Language) -> None:
        super().__init__()
        self.revealed = Event()
        self._status = StatusBar(now)
        self.headlines = HeadlineList(load, now, language, "headlines")
        self.hits = HitList(load, now, language, "hits")
        self.article = ArticleView(now, language)
        self.strip = TeaserStrip(now, language)
        self.filter = FilterBar()
        self.search = SearchBar()
        self._panes: dict[Pane, Widget] = {
            "list": self.headlines,
            "hits": self.hits,
            "article": self.article,
            "strip": self.strip,
            "filter": self.filter,
            "search": self.search,
        }

    def compose(self) -> ComposeResult:
        """Lay out the bars and the panes and bind them to the screen's state."""
        yield self._status.data_bind(PanedScreen.standing, PanedScreen.network)
        with Horizontal(id="panes"):
            with Vertical(id="list-pane"):
                yield self.headlines.data_bind(
                    PanedScreen.total,
                    PanedScreen.ids,
                    PanedScreen.opened,
                    PanedScreen.revision,
                    PanedScreen.notice,
                )
                # Above the hits, so that Tab goes from it to them.
                yield self.search
                yield self.hits.data_bind(
                    PanedScreen.found,
                    PanedScreen.opened,
                    PanedScreen.revision,
                    notice=PanedScreen.hits_notice,
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
        yield WhichKey().data_bind(PanedScreen.pending, PanedScreen.pane)
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

    @property
    def shown_list(self) -> HeadlineList:
        """Return the list that is shown: while one searches, that of the hits."""
        return self.hits if self.searching else self.headlines

    def go_to(self, pane: Pane) -> None:
        """Give a pane the focus, and show it where there is room for one only."""
        if pane == "list" and self.searching:
            pane = "hits"
        self.reading = pane in ("article", "strip")
        # Widget.focus() would wait a tick, and the next key goes to where the focus is.
        self.set_focus(self._panes[pane])
        self.pane = pane

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Tell the key bar, and the narrow layout, which pane has the focus."""
        focused = (pane for pane, widget in self._panes.items() if widget is event.widget)
        self.pane = next(focused, self.pane)
        self.reading = self.pane in ("article", "strip")

    def place_of(self, scope: Scope) -> DOMNode:
        """Return where the actions of the commands of a scope are."""
        if scope == "list":
            return self.shown_list
        return next((widget for pane, widget in self._panes.items() if pane == scope), self)
