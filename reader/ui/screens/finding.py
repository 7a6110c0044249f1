"""The part of the reading screen that finds headlines: the quick filter, and the search."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from reader.config import Settings
from reader.library import Library
from reader.model import Found
from reader.ui import words
from reader.ui.commands.table import Pane
from reader.ui.controllers.search_worker import Answered, Delayed, Searching
from reader.ui.screens.live import LiveScreen
from reader.ui.state.values import Place, ViewStatus
from reader.ui.widgets.filter_bar import FilterBar, SearchBar
from reader.worker import Child

_REMEMBERED = 5


class FindingScreen(LiveScreen):
    """Narrows the list to some words, and searches everything; then returns to where one was."""

    def __init__(
        self, library: Library, settings: Settings, now: Callable[[], datetime], child: Child
    ) -> None:
        super().__init__(library, settings, now, child)
        # Reading on goes on from here: the last headline opened other than through the strip.
        self._anchor: int | None = None
        self._before_filter: tuple[Place | None, Pane] = (None, "list")
        self._before_search: tuple[Pane, int | None] = ("list", None)
        self._searching: Searching | None = None
        self._query = ""
        # The query that `found` is of.
        self._answered = ""
        self._delayed = False
        self._opens_first = False
        self._searched: list[str] = []

    def action_next_pane(self, step: int) -> None:
        """Go to the next (1) or previous (-1) pane, also to one that another has the place of."""
        panes: list[Pane] = ["search", "hits"] if self.searching else ["list"]
        if self.filtering and not self.searching:
            panes.append("filter")
        panes.append("article")
        if self.strip.display:
            panes.append("strip")
        # The strip may have gone while it had the focus.
        here = panes.index(self.pane) if self.pane in panes else panes.index("article")
        self.go_to(panes[(here + step) % len(panes)])

    # The quick filter.

    def action_filter(self) -> None:
        """Ask for the words to filter by."""
        self._end_search()
        if not self.filtering:
            self._before_filter = (self.headlines.place, self.pane)
            self.filtering = True
        self.go_to("filter")

    def on_filter_bar_asked(self, message: FilterBar.Asked) -> None:
        """Show only headlines with these words."""
        if self.filtering:
            self._edition.words = message.words
            self.show_list()
            self.headlines.to_top()

    def on_filter_bar_settled(self) -> None:
        """Go on to the filtered list."""
        self.go_to("list")

    def _end_filter(self) -> None:
        place, pane = self._before_filter
        stays = self.pane == "list"
        self.filtering = False
        self.filter.clear_quietly()
        self._edition.words = ""
        self.show_list()
        if place is not None:
            self.headlines.return_to(place)
        self.go_to("list" if stays else pane)

    # The search.

    def action_search(self) -> None:
        """Ask for what to search for; what was asked before stands there still."""
        if not self.searching:
            self._before_search = (self.pane, self._anchor)
            self._searching = Searching(
                self._library.search.open_searcher, self._now, self.post_message
            )
            work: Callable[[], Awaitable[None]] = self._searching.run
            self.run_worker(work, group="search", exclusive=True)
            self.searching = True
            self._search_for("")
        self.go_to("search")

    def on_search_bar_asked(self, message: SearchBar.Asked) -> None:
        """Have the query answered; what was found before stays until then."""
        if self.searching and message.query != self._query:
            self._search_for(message.query)

    def _search_for(self, query: str) -> None:
        self._query = query
        self._delayed = self._opens_first = False
        if self._searching is not None:
            self._searching.ask(query)
        if not query:
            self._show_found("", Found())
        self._tell_search()

    def on_answered(self, message: Answered) -> None:
        """Show what was found, and open the first of it where that was asked for meanwhile."""
        if not self.searching or message.query != self._query:
            return
        if message.complaint is not None:
            self._told.tell(message.complaint)
        self._delayed = False
        self._show_found(message.query, message.found or Found())
        self._tell_search()
        self.draw(self.hits, self._status)
        if self._opens_first:
            self._opens_first = False
            self.hits.action_open()

    def on_delayed(self, message: Delayed) -> None:
        """Tell that a search takes its time."""
        if self.searching and message.query == self._query:
            self._delayed = True
            self._tell_search()

    def on_search_bar_settled(self) -> None:
        """Open the hit at the cursor, or the first once the query has been answered."""
        if self._answered == self._query:
            self.hits.action_open()
        else:
            self._opens_first = True

    def action_hit(self, by: str, step: int) -> None:
        """Go on in the hits `by` move or page; without any, take up the last search."""
        if by == "page":
            self.hits.action_page(step)
        elif self.hits.ids:
            self.hits.action_move(step)
        elif self._searched and not self._query:
            self.search.value = self._searched[0]
            self.search.cursor_position = len(self.search.value)

    def action_fresh(self) -> None:
        """Go to the newest of the headlines that came in, in the list."""
        if self._edition.fresh:
            self._end_search()
        super().action_fresh()

    def _show_found(self, query: str, found: Found) -> None:
        self._answered = query
        self.found = found
        self.hits_notice = words.say("search.nothing") if query else self._hint()

    def _hint(self) -> str:
        if not self._searched:
            return words.say("search.how")
        before = words.say("search.before", queries="\n".join(self._searched))
        return f"{words.say('search.how')}\n\n{before}"

    def _present_status(self) -> ViewStatus:
        status = super()._present_status()
        return self._told_of_search(status) if self.searching else status

    def _tell_search(self) -> None:
        # At every key, so without counting the list anew.
        self.status = self._told_of_search(self.status)

    def _told_of_search(self, status: ViewStatus) -> ViewStatus:
        searched = f"/{self._query}" if self._query else ""
        return replace(
            status, view=words.say("search.title"), words=searched, shown=self._found_text()
        )

    def _found_text(self) -> str:
        """Return how many hits are shown, or that they are still being searched for."""
        if self._delayed:
            return words.say("search.running")
        count = len(self.found.hits)
        if not self._answered:
            return " "
        if self.found.more:
            return words.say("search.hits-more", count=count)
        return words.say_count("search.hits", count)

    def _end_search(self) -> None:
        """Return to the list, its cursor and the pane that there were before the search."""
        if not self.searching:
            return
        pane, anchor = self._before_search
        if self.pane == "hits":
            pane = "list"
        if self._answered and self.found.hits:
            others = [query for query in self._searched if query != self._answered]
            self._searched = [self._answered, *others][:_REMEMBERED]
        self.searching = False
        self.workers.cancel_group(self, "search")
        self._searching = None
        self._anchor = anchor
        self.search.clear_quietly()
        self._query = ""
        self._show_found("", Found())
        self._recount()
        self.go_to(pane)
