"""The positions of rows in a list: of equal height, with single lines between some; pure."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Literal

from msgspec import Struct


class Dividing(Struct, frozen=True):
    """A line above the row `row`: a day, the end of the fresh headlines, or the end of a story.

    It shows `short` if there is no room for `text`.
    """

    row: int
    text: str
    kind: Literal["day", "fresh", "story"] = "day"
    short: str = ""


_ROW = attrgetter("row")


class Rows(Struct, frozen=True):
    """Rows of `height` lines each, with the `dividing` lines between them in order."""

    height: int = 1
    dividing: Sequence[Dividing] = ()

    def top(self, row: int) -> int:
        """Return the first line of a row."""
        return row * self.height + self._dividers_to(row)

    def at(self, line: int) -> tuple[int, int] | Dividing:
        """Return the row at a line, and which of its lines that is; or the divider there."""
        numbers = range(len(self.dividing))
        before = bisect_right(numbers, line, key=self._line_of)
        if before and self._line_of(before - 1) == line:
            return self.dividing[before - 1]
        return divmod(line - before, self.height)

    def row_at(self, line: int) -> int:
        """Return the row at a line, or the row below the divider there."""
        found = self.at(line)
        return found.row if isinstance(found, Dividing) else found[0]

    def extent(self, count: int) -> int:
        """Return how many lines `count` rows take, including the dividers above them."""
        return count * self.height + self._dividers_to(count - 1)

    def _dividers_to(self, row: int) -> int:
        return bisect_right(self.dividing, row, key=_ROW)

    def _line_of(self, divider: int) -> int:
        return self.dividing[divider].row * self.height + divider
