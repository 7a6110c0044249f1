"""Choices made on this machine, as the machines exchange them: a value of a field, by name."""

import sqlite3

_CHOOSE = """
INSERT INTO choices (name, field, value, stamp) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET value = excluded.value, stamp = excluded.stamp, device = NULL
"""


def store_choice(
    connection: sqlite3.Connection, name: str, field: str, value: str | int, stamp: int
) -> None:
    """Store a choice made on this machine, in the caller's transaction; it replaces any other."""
    connection.execute(_CHOOSE, (name, field, value, stamp))
