"""Opens the cache file: inspects it first, migrates it, and words the errors."""

import os
import sqlite3
from contextlib import ExitStack, closing
from errno import EACCES, ENOENT
from pathlib import Path
from typing import NamedTuple

from reader.errors import CacheCorrupt, CacheError
from reader.files import make_folder, make_private
from reader.store.article_conversion import detail_words
from reader.store.conversion import body_of, packed
from reader.store.migrations import is_likely, migrate, take_steps, too_new, version_of
from reader.store.schema import APPLICATION_ID, VERSION
from reader.store.side_files import companions_of, copy_of, kept_beside, log_of
from reader.text.slug import searchable, words_of
from reader.text.url import address

SQLITE_VERSION = sqlite3.sqlite_version
# The errors that SQLite may raise. Its message about damage may quote bytes that Python cannot
# decode.
DATABASE_ERRORS = (sqlite3.Error, UnicodeDecodeError)

_BUSY_SECONDS = 5
_LOG_ATTEMPTS = 50
# A log that a large change has enlarged is truncated to this size.
_LOG_BYTES = 8_000_000
_SMALLEST_DATABASE = 512
# The KiB of the file that a connection keeps in memory; the system keeps what was read as well.
MEMORY_KIB = 512
# Obstacles to writing that still allow reading.
_OBSTACLES = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
)
# The second mode also works where no log can be made beside the file, but ignores an existing log.
_READERS = ("mode=ro", "mode=ro&immutable=1")


class OpenedFile(NamedTuple):
    """An open cache, and, if it can only be read, the obstacle to writing."""

    connection: sqlite3.Connection
    obstacle: Exception | None = None


def open_database(path: Path, *, create: bool = True) -> OpenedFile:
    """Open the cache at `path`; with `create`, make it and its folder where there is none.

    A read-only file, or one with no room to grow, is opened for reading. Raises CacheError,
    sqlite3.Error or OSError; a file that is not a sound cache is not changed.
    """
    if create:
        make_folder(path.parent)
    elif not path.exists():
        raise CacheError("cache_gone", place=path)
    if path.is_dir():
        raise CacheError("cache_is_folder", place=path)
    if path.exists() and not path.is_file():
        raise CacheError("cache_is_no_file", place=path)
    if path.is_symlink() and not Path(os.path.realpath(path)).parent.is_dir():
        # The same error as for a disk that is not mounted.
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(path))
    version = version_at(path)
    try:
        return OpenedFile(open_writable(path))
    except (sqlite3.OperationalError, OSError) as error:
        if not version or not _is_obstacle(error):
            raise
        obstacle = error
    connection = open_read_only(path)
    if version < VERSION:
        connection = _in_memory(connection, version)
    return OpenedFile(connection, obstacle)


def open_writable(path: Path) -> sqlite3.Connection:
    """Return a connection that writes to the file at `path`, of a known version, and migrate it.

    Raises PermissionError if the file may not be written.
    """
    if path.exists() and not os.access(path, os.W_OK):
        # SQLite would open it, and fail only at the first write.
        raise PermissionError(EACCES, os.strerror(EACCES), str(path))
    make_private(path, (*companions_of(path), *kept_beside(path)))
    return _connect(path, "mode=rwc", change=True)


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open the file at `path` without changing it, whatever its version."""
    return _connect_read_only(path, *_READERS)


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that the schema's triggers and views call."""
    connection.create_function("packed", 1, packed, deterministic=True)
    connection.create_function("body_of", 2, body_of, deterministic=True)
    connection.create_function("words_of", 1, detail_words, deterministic=True)
    connection.create_function("searchable", 1, _searchable, deterministic=True)
    connection.create_function("plain_words", 1, _plain_words, deterministic=True)
    connection.create_function("address_of", 1, address, deterministic=True)


def _plain_words(text: str) -> str:
    return " ".join(words_of(text))


def _searchable(text: str | None) -> str | None:
    return None if text is None else searchable(text)


def limit_memory(connection: sqlite3.Connection, kib: int = MEMORY_KIB) -> None:
    """Limit the memory for what a connection has read of the file; raises sqlite3.Error."""
    connection.execute(f"PRAGMA cache_size = {-kib}")


def bare_connection(place: Path | str) -> sqlite3.Connection:
    """Return a connection to memory, or to a file that nobody else uses, for making a cache."""
    connection = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
    add_functions(connection)
    return connection


def _has_bytes(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def version_at(path: Path) -> int:
    """Return the version of the file at `path`, 0 for a new one, without leaving a trace.

    `immutable` keeps SQLite from creating files beside it, but it ignores the log that a killed
    process left, so if there is a log the file is first opened as any reader would.
    """
    if not path.exists():
        return 0
    if not path.stat().st_size:
        # A new cache would be made in place of the emptied one.
        if _has_bytes(log_of(path)) or _has_bytes(copy_of(path)):
            raise CacheCorrupt("cache_emptied", place=path)
        return 0
    if path.stat().st_size < _SMALLEST_DATABASE:
        # SQLite would take a very short text file for an empty database.
        raise CacheCorrupt("no_database", place=path)
    log = log_of(path)
    has_log = log.exists() and log.stat().st_size
    connection = _connect_read_only(path, *(_READERS if has_log else _READERS[1:]))
    try:
        version = version_of(connection)
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        connection.close()
    if owner == APPLICATION_ID and tables and not is_likely(version):
        raise CacheCorrupt("cache_damaged", place=path, what="cache", detail=f"version {version}")
    if version > VERSION:
        raise too_new(path, version)
    if tables and owner != APPLICATION_ID:
        raise CacheCorrupt("foreign_database", place=path)
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
            if not version_of(connection):
                # This allows space to be given back in small steps. For a file that already has
                # tables it would take the lock.
                connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            _use_log(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES}")
            migrate(connection, path)
        unless_opened.pop_all()
    return connection


def _use_log(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log, which lets others read during a write; the mode is permanent."""
    for attempt in range(1, _LOG_ATTEMPTS + 1):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if attempt == _LOG_ATTEMPTS or code_of(error) != sqlite3.SQLITE_BUSY:
                raise
        # If several processes create the file at once, some fail without waiting; a lock does wait.
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")


def _connect_read_only(path: Path, mode: str, *others: str) -> sqlite3.Connection:
    """Return a read-only connection, in the first mode that the file allows."""
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


def _in_memory(source: sqlite3.Connection, version: int) -> sqlite3.Connection:
    """Return a migrated copy in memory of an older file that cannot be migrated itself."""
    with ExitStack() as unless_copied, closing(source):
        copy = bare_connection(":memory:")
        unless_copied.callback(copy.close)
        source.backup(copy)
        take_steps(copy, version)
        copy.execute("PRAGMA query_only = ON")
        unless_copied.pop_all()
    return copy


def _is_obstacle(error: Exception) -> bool:
    return isinstance(error, OSError) or code_of(error) in _OBSTACLES


def code_of(error: Exception) -> int:
    """Return SQLite's primary result code, 0 if the error is Python's own."""
    return extended_code_of(error) & 0xFF


def extended_code_of(error: Exception) -> int:
    """Return SQLite's extended result code, 0 if the error is Python's own."""
    return int(getattr(error, "sqlite_errorcode", None) or 0)
