"""Where the rows of a list stand: equally high, with single lines between some of them; pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct


class Dividing(Struct, frozen=True):
    """A line of its own over the row `row`: a day, or the end of what is fresh.

    It says `short` where there is no room for `text`.
    """

    row: int
    text: str
    kind: Literal["day", "fresh"] = "day"
    short: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of `height` lines each, with the `dividing` lines between them in order."""

    height: int = 1
    dividing: Sequence[Dividing] = ()
    # The line of each divider, and the row below it.
    _lines: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _below: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note where the dividers stand."""
        below = tuple(each.row for each in self.dividing)
        lines = tuple(row * self.height + number for number, row in enumerate(below))
        object.__setattr__(self, "_below", below)
        object.__setattr__(self, "_lines", lines)

    def top(self, row: int) -> int:
        """Return the first line of a row."""
        return row * self.height + bisect_right(self._below, row)

    def at(self, line: int) -> tuple[int, int] | Dividing:
        """Return the row at a line, and which of its lines that is; or the divider there."""
        before = bisect_right(self._lines, line)
        if before and self._lines[before - 1] == line:
            return self.dividing[before - 1]
        return divmod(line - before, self.height)

    def row_at(self, line: int) -> int:
        """Return the row at a line, or below the divider there."""
        found = self.at(line)
        return found.row if isinstance(found, Dividing) else found[0]

    def extent(self, count: int) -> int:
        """Return how many lines `count` rows take with the dividers over them."""
        return count * self.height + bisect_right(self._below, count - 1)
