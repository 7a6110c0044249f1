"""The rows on the whole pages of a damaged file, found without its tables of contents.

The form of the pages is that of the file format 3 of SQLite; what the rows belong to is told by
their shape, since the schema is the program's own.
"""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reader.store.schema import PAGE_BYTES

Values = tuple[Any, ...]

_HEADER = 100
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER = 0x0D, 0x0A, 0x02
_FREE = 2
_ENTRY = 5
_WAL_HEADER, _WAL_FRAME = 32, 24
# So long (bytes) may a row be: a page of news with all its links is far shorter.
_LONGEST = 20_000_000
_MOST_COLUMNS = 30
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_KINDS = frozenset(["address", "slug", "lead"])
# Stamps of marks are milliseconds, shifted by ten bits.
_LEAST_STAMP = 1 << 40


@dataclass(frozen=True, slots=True)
class Found:
    """A row that was found: its table, and its first values; more columns have their defaults."""

    table: str
    values: Values


def find_rows(data: bytes, log: bytes = b"") -> Iterator[Found]:
    """Yield the rows of the program's tables on the pages of a file and of the log beside it."""
    pages = _Pages(data, log)
    for number in range(1, pages.count + 1):
        if not pages.is_free(number):
            yield from _rows_of(pages, number)


class _Pages:
    """The pages of a file, those of its log in the place of older ones; counted from 1."""

    def __init__(self, data: bytes, log: bytes) -> None:
        self._data = data
        self._newer = _pages_of_log(log)
        self.count = max(len(data) // PAGE_BYTES, *self._newer, 0)
        second = self.page(2)
        # Which pages are free stands on every so many pages, where a file gives space back.
        self._has_map = len(second) == PAGE_BYTES and second[0] == 1

    def page(self, number: int) -> bytes:
        """Return a page, empty where the file does not reach so far."""
        if (newer := self._newer.get(number)) is not None:
            return newer
        page = self._data[(number - 1) * PAGE_BYTES : number * PAGE_BYTES]
        return page if len(page) == PAGE_BYTES else b""

    def is_free(self, number: int) -> bool:
        """Tell whether a page holds only what was deleted."""
        if not self._has_map or number <= 2:
            return False
        group = PAGE_BYTES // _ENTRY + 1
        at = 2 + (number - 2) // group * group
        place = _ENTRY * (number - at - 1)
        entries = self.page(at)
        return number != at and place < len(entries) and entries[place] == _FREE


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


def _rows_of(pages: _Pages, number: int) -> Iterator[Found]:
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
            try:
                found = _row_at(pages, page, at + (4 if inner else 0), is_table=kind == _TABLE_LEAF)
            except (IndexError, ValueError, struct.error):
                continue
            if found:
                yield found


def _row_at(pages: _Pages, page: bytes, at: int, *, is_table: bool) -> Found | None:
    size, at = _varint(page, at)
    rowid = None
    if is_table:
        rowid, at = _varint(page, at)
    if not 0 < size <= _LONGEST:
        return None
    values = _values(_payload(pages, page, at, size, is_table=is_table))
    return _recognised(rowid, values)


def _payload(pages: _Pages, page: bytes, at: int, size: int, *, is_table: bool) -> bytes:
    """Return the bytes of a row, also those that lie on pages of their own."""
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


def _recognised(rowid: int | None, values: Values) -> Found | None:
    """Return the row with its table, None where it is of no table that matters."""
    for table, shape in (_OF_TABLES if rowid is not None else _OF_INDEXES).items():
        if shape(values):
            return Found(table, values if rowid is None else (rowid, *values[1:]))
    return None


def _is_item(values: Values) -> bool:
    return (
        13 <= len(values) <= 16
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
