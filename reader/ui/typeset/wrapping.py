"""Pure wrapping of text in cells: grapheme clusters stay whole, and no character is lost."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Literal

from msgspec import Struct
from rich.cells import cell_len, split_graphemes

# How a line continues in the next one: after a space, within a word, or not at all.
Joint = Literal[" ", "", "\n"]
# The places within a word where it may be hyphenated, as indices.
Hyphenate = Callable[[str], tuple[int, ...]]
Reach = Callable[[int, int], int]

HYPHEN = "-"
# A line with more empty cells than this takes the beginning of the next word.
_RAGGED = 5
# The largest width of a grapheme cluster (cells); marks beyond that are separate.
_WIDEST = 2
# The separator of the columns of a small table.
_COLUMNS = "  "
# Characters of one cell each, which can be counted as cells: most of Dutch text.
_NARROW = re.compile("[ -~\xa0-\xac\xae-\u02ff\u2013\u2014\u2018\u2019\u201c-\u201e\u2026\u20ac]*")


# The measure: the largest number of cells of text in a line.
MEASURE = 72


class Wrapped(Struct, frozen=True):
    """One line of wrapped text; `hyphen` is drawn after it and is not part of the text."""

    text: str
    joint: Joint = "\n"
    hyphen: str = ""


class TextColumn(Struct, frozen=True):
    """The position of the text in the view: its distance from the left, and its width (cells)."""

    left: int
    width: int


def column(room: int, measure: int) -> TextColumn:
    """Return the column for a view of `room` cells: at most `measure` wide, centred."""
    margin = 3 if room >= 60 else 2 if room >= 40 else 1
    width = max(min(measure, room - 2 * margin), 2)
    return TextColumn(max((room - width) // 2, 0), width)


def wrap_text(text: str, width: int, hyphenate: Hyphenate | None = None) -> list[Wrapped]:
    """Return `text`, split at spaces, as lines of at most `width` cells (2 or more).

    The lines' texts with their joints between them give `text` again. A word that is wider than a
    line is cut.
    """
    reach, lines, start = _reach(text), list[Wrapped](), 0
    while (end := reach(start, width)) < len(text):
        space = text.rfind(" ", start, end + 1)
        cut = 0
        if hyphenate and end - space > _RAGGED and not (lines and lines[-1].hyphen):
            word = max(space + 1, start)
            cut = _hyphenated(text, word, reach(start, width - len(HYPHEN)), hyphenate)
        if cut:
            lines.append(Wrapped(text[start:cut], "", HYPHEN))
            start = cut
        elif space > start:
            lines.append(Wrapped(text[start:space], " "))
            start = space + 1
        else:
            lines.append(Wrapped(text[start:end], ""))
            start = end
    return [*lines, Wrapped(text[start:])]


def wrap_evenly(text: str, width: int) -> list[Wrapped]:
    """Return `text` wrapped over as few lines as `wrap_text`, all about equally long."""
    lines = wrap_text(text, width)
    words = max(map(cell_len, text.split(" ")))
    low, high = min(words, width), width
    while low < high:
        middle = (low + high) // 2
        if len(wrap_text(text, middle)) > len(lines):
            low = middle + 1
        else:
            high = middle
    return wrap_text(text, high)


def wrap_notice(text: str, width: int) -> list[str]:
    """Return `text` as centred lines of `width` cells; lines with columns stay together."""
    lines = [each.text for line in text.splitlines() for each in wrap_text(line, max(width - 4, 2))]
    widest = max((cell_len(line) for line in lines if _COLUMNS in line), default=0)
    whole = (line + " " * (widest - cell_len(line)) if _COLUMNS in line else line for line in lines)
    return [" " * ((width - cell_len(line)) // 2) + line for line in whole]


def _hyphenated(text: str, start: int, end: int, hyphenate: Hyphenate) -> int:
    """Return where to cut the word at `start`, not after `end`; 0 means nowhere."""
    word = text[start:].split(" ", 1)[0] if start < end else ""
    return max((start + at for at in hyphenate(word) if start + at <= end), default=0)


def _reach(text: str) -> Reach:
    """Return a function from an index and a number of cells to the first index beyond them."""
    if _NARROW.fullmatch(text):
        return lambda start, width: start + max(width, 1)
    starts, cells = [], []
    for start, width in _clusters(text):
        starts.append(start)
        cells.append(width)
    starts.append(len(text))
    edges = [0, *accumulate(cells)]

    def reach(start: int, width: int) -> int:
        first = bisect_left(starts, start)
        last = bisect_right(edges, edges[first] + width) - 1
        return starts[min(max(last, first + 1), len(starts) - 1)]

    return reach


def _clusters(text: str) -> list[tuple[int, int]]:
    """Return where each grapheme cluster starts and how wide it is, which is two cells at most."""
    clusters: list[tuple[int, int]] = []
    half_flag = False
    for start, _end, cells in split_graphemes(text)[0]:
        character = text[start]
        flag = "\U0001f1e6" <= character <= "\U0001f1ff"
        first, before = clusters[-1] if clusters else (0, _WIDEST + 1)
        # The second half of a flag, and a mark with a width, belong to the preceding character.
        joins = (flag and half_flag) or unicodedata.category(character)[0] == "M"
        if joins and before + cells <= _WIDEST:
            clusters[-1] = (first, before + cells)
            half_flag = False
        else:
            clusters.append((start, cells))
            half_flag = flag
    return clusters
