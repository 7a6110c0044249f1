"""Reads tables of data and listings of code as a whole."""

from collections.abc import Iterator

from lxml import etree

from reader.text.sanitize import clean_line, clean_text

MAX_ROWS = 500
MAX_CELLS = 30
_MAX_CODE = 20_000
_MAX_CELL = 240
# The greatest mean length of cells of data, in characters; layout tables have paragraphs.
_MAX_MEAN = 60
_MIN_ROWS = 2
_MIN_CELLS = 2
_CELLS = frozenset(["td", "th"])
_GROUPS = frozenset(["thead", "tbody", "tfoot"])
# Elements that occur only in layout tables.
_LAYOUT = frozenset(
    "table h1 h2 h3 h4 h5 h6 form ul ol article section p div img blockquote".split()
)
_INPUTS = frozenset(["input", "select", "textarea", "form"])
_CODE_NAMES = ("code", "highlight", "language-", "brush:")


def table_rows(table: etree._Element) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a table of data, row by row, or () for a layout table."""
    rows = list(_rows(table))
    if not _MIN_ROWS <= len(rows) <= MAX_ROWS:
        return ()
    widths = [len(row) for row in rows]
    # A title may span the first row.
    if min(widths[1:]) < _MIN_CELLS or max(widths) > MAX_CELLS:
        return ()
    headed = any(cell.tag == "th" for row in rows for cell in row)
    if any(_lays_out(cell, headed=headed) for row in rows for cell in row):
        return ()
    texts = tuple(tuple(clean_line(" ".join(cell.itertext())) for cell in row) for row in rows)
    filled = [len(text) for row in texts for text in row if text]
    if not filled or max(filled) > _MAX_CELL or sum(filled) > _MAX_MEAN * len(filled):
        return ()
    linked = sum(len("".join(link.itertext()).strip()) for link in table.iter("a"))
    if linked * 2 > sum(filled) and not headed:
        return ()
    return tuple(row for row in texts if any(row))


def is_code(element: etree._Element) -> bool:
    """Tell whether a preformatted element has code rather than text."""
    names = f"{element.get('class', '')} {element.get('lang', '')}".lower()
    return next(element.iter("code"), None) is not None or any(
        name in names for name in _CODE_NAMES
    )


def code_text(element: etree._Element) -> str:
    """Return the cleaned text of a listing of code, with its lines and indentation."""
    text = clean_text("".join(element.itertext())[:_MAX_CODE])
    return "\n".join(line.rstrip() for line in text.strip("\n").rstrip().split("\n"))


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    for child in table:
        for row in child if child.tag in _GROUPS else (child,):
            if row.tag == "tr":
                cells = [cell for cell in row if cell.tag in _CELLS]
                if cells:
                    yield cells


def _lays_out(cell: etree._Element, *, headed: bool) -> bool:
    """Tell whether a cell has content that shows a layout table."""
    blocks = 0
    for inner in cell.iter():
        if inner is cell or not isinstance(inner.tag, str):
            continue
        if inner.tag in _INPUTS or inner.tag == "table":
            return True
        blocks += inner.tag in _LAYOUT
    return blocks > (2 if headed else 1)
