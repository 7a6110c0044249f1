"""Finds the rows on the intact pages of a damaged file, without its tables of contents.

The pages have the file format 3 of SQLite. The first page of a tree identifies the table of its
rows, and its number is known because the schema is the program's own; if the path to it is lost,
the shape of a row identifies its table.
"""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from msgspec import Struct

from reader.store.maintenance.saved_tables import Table, roots_of_model
from reader.store.schema import PAGE_BYTES

Values = tuple[Any, ...]

_HEADER = 100
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER = 0x0D, 0x0A, 0x02
# The uses of a page: the first of a tree, free, and one below another.
_ROOT, _FREE, _BRANCH = 1, 2, 5
_ENTRY = 5
_WAL_HEADER, _WAL_FRAME = 32, 24
# The longest possible row (bytes): a news page with all its links is far shorter.
_LONGEST = 20_000_000
_MOST_COLUMNS = 30
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_KINDS = frozenset(["address", "slug", "lead"])
# Stamps of marks are milliseconds shifted left by ten bits.
_LEAST_STAMP = 1 << 40


class SalvagedRow(Struct, frozen=True):
    """A row that was found: its table, and its first values; further columns have defaults."""

    table: str
    values: Values


class _Row(NamedTuple):
    """The values of a row on a page, and its number if its tree is ordered by numbers."""

    number: int | None
    values: Values


def find_rows(data: bytes, log: bytes, tables: Mapping[str, Table]) -> Iterator[SalvagedRow]:
    """Yield the rows of these tables on the pages of a file and of the log beside it."""
    pages = _Pages(data, log)
    roots = roots_of_model()
    numbers = [number for number in range(1, pages.count + 1) if not pages.is_free(number)]
    for number in numbers:
        roots.update(_roots_on(pages, number))
    for number in numbers:
        name = roots.get(pages.root_of(number))
        if name is None or name in tables:
            yield from _found_on(pages, number, tables.get(name or ""))


