"""The time when the reader was last used, and the last headline that had come in by then."""

from reader.model import LastVisit
from reader.store.choices import store_choice
from reader.store.clock import next_stamp
from reader.store.connection import Database
from reader.store.conversion import moment_of, seconds_of

# Sent to other machines, so that headlines that came in since count as new there as well.
_NAME, _FIELD = "reader", "visit"


class Visits:
    """The last visit; each visit replaces the one before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> LastVisit | None:
        """Return when the reader was last used, None if never."""
        with self._database.using("read") as connection:
            row = connection.execute("SELECT at, item FROM visits").fetchone()
            return LastVisit(moment_of(row[0]), row[1]) if row else None

    def note(self, visit: LastVisit) -> None:
        """Store when the reader was last used, and the last headline by then."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO visits (id, at, item) VALUES (1, ?, ?)",
                (seconds_of(visit.at), visit.newest),
            )
            stamp = next_stamp(connection, visit.at)
            store_choice(connection, _NAME, _FIELD, seconds_of(visit.at), stamp)
