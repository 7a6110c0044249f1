"""The tables that a repair saves, and the way SQLite stores their rows."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

from msgspec import Struct

from reader.store.migrations import make_tables
from reader.store.opening import bare_connection
from reader.store.schema import VERSION
from reader.store.schema_shape import is_own, kinds_of
from reader.store.soundness import PACKED

# The contents of these come from triggers, the word indexes and the marks, or from the hosts again;
# a new file has its own id.
_DERIVED = frozenset(
    [
        "stale",
        "tallies",
        "clock",
        "reports",
        "report_words",
        "word_counts",
        "unplaced",
        "identity",
        "robots",
    ]
)
_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
_KEYS = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk"
_ROOTS = "SELECT rootpage, tbl_name, type FROM sqlite_master WHERE rootpage > 1"
_REFERENCES = """
SELECT "from", "table", "to", on_delete FROM pragma_foreign_key_list(?) AS reference
WHERE (SELECT count(*) FROM pragma_foreign_key_list(?) WHERE id = reference.id) = 1
"""
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "INTEGER": int, "TEXT": str, "BLOB": bytes, "REAL": (int, float),
}  # fmt: skip


class Table(Struct, frozen=True):
    """A table: its stored columns, in the order of a stored row, with their declared types.

    `key` is the column by which the rows are ordered, SQLite's own `rowid` if there is no other. If
    `is_numbered`, each row is stored under a whole number, otherwise by its key.
    """

    name: str
    kinds: Mapping[str, str]
    key: str
    is_numbered: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the stored columns."""
        return tuple(self.kinds)

    @property
    def is_ordered_by_number(self) -> bool:
        """Tell whether the key is a whole number."""
        return self.key == "rowid" or self.kinds[self.key] == "INTEGER"

    def takes(self, column: str, value: Any) -> bool:
        """Tell whether a value has the type of the column."""
        if (self.name, column) == PACKED:
            return isinstance(value, str | bytes)
        return value is None or isinstance(value, _TYPES.get(self.kinds.get(column, ""), object))


def saved_tables(connection: sqlite3.Connection) -> dict[str, Table]:
    """Return the tables of a file that a repair saves, in the order of their creation."""
    names = connection.execute(_TABLES).fetchall()
    return {
        name: _table(connection, name, made)
        for name, made in names
        if is_own(name) and name not in _DERIVED
    }


def roots_of_model() -> dict[int, str]:
    """Return the table of each tree in a cache, by the number of the tree's first page.

    An index has an empty name. The same steps give every file the same numbers.
    """
    with closing(bare_connection(":memory:")) as model:
        model.execute("PRAGMA auto_vacuum = INCREMENTAL")
        make_tables(model, VERSION)
        rows = model.execute(_ROOTS).fetchall()
    return {page: name if kind == "table" else "" for page, name, kind in rows}


@contextmanager
def paused_triggers(connection: sqlite3.Connection) -> Iterator[None]:
    """Drop the triggers that write to saved tables, and create them again at the end.

    The rows that they would add are in the damaged file as well, with their own times.
    """
    targets = re.compile(rf"\b(INTO|UPDATE|DELETE FROM)\s+({'|'.join(saved_tables(connection))})\b")
    triggers = connection.execute(_TRIGGERS).fetchall()
    paused = [(name, made) for name, made in triggers if targets.search(made)]
    for name, _ in paused:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, made in paused:
        connection.execute(made)


def drop_orphans(connection: sqlite3.Connection) -> None:
    """Delete the rows that refer to missing rows, or clear their references."""
    for table in saved_tables(connection):
        references = connection.execute(_REFERENCES, (table, table)).fetchall()
        for column, other, key, on_delete in references:
            change = "UPDATE {} SET {} = NULL" if on_delete == "SET NULL" else "DELETE FROM {}"
            condition = f"{column} NOT IN (SELECT {key or 'rowid'} FROM {other})"  # noqa: S608
            connection.execute(f"{change.format(table, column)} WHERE {condition}")


def _table(connection: sqlite3.Connection, name: str, made: str) -> Table:
    kinds = kinds_of(connection, name)
    keys = [row[0] for row in connection.execute(_KEYS, (name,))]
    if made.rstrip().upper().endswith("WITHOUT ROWID"):
        # The key comes first, whatever the order in which the columns are declared.
        order = [*keys, *(column for column in kinds if column not in keys)]
        return Table(name, {column: kinds[column] for column in order}, keys[0], is_numbered=False)
    is_alias = len(keys) == 1 and kinds[keys[0]] == "INTEGER"
    return Table(name, kinds, keys[0] if is_alias else "rowid", is_numbered=True)
