"""Saved searches, which are views."""

from reader.errors import ReaderError
from reader.library import Library
from reader.model import SavedSearch
from reader.ui import wording
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.marks import MarksController
from reader.ui.controllers.program import Dialogs
from reader.ui.controllers.screen import ScreenAccess
from reader.ui.state.edition import Edition
from reader.ui.state.notices import notice_of
from reader.ui.state.screen_state import ScreenState
from reader.ui.state.values import NamedChoice


class SavedSearchesController:
    """Saves searches under names, and deletes them; may raise ReaderError."""

    def __init__(
        self,
        library: Library,
        edition: Edition,
        state: ScreenState,
        screen: ScreenAccess,
        *,
        headlines: HeadlinesController,
        marks: MarksController,
        dialogs: Dialogs,
    ) -> None:
        self._library = library
        self._edition = edition
        self._state = state
        self._screen = screen
        self._headlines = headlines
        self._marks = marks
        self._dialogs = dialogs

    def save(self) -> None:
        """Ask for a name, and save the search; in the view of a saved search, delete it."""
        query = self._state.search_state.query if self._state.searching else ""
        selection = self._edition.view.selection
        if not query and selection.query:
            self._forget(self._edition.view.name, selection.query)
            return
        if not query:
            self._screen.say(wording.say("saved-search.none"))
            return
        choices = [
            NamedChoice(each.name, is_set=True, detail=each.query)
            for each in self._library.searches.all()
        ]

        def save(name: str) -> None:
            known = {each.name.casefold(): each for each in self._library.searches.all()}
            try:
                saved = self._library.searches.save(name, query)
            except ReaderError as error:
                self._screen.say(wording.reason_text(error))
                return
            if saved:
                replaced = known.get(saved.name.casefold())
                self._marks.note_act(lambda: self._take_back_saving(saved, replaced))
                self._headlines.reread()
                self._screen.show_notice(notice_of("saved-search.saved", name=saved.name))

        self._dialogs.ask_name("keep", choices, save)

    def _take_back_saving(self, saved: SavedSearch, replaced: SavedSearch | None) -> str:
        """Undo that a search was saved; return the message about it."""
        if replaced is not None:
            self._library.searches.save(replaced.name, replaced.query)
            return wording.say("saved-search.restored", name=replaced.name)
        self._library.searches.forget(saved.name)
        return wording.say("saved-search.no-longer", name=saved.name)

    def _forget(self, name: str, query: str) -> None:
        self._library.searches.forget(name)

        def take_back() -> str:
            saved = self._library.searches.save(name, query)
            return wording.say("saved-search.restored", name=name) if saved else ""

        self._marks.note_act(take_back)
        view = self._edition.named("all")
        if view is not None:
            self._headlines.show_view(view)
        self._screen.show_notice(notice_of("saved-search.forgotten", name=name))
