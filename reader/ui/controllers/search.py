"""Full-text search: asks, shows the hits, and then restores the previous view."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from reader.library import Library, Searcher
from reader.model import Found
from reader.ui import wording
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.reading import Bookmark, ReadingController
from reader.ui.controllers.screen import ScreenAccess, Timer, Widgets
from reader.ui.controllers.search_worker import Answered, Delayed, SearchWorker
from reader.ui.state.panes import Pane
from reader.ui.state.screen_state import ScreenState
from reader.ui.state.search import SearchState, hit_rows, with_search

_REMEMBERED = 5
# The typing rests this long (seconds) before it is told what of the query means nothing.
_REST = 0.8
_GROUP = "search"


class SearchController:
    """Searches while the query is typed; every method may raise ReaderError."""

    def __init__(
        self,
        library: Library,
        state: ScreenState,
        screen: ScreenAccess,
        widgets: Widgets,
        *,
        headlines: HeadlinesController,
        reading: ReadingController,
        apart: Callable[[], bool],
        now: Callable[[], datetime],
    ) -> None:
        self._apart = apart
        self._opened: frozenset[int] = frozenset()
        self._library = library
        self._state = state
        self._screen = screen
        self._widgets = widgets
        self._headlines = headlines
        self._reading = reading
        self._now = now
        self._before: tuple[Pane, Bookmark] | None = None
        self._worker: SearchWorker | None = None
        self._opens_first = False
        self._searched: list[str] = []
        self._rest: Timer | None = None

    def begin(self) -> None:
        """Show the search input; typing replaces the query that is there."""
        if not self._state.searching:
            self._before = (self._state.pane, self._reading.bookmark())
            self._worker = SearchWorker(self._open_searcher, self._now, self._post)
            self._screen.start(_GROUP, self._worker.run, exclusive=True)
            self._state.searching = True
            self._search_for("")
        self._state.stepping = False
        self._screen.focus_pane("search")
        self._widgets.search.mark_all()

    def _open_searcher(self) -> Searcher:
        return self._library.search.open_searcher()

    def ask(self, query: str) -> None:
        """Search for a query; the hits shown stay until it is answered."""
        if self._state.searching and query != self._state.search_state.query:
            self._search_for(query)

    def _post(self, message: Answered | Delayed) -> None:
        if isinstance(message, Answered):
            self._screen.call_later(partial(self.handle_answer, message))
        else:
            self._screen.call_later(partial(self.handle_delay, message))

    def handle_answer(self, message: Answered) -> None:
        """Show the hits, and open the first if that was requested meanwhile."""
        if not self._state.searching or message.query != self._state.search_state.query:
            return
        self._show_found(message.query, message.found or Found())
        if message.complaint is not None:
            self._screen.errors.show(message.complaint)
            self._state.hits_notice = wording.reason_text(message.complaint)
        if self._state.found.doubts:
            self._rest = self._screen.after(_REST, self._say_doubts)
        self._show_status()
        self._screen.draw_search()
        if self._opens_first:
            self._opens_first = False
            self._reading.open_at_cursor()

    def handle_delay(self, message: Delayed) -> None:
        """Show that a search is slow."""
        search = self._state.search_state
        if self._state.searching and message.query == search.query:
            self._state.search_state = replace(search, is_slow=True)
            self._show_status()

    def settle(self) -> None:
        """Open the hit at the cursor, or the first once the query has been answered."""
        if self._state.search_state.is_answered:
            self._reading.open_at_cursor()
        else:
            self._opens_first = True

    def move(self, rows: int) -> None:
        """Move in the hits by rows; without hits, repeat the last search."""
        if self._widgets.hits.ids:
            self._state.stepping = True
            self._widgets.hits.move(rows)
        elif self._searched and not self._state.search_state.query:
            self._widgets.search.put(self._searched[0])

    def page(self, pages: int) -> None:
        """Move in the hits by pages."""
        self._state.stepping = bool(self._widgets.hits.ids)
        self._widgets.hits.page(pages)

    def toggle_story(self, story: int, *, opens: bool = False) -> None:
        """Show or hide the further hits of a story below the first; show them if it `opens`."""
        self._opened = self._opened | {story} if opens else self._opened ^ {story}
        self.fold()

    def fold(self) -> None:
        """Show the hits, folding those of a story under the best of them."""
        state = self._state
        state.hit_rows = hit_rows(state.found, self._opened, apart=self._apart())

    def leave(self) -> None:
        """Restore the view before the search; `forward` reopens the hit."""
        if self._before is not None:
            _, bookmark = self._before
            self._screen.errors.attempt(lambda: self._reading.return_to(bookmark))
        self.end()

    def end(self) -> None:
        """Return to the list, cursor and pane from before the search."""
        if not self._state.searching or self._before is None:
            return
        pane, bookmark = self._before
        if self._state.pane == "hits":
            pane = "list"
        answered = self._state.search_state.answered
        if answered and self._state.found.hits:
            others = [query for query in self._searched if query != answered]
            self._searched = [answered, *others][:_REMEMBERED]
        self._state.searching = False
        self._forget_doubts()
        self._screen.cancel(_GROUP)
        self._worker = None
        self._reading.resume_anchor(bookmark)
        self._widgets.search.clear_quietly()
        self._state.search_state = SearchState()
        self._show_found("", Found())
        self._screen.errors.attempt(self._headlines.refresh_counts)
        self._screen.focus_pane(pane)

    def _say_doubts(self) -> None:
        """Show what of the query means nothing: in place of the hits, or in a notice with them."""
        self._rest = None
        doubts = "\n".join(wording.reason_text(each) for each in self._state.found.doubts)
        if self._state.found.hits:
            self._screen.say(doubts, about="list")
        else:
            self._state.hits_notice = f"{wording.say('search.nothing')}\n\n{doubts}"

    def _forget_doubts(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    def _search_for(self, query: str) -> None:
        self._forget_doubts()
        answered = self._state.search_state.answered
        self._state.search_state = SearchState(query, answered)
        self._opens_first = self._state.stepping = False
        if self._worker is not None:
            self._worker.ask(query)
        if not query:
            self._show_found("", Found())
        self._show_status()

    def _show_found(self, query: str, found: Found) -> None:
        search = self._state.search_state
        self._state.search_state = replace(search, answered=query, is_slow=False)
        self._state.found = found
        self._opened = frozenset()
        self.fold()
        self._state.hits_notice = wording.say("search.nothing") if query else self._hint()

    def _hint(self) -> str:
        if not self._searched:
            return wording.say("search.how")
        before = wording.say("search.before", queries="\n".join(self._searched))
        return f"{wording.say('search.how')}\n\n{before}"

    def _show_status(self) -> None:
        # This runs at every key, so the list is not counted again.
        state = self._state
        state.status = with_search(state.status, state.search_state, state.hit_rows)
