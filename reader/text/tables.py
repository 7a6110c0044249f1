"""Tables as lines of text: aligned columns, or one record per row if these are too wide."""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from reader.text.sanitize import clean_line

Rows = Sequence[Sequence[str]]
# Returns the width of a text in cells.
Measure = Callable[[str], int]
RowKind = Literal["header", "rule", "row", "field", "gap"]

_BETWEEN = "   "
_RULE = "─"
# A number with its sign and unit, or a dash for no value: `12,5`, `€ 3.000`, `40 %`, `14:05`.
_NUMBER = re.compile(r"[-+−±<>~]?\s?[€$£]?\s?\d[\d.,:\s\xa0\u202f]*[%°€]?|[-–—]?")


class TableLine(Struct, frozen=True):
    """A line of a drawn table; `characters` counts the characters of the cells in it.

    White space does not count, so the sum over all lines is the same however the table is drawn.
    A `field` is a label and a value, to be wrapped; its characters up to `label` are not part of
    the cell.
    """

    kind: RowKind
    text: str = ""
    characters: int = 0
    label: int = 0


def clean_rows(rows: Rows) -> list[tuple[str, ...]]:
    """Return the rows that are not empty, each cell on one line, all with the same number of cells.

    Empty columns are left out.
    """
    cleaned = [tuple(map(clean_line, row)) for row in rows]
    cleaned = [row for row in cleaned if any(row)]
    widest = max(map(len, cleaned), default=0)
    padded = [row + ("",) * (widest - len(row)) for row in cleaned]
    used = [column for column in range(widest) if any(row[column] for row in padded)]
    return [tuple(row[column] for column in used) for row in padded]


def numeric_columns(rows: Rows) -> list[bool]:
    """Return for each column whether all cells below its header are numbers, for clean rows."""
    return [
        any(map(_has_digit, column)) and all(map(_NUMBER.fullmatch, column))
        for column in zip(*rows[1:], strict=True)
    ] or [False] * len(rows[0])


def table_lines(rows: Rows, width: int, measure: Measure = len) -> list[TableLine]:
    """Return a table as lines of at most `width` cells, except for fields, which need wrapping.

    The first of several rows is the header; numbers are aligned to the right.
    """
    cleaned = clean_rows(rows)
    if not cleaned:
        return []
    widths = [max(map(measure, column)) for column in zip(*cleaned, strict=True)]
    if sum(widths) + len(_BETWEEN) * (len(widths) - 1) > width:
        return _records(cleaned)
    right = numeric_columns(cleaned)

    def line(row: Sequence[str]) -> str:
        cells = (
            " " * (room - measure(cell)) + cell if at_right else cell + " " * (room - measure(cell))
            for cell, room, at_right in zip(row, widths, right, strict=True)
        )
        return _BETWEEN.join(cells).rstrip()

    body = [TableLine("row", line(row), _characters(row)) for row in cleaned]
    if len(body) == 1:
        return body
    rule = _BETWEEN.join(_RULE * room for room in widths)
    header = TableLine("header", body[0].text, body[0].characters)
    return [header, TableLine("rule", rule), *body[1:]]


def _records(rows: list[tuple[str, ...]]) -> list[TableLine]:
    """Return a group of fields for each row, with a gap between groups."""
    header, *records = rows if len(rows) > 1 else [("",) * len(rows[0]), *rows]
    lines = list[TableLine]()
    # The header is drawn as the labels of every record; its characters count in the first line.
    unseen = _characters(header)
    for record in records:
        if lines:
            lines.append(TableLine("gap"))
        for name, value in zip(header, record, strict=True):
            if value:
                label = f"{name.removesuffix(':')}: " if name else ""
                count = _characters([value]) + unseen
                lines.append(TableLine("field", label + value, count, len(label)))
                unseen = 0
    return lines


def _characters(row: Sequence[str]) -> int:
    return sum(len(cell) - cell.count(" ") for cell in row)


def _has_digit(cell: str) -> bool:
    return any(map(str.isdecimal, cell))
