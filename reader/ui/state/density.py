"""How much of each headline the list shows: the reader's choice, and the resulting row form."""

from collections.abc import Sequence
from typing import get_args

from msgspec import Struct

from reader.config import Density
from reader.ui.state.rows import Dividing, Rows

# In the order in which a key steps through them.
DENSITIES: tuple[Density, ...] = get_args(Density)
# The list widths (cells) from which a compact row takes one line, and has section and age columns.
_ONE_LINE, _COLUMNS = 56, 72
# The heights (lines) at which an automatic list is roomy or compact, and any list is compact.
_ROOMY, _COMPACT, _ALWAYS_COMPACT = 48, 12, 9


class RowForm(Struct, frozen=True):
    """The layout of a row: its number of lines, of which the last `blank` ones separate rows.

    `texts` is how many lines title and lead share. A row with `columns` has one line.
    """

    height: int
    texts: int
    blank: int = 0
    columns: bool = False

    @property
    def member(self) -> "RowForm":
        """Return the form of the older reports of an open story, which no lines separate."""
        return PAIR if self.blank else self


ONE_LINE = RowForm(1, 1)
IN_COLUMNS = RowForm(1, 1, columns=True)
PAIR = RowForm(2, 2)
SPACED = RowForm(3, 2, blank=1)
ROOMY = RowForm(5, 3, blank=1)


def row_form(density: Density, width: int, height: int) -> RowForm:
    """Return the form of the rows in a list of this width (cells, no scrollbar) and height."""
    if density == "auto":
        density = "roomy" if height >= _ROOMY else "compact" if height < _COMPACT else "normal"
    if density == "compact" or height < _ALWAYS_COMPACT:
        return PAIR if width < _ONE_LINE else IN_COLUMNS if width >= _COLUMNS else ONE_LINE
    if density == "normal":
        return SPACED if width < _COLUMNS else PAIR
    return ROOMY


def rows_of(form: RowForm, dividing: Sequence[Dividing], members: Sequence[int]) -> Rows:
    """Return the positions of rows of this form; `members` are older reports of open stories."""
    return Rows(form.height, lines_between(dividing, form), members, form.member.height)


def lines_between(dividing: Sequence[Dividing], form: RowForm) -> Sequence[Dividing]:
    """Return the dividers that are shown between rows of this form.

    The end of a story has a divider only where each row ends in an empty line, which is the last
    line of the row itself, or which an older report lacks.
    """
    return dividing if form.blank else [each for each in dividing if each.kind != "story"]
