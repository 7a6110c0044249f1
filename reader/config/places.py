"""On which line of a TOML file a value stands, which the parser does not tell."""

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

# Each may take milliseconds, and a long list would ask for one by line.
_MAX_PARSES = 200


class Places:
    """The lines of one valid TOML text, which is parsed a bounded number of times in all."""

    def __init__(self, text: str) -> None:
        """Take the text; nothing is parsed yet."""
        self._lines = text.split("\n")
        self._parsed: dict[int, dict[str, Any] | None] = {}

    def line_of(self, keys: Sequence[str]) -> int | None:
        """Return the line, from 1, on which the value at `keys` begins; None if that takes long.

        A value is there from the first beginning of the file on that is valid and holds it.
        """
        try:
            last = bisect_left(
                range(len(self._lines) + 1), True, key=lambda count: self._holds(count, keys)
            )
            first, _ = self._longest(max(last - 1, 0))
        except _TakesLongError:
            return None
        while first < last - 1 and self._lines[first].lstrip()[:1] in ("", "#"):
            first += 1
        return first + 1

    def _holds(self, most: int, keys: Sequence[str]) -> bool:
        value: Any = self._longest(most)[1]
        for key in keys:
            if not isinstance(value, dict) or key not in value:
                return False
            value = value[key]
        return True

    def _longest(self, most: int) -> tuple[int, dict[str, Any]]:
        """Return how many of the first lines make the longest valid beginning, and its values."""
        for count in range(most, 0, -1):
            if (values := self._beginning(count)) is not None:
                return count, values
        return 0, {}

    def _beginning(self, count: int) -> dict[str, Any] | None:
        """Return what so many lines hold, None where they are not valid."""
        if count not in self._parsed:
            if len(self._parsed) == _MAX_PARSES:
                raise _TakesLongError
            try:
                self._parsed[count] = tomllib.loads("\n".join(self._lines[:count]))
            except tomllib.TOMLDecodeError:
                self._parsed[count] = None
        return self._parsed[count]


class _TakesLongError(Exception):
    """A line is not found within the bound."""
