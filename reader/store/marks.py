"""The marks of headlines, and all that writes them.

A mark is a row of `item_marks` with a value and a stamp; without a row it was never set. The
columns `read` and `saved` of `items` repeat these rows for the lists; only the triggers of that
table write them.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from reader.model import MarkChange
from reader.store.clock import next_stamp
from reader.store.connection import Database
from reader.store.schema import COUNTS_MORE

_CHANGED = """
SELECT json_group_array(id) FROM (
    SELECT items.id FROM json_each(:items) AS wanted JOIN items ON items.id = wanted.value
    LEFT JOIN item_marks ON item_marks.item = items.id AND mark = :mark
    WHERE coalesce(item_marks.value, 0) <> :value)
"""
_SET = """
INSERT INTO item_marks (item, mark, value, stamp, device)
SELECT value, :mark, :value, :stamp, NULL FROM json_each(:items) WHERE true
ON CONFLICT DO UPDATE SET value = excluded.value, stamp = excluded.stamp, device = excluded.device
WHERE excluded.stamp > item_marks.stamp
"""
_APPLY = f"""
INSERT INTO item_marks (item, mark, value, stamp, device) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET value = excluded.value, stamp = excluded.stamp, device = excluded.device
WHERE {COUNTS_MORE.format("value", "item_marks")}
"""  # noqa: S608
_MERGE = f"""
INSERT INTO item_marks (item, mark, value, stamp, device)
SELECT :keep, mark, value, stamp, device FROM item_marks WHERE item = :gone
ON CONFLICT DO UPDATE SET value = excluded.value, stamp = excluded.stamp, device = excluded.device
WHERE {COUNTS_MORE.format("value", "item_marks")}
"""  # noqa: S608


# The number of changes that can be undone, and the size limit for their lists of items, which does
# not apply to the last change.
_DEPTH, _MOST_CHARACTERS = 100, 4_000_000
_FORGET = """
DELETE FROM undo WHERE id <= (SELECT max(id) FROM undo) - :depth OR id IN (
    SELECT id FROM (SELECT id, sum(length(items)) OVER (ORDER BY id DESC) AS taken FROM undo)
    WHERE taken > :most AND id < (SELECT max(id) FROM undo))
"""

_LAST = "SELECT id, mark, value, items FROM undo ORDER BY id DESC LIMIT 1"


class Marks:
    """The marks that a reader sets on headlines; a mark is in the file when the call returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set(
        self,
        mark: str,
        ids: Sequence[int],
        now: datetime,
        *,
        value: bool = True,
        logged: bool = True,
    ) -> list[int]:
        """Set or clear a mark of all these headlines, or of none; return those that changed.

        A hundred thousand headlines take half a second. A change that is `logged` can be undone.
        """
        with self._database.writing(durable=True) as connection:
            stamp = next_stamp(connection, now)
            changed = set_mark(connection, mark, ids, value=value, stamp=stamp)
            if changed and logged:
                values = (mark, value, json.dumps(changed))
                connection.execute("INSERT INTO undo (mark, value, items) VALUES (?, ?, ?)", values)
                connection.execute(_FORGET, {"depth": _DEPTH, "most": _MOST_CHARACTERS})
            return changed

    def undo(self, now: datetime) -> MarkChange | None:
        """Undo the last change of marks that is not undone yet; return it, None if there is none.

        One of which nothing is left is passed over. Changes by another program or machine cannot be
        undone.
        """
        with self._database.writing(durable=True) as connection:
            while row := connection.execute(_LAST).fetchone():
                number, mark, value, items = row
                connection.execute("DELETE FROM undo WHERE id = ?", (number,))
                stamp = next_stamp(connection, now)
                changed = set_mark(
                    connection, mark, json.loads(items), value=not value, stamp=stamp
                )
                if changed:
                    return MarkChange(mark, bool(value), tuple(changed))
        return None


def set_mark(
    connection: sqlite3.Connection,
    mark: str,
    items: Sequence[int],
    *,
    value: bool,
    stamp: int,
) -> list[int]:
    """Set or clear a mark of these items on this machine; return those whose value differed.

    A value with a later stamp is kept.
    """
    values = {"mark": mark, "value": value, "items": json.dumps(list(items))}
    (changed,) = connection.execute(_CHANGED, values).fetchone()
    connection.execute(_SET, values | {"items": changed, "stamp": stamp})
    numbers: list[int] = json.loads(changed)
    return numbers


class SetMark(NamedTuple):
    """A mark that another machine set or cleared, with its stamp and the id of that machine."""

    item: int
    mark: str
    value: bool
    stamp: int
    device: str


def apply_marks(connection: sqlite3.Connection, marks: Sequence[SetMark]) -> int:
    """Set or clear marks of other machines unless a greater value is here; return the changes."""
    return connection.executemany(_APPLY, marks).rowcount if marks else 0


def merge_marks(connection: sqlite3.Connection, keep: int, gone: int) -> None:
    """Give `keep` the marks of `gone` that were set later than its own."""
    connection.execute(_MERGE, {"keep": keep, "gone": gone})


def marks_of(connection: sqlite3.Connection, item: int) -> set[str]:
    """Return the marks that are set on an item."""
    rows = connection.execute("SELECT mark FROM item_marks WHERE item = ? AND value = 1", (item,))
    return {row[0] for row in rows}
