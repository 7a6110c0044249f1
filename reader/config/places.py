"""On which line of a TOML file a value stands, which the parser does not tell."""

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any


def line_of(text: str, keys: Sequence[str]) -> int:
    """Return the line, from 1, on which the value at `keys` of a valid TOML text begins.

    A value is there from the first beginning of the file on that is valid and holds it.
    """
    lines = text.split("\n")

    def holds(count: int) -> bool:
        _, value = _longest(lines[:count])
        for key in keys:
            if not isinstance(value, dict) or key not in value:
                return False
            value = value[key]
        return True

    last = bisect_left(range(len(lines) + 1), True, key=holds)
    before, _ = _longest(lines[: max(last - 1, 0)])
    first = before
    while first < last - 1 and lines[first].lstrip()[:1] in ("", "#"):
        first += 1
    return first + 1


def _longest(lines: Sequence[str]) -> tuple[int, Any]:
    """Return how many of the lines make the longest valid beginning, and what it holds."""
    for count in range(len(lines), 0, -1):
        try:
            return count, tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
    return 0, {}
