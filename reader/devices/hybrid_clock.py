"""The hybrid logical clock that stamps marks and choices.

A stamp is milliseconds since 1970, shifted left by ten bits for a counter. It is later than any
stamp that its machine gave or read before, even if the wall clock went back, so of two values for
one thing the later one is known.
"""

from datetime import UTC, datetime, timedelta

COUNTER_BITS = 10
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The first stamp that is refused, the beginning of the year 2100.
END_OF_STAMPS = 4_102_444_800_000 << COUNTER_BITS


def wall_stamp(now: datetime) -> int:
    """Return the first stamp of the millisecond of `now`."""
    return ((now - _EPOCH) // timedelta(milliseconds=1)) << COUNTER_BITS


def is_stamp(value: object) -> bool:
    """Tell whether a value from outside is a stamp between 1970 and 2100."""
    return type(value) is int and 0 < value < END_OF_STAMPS


def moment_of_stamp(stamp: int) -> datetime:
    """Return the moment (UTC) of a stamp."""
    return _EPOCH + timedelta(milliseconds=stamp >> COUNTER_BITS)
