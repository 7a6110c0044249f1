"""The clock of a cache, which stamps what a reader sets; see `reader.devices.hybrid_clock`."""

import sqlite3
from datetime import datetime

from reader.devices.hybrid_clock import wall_stamp
from reader.store.schema import TICK

# The stamp of a change at an unknown time: every other stamp is later.
FIRST_STAMP = 1


def next_stamp(connection: sqlite3.Connection, now: datetime) -> int:
    """Return the stamp for a change at `now`, and store it, in the caller's transaction."""
    # All rows must be fetched for the statement to finish.
    ((stamp,),) = connection.execute(
        "UPDATE clock SET stamp = max(?, stamp + 1) RETURNING stamp", (wall_stamp(now),)
    ).fetchall()
    return int(stamp)


def stamp_of_present(connection: sqlite3.Connection) -> int:
    """Return the stamp for a change made now, as triggers do, in the caller's transaction."""
    connection.execute(TICK)
    (stamp,) = connection.execute("SELECT stamp FROM clock").fetchone()
    return int(stamp)


def raise_clock(connection: sqlite3.Connection, stamp: int) -> None:
    """Make all later stamps greater than a given stamp, in the caller's transaction."""
    connection.execute("UPDATE clock SET stamp = max(stamp, ?)", (stamp,))
