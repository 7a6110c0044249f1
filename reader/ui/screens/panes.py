"""The reading screen's panes: which there are, how they share the terminal, which has the focus."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.dom import DOMNode
from textual.events import DescendantFocus
from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.timer import Timer
from textual.widget import Widget

from reader.config import Settings
from reader.model import Found
from reader.ui.commands.table import Pane, Scope, bindings_of
from reader.ui.state.network import Network
from reader.ui.state.pending import Pending
from reader.ui.state.split import (
    ROOMY,
    WIDE,
    WITH_CARDS,
    WITH_TABS,
    Split,
    path_beside,
    remember,
    remembered,
)
from reader.ui.state.values import Fetch, Opened, Tabs, ViewStatus
from reader.ui.textual_compat import DeferredScreen
from reader.ui.widgets.article_view import ArticleView
from reader.ui.widgets.filter_bar import FilterBar, SearchBar
from reader.ui.widgets.headline_list import HeadlineList
from reader.ui.widgets.hit_list import HitList
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.list_pane import Divider, ListPane
from reader.ui.widgets.loaded import Load
from reader.ui.widgets.notice_line import NoticeLine
from reader.ui.widgets.section_tabs import SectionTabs
from reader.ui.widgets.status_bar import StatusBar
from reader.ui.widgets.teaser_strip import TeaserStrip
from reader.ui.widgets.which_key import WhichKey

# By how much a key changes the width of the list (cells).
_STEP = 4
# A border that is on the move is remembered once it rests.
_REST_SECONDS = 0.5


class PanedScreen(DeferredScreen):
    """Lays out list, article and strip, bound to its state; one at a time where it is narrow."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("reading")
    # From these widths and heights (cells) on.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-short"),
        (WITH_TABS, "-low"),
        (WITH_CARDS, "-medium"),
        (ROOMY, "-tall"),
    ]

    # Bound to the widgets, which paint what is theirs: the screen itself would paint everything,
    # as it does of its own accord when the focus moves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    ids: reactive[Sequence[int]] = reactive((), repaint=False)
    total = reactive(0, repaint=False)
    opened: reactive[Opened | None] = reactive(None, repaint=False)
    status: reactive[ViewStatus] = reactive(ViewStatus(), repaint=False)
    tabs: reactive[Tabs] = reactive(Tabs(), repaint=False)
    split: reactive[Split] = reactive(Split(), repaint=False)
    network: reactive[Network] = reactive(Network(), repaint=False)
    fetch: reactive[Fetch | None] = reactive(None, repaint=False)
    pane: reactive[Pane] = reactive("list", repaint=False)
    pending: reactive[Pending] = reactive(Pending(), repaint=False)
    notice = reactive("", repaint=False)
    revision = reactive(0, repaint=False)
    reading = reactive(False, repaint=False)
    filtering = reactive(False, repaint=False)
    searching = reactive(False, repaint=False)
    found: reactive[Found] = reactive(Found(), repaint=False)
    hits_notice = reactive("", repaint=False)

    def __init__(self, load: Load, settings: Settings, now: Callable[[], datetime]) -> None:
        super().__init__()
        language, lines = settings.language, settings.title_lines
        self._sharing_path = path_beside(settings.cache_path)
        self._unsaved: Timer | None = None
        self.set_reactive(PanedScreen.split, remembered(self._sharing_path))
        self.set_class(self.split.zoomed, "-zoomed")
        self._status = StatusBar(now)
        self._tabs = SectionTabs()
        self._list_pane = ListPane(id="list-pane")
        self._divider = Divider()
        self._reader_pane = Vertical(id="reader-pane")
        self.headlines = HeadlineList(load, now, language, "headlines", lines)
        self.hits = HitList(load, now, language, "hits", lines)
        self.article = ArticleView(
            now, language, measure=settings.measure, hyphenate=settings.hyphenate
        )
        self.strip = TeaserStrip(now, language)
        self.filter = FilterBar()
        self.search = SearchBar()
        self.notices = NoticeLine()
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
        yield self._status.data_bind(
            PanedScreen.status,
            PanedScreen.network,
            PanedScreen.opened,
            PanedScreen.reading,
            PanedScreen.split,
        )
        yield self._tabs.data_bind(PanedScreen.tabs)
        with Horizontal(id="panes"):
            with self._list_pane.data_bind(PanedScreen.split):
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
            yield self._divider
            with self._reader_pane:
                yield self.article.data_bind(
                    PanedScreen.opened,
                    PanedScreen.revision,
                    PanedScreen.network,
                    PanedScreen.fetch,
                )
                yield self.strip.data_bind(PanedScreen.opened)
        yield WhichKey().data_bind(PanedScreen.pending, PanedScreen.pane)
        yield KeyBar().data_bind(PanedScreen.pane)
        yield self.notices

    def expect(self, size: Size) -> None:
        """Be ready for a terminal of this size (cells), or all would be styled anew for it."""
        for extent, breakpoints in (
            (size.width, self.HORIZONTAL_BREAKPOINTS),
            (size.height, self.VERTICAL_BREAKPOINTS),
        ):
            self.add_class(max(each for each in breakpoints if each[0] <= extent)[1], update=False)
        self._arrange()

    @property
    def narrow(self) -> bool:
        """Tell whether there is room for one pane only."""
        return self.split.single(self.app.size.width)

    @property
    def shown_list(self) -> HeadlineList:
        """Return the list that is shown: while one searches, that of the hits."""
        return self.hits if self.searching else self.headlines

    # Which panes are shown. For a class of the screen all of them would be styled anew.

    def watch_reading(self) -> None:
        """Show the article in place of the list, where there is room for one of them."""
        self._arrange()

    def watch_filtering(self) -> None:
        """Show the filter under the list, or no longer."""
        self._arrange()

    def watch_searching(self) -> None:
        """Show the hits in place of the list, which waits behind them, or no longer."""
        self._arrange()

    def watch_pane(self, pane: Pane) -> None:
        """Have the border of a list tell that what is typed is for it."""
        self.headlines.set_class(pane == "filter", "-typed")
        self.hits.set_class(pane == "search", "-typed")

    def on_resize(self) -> None:
        """Show as many panes as there is room for."""
        self._arrange()

    def _arrange(self) -> None:
        alone = self.narrow
        self._tabs.set_class(alone and self.reading, "-away")
        self._list_pane.display = not (alone and self.reading)
        self._divider.display = not alone
        self._reader_pane.display = self.reading or not alone
        self.headlines.display = not self.searching
        self.hits.display = self.search.display = self.searching
        self.filter.display = self.filtering and not self.searching

    # How the panes share the width.

    def watch_split(self, split: Split) -> None:
        """Lay the panes out by it, and remember it once it rests."""
        self.set_class(split.zoomed, "-zoomed")
        self._arrange()
        if self._unsaved is not None:
            self._unsaved.stop()
        self._unsaved = self.set_timer(_REST_SECONDS, self._remember_split)

    def _remember_split(self) -> None:
        if self._unsaved is not None:
            self._unsaved.stop()
            self._unsaved = None
            remember(self._sharing_path, self.split)

    def on_unmount(self) -> None:
        """Remember a split that is changed at the very end."""
        self._remember_split()

    def action_zoom(self) -> None:
        """Give the whole width to the pane with the focus, or show all side by side again."""
        if self.pane == "strip":
            self.go_to("article")
        self.split = replace(self.split, zoomed=not self.split.zoomed)

    def action_widen(self, steps: int) -> None:
        """Make the list wider by `steps`, where it stands beside the article."""
        if not self.narrow:
            columns = self.size.width
            width = self.split.list_width(columns) + steps * _STEP
            self.split = self.split.with_list(width, columns)

    def action_usual_layout(self) -> None:
        """Share the width as at first."""
        self.split = Split()

    def on_divider_moved(self, message: Divider.Moved) -> None:
        """Have the list end where the mouse is."""
        self.split = self.split.with_list(message.column, self.size.width)

    def go_to(self, pane: Pane) -> None:
        """Give a pane the focus, and show it where there is room for one only."""
        if pane == "list" and self.searching:
            pane = "hits"
        self.reading = pane in ("article", "strip")
        # Widget.focus() would wait a tick, and the next key goes to where the focus is.
        self.set_focus(self._panes[pane])
        self.pane = pane

    def action_bottom(self) -> None:
        """Go to the last headline, or with a count typed before to the one of that number."""
        self.shown_list.to_row(self.pending.count)

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
