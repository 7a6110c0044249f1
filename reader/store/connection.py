"""The file: one connection and one lock; converts SQLite's errors into readable messages."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import RLock

from reader.errors import CacheError
from reader.store.failures import FAILURES, cache_error_of
from reader.store.file_identity import OpenFile
from reader.store.opening import MEMORY_KIB, limit_memory, open_database, open_writable
from reader.store.word_index import sync_fts

# Longer than SQLite lets pass between two looks at a lock, for a quarter of a second (50 ms).
_PAUSE_SECONDS = 0.06


class Database:
    """An open cache file: one connection and one lock; threads share it and take turns.

    Every method may raise CacheError; the data is then unchanged.
    """

    def __init__(
        self,
        path: Path,
        *,
        patience: float = 30.0,
        create: bool = True,
        memory_kib: int = MEMORY_KIB,
    ) -> None:
        """Open the cache at `path`; with `create`, make it and its folder where there is none.

        A write waits at most `patience` seconds for the write of another process. At most
        `memory_kib` of the file is kept in memory. Raises CacheCorrupt or CacheTooNew; the file is
        then unchanged.
        """
        self.path = path
        self._patience = patience
        self._memory_kib = memory_kib
        self._lock = RLock()
        try:
            self._connection, self._obstacle = open_database(path, create=create)
            self._set_limits(self._connection)
        except FAILURES as error:
            raise cache_error_of(error, path, "opened") from error
        self._file = OpenFile(path)
        # Why the last write failed, until one succeeds.
        self._refusal: CacheError | None = None
        self._data_version = 0
        with ExitStack() as unless_read:
            unless_read.callback(self.close)
            self.changed()
            unless_read.pop_all()

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with self.using("closed"):
            self._connection.close()

    def changed(self) -> bool:
        """Tell whether another process has written to the file since the last call.

        A file that replaced it is opened and counts as a change; a missing file is an error.
        """
        with self.using("read"):
            if replaced := self._file.is_replaced():
                self._reopen()
            self._file.require_whole(self._connection)
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            before, self._data_version = self._data_version, version
            has_changed = bool(replaced or version != before)
            if has_changed:
                # Where another process can write, this one can.
                self._refusal = None
            return has_changed

    def _reopen(self) -> None:
        """Open the file that replaced the one that was open."""
        with self.using("opened") as before:
            self._connection, self._obstacle = open_database(self.path, create=False)
            self._set_limits(self._connection)
            self._file = OpenFile(self.path)
            before.close()

    @contextmanager
    def using(self, task: str) -> Iterator[sqlite3.Connection]:
        """Yield the connection; turn an error into a CacheError saying that `task` failed."""
        with self._lock:
            try:
                yield self._connection
            except FAILURES as error:
                raise cache_error_of(error, self.path, task) from error

    def state(self) -> object | None:
        """Return a value that differs after each write to the file; None within a transaction.

        What was read at the same state need not be read again.
        """
        with self.using("read") as connection:
            if connection.in_transaction:
                return None
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            return connection, connection.total_changes, version

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection for several reads that see the same state of the file."""
        with self.using("read") as connection, connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(
        self, *, durable: bool = False, in_small_steps: bool = False
    ) -> Iterator[sqlite3.Connection]:
        """Yield the connection for writes that all take effect together, or not at all.

        A `durable` write also survives a power cut once this ends; that costs some milliseconds.
        If it is done `in_small_steps`, statements that each change few pages of the file, what one
        of them would have to undo is kept in memory, not in a temporary file.
        """
        with self._lock, self._noting_refusal():
            self.require_writable()
            with (
                self.using("written") as connection,
                _synchronous(connection, durable=durable),
                _undo_in_memory(connection, wanted=in_small_steps),
                connection,
            ):
                # A transaction that starts with a read fails if another process wrote before its
                # first write.
                connection.execute("BEGIN IMMEDIATE")
                self._file.require_whole(connection)
                yield connection
                sync_fts(connection)
                # A write to a file that was deleted or replaced is lost.
                self._file.require()

    @contextmanager
    def _noting_refusal(self) -> Iterator[None]:
        """Remember whether a write failed because of the file; one that was busy may be retried."""
        try:
            yield
        except CacheError as error:
            self._refusal = None if error.code == "cache_busy" else error
            raise
        self._refusal = None

    def obstacle(self) -> CacheError | None:
        """Return why nothing can be stored; None if it can be, as far as that is known.

        The last write tells; an obstacle that was found when the file was opened may have gone.
        """
        try:
            self.require_writable()
        except CacheError as error:
            return error
        return self._refusal

    def give_way(self) -> None:
        """Pause between two parts of a long task so that another process can write."""
        time.sleep(_PAUSE_SECONDS)

    def require_writable(self) -> None:
        """Raise CacheError with the reason if nothing can be stored.

        An obstacle to writing that was found when the file was opened may have gone.
        """
        with self._lock:
            if self._obstacle is None:
                return
            try:
                connection = open_writable(self.path)
                self._set_limits(connection)
            except FAILURES as error:
                raise cache_error_of(error, self.path, "written") from error
            self._connection.close()
            self._connection, self._obstacle, self._refusal = connection, None, None

    def _set_limits(self, connection: sqlite3.Connection) -> None:
        """Limit how long a write waits for another process, and the memory for read pages."""
        connection.execute(f"PRAGMA busy_timeout = {int(self._patience * 1000)}")
        limit_memory(connection, self._memory_kib)


@contextmanager
def _synchronous(connection: sqlite3.Connection, *, durable: bool) -> Iterator[None]:
    """Set whether commits are forced to the disk at once, or only at checkpoints of the log."""
    if not durable:
        yield
        return
    connection.execute("PRAGMA synchronous = FULL")
    try:
        yield
    finally:
        connection.execute("PRAGMA synchronous = NORMAL")


@contextmanager
def _undo_in_memory(connection: sqlite3.Connection, *, wanted: bool) -> Iterator[None]:
    """Set where SQLite keeps the pages as they were before a statement, of which each has some."""
    if not wanted:
        yield
        return
    connection.execute("PRAGMA temp_store = MEMORY")
    try:
        yield
    finally:
        connection.execute("PRAGMA temp_store = DEFAULT")
