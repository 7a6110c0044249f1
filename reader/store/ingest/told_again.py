"""Sends what a reader set on an item once more, for machines that know only its present name."""

import sqlite3

from reader.store.story_choices import rename_report

_UNSENT = (
    "UPDATE item_marks SET device = NULL WHERE item = ?",
    "UPDATE places SET device = NULL WHERE item = ?",
)


def tell_again(connection: sqlite3.Connection, item: int) -> None:
    """Send marks, reading position and corrections of stories of an item under its present name."""
    for statement in _UNSENT:
        connection.execute(statement, (item,))
    rename_report(connection, item)
