"""The positions of rows in a list: of two heights at most, with single lines between; pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Literal

from msgspec import Struct


class Day(Struct, frozen=True):
    """A day in a list as seen from `today`, and the number of its headlines; None if unknown."""

    day: date
    today: date
    count: int | None = None


class Dividing(Struct, frozen=True):
    """A line above the row `row`: a day, the end of the fresh headlines or of a story.

    Below the reports that are shown of an open story, "more" tells how many it has besides. The
    line shows `short` if there is no room for `text`. The texts of a `day` are made when they are
    drawn, as a long list has thousands of days.
    """

    row: int
    text: str = ""
    kind: Literal["day", "fresh", "story", "more"] = "day"
    short: str = ""
    day: Day | None = None


_ROW = attrgetter("row")


class Rows(Struct, frozen=True):
    """Rows of `height` lines each, with the `dividing` lines between them in order.

    The rows in `lower`, in order, have `lower_height` lines, which are at most as many.
    """

    height: int = 1
    dividing: Sequence[Dividing] = ()
    lower: Sequence[int] = ()
    lower_height: int = 1

    @property
    def least(self) -> int:
        """Return the number of lines of the lowest row."""
        return self.lower_height if self.lower else self.height

    def height_of(self, row: int) -> int:
        """Return the number of lines of a row."""
        place = bisect_left(self.lower, row)
        is_lower = place < len(self.lower) and self.lower[place] == row
        return self.lower_height if is_lower else self.height

    def top(self, row: int) -> int:
        """Return the first line of a row."""
        return self._lines_to(row) + bisect_right(self.dividing, row, key=_ROW)

    def at(self, line: int) -> tuple[int, int] | Dividing:
        """Return the row at a line, and which of its lines that is; or the divider there."""
        # The row is one of these, whatever dividers and lower rows are above it.
        first = max(line - len(self.dividing), 0) // self.height
        last = (line + self._saved * len(self.lower)) // self.height
        row = bisect_right(range(last + 2), line, first, key=self._first_line) - 1
        offset = line - self._first_line(row)
        divider = bisect_left(self.dividing, row, key=_ROW) + offset
        if divider < len(self.dividing) and self.dividing[divider].row == row:
            return self.dividing[divider]
        return row, line - self.top(row)

    def lines(self, first: int, count: int) -> Iterator[tuple[int, int] | Dividing]:
        """Yield what is at each of `count` lines from the line `first` on, as `at` returns it."""
        row = self.row_at(first)
        above = first - self._first_line(row)
        return islice(self._from(row), above, above + count)

    def _from(self, row: int) -> Iterator[tuple[int, int] | Dividing]:
        """Yield what is at each line from the first divider above a row on, without an end."""
        place = bisect_left(self.dividing, row, key=_ROW)
        while True:
            while place < len(self.dividing) and self.dividing[place].row == row:
                yield self.dividing[place]
                place += 1
            for line in range(self.height_of(row)):
                yield row, line
            row += 1

    def row_at(self, line: int) -> int:
        """Return the row at a line, or the row below the divider there."""
        found = self.at(line)
        return found.row if isinstance(found, Dividing) else found[0]

    def extent(self, count: int) -> int:
        """Return how many lines `count` rows take, including the dividers around them."""
        return self.top(count)

    def first_line(self, row: int, below_top: int, height: int, count: int) -> int:
        """Return the first line of a view of `height` lines, with a row so many lines below it.

        The row is in view with the divider above it, if there is one, even if it was further down.
        """
        top = self.top(row)
        above = top - 1 if top and isinstance(self.at(top - 1), Dividing) else top
        line = min(max(top - below_top, top + self.height_of(row) - height), above)
        return max(min(line, self.extent(count) - height), 0)

    @property
    def _saved(self) -> int:
        return self.height - self.lower_height

    def _lines_to(self, row: int) -> int:
        """Return the number of lines of the rows above a row."""
        return row * self.height - self._saved * bisect_left(self.lower, row)

    def _first_line(self, row: int) -> int:
        """Return the line of the first divider above a row, or its first line if there is none."""
        return self._lines_to(row) + bisect_left(self.dividing, row, key=_ROW)
