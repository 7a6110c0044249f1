"""Gives the free space that deleted rows left in the file back to the disk, in small steps."""

import shutil
import sqlite3
from pathlib import Path

# Pages (of 4 kB) in one step: some milliseconds, during which nobody else can write.
STEP = 500
# Space that the next run fills again is not worth the work.
_WORTH_BYTES = 4_000_000
_WORTH_SHARE = 0.2
_INCREMENTAL = 2
# Rewriting a file takes its own size again, and as much for its log.
_ROOM = 2.2


def free_bytes(connection: sqlite3.Connection) -> int:
    """Return how much of the file is free space."""
    return _number(connection, "freelist_count") * _number(connection, "page_size")


def is_much(connection: sqlite3.Connection) -> bool:
    """Tell whether so much space is free that it should be given back to the disk."""
    size = _number(connection, "page_count") * _number(connection, "page_size")
    return free_bytes(connection) > max(_WORTH_BYTES, _WORTH_SHARE * size)


def can_step(connection: sqlite3.Connection) -> bool:
    """Tell whether space can be given back in steps; a file of an older program must be rewritten.

    After that, it can.
    """
    return _number(connection, "auto_vacuum") == _INCREMENTAL


def step(connection: sqlite3.Connection) -> bool:
    """Give back some free space; return whether there is more."""
    # `execute` would stop after one page, since the statement has no columns to return.
    connection.executescript(f"PRAGMA incremental_vacuum({STEP})")
    return _number(connection, "freelist_count") > 0


def word_indexes(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the word indexes, which keep removed texts until they are merged."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%'"
    )
    return [row[0] for row in rows]


def merge_step(connection: sqlite3.Connection, index: str, *, first: bool) -> bool:
    """Merge a word index a little further; return whether there is more to merge."""
    before = connection.total_changes
    # A negative number begins a merge of the whole index; a positive one continues it.
    pages = -STEP if first else STEP
    connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?)", (pages,))  # noqa: S608
    return connection.total_changes - before >= 2


def has_room(connection: sqlite3.Connection, path: Path) -> bool:
    """Tell whether the disk has room for the file to be rewritten; raises OSError."""
    used = _number(connection, "page_count") - _number(connection, "freelist_count")
    needed = _ROOM * used * _number(connection, "page_size")
    return shutil.disk_usage(path.parent).free > needed


def rewrite(connection: sqlite3.Connection) -> None:
    """Rewrite the whole file without free space; others can read meanwhile, but not write."""
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("VACUUM")


def shrink(connection: sqlite3.Connection) -> None:
    """Truncate the file to the pages in use, unless others are reading it."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _number(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
