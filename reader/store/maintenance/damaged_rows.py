"""Reads the rows of a damaged table around the damage."""

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from reader.store.maintenance.saved_tables import Table
from reader.store.opening import DATABASE_ERRORS

Row = tuple[Any, ...]

# The number of fruitless probes in a row after which the rest counts as lost.
_PATIENCE = 20_000


def rows_around(connection: sqlite3.Connection, table: Table, most: int) -> Iterator[Row]:
    """Yield the readable rows, each with its key before its columns.

    An unreadable range is halved until its rows are separated from the damage. `most` is the
    largest possible key, for a table whose own maximum is unreadable. A table ordered by text is
    read up to the first damage.
    """
    if not table.is_ordered_by_number:
        yield from _rows_in_order(connection, table)
        return
    ranges = deque([(-1, _last_key(connection, table, most))])
    fruitless = 0
    while ranges and fruitless < _PATIENCE:
        first, last = ranges.popleft()
        reached, damaged = first - 1, False
        for row in _rows(connection, table, first, last):
            if row is None:
                damaged = True
                break
            reached = row[0]
            yield row
        fruitless = fruitless + 1 if damaged and reached < first else 0
        if damaged and first <= reached < last:
            ranges.append((reached + 1, last))
        elif damaged and reached < first < last:
            middle = (first + last) // 2
            ranges.extend([(first, middle), (middle + 1, last)])


def _rows(
    connection: sqlite3.Connection, table: Table, first: int, last: int
) -> Iterator[Row | None]:
    """Yield the rows with keys in a range, then None if there is damage."""
    columns = ", ".join((table.key, *table.columns))
    statement = (
        f"SELECT {columns} FROM {table.name} NOT INDEXED"  # noqa: S608
        f" WHERE {table.key} BETWEEN ? AND ? ORDER BY {table.key}"
    )
    before = first
    try:
        for row in connection.execute(statement, (first, last)):
            # Keys that do not increase are damage too, and could loop forever.
            if not isinstance(row[0], int) or row[0] < before:
                yield None
                return
            before = row[0]
            yield row
    except DATABASE_ERRORS:
        yield None


def _rows_in_order(connection: sqlite3.Connection, table: Table) -> Iterator[Row]:
    columns = ", ".join((table.key, *table.columns))
    with suppress(*DATABASE_ERRORS):
        yield from connection.execute(f"SELECT {columns} FROM {table.name} NOT INDEXED")  # noqa: S608


def _last_key(connection: sqlite3.Connection, table: Table, most: int) -> int:
    statement = f"SELECT max({table.key}) FROM {table.name} NOT INDEXED"  # noqa: S608
    try:
        (last,) = connection.execute(statement).fetchone()
    except DATABASE_ERRORS:
        return most
    return last if isinstance(last, int) else -1
