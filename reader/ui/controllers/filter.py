"""The quick filter: narrows the list to some words, and restores the list."""

from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.screen import ScreenAccess, Widgets
from reader.ui.controllers.search import SearchController
from reader.ui.state.edition import Edition
from reader.ui.state.panes import Pane
from reader.ui.state.screen_state import ScreenState
from reader.ui.state.values import CursorPlace


class FilterController:
    """Shows only headlines with the typed words; every method may raise ReaderError."""

    def __init__(
        self,
        edition: Edition,
        state: ScreenState,
        screen: ScreenAccess,
        widgets: Widgets,
        *,
        headlines: HeadlinesController,
        search: SearchController,
    ) -> None:
        self._edition = edition
        self._state = state
        self._screen = screen
        self._widgets = widgets
        self._headlines = headlines
        self._search = search
        self._before: tuple[CursorPlace | None, Pane] = (None, "list")

    def begin(self) -> None:
        """Ask for the words to filter by; typing replaces those that are there."""
        self._search.end()
        if not self._state.filtering:
            self._before = (self._widgets.headlines.place, self._state.pane)
            self._state.filtering = True
        self._screen.focus_pane("filter")
        self._widgets.filter.mark_all()

    def narrow(self, words: str) -> None:
        """Show only headlines with these words."""
        if self._state.filtering:
            self._edition.words = words
            self._headlines.show_at(None)

    def settle(self) -> None:
        """Go on to the list with the words that have been typed."""
        words = self._widgets.filter.take_words()
        self._screen.errors.attempt(lambda: self.narrow(words))
        self._screen.focus_pane("list")

    def end(self) -> None:
        """Show the whole list again, at its last place."""
        place, pane = self._before
        stays = self._state.pane == "list"
        self._state.filtering = False
        self._widgets.filter.clear_quietly()
        self._edition.words = ""
        self._screen.errors.attempt(lambda: self._headlines.show_at(place))
        self._screen.focus_pane("list" if stays else pane)
