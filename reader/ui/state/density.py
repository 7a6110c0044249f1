"""How much of each headline the list shows: a reader's wish, and the form of rows that it gives."""

from collections.abc import Sequence
from typing import get_args

from msgspec import Struct

from reader.config import Density
from reader.ui.state.rows import Dividing

# As a key walks through them.
DENSITIES: tuple[Density, ...] = get_args(Density)
# From so many cells of list on a row of a compact list takes one line, and section and age columns.
_ONE_LINE, _COLUMNS = 56, 72
# By its height (lines) a list is roomy or compact of its own accord, and always compact.
_ROOMY, _COMPACT, _ALWAYS_COMPACT = 48, 12, 9


class RowForm(Struct, frozen=True):
    """How a row is laid out: its number of lines, of which `blank` at the end part it from others.

    `texts` is how many lines title and lead share. The lines of a row with `columns` are one.
    """

    height: int
    texts: int
    blank: int = 0
    columns: bool = False


ONE_LINE = RowForm(1, 1)
IN_COLUMNS = RowForm(1, 1, columns=True)
PAIR = RowForm(2, 2)
SPACED = RowForm(3, 2, blank=1)
ROOMY = RowForm(5, 3, blank=1)


def row_form(density: Density, width: int, height: int) -> RowForm:
    """Return the form of the rows in a list of so many cells, beside its scrollbar, and lines."""
    if density == "auto":
        density = "roomy" if height >= _ROOMY else "compact" if height < _COMPACT else "normal"
    if density == "compact" or height < _ALWAYS_COMPACT:
        return PAIR if width < _ONE_LINE else IN_COLUMNS if width >= _COLUMNS else ONE_LINE
    if density == "normal":
        return SPACED if width < _COLUMNS else PAIR
    return ROOMY


def lines_between(dividing: Sequence[Dividing], form: RowForm) -> Sequence[Dividing]:
    """Return the lines that there are between rows of this form.

    Only where an empty line ends each row, which is a story's own last line, another ends a story.
    """
    return dividing if form.blank else [each for each in dividing if each.kind != "story"]
