"""The marks in the reader's list, read from the lines of a terminal."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from msgspec import Struct

from reader.i18n.catalog import texts

# The bar of the cursor or the opened one, the glyph, the title. A star for one that is saved is the
# glyph once it is read, else it stands below.
_ROW = re.compile(r"^([▌│ ])([●○✕★ ]) (Bericht \d{3})\b")
_CURSOR, _SAVED = "▌", "★"
# A text that only the key bar of the list has.
_OF_LIST = texts("nl")["commands.reading.fresh.label"]
FILTER = "\\"


class Row(Struct, frozen=True):
    """One headline of the list."""

    title: str
    at_cursor: bool
    read: bool
    saved: bool


@dataclass
class Shown:
    """The titles that were ever shown read, once they had been shown unread, or saved."""

    read: set[str] = field(default_factory=set)
    saved: set[str] = field(default_factory=set)

    def look(self, screen: str) -> Row | None:
        """Take in a screen; return the row at the cursor."""
        rows = rows_on(screen)
        self.read |= {row.title for row in rows if row.read}
        self.saved |= {row.title for row in rows if row.saved}
        return next((row for row in rows if row.at_cursor), None)


def rows_on(screen: str) -> list[Row]:
    """Return the headlines whose title and marks are in view."""
    lines = screen.split("\n")
    rows = []
    for line, below in pairwise(lines):
        if match := _ROW.match(line):
            bar, glyph, title = match.groups()
            saved = _SAVED in (glyph, below[1:2])
            rows.append(Row(title, bar == _CURSOR, glyph in (" ", _SAVED), saved))
    return rows


def is_in_list(screen: str) -> bool:
    """Tell whether the list has the focus."""
    return _OF_LIST in screen.rsplit("\n", maxsplit=1)[-1]
