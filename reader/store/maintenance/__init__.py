"""The maintenance of the file: its health, its copies, and its free space."""

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from reader.errors import CacheError, Reason, reason
from reader.store.archive.files import refuse_existing
from reader.store.connection import Database
from reader.store.conversion import moment_of, reason_or_none
from reader.store.failures import cache_error_of
from reader.store.maintenance import copies, vacuum
from reader.store.maintenance.backup import copy_whole
from reader.store.maintenance.health import Health, health_of
from reader.store.opening import DATABASE_ERRORS, open_read_only

_YOUNG = timedelta(hours=1)
# When the oldest item came in.
_FIRST_SEEN = "SELECT seen FROM items ORDER BY id LIMIT 1"


class Maintenance:
    """The operations on the file as a whole."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def health(self) -> Health:
        """Return the state of the file; it is read from end to end."""
        with self._database.reading() as connection:
            return health_of(connection, self._database.path)

    def failures(self) -> list[Reason]:
        """Return the reasons of all pages whose last fetch failed."""
        with self._database.using("read") as connection:
            rows = connection.execute("SELECT failure FROM pages WHERE failure IS NOT NULL")
            return [why for (stored,) in rows if (why := reason_or_none(stored)) is not None]

    def parsers(self) -> list[tuple[int, int]]:
        """Return the parser versions that made the articles, and how many each made."""
        with self._database.using("read") as connection:
            return connection.execute(
                "SELECT parser, count(*) FROM articles GROUP BY parser ORDER BY parser"
            ).fetchall()

    def backup(self, target: Path, *, force: bool = False) -> None:
        """Copy the cache to the file `target` while others may use it, completely or not at all.

        Raises CacheError if the file exists without `force`, or cannot be written.
        """
        refuse_existing(target, self._database.path, force=force)
        with self._database.using("read"):
            try:
                with closing(open_read_only(self._database.path)) as source:
                    copy_whole(source, target)
            except (OSError, *DATABASE_ERRORS) as error:
                raise cache_error_of(error, target, "written", "copy") from error

    def keep_copy(self, now: datetime) -> bool:
        """Make a copy beside the cache, once a day; return whether one was made.

        None is made in the first hour of a cache: nearly all that it has can be fetched again, and
        a copy after that has the marks of the first sitting as well.
        """
        with self._database.using("read") as connection:
            first = connection.execute(_FIRST_SEEN).fetchone()
            if first is None or timedelta() <= now - moment_of(first[0]) < _YOUNG:
                return False
            return copies.renew(self._database.path, now)

    def give_back(self) -> Reason | None:
        """Give free space back to the disk if it is worth the work; return why that failed, if so.

        It is done in small steps, so that nobody waits long. A file of an older program must first
        be rewritten as a whole, which is skipped if the disk has no room or others are writing.
        """
        path = self._database.path
        try:
            self._database.require_writable()
            with self._database.using("written") as connection:
                if not vacuum.is_much(connection):
                    return None
                if not vacuum.can_step(connection):
                    if not vacuum.has_room(connection, path):
                        return reason("no_room_for_space", place=path)
                    vacuum.rewrite(connection)
            while self._step():
                self._database.give_way()
            with self._database.using("written") as connection:
                vacuum.shrink(connection)
        except CacheError as error:
            return reason("space_kept", cause=error)
        return None

    def free_bytes(self) -> int:
        """Return how much of the file is free space."""
        with self._database.using("read") as connection:
            return vacuum.free_bytes(connection)

    def _step(self) -> bool:
        with self._database.using("written") as connection:
            return vacuum.step(connection)
