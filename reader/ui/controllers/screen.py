"""The interface of the screen and its widgets that controllers use."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from msgspec import Struct

from reader.ui.controllers.errors import ErrorNotices
from reader.ui.state.panes import Pane
from reader.ui.state.values import CursorPlace, Notice, Topic

# Runs beside the screen until it is done or cancelled.
Work = Callable[[], Coroutine[Any, Any, None]]


class Timer(Protocol):
    """A call that is scheduled."""

    def stop(self) -> None:
        """Cancel it."""


class ScreenAccess(Protocol):
    """The screen, as its controllers see it."""

    @property
    def errors(self) -> ErrorNotices:
        """Return what shows errors."""

    @property
    def narrow(self) -> bool:
        """Tell whether there is room for one pane only."""

    @property
    def columns(self) -> int:
        """Return the width of the terminal in cells."""

    @property
    def is_front(self) -> bool:
        """Tell whether no dialog covers the screen."""

    def show_notice(self, notice: Notice) -> None:
        """Show a notice in place of the previous one."""

    def say(self, text: str, seconds: float | None = None, *, about: Topic = "") -> None:
        """Show a sentence for the given number of seconds, or the usual time, about a state."""

    def focus_pane(self, pane: Pane) -> None:
        """Give a pane the focus and show it; during a search the hits take the list's place."""

    def is_shown(self, pane: Pane) -> bool:
        """Tell whether a pane can be reached."""

    def selected_id(self, pane: Pane) -> int | None:
        """Return the headline at the cursor of a pane; the opened one if it has no cursor."""

    def after(self, seconds: float, act: Callable[[], object]) -> Timer:
        """Call `act` once after this many seconds, and return its timer; its errors are shown."""

    def every(self, seconds: float, act: Callable[[], object]) -> Timer:
        """Call `act` every `seconds`, and return its timer; its errors are shown."""

    def start(self, group: str, work: Work, *, exclusive: bool = False) -> None:
        """Run `work` beside the screen; with `exclusive`, cancel the others of its group."""

    def cancel(self, group: str) -> None:
        """Cancel the work of a group."""

    def call_later(self, act: Callable[[], object]) -> None:
        """Call `act` after the keys that are waiting; its errors are shown."""

    def draw_search(self) -> None:
        """Draw the hits and the status bar at once."""


class HeadlinesPane(Protocol):
    """A list of headlines with a cursor."""

    @property
    def ids(self) -> Sequence[int]:
        """Return the numbers of its headlines, from the top."""

    @property
    def cursor(self) -> int:
        """Return the row of the cursor, the first being 0."""

    @property
    def cursor_id(self) -> int | None:
        """Return the number of the headline at the cursor."""

    @property
    def place(self) -> CursorPlace | None:
        """Return the position of the cursor, to return to later."""

    def go_to(self, headline_id: int) -> None:
        """Put the cursor on a headline if the list holds it."""

    def return_to(self, place: CursorPlace) -> None:
        """Restore the positions of cursor and view."""

    def move(self, rows: int) -> None:
        """Move the cursor by `rows`."""

    def page(self, pages: int) -> None:
        """Move the cursor by `pages` screenfuls of rows."""

    def top(self) -> None:
        """Move the cursor to the newest headline, as a reader who wants to see it."""

    def to_top(self) -> None:
        """Put cursor and view at the newest headline."""

    def to_row(self, number: int | None) -> None:
        """Put the cursor on the headline of this number, the first being 1, or on the last."""


class ArticlePane(Protocol):
    """The view of the opened article."""

    @property
    def line(self) -> int:
        """Return the number of the first line in view."""

    @property
    def place(self) -> int:
        """Return how many characters of the body are above the view."""

    @property
    def seen(self) -> bool:
        """Tell whether the article opened last has been on the screen."""

    @property
    def at_end(self) -> bool:
        """Tell whether the last line is in view."""

    @property
    def holds_place(self) -> bool:
        """Tell whether the end is in view only because the window grew, not by reading on."""

    def resume(self, place: int) -> None:
        """Continue at a reading place (characters)."""

    def return_to(self, line: int) -> None:
        """Scroll to a line."""

    def scroll_by(self, lines: int) -> None:
        """Scroll by lines."""

    def page(self, pages: int) -> None:
        """Scroll by screenfuls."""

    def to_start(self) -> None:
        """Scroll to the first line."""

    def to_end(self) -> None:
        """Scroll to the last line."""

    @property
    def match_count(self) -> int:
        """Return how many matches of the sought text it has."""

    def first_match_in_view(self) -> int:
        """Return the number of the first match in view or below, else of the first of all."""

    def go_to_match(self, number: int) -> None:
        """Scroll so that the match of this number, from 0, is in view."""


class StripPane(Protocol):
    """The related headlines as cards."""

    @property
    def cursor_id(self) -> int | None:
        """Return the number of the headline at the cursor."""

    @property
    def rail(self) -> bool:
        """Tell whether the cards are stacked beside the article."""

    def move(self, cards: int) -> None:
        """Move the cursor by cards."""


class WordsInput(Protocol):
    """A line in which words are typed."""

    def take_words(self) -> str:
        """Return the typed words, and cancel a pending request for them."""

    def put(self, text: str) -> None:
        """Set the text, as if typed."""

    def mark_all(self) -> None:
        """Select the words, so that typing replaces them."""

    def clear_quietly(self) -> None:
        """Clear the line without a request."""


class Widgets(Struct, frozen=True):
    """The widgets of the panes, as controllers see them."""

    headlines: HeadlinesPane
    hits: HeadlinesPane
    article: ArticlePane
    strip: StripPane
    filter: WordsInput
    search: WordsInput
    find: WordsInput

    def shown_list(self, *, searching: bool) -> HeadlinesPane:
        """Return the list that is shown: during a search, the list of hits."""
        return self.hits if searching else self.headlines
