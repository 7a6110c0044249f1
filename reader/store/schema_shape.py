"""The tables and columns of a file, and the version of the schema that they belong to."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache

from reader.store.migrations import make_tables
from reader.store.opening import DATABASE_ERRORS, bare_connection
from reader.store.schema import VERSION

Shape = frozenset[tuple[str, str]]

# Tables made by SQLite and by the word indexes, with their own columns.
_NOT_OURS = re.compile(r"sqlite_|(search|heads)(_|$)")
_RULES = """
SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view', 'index') AND sql IS NOT NULL
"""


def tables_of(connection: sqlite3.Connection) -> set[str]:
    """Return the names of the tables that a file lists, none if they cannot be read."""
    try:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {str(row[0]) for row in rows}
    except DATABASE_ERRORS:
        return set()


def table_columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """Return the stored columns of a table, none if there is no such table."""
    return tuple(kinds_of(connection, table))


def kinds_of(connection: sqlite3.Connection, table: str) -> Mapping[str, str]:
    """Return the stored columns of a table, with their declared types."""
    return dict(connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)))


def is_own(table: str) -> bool:
    """Tell whether a table belongs to the schema, and not to SQLite or a word index."""
    return not _NOT_OURS.match(table)


def shape_of(connection: sqlite3.Connection) -> Shape:
    """Return the tables of a file, each by itself and with each of its columns."""
    tables = {each for each in tables_of(connection) if is_own(each)}
    columns = {(name, column) for name in tables for column in table_columns(connection, name)}
    return frozenset(columns | {(name, "") for name in tables})


def rules_of(connection: sqlite3.Connection) -> Shape:
    """Return the triggers, views and indexes of a file, each with the statement that made it."""
    return frozenset(connection.execute(_RULES).fetchall())


@cache
def shape_of_version(version: int) -> Shape:
    """Return the shape that a file of this version has."""
    with _model(version) as model:
        return shape_of(model)


@cache
def rules_of_version(version: int) -> Shape:
    """Return the triggers, views and indexes that a file of this version has."""
    with _model(version) as model:
        return rules_of(model)


@contextmanager
def _model(version: int) -> Iterator[sqlite3.Connection]:
    with closing(bare_connection(":memory:")) as model:
        make_tables(model, version)
        yield model


def version_by_shape(connection: sqlite3.Connection) -> int:
    """Return the version that the tables of a file belong to, whatever its header says."""
    present = shape_of(connection)
    versions = (each for each in range(VERSION, 1, -1) if shape_of_version(each) <= present)
    return next(versions, 1)


def has_more_than_known(connection: sqlite3.Connection) -> bool:
    """Tell whether a file has tables or columns unknown to this version."""
    return not shape_of(connection) <= shape_of_version(VERSION)


def is_of_version(connection: sqlite3.Connection, version: int) -> bool:
    """Tell whether a file has everything of this version, and nothing of later ones."""
    present, wanted = shape_of(connection), shape_of_version(version)
    if not rules_of_version(version) <= rules_of(connection):
        return False
    return wanted <= present and not present & (shape_of_version(VERSION) - wanted)