class _Pages:
    """The pages of a file, with newer versions from its log; counted from 1."""

    def __init__(self, data: bytes, log: bytes) -> None:
        self._data = data
        self._newer = _pages_of_log(log)
        self.count = max(len(data) // PAGE_BYTES, *self._newer, 0)
        self._roots: dict[int, int] = {}

    def page(self, number: int) -> bytes:
        """Return a page, empty if the file is too short."""
        if (newer := self._newer.get(number)) is not None:
            return newer
        page = self._data[(number - 1) * PAGE_BYTES : number * PAGE_BYTES]
        return page if len(page) == PAGE_BYTES else b""

    def is_free(self, number: int) -> bool:
        """Tell whether a page contains only deleted data."""
        return self._entry(number) == (_FREE, 0)

    def root_of(self, number: int) -> int:
        """Return the first page of the tree that a page belongs to, 0 if it is unknown."""
        if number == 1:
            return 1
        if (root := self._roots.get(number)) is None:
            # A cycle of pages leads to no root.
            self._roots[number] = 0
            kind, parent = self._entry(number)
            root = number if kind == _ROOT else self.root_of(parent) if kind == _BRANCH else 0
            self._roots[number] = root
        return root

    def _entry(self, number: int) -> tuple[int, int]:
        """Return the use of a page, and the page above it; zeroes if they are unknown.

        A file with incremental vacuum stores this on a map page at regular intervals.
        """
        if number <= 2:
            return 0, 0
        group = PAGE_BYTES // _ENTRY + 1
        at = 2 + (number - 2) // group * group
        entry = self.page(at)[_ENTRY * (number - at - 1) :][:_ENTRY]
        if number == at or len(entry) < _ENTRY:
            return 0, 0
        kind, parent = struct.unpack(">BI", entry)
        is_likely = kind <= _BRANCH and parent <= self.count and (parent > 0) == (kind > _FREE)
        return (kind, parent) if is_likely else (0, 0)


def _pages_of_log(log: bytes) -> Mapping[int, bytes]:
    """Return the newest version of each page in the log of a file."""
    found: dict[int, bytes] = {}
    if len(log) < _WAL_HEADER or int.from_bytes(log[8:12]) != PAGE_BYTES:
        return found
    salt, held = log[16:24], dict[int, bytes]()
    size = _WAL_FRAME + PAGE_BYTES
    for at in range(_WAL_HEADER, len(log) - size + 1, size):
        number, committed = struct.unpack_from(">II", log, at)
        if log[at + 8 : at + 16] != salt:
            break
        held[number] = log[at + _WAL_FRAME : at + size]
        if committed:
            found |= held
            held = {}
    return found


def _roots_on(pages: _Pages, number: int) -> Iterator[tuple[int, str]]:
    """Yield the first pages of trees named on a page of the schema, with their tables."""
    if pages.root_of(number) == 1:
        for row in _rows_on(pages, number):
            kind, name, _table, root = row.values[:4] if len(row.values) == 5 else (None,) * 4
            if kind in {"table", "index"} and isinstance(root, int) and isinstance(name, str):
                yield root, name if kind == "table" else ""


def _found_on(pages: _Pages, number: int, table: Table | None) -> Iterator[SalvagedRow]:
    """Yield the rows on a page that belong to a table, or have the shape of a table's rows."""
    for row in _rows_on(pages, number):
        found = _of_table(row, table) if table else None
        if found := found or _of_shape(row):
            yield found


def _of_table(row: _Row, table: Table) -> SalvagedRow | None:
    """Return the row if all its values have the types of the table's columns."""
    if (row.number is not None) != table.is_numbered or len(row.values) > len(table.columns):
        return None
    values = row.values
    if table.key in table.columns and row.number is not None:
        place = table.columns.index(table.key)
        values = (*values[:place], row.number, *values[place + 1 :])
    is_fit = all(map(table.takes, table.columns, values))
    return SalvagedRow(table.name, values) if is_fit else None


def _of_shape(row: _Row) -> SalvagedRow | None:
    """Return the row with its table, None if it belongs to no table of interest."""
    number, values = row.number, row.values
    for table, is_shaped in (_OF_TABLES if number is not None else _OF_INDEXES).items():
        if is_shaped(values):
            return SalvagedRow(table, values if number is None else (number, *values[1:]))
    return None


def _rows_on(pages: _Pages, number: int) -> Iterator[_Row]:
    """Yield the readable rows on a page of a tree."""
    page = pages.page(number)
    start = _HEADER if number == 1 else 0
    if len(page) < PAGE_BYTES or page[start] not in {_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER}:
        return
    kind = page[start]
    inner = kind == _INDEX_INNER
    count = int.from_bytes(page[start + 3 : start + 5])
    pointers = start + (12 if inner else 8)
    if count > (PAGE_BYTES - pointers) // 2:
        return
    for place in range(count):
        at = int.from_bytes(page[pointers + 2 * place : pointers + 2 * place + 2])
        if pointers + 2 * count <= at < PAGE_BYTES:
            with suppress(IndexError, ValueError, struct.error):
                yield _row_at(pages, page, at + (4 if inner else 0), is_table=kind == _TABLE_LEAF)


def _row_at(pages: _Pages, page: bytes, at: int, *, is_table: bool) -> _Row:
    size, at = _varint(page, at)
    number = None
    if is_table:
        number, at = _varint(page, at)
    if not 0 < size <= _LONGEST:
        raise ValueError("no row")
    return _Row(number, _values(_payload(pages, page, at, size, is_table=is_table)))


def _payload(pages: _Pages, page: bytes, at: int, size: int, *, is_table: bool) -> bytes:
    """Return the bytes of a row, including those on overflow pages."""
    most = PAGE_BYTES - 35 if is_table else (PAGE_BYTES - 12) * 64 // 255 - 23
    if size <= most:
        return _exactly(page[at : at + size], size)
    least = (PAGE_BYTES - 12) * 32 // 255 - 23
    local = least + (size - least) % (PAGE_BYTES - 4)
    local = local if local <= most else least
    parts, left = [_exactly(page[at : at + local], local)], size - local
    following = int.from_bytes(page[at + local : at + local + 4])
    while left > 0:
        more = pages.page(following)
        if not more:
            raise ValueError("the row goes on beyond the file")
        parts.append(more[4 : 4 + min(left, PAGE_BYTES - 4)])
        left -= PAGE_BYTES - 4
        following = int.from_bytes(more[:4])
    return b"".join(parts)


def _values(record: bytes) -> Values:
    end, at = _varint(record, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(record, at)
        kinds.append(kind)
    if at != end or len(kinds) > _MOST_COLUMNS:
        raise ValueError("no row")
    values: list[Any] = []
    for kind in kinds:
        value, at = _value(record, at, kind)
        values.append(value)
    if at != len(record):
        raise ValueError("no row")
    return tuple(values)


def _value(record: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind == 0:
        return None, at
    if size := _INTEGERS.get(kind):
        return int.from_bytes(_exactly(record[at : at + size], size), signed=True), at + size
    if kind == 7:
        return struct.unpack_from(">d", record, at)[0], at + 8
    if kind in {8, 9}:
        return kind - 8, at
    if kind < 12:
        raise ValueError("no such kind of value")
    size = (kind - 12) // 2
    data = _exactly(record[at : at + size], size)
    return (data if kind % 2 == 0 else data.decode("utf-8", "replace")), at + size


def _exactly(data: bytes, size: int) -> bytes:
    if len(data) != size:
        raise ValueError("cut off")
    return data


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9


def _is_item(values: Values) -> bool:
    return (
        13 <= len(values) <= 17
        and values[0] is None
        and all(isinstance(value, str | None) for value in values[1:5])
        and isinstance(values[5], str)
        and all(isinstance(value, int | None) for value in values[6:8])
        and all(isinstance(value, int) for value in values[8:10])
        and all(value in {0, 1} for value in values[10:13])
    )


def _is_name(values: Values) -> bool:
    return (
        len(values) == 4
        and values[0] is None
        and values[1] in _KINDS
        and isinstance(values[2], str)
        and isinstance(values[3], int)
    )


def _is_article(values: Values) -> bool:
    if not (3 <= len(values) <= 8 and values[0] is None and isinstance(values[1], int)):
        return False
    blocks = values[2]
    if isinstance(blocks, str):
        return blocks.startswith("[[")
    if not isinstance(blocks, bytes):
        return False
    try:
        return zlib.decompressobj().decompress(blocks, 2) == b"[["
    except zlib.error:
        return False


def _is_page(values: Values) -> bool:
    return (
        11 <= len(values) <= 14
        and values[0] is None
        and all(isinstance(value, str) for value in values[1:3])
        and all(isinstance(value, str | None) for value in values[3:5])
        and values[5] in {0, 1}
    )


def _is_mark(values: Values) -> bool:
    item, mark, value, stamp, device = values if len(values) == 5 else (None,) * 5
    return (
        isinstance(item, int)
        and isinstance(mark, str)
        and value in {0, 1}
        and isinstance(stamp, int)
        and stamp > _LEAST_STAMP
        and isinstance(device, str | None)
    )


_OF_TABLES: Mapping[str, Callable[[Values], bool]] = {
    "items": _is_item,
    "names": _is_name,
    "articles": _is_article,
    "pages": _is_page,
}
_OF_INDEXES: Mapping[str, Callable[[Values], bool]] = {"item_marks": _is_mark}
