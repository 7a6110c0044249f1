"""Fakes of widgets that are plain values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reader.ui.state.values import CursorPlace


class FakeList:
    """A list with a cursor, of the headlines that the state or the hits have."""

    def __init__(self, ids: Callable[[], Sequence[int]]) -> None:
        self._ids = ids
        self.cursor = 0

    @property
    def ids(self) -> Sequence[int]:
        """Return the numbers of its headlines."""
        return self._ids()

    @property
    def cursor_id(self) -> int | None:
        """Return the number at the cursor."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    @property
    def place(self) -> CursorPlace | None:
        """Return the position of the cursor."""
        return None if self.cursor_id is None else CursorPlace(self.cursor_id, 0)

    def go_to(self, headline_id: int) -> None:
        """Put the cursor on a headline if the list holds it."""
        if headline_id in self.ids:
            self.cursor = list(self.ids).index(headline_id)

    def return_to(self, place: CursorPlace) -> None:
        """Put the cursor back."""
        self.go_to(place.headline_id)

    def move(self, rows: int) -> None:
        """Move the cursor."""
        self.cursor = max(0, min(self.cursor + rows, len(self.ids) - 1))

    def page(self, pages: int) -> None:
        """Move the cursor by ten."""
        self.move(10 * pages)

    def top(self) -> None:
        """Move the cursor to the top."""
        self.cursor = 0

    to_top = top

    def to_row(self, number: int | None) -> None:
        """Put the cursor on a row, or on the last."""
        self.cursor = (number or len(self.ids)) - 1


@dataclass
class FakeArticle:
    """An article that has the line, and the end, that a test gives it."""

    line: int = 0
    place: int = 0
    seen: bool = True
    at_end: bool = False
    holds_place: bool = False
    resumed: int = 0
    match_count: int = 0
    match: int | None = None

    def resume(self, place: int) -> None:
        """Note from where one reads on."""
        self.resumed = place

    def return_to(self, line: int) -> None:
        """Scroll."""
        self.line = line

    def scroll_by(self, lines: int) -> None:
        """Scroll."""
        self.line += lines

    def page(self, pages: int) -> None:
        """Scroll by ten."""
        self.line += 10 * pages

    def to_start(self) -> None:
        """Scroll."""
        self.line = 0

    def to_end(self) -> None:
        """Scroll to the hundredth line."""
        self.line = 100

    def first_match_in_view(self) -> int:
        """Return the first."""
        return 0

    def go_to_match(self, number: int) -> None:
        """Note to which."""
        self.match = number


@dataclass
class FakeStrip:
    """Cards with a cursor that the test sets."""

    cursor_id: int | None = None
    moved: int = 0
    rail: bool = False

    def move(self, cards: int) -> None:
        """Note by how much it was moved."""
        self.moved += cards


@dataclass
class FakeInput:
    """A line in which a test types."""

    typed: str = ""

    def take_words(self) -> str:
        """Return what was typed."""
        return self.typed

    def put(self, text: str) -> None:
        """Type."""
        self.typed = text

    def mark_all(self) -> None:
        """Do nothing."""

    def clear_quietly(self) -> None:
        """Empty it."""
        self.typed = ""
