"""Find in the article: marks the typed text, and moves from match to match."""

from reader.model import Term
from reader.ui import wording
from reader.ui.controllers.screen import ScreenAccess, Widgets
from reader.ui.state.matches import Finding, Sought
from reader.ui.state.screen_state import ScreenState


class FindController:
    """Finds words within the opened article; only the article moves."""

    def __init__(self, state: ScreenState, screen: ScreenAccess, widgets: Widgets) -> None:
        self._state = state
        self._screen = screen
        self._widgets = widgets

    def begin(self) -> None:
        """Ask for the text to find; typing replaces the last one."""
        if self._state.preview is not None:
            # Looking for words in a previewed article counts as reading it.
            self._screen.focus_pane("article")
        if self._state.opened is None:
            self._screen.say(wording.say("empty.nothing-opened"))
            return
        self._state.looking, self._state.stepping = True, False
        self._screen.focus_pane("find")
        if not self._state.sought.terms:
            self._widgets.find.put(self._state.sought.text)
            self._widgets.find.mark_all()

    def narrow(self, text: str) -> None:
        """Mark this text in the article, and go to the first match from the present position."""
        if self._state.looking and text != self._state.sought.text:
            self._state.sought, self._state.stepping = Sought(text), False
            self._go_to(self._widgets.article.first_match_in_view())

    def step(self, matches: int) -> None:
        """Go `matches` further, wrapping from the last to the first."""
        if text := self._widgets.find.take_words():
            self._state.sought = Sought(text)
        if count := self._widgets.article.match_count:
            self._state.stepping = True
            self._go_to((self._state.finding.current + matches) % count)

    def settle(self) -> None:
        """Go back to the article, with the marks left in it."""
        self._close()

    def end(self) -> None:
        """Go back to the article, without the marks."""
        self._state.sought = Sought()
        self._state.finding = Finding()
        self._close()

    def show_hit(self, terms: tuple[Term, ...]) -> None:
        """Mark the terms of a search in the article, and go to the first match."""
        self._state.sought = Sought(terms=tuple(term for term in terms if term.column is None))
        self._go_to(0)

    def forget(self) -> None:
        """Remove the marks, because another article was opened."""
        if self._state.looking:
            self._state.looking = False
            self._widgets.find.clear_quietly()
        if self._state.sought:
            self._state.sought = Sought()

    def _go_to(self, number: int) -> None:
        self._state.finding = Finding(number, self._widgets.article.match_count)
        self._widgets.article.go_to_match(number)

    def _close(self) -> None:
        self._state.looking = False
        self._widgets.find.clear_quietly()
        self._screen.focus_pane("article")
