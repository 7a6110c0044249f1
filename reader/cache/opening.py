"""Opens the cache file: looks before it touches, migrates, and words what goes wrong."""

import sqlite3
import zlib
from contextlib import ExitStack
from json import JSONDecodeError
from pathlib import Path

from reader.cache.migrating import REMEDY, migrate, too_new, version_of
from reader.cache.rows import body_of, packed
from reader.cache.schema import APPLICATION_ID, VERSION
from reader.errors import CacheCorrupt, CacheError

# What using the file may raise, for `explain`.
FAILURES = (sqlite3.Error, OSError, JSONDecodeError, zlib.error)

_BUSY_SECONDS = 5
_LOG_ATTEMPTS = 50
_SMALLEST_DATABASE = 512
_ADVICE = {
    sqlite3.SQLITE_BUSY: "another program keeps it busy; try again in a moment",
    sqlite3.SQLITE_LOCKED: "another program keeps it busy; try again in a moment",
    sqlite3.SQLITE_FULL: "the disk is full; make room and try again",
    sqlite3.SQLITE_IOERR: "the disk reports an error; see that it is mounted and sound",
    sqlite3.SQLITE_READONLY: "it is read-only; see the permissions of the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "see the permissions of the file and its folder",
    sqlite3.SQLITE_PERM: "see the permissions of the file and its folder",
}
# The second also reads where no log can be made beside the file, but passes over one that is there.
_READERS = ("mode=ro", "mode=ro&immutable=1")


def open_database(path: Path) -> sqlite3.Connection:
    """Return a connection to the cache at `path`, made with its folder where there is none.

    A file that may only be read is opened for reading. Raises CacheCorrupt, CacheTooNew or
    sqlite3.Error or OSError; a file that is not a sound cache of this version stays as it was.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_dir():
        raise CacheError(f"{path}: the cache cannot be opened: it is a folder; move it away")
    version = _look(path)
    try:
        return _connect(path, "mode=rwc", change=True)
    except sqlite3.OperationalError as error:
        if version != VERSION or _code(error) not in (
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_CANTOPEN,
        ):
            raise
    return _connect_read_only(path, *_READERS)


def open_read_only(path: Path) -> sqlite3.Connection:
    """Return a connection that can only read the cache at `path`, which is of this version."""
    return _connect_read_only(path, *_READERS)


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection what the schema's triggers and views ask for."""
    connection.create_function("packed", 1, packed, deterministic=True)
    connection.create_function("body_of", 2, body_of, deterministic=True)


def explain(error: Exception, path: Path, task: str) -> CacheError:
    """Return the sentence for a user when the cache at `path` cannot be `task` (`read`, ...)."""
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        advice = "see to its folder, or name another one in ZNREADER_DATA"
        return CacheError(f"{path}: the cache cannot be {task}: {reason}; {advice}")
    damaged = _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    if damaged or isinstance(error, (JSONDecodeError, zlib.error)):
        return CacheCorrupt(f"{path}: the cache is damaged ({error}); {REMEDY}")
    advice = _ADVICE.get(_code(error), f"{error}; `znreader doctor` tells more")
    return CacheError(f"{path}: the cache cannot be {task}: {advice}")


def _look(path: Path) -> int:
    """Return the version of the file at `path`, 0 for a new one, without leaving a trace.

    `immutable` keeps SQLite from making files beside it, but it passes over a log that a killed
    process left, so where there is one the file is first tried as any reader would.
    """
    if not path.exists() or not path.stat().st_size:
        return 0
    if path.stat().st_size < _SMALLEST_DATABASE:
        # SQLite would take the first few bytes of some text for an empty database.
        raise CacheCorrupt(f"{path}: the cache is damaged (it is no database); {REMEDY}")
    log = path.with_name(path.name + "-wal")
    has_log = log.exists() and log.stat().st_size
    connection = _connect_read_only(path, *(_READERS if has_log else _READERS[1:]))
    try:
        version = version_of(connection)
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        connection.close()
    if version > VERSION:
        raise too_new(path, version)
    if tables and owner != APPLICATION_ID:
        raise CacheCorrupt(f"{path}: this is a database of another program; {REMEDY}")
    return version


def _connect(path: Path, mode: str, *, change: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    with ExitStack() as unless_opened:
        unless_opened.callback(connection.close)
        connection.execute("PRAGMA foreign_keys = ON")
        add_functions(connection)
        if change:
            _use_log(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            migrate(connection, path)
        unless_opened.pop_all()
    return connection


def _use_log(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log, which lets others read during a write; it stays on."""
    for attempt in range(1, _LOG_ATTEMPTS + 1):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if attempt == _LOG_ATTEMPTS or _code(error) != sqlite3.SQLITE_BUSY:
                raise
        # Of several that create the file at once some fail without waiting; a lock does wait.
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")


def _connect_read_only(path: Path, mode: str, *others: str) -> sqlite3.Connection:
    """Return a connection that can only read, in the first mode that the file allows."""
    connection = _connect(path, mode)
    with ExitStack() as unless_opened:
        unless_opened.callback(connection.close)
        try:
            version_of(connection)
        except sqlite3.OperationalError:
            if not others:
                raise
        else:
            unless_opened.pop_all()
            return connection
    return _connect_read_only(path, *others)


def _code(error: Exception) -> int:
    """Return SQLite's primary result code, 0 where the error is Python's own."""
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
