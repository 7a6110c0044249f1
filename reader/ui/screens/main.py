"""The main screen: composes the panes, binds them to its state and forwards messages."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.events import DescendantFocus
from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.widget import Widget

from reader.config import Density
from reader.errors import Reason
from reader.model import Found, Headline
from reader.ui import wording
from reader.ui.chosen_folding import remember_apart, shows_apart
from reader.ui.commands.bindings import bindings_of
from reader.ui.controllers.assembly import Surroundings, assemble
from reader.ui.controllers.screen import Widgets
from reader.ui.messages import Chosen
from reader.ui.screens.facade import ScreenFacade
from reader.ui.state.comparison import Comparison, comparison_in
from reader.ui.state.edition import Edition
from reader.ui.state.folding import Fold
from reader.ui.state.last_place import last_place_path, load_last_place
from reader.ui.state.linking import Linking
from reader.ui.state.matches import Finding, Sought
from reader.ui.state.network import Network
from reader.ui.state.notices import notice_of
from reader.ui.state.panes import PANES, Pane
from reader.ui.state.pending import Pending
from reader.ui.state.rows import Dividing
from reader.ui.state.search import HitRows, SearchState
from reader.ui.state.split import (
    ROOMY,
    WIDE,
    WITH_CARDS,
    WITH_RAIL,
    WITH_RULE,
    WITH_RULES,
    Split,
    has_rules,
    load_split,
    split_path,
)
from reader.ui.state.values import FetchAttempt, Notice, Opened, Tabs, ViewStatus
from reader.ui.textual_compat import DeferredScreen
from reader.ui.typeset.text import as_sentence, headline_text
from reader.ui.widgets.article_view import ArticleView
from reader.ui.widgets.filter_bar import FilterBar, SearchBar
from reader.ui.widgets.find_bar import FindBar, FindInput
from reader.ui.widgets.header import Header
from reader.ui.widgets.header_state import list_figure, list_labels
from reader.ui.widgets.headline_list import HeadlineList
from reader.ui.widgets.hit_list import HitList
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.list_pane import Divider, ListPane
from reader.ui.widgets.notice_line import NoticeLine
from reader.ui.widgets.pane_rule import PaneRule
from reader.ui.widgets.teaser_strip import TeaserStrip
from reader.ui.widgets.which_key import WhichKey

# How often changes of the store and ages are checked (seconds).
_POLL_SECONDS = 2.0
_AGE_SECONDS = 60.0


class MainScreen(DeferredScreen):
    """Shows list, article and strip, one at a time on a narrow terminal.

    State is passed down to the widgets, which are bound to it; their messages come up and are
    passed on to the controllers, which set the state.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("reading")
    # The least width and height (cells) of each layout.
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-tiny"),
        (WITH_RULE, "-narrow"),
        (WIDE, "-wide"),
        (WITH_RAIL, "-rail"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-short"),
        (WITH_RULES, "-low"),
        (WITH_CARDS, "-medium"),
        (ROOMY, "-tall"),
    ]

    # Bound to the widgets, which each paint their own part: the screen itself would paint
    # everything, as it does by default when the focus moves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    ids: reactive[Sequence[int]] = reactive((), repaint=False)
    total = reactive(0, repaint=False)
    opened: reactive[Opened | None] = reactive(None, repaint=False)
    preview: reactive[Opened | None] = reactive(None, repaint=False)
    # The contents of the article pane: the preview, or else the opened headline.
    shown: reactive[Opened | None] = reactive(None, repaint=False)
    status: reactive[ViewStatus] = reactive(ViewStatus(), repaint=False)
    tabs: reactive[Tabs] = reactive(Tabs(), repaint=False)
    split: reactive[Split] = reactive(Split(), repaint=False)
    density: reactive[Density] = reactive("auto", repaint=False)
    dividing: reactive[Sequence[Dividing]] = reactive((), repaint=False)
    members: reactive[Sequence[int]] = reactive((), repaint=False)
    # Whether there are no colours, so that signs replace backgrounds.
    bare = reactive(False, repaint=False)
    network: reactive[Network] = reactive(Network(), repaint=False)
    fetch: reactive[FetchAttempt | None] = reactive(None, repaint=False)
    pane: reactive[Pane] = reactive("list", repaint=False)
    pending: reactive[Pending] = reactive(Pending(), repaint=False)
    notice = reactive("", repaint=False)
    revision = reactive(0, repaint=False)
    reading = reactive(False, repaint=False)
    filtering = reactive(False, repaint=False)
    searching = reactive(False, repaint=False)
    search_state: reactive[SearchState] = reactive(SearchState(), repaint=False)
    found: reactive[Found] = reactive(Found(), repaint=False)
    hit_rows: reactive[HitRows] = reactive(HitRows(), repaint=False)
    hits_notice = reactive("", repaint=False)
    looking = reactive(False, repaint=False)
    picking = reactive(False, repaint=False)
    picked: reactive[tuple[int, ...]] = reactive((), repaint=False)
    sought: reactive[Sought] = reactive(Sought(), repaint=False)
    finding: reactive[Finding] = reactive(Finding(), repaint=False)
    stepping = reactive(False, repaint=False)
    comparing: reactive[Comparison | None] = reactive(None, repaint=False)
    linking: reactive[Linking] = reactive(Linking(), repaint=False)

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        settings, now = around.settings, around.now
        self._around = around
        self.edition = Edition(
            around.library,
            settings.follow,
            now=now,
            ordering=settings.order,
            apart=shows_apart(settings),
        )
        self.facade = ScreenFacade(self, now, settings.language)
        self.set_reactive(MainScreen.split, load_split(split_path(settings.cache_path)))
        self.set_reactive(MainScreen.network, Network(settings.offline))
        self.set_reactive(MainScreen.density, self.split.density or settings.density)
        self.set_class(self.split.zoomed, "-zoomed")
        language = settings.language
        self.header = Header(now)
        self._list_pane = ListPane(id="list-pane")
        self.list_rule = PaneRule(id="list-rule")
        self._divider = Divider()
        self._reader_pane = Container(id="reader-pane")
        self.article_rule = PaneRule(id="article-rule")
        self._strip_pane = Vertical(id="strip-pane")
        self.strip_rule = PaneRule(id="strip-rule", accent=True)
        self.headlines = HeadlineList(
            self._load, now, language, "headlines", fold_of=self.edition.fold_of
        )
        self.hits = HitList(self._load, now, language, "hits", fold_of=self._fold_of_hit)
        self.article = ArticleView(
            now, language, measure=settings.measure, hyphenate=settings.hyphenate
        )
        self.strip = TeaserStrip(now, language)
        self.filter = FilterBar()
        self.search = SearchBar()
        self.find = FindInput()
        self._find_bar = FindBar(self.find)
        self._key_bar = KeyBar()
        # The headline that notices about the article are about.
        self._told_of = 0
        self.notices = NoticeLine(self._cursor_lines)
        self.panes: dict[Pane, Widget] = {
            "search": self.search,
            "hits": self.hits,
            "list": self.headlines,
            "filter": self.filter,
            "article": self.article,
            "find": self.find,
            "strip": self.strip,
        }
        inputs = (self.filter, self.search, self.find)
        widgets = Widgets(self.headlines, self.hits, self.article, self.strip, *inputs)
        self.controllers = assemble(
            around, self.edition, self, self.facade, widgets=widgets, dialogs=self.facade
        )

    def _fold_of_hit(self, headline_id: int) -> Fold | None:
        return self.hit_rows.folded.folds.get(headline_id)

    def _load(self, ids: Sequence[int]) -> list[Headline]:
        return self.facade.errors.attempt(partial(self._around.library.headlines.load, ids)) or []

    def compose(self) -> ComposeResult:
        """Lay out the bars and the panes and bind them to the screen's state."""
        yield self.header.data_bind(
            MainScreen.status, MainScreen.network, MainScreen.tabs, MainScreen.bare
        )
        yield self.search
        yield self.filter
        with Horizontal(id="panes"):
            with self._list_pane.data_bind(MainScreen.split):
                yield self.list_rule
                yield self.headlines.data_bind(
                    MainScreen.total,
                    MainScreen.ids,
                    MainScreen.opened,
                    MainScreen.revision,
                    MainScreen.notice,
                    MainScreen.members,
                    MainScreen.dividing,
                    MainScreen.picked,
                    density=MainScreen.density,
                )
                yield self.hits.data_bind(
                    MainScreen.hit_rows,
                    MainScreen.opened,
                    MainScreen.revision,
                    MainScreen.picked,
                    notice=MainScreen.hits_notice,
                    density=MainScreen.density,
                )
            yield self._divider.data_bind(MainScreen.bare)
            with self._reader_pane:
                with Vertical(id="article-pane"):
                    yield self.article_rule
                    yield self.article.data_bind(
                        MainScreen.revision,
                        MainScreen.network,
                        MainScreen.fetch,
                        MainScreen.bare,
                        MainScreen.sought,
                        MainScreen.finding,
                        MainScreen.comparing,
                        MainScreen.linking,
                        opened=MainScreen.shown,
                    )
                with self._strip_pane:
                    yield self.strip_rule
                    yield self.strip.data_bind(opened=MainScreen.shown)
        yield WhichKey().data_bind(MainScreen.pending, MainScreen.pane, MainScreen.linking)
        yield self._key_bar.data_bind(MainScreen.pane, MainScreen.picking)
        self._find_bar.tail.data_bind(MainScreen.sought, MainScreen.finding)
        yield self._find_bar
        yield self.notices

    # From the start to the end.

    def expect(self, size: Size) -> None:
        """Prepare for a terminal of this size (cells), so that nothing is styled twice."""
        for extent, breakpoints in (
            (size.width, self.HORIZONTAL_BREAKPOINTS),
            (size.height, self.VERTICAL_BREAKPOINTS),
        ):
            self.add_class(max(each for each in breakpoints if each[0] <= extent)[1], update=False)
        self._arrange()

    def on_mount(self) -> None:
        """Show the top of the edition; from then on check for changes, and update ages."""
        self.headlines.focus()
        self._attempt(self._open_edition)
        self.facade.every(_POLL_SECONDS, self.poll)
        self.facade.every(_AGE_SECONDS, self.controllers.headlines.refresh_ages)
        # Scrolling in the article may mark it read.
        self.watch(self.article, "scroll_y", self._article_scrolled, init=False)
        self.watch(self.article, "reached", self._show_way, init=False)
        self.watch(self.article, "title_is_gone", self._show_way, init=False)
        for listing in (self.headlines, self.hits):
            self.watch(listing, "cursor", self._cursor_moved, init=False)
            self.watch(listing, "ids", self._rows_changed, init=False)
        self.watch(self, "searching", self._rows_changed, init=False)
        self.watch(self.app, "theme", self._see_colours)

    def _open_edition(self) -> None:
        settings = self._around.settings
        last = load_last_place(last_place_path(settings.cache_path))
        self.edition.open(settings.opening, self._around.now(), last)
        self.controllers.headlines.check_storage()
        self.controllers.headlines.show_beginning()
        if left := self.edition.cursor_left():
            self.headlines.resume(*left)
            self._show_place()

    def poll(self) -> None:
        """Show the changes of other processes; store the reading place of the opened article."""
        # Storing it on exit only would lose it in a power cut.
        self.controllers.reading.keep_place()
        self.controllers.headlines.refresh_if_changed()

    def _article_scrolled(self) -> None:
        self.article.measure_reading()
        if self.preview is None:
            self._attempt(self.controllers.marks.article_scrolled)

    def _see_colours(self) -> None:
        self.bare = self.app.no_color or self.app.current_theme.ansi

    def go_live(self, *, empty: bool) -> None:
        """Import the sample edition into an `empty` store, then sync per the settings."""
        if unstored := self.network.unstored:
            why = wording.reason_text(unstored)
            notice = notice_of("notice.unstored", severity="warning", about="storage", reason=why)
            self.notices.show(notice)
        if empty:
            self.notices.show(replace(notice_of("notice.welcome"), stays=True))
        muted = self._around.settings.mute
        self.facade.start("mutes", partial(self.controllers.mutes.adopt_settings, muted))
        self.facade.start("live", partial(self.controllers.sync.go_live, empty=empty))
        self.controllers.devices.begin()

    def open_headline(self, headline_id: int) -> None:
        """Open a headline from outside of the list, whose place stays."""
        self._attempt(partial(self.controllers.reading.open, headline_id, related=True))

    def show_problems(self, problems: Sequence[Reason]) -> None:
        """Show the first problem of the settings, and the number of problems."""
        if problems:
            first = wording.reason_text(problems[0])
            if place := problems[0].arguments.get("place"):
                # The line is short; `znreader config` prints the folder of the file.
                first += f" ({Path(str(place)).name})"
            problem = as_sentence(first)
            if problems[0].code == "settings_unusable":
                self.notices.show(Notice(problem, "warning"))
                return
            self.notices.show(
                notice_of("notice.settings", len(problems), severity="warning", problem=problem)
            )

    def on_unmount(self) -> None:
        """Store the reading place, the time of the visit, and the layout."""
        self.controllers.reading.keep_place()
        self.controllers.headlines.remember_visit()
        self.controllers.headlines.remember_place()
        self.controllers.layout.remember()
        if self.edition.apart != shows_apart(self._around.settings):
            remember_apart(self._around.settings, apart=self.edition.apart)
        self._attempt(self.controllers.devices.leave)

    # Messages, which come up from the widgets.

    def _attempt(self, act: Callable[[], object]) -> None:
        self.facade.errors.attempt(act)

    def on_chosen(self, message: Chosen) -> None:
        """Open the headline chosen in the list or in the strip."""
        controller = self.controllers.reading
        self._attempt(partial(controller.open, message.headline_id, related=message.related))

    def on_headline_list_at_top(self, _message: HeadlineList.AtTop) -> None:
        """Mark new arrivals as seen."""
        self._attempt(self.controllers.headlines.reach_top)

    def on_headline_list_more_asked(self, _message: HeadlineList.MoreAsked) -> None:
        """Show further reports of an open story."""
        self._attempt(partial(self.controllers.navigation.move, 1))

    def on_header_picked(self, message: Header.Picked) -> None:
        """Show the view of a tab."""
        self._attempt(partial(self.controllers.navigation.go_to_tab, message.number))

    def on_header_left(self) -> None:
        """Go back to the list from the article that is shown alone."""
        self.go_to("list")

    def on_teaser_strip_shown(self) -> None:
        """Show in the rule above the cards which of them are in view."""
        self.strip_rule.labels = tuple(self.strip.labels)
        self.strip_rule.figure = self.strip.figure

    def on_pane_rule_turned(self, message: PaneRule.Turned) -> None:
        """Show other cards."""
        self.strip.turn(message.step)

    def on_divider_moved(self, message: Divider.Moved) -> None:
        """Move the border of the list to the mouse."""
        self.controllers.layout.move_border(message.column)

    def on_filter_bar_asked(self, message: FilterBar.Asked) -> None:
        """Filter the list by these words."""
        self._attempt(partial(self.controllers.filter.narrow, message.words))
        self.draw()

    def on_filter_bar_settled(self) -> None:
        """Go on to the filtered list."""
        self._attempt(self.controllers.filter.settle)

    def on_find_input_asked(self, message: FindInput.Asked) -> None:
        """Look for this in the article."""
        self._attempt(partial(self.controllers.find.narrow, message.text))

    def on_search_bar_asked(self, message: SearchBar.Asked) -> None:
        """Search for the query."""
        self._attempt(partial(self.controllers.search.ask, message.query))

    def on_search_bar_settled(self) -> None:
        """Open the hit at the cursor."""
        self._attempt(self.controllers.search.settle)

    # Which panes are shown. A class of the screen would restyle all of them.

    @property
    def narrow(self) -> bool:
        """Tell whether there is room for one pane only."""
        return self.split.single(self.app.size.width)

    def watch_reading(self) -> None:
        """Show the article in place of the list, if there is room for only one of them."""
        self._arrange()

    def watch_pending(self) -> None:
        """Open the link whose number is typed, while links have numbers."""
        if self.linking:
            # Once the widgets know what is pending, since an opened link changes it again.
            self.call_next(self._attempt, self.controllers.links.typed)

    @property
    def stepped_into(self) -> Widget | None:
        """Return the pane in which the cursor moved since the last typed word, if there is one."""
        spec = PANES[self.pane]
        return self.panes[spec.companion_of] if self.stepping and spec.companion_of else None

    def watch_filtering(self) -> None:
        """Show or hide the filter below the list."""
        self._arrange()

    def watch_searching(self) -> None:
        """Show or hide the hits in place of the list, which waits behind them."""
        self._arrange()

    def watch_looking(self) -> None:
        """Show or hide the find bar in place of the key bar."""
        self._arrange()

    def watch_comparing(self) -> None:
        """Show in the rule above the article whether it shows its changes."""
        self._show_way()

    def watch_split(self, split: Split) -> None:
        """Lay out the panes accordingly, and save the split once it stops changing."""
        self.set_class(split.zoomed, "-zoomed")
        self.density = split.density or self._around.settings.density
        self._arrange()
        self.controllers.layout.changed()

    def watch_pane(self, pane: Pane) -> None:
        """Make the rule heavy above the pane that has the focus, or that an input belongs to."""
        spec = PANES.get(pane)
        if spec is None:
            return
        if spec.is_reading:
            self._attempt(self.controllers.preview.adopt)
        served = spec.companion_of if spec.is_input else pane
        self.list_rule.focused = served in ("list", "hits")
        self.article_rule.focused = served == "article"
        self.strip_rule.focused = served == "strip"

    def watch_status(self, old: ViewStatus, new: ViewStatus) -> None:
        """Show in the rule above the list how much of it is unread."""
        self._show_place()
        if (old.view, old.words) != (new.view, new.words):
            self.notices.withdraw("list")

    def watch_picking(self, picking: bool) -> None:
        """Withdraw what was said about the selection when it ends."""
        if not picking:
            self.notices.withdraw("picking")

    def watch_linking(self, linking: Linking) -> None:
        """Withdraw what was said about the numbers of links when they go."""
        if not linking:
            self.notices.withdraw("links")

    def watch_network(self, old: Network, new: Network) -> None:
        """Withdraw what was said about a state of the network that has ended."""
        if new.progress is None:
            self.notices.withdraw("run")
        elif old.progress is None:
            self.notices.withdraw("failure")
        if old.offline != new.offline:
            self.notices.withdraw("offline")
        if new.folder is None:
            self.notices.withdraw("folder")
        if new.unstored is None:
            self.notices.withdraw("storage")

    def watch_total(self) -> None:
        """Show in the rule above the list how long it is."""
        self._show_place()

    def watch_opened(self) -> None:
        """Show the opened headline, unless another one is previewed."""
        self.shown = self.preview or self.opened
        self.controllers.devices.article_opened()

    def watch_preview(self) -> None:
        """Show the previewed headline, or the opened one again."""
        self.shown = self.preview or self.opened

    def watch_shown(self, opened: Opened | None) -> None:
        """Give the cards room if there are any; look for similar reports."""
        if opened is None or opened.headline.id != self._told_of:
            self._told_of = opened.headline.id if opened else 0
            self.notices.withdraw("article")
        self._strip_pane.set_class(not (opened and opened.related), "-empty")
        self.article.measure_reading()
        self._show_way()
        self.controllers.similar.article_shown(opened)

    def _cursor_lines(self) -> range:
        """Return the lines of the row at the cursor of the list that has the focus, if one has."""
        focused = self.focused
        return focused.cursor_lines if isinstance(focused, HeadlineList) else range(0)

    def _cursor_moved(self) -> None:
        """Show the position of the cursor, and leave its row free."""
        self._show_place()
        if self.notices.display:
            self.notices.leave_cursor_free()

    def _rows_changed(self) -> None:
        """Show the position of the cursor among the new rows, and the headline that it is on."""
        self._show_place()
        self.controllers.preview.rows_changed()

    def _show_place(self) -> None:
        """Show the position of the cursor in the rule above the list, or in the header."""
        self.list_rule.say(list_labels(self.status), self._list_figure)
        self._show_way()

    @property
    def _list_figure(self) -> str:
        shown = self.hits if self.searching else self.headlines
        if self.searching:
            return list_figure(shown.cursor, len(shown.ids))
        is_known = self.status.is_counted
        return list_figure(shown.cursor, max(self.total, len(shown.ids)) if is_known else 0)

    def _show_way(self) -> None:
        """Show the reading progress, and in the header the way back if the article is alone."""
        # Before there is a comparison, `shown` may not have been set up yet.
        compares = self.comparing and comparison_in(self.comparing, self.shown)
        subject = (wording.say("article.changes-title"),) if compares else ()
        self.article_rule.say(subject, self.article.reached)
        header, alone = self.header, self.narrow and self.reading
        header.alone = alone
        header.number = self._list_figure if alone else ""
        gone = alone and self.opened is not None and self.article.title_is_gone
        header.title = headline_text(self.opened.headline.teaser) if gone and self.opened else ""
        figure = self.article.reached if alone else self._list_figure
        header.figure = "" if has_rules(self.app.size, alone=self.narrow) else figure

    def on_resize(self) -> None:
        """Show as many panes as fit."""
        self._arrange()

    def _arrange(self) -> None:
        alone = self.narrow
        self.strip.rail = self.app.size.width >= WITH_RAIL and not self.split.zoomed
        self._show_way()
        self._list_pane.display = not (alone and self.reading)
        self._divider.display = not alone
        self._reader_pane.display = self.reading or not alone
        self.headlines.display = not self.searching
        self.hits.display = self.searching
        self._key_bar.display = not self.looking
        self._find_bar.display = self.find.display = self.looking
        shows_list = not (alone and self.reading)
        self.search.display = self.searching and shows_list
        self.filter.display = self.filtering and not self.searching and shows_list
        self.header.typing = "/" * self.search.display or "\\" * self.filter.display

    # The focus.

    def go_to(self, pane: Pane) -> None:
        """Give a pane the focus, and show it if there is room for only one."""
        if pane == "list" and self.searching:
            pane = "hits"
        self.reading = PANES[pane].is_reading
        # Widget.focus() would wait a tick, and the next key goes to the present focus.
        self.set_focus(self.panes[pane])
        self.pane = pane

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Notify the key bar, and the narrow layout, which pane has the focus."""
        # The event takes longer from deep in the tree, and another pane may have the focus by now.
        if event.widget is not self.focused:
            return
        focused = (pane for pane, widget in self.panes.items() if widget is event.widget)
        self.pane = next(focused, self.pane)
        self.reading = PANES[self.pane].is_reading
