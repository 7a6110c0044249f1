"""The quick filter: narrows the list to some words, and restores the list."""

from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.host import Host, Views
from reader.ui.controllers.search import SearchController
from reader.ui.state.edition import Edition
from reader.ui.state.panes import Pane
from reader.ui.state.values import Place
from reader.ui.state.view_state import ViewState


class FilterController:
    """Shows only headlines with the typed words; every method may raise ReaderError."""

    def __init__(
        self,
        edition: Edition,
        state: ViewState,
        host: Host,
        views: Views,
        *,
        headlines: HeadlinesController,
        search: SearchController,
    ) -> None:
        self._edition = edition
        self._state = state
        self._host = host
        self._views = views
        self._headlines = headlines
        self._search = search
        self._before: tuple[Place | None, Pane] = (None, "list")

    def begin(self) -> None:
        """Ask for the words to filter by."""
        self._search.end()
        if not self._state.filtering:
            self._before = (self._views.headlines.place, self._state.pane)
            self._state.filtering = True
        self._host.focus_pane("filter")

    def narrow(self, words: str) -> None:
        """Show only headlines with these words."""
        if self._state.filtering:
            self._edition.words = words
            self._headlines.show_beginning_first()
            self._views.headlines.to_top()

    def settle(self) -> None:
        """Go on to the list with the words that have been typed."""
        words = self._views.filter.take_words()
        self._host.errors.attempt(lambda: self.narrow(words))
        self._host.focus_pane("list")

    def end(self) -> None:
        """Show the whole list again, at its last place."""
        place, pane = self._before
        stays = self._state.pane == "list"
        self._state.filtering = False
        self._views.filter.clear_quietly()
        self._edition.words = ""
        self._host.errors.attempt(self._headlines.show_list)
        if place is not None:
            self._views.headlines.return_to(place)
        self._host.focus_pane("list" if stays else pane)
