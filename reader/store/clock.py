"""The hybrid logical clock that stamps what a reader sets.

A stamp is milliseconds since 1970, shifted left by ten bits for a counter. It is later than any
stamp before it, whatever the wall clock says, so of two values for one thing the later is known.
"""

import sqlite3
from datetime import UTC, datetime, timedelta

COUNTER_BITS = 10
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def next_stamp(connection: sqlite3.Connection, now: datetime) -> int:
    """Return the stamp of what is set at `now`, and store it, in the caller's transaction."""
    milliseconds = (now - _EPOCH) // timedelta(milliseconds=1)
    # All rows must be taken for the statement to be finished.
    ((stamp,),) = connection.execute(
        "UPDATE clock SET stamp = max(?, stamp + 1) RETURNING stamp",
        (milliseconds << COUNTER_BITS,),
    ).fetchall()
    return int(stamp)
