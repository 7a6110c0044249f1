"""The present moment, which the command line passes to the other parts."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
