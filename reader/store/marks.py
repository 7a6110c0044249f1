"""The marks that a reader sets; nothing else sets one."""

import json
import sqlite3
from collections.abc import Sequence

from reader.model import Mark
from reader.store.connection import Database

# By the mark, since a statement has no place for the name of a column.
_OTHERWISE_MARKED: dict[Mark, str] = {
    "read": "SELECT json_group_array(items.id) FROM json_each(?) AS wanted"
    " JOIN items ON items.id = wanted.value WHERE +items.read <> ?",
    "saved": "SELECT json_group_array(items.id) FROM json_each(?) AS wanted"
    " JOIN items ON items.id = wanted.value WHERE +items.saved <> ?",
}
_MARK: dict[Mark, str] = {
    "read": "UPDATE items SET read = ? WHERE id IN (SELECT value FROM json_each(?))",
    "saved": "UPDATE items SET saved = ? WHERE id IN (SELECT value FROM json_each(?))",
}


class Marks:
    """What a reader marks headlines as; a mark is in the file when the call returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set(self, mark: Mark, ids: Sequence[int], *, value: bool = True) -> list[int]:
        """Set or clear a mark of all these headlines, or of none; return those it changed.

        A hundred thousand take half a second.
        """
        with self._database.writing(durable=True) as connection:
            return set_mark(connection, mark, ids, value=value)


def set_mark(
    connection: sqlite3.Connection, mark: Mark, items: Sequence[int], *, value: bool
) -> list[int]:
    """Set or clear a mark of these items; return those that it changed."""
    changed = connection.execute(_OTHERWISE_MARKED[mark], [json.dumps(list(items)), value])
    ids: list[int] = json.loads(changed.fetchone()[0])
    connection.execute(_MARK[mark], [value, json.dumps(ids)])
    return ids
