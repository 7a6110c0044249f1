"""The clock of a cache, which stamps what a reader sets; see `reader.devices.hybrid_clock`."""

import sqlite3
from datetime import datetime

from reader.devices.hybrid_clock import END_OF_STAMPS, is_stamp, wall_stamp
from reader.store.schema import TICK

# The stamp of a change at an unknown time: every other stamp is later.
FIRST_STAMP = 1
_LAST = "SELECT stamp FROM clock"
# The last stamp of what is stored, without those that no other machine takes.
_LAST_STORED = f"""
SELECT coalesce(max(stamp), 0) FROM (
    SELECT stamp FROM item_marks UNION ALL SELECT stamp FROM places
    UNION ALL SELECT stamp FROM pending UNION ALL SELECT stamp FROM choices)
WHERE stamp < {END_OF_STAMPS - 1}
"""  # noqa: S608 - a number


def next_stamp(connection: sqlite3.Connection, now: datetime) -> int:
    """Return the stamp for a change at `now`, and store it, in the caller's transaction."""
    return _next(connection, "UPDATE clock SET stamp = max(?, stamp + 1)", wall_stamp(now))


def stamp_of_present(connection: sqlite3.Connection) -> int:
    """Return the stamp for a change made now, as triggers do, in the caller's transaction."""
    return _next(connection, TICK)


def raise_clock(connection: sqlite3.Connection, stamp: int) -> None:
    """Make all later stamps greater than a given stamp, in the caller's transaction."""
    connection.execute("UPDATE clock SET stamp = max(stamp, ?)", (stamp,))


def _next(connection: sqlite3.Connection, tick: str, *values: int) -> int:
    """Advance the clock by a statement, and return its stamp.

    Where the wall clock is, or was, later than any stamp may be, it counts for nothing.
    """
    (last,) = connection.execute(_LAST).fetchone()
    connection.execute(tick, values)
    (stamp,) = connection.execute(_LAST).fetchone()
    if not is_stamp(stamp):
        if not is_stamp(last + 1):
            (last,) = connection.execute(_LAST_STORED).fetchone()
        stamp = last + 1
        connection.execute("UPDATE clock SET stamp = ?", (stamp,))
    return int(stamp)
