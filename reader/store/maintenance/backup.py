"""Copies of the cache file: made while others use it, checked, and restored."""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from reader.errors import CacheCorrupt, CacheError, CacheTooNew
from reader.files import fsync_path, is_same_place, make_folder, stamped_path, written_whole
from reader.store.failures import cache_error_of
from reader.store.migrations import copy_database, take_steps, version_of
from reader.store.opening import (
    DATABASE_ERRORS,
    bare_connection,
    open_read_only,
    open_writable,
    version_at,
)
from reader.store.schema import VERSION
from reader.store.side_files import companions_of


def copy_whole(source: sqlite3.Connection, target: Path) -> None:
    """Copy all that `source` sees to `target`, all or nothing; raises OSError or sqlite3.Error."""
    with written_whole(target) as part:
        copy_database(source, part)


def require_file(path: Path) -> None:
    """Raise CacheError if there is no regular file at `path`."""
    if path.is_dir():
        raise CacheError("file_is_folder", place=path)
    if path.exists() and not path.is_file():
        raise CacheError("not_regular_file", place=path)
    if not path.is_file():
        raise CacheError("no_file", place=path)


def check(path: Path) -> None:
    """Raise CacheError if the file at `path` is not a sound cache of this or an older version.

    The file is read from end to end, and not changed.
    """
    require_file(path)
    try:
        version = version_at(path)
        with closing(open_read_only(path)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except CacheTooNew:
        raise
    except (OSError, CacheError, *DATABASE_ERRORS) as error:
        raise CacheCorrupt("copy_unsound", place=path) from error
    if not version:
        raise CacheCorrupt("copy_unsound", place=path)
    if verdict != "ok":
        raise CacheCorrupt("copy_damaged", place=path, detail=verdict)


def restore(path: Path, source: Path, now: datetime) -> Path | None:
    """Replace the cache by the copy at `source`; return where the previous cache is kept.

    Other processes that have the cache open continue with the new one. Raises CacheError, without
    any change, if the copy is not sound or there is no room.
    """
    if is_same_place(source, path):
        raise CacheError("file_is_cache", place=source)
    check(source)
    fresh = path.with_name(path.name + ".restoring")
    try:
        make_folder(path.parent)
        with closing(open_read_only(source)) as connection:
            copy_whole(connection, fresh)
        bring_up_to_date(fresh)
        return _put_in_place(fresh, path, now)
    except (OSError, *DATABASE_ERRORS) as error:
        raise cache_error_of(error, path, "restored") from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def bring_up_to_date(path: Path) -> None:
    """Take the missing migration steps; nobody else has the file open, so no copy is made."""
    with closing(bare_connection(path)) as connection, connection:
        connection.execute("BEGIN")
        version = version_of(connection)
        if version < VERSION:
            take_steps(connection, version)


def set_aside(path: Path, label: str, now: datetime) -> Path:
    """Rename a cache with all files beside it, and return its new name; raises OSError."""
    kept = stamped_path(path, label, now)
    # A log without its file is harmless; beside another file it would be taken as that file's log.
    for companion, aside in zip(companions_of(path), companions_of(kept), strict=True):
        with suppress(FileNotFoundError):
            companion.rename(aside)
    path.rename(kept)
    return kept


def _put_in_place(fresh: Path, path: Path, now: datetime) -> Path | None:
    if not path.exists():
        fresh.replace(path)
        fsync_path(path.parent)
        return None
    try:
        version_at(path)
        present = open_writable(path)
    except (CacheCorrupt, CacheTooNew, sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        kept = set_aside(path, "before-restore", now)
        fresh.replace(path)
        fsync_path(path.parent)
        return kept
    with closing(present), closing(sqlite3.connect(fresh)) as source:
        kept = stamped_path(path, "before-restore", now)
        with closing(open_read_only(path)) as old:
            copy_whole(old, kept)
        # One transaction, so other readers see the change only when it is complete.
        source.backup(present)
    return kept
