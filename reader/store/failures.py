"""The errors that using the file may raise, and what each means for a user."""

import sqlite3
import zlib
from contextlib import suppress
from functools import lru_cache
from json import JSONDecodeError
from pathlib import Path

from reader.errors import CacheCorrupt, CacheError, os_reason
from reader.store.conversion import MISFITS
from reader.store.opening import code_of, extended_code_of
from reader.store.side_files import log_of

# Only damage raises these when a row is read.
_OF_DAMAGE = (UnicodeDecodeError, JSONDecodeError, zlib.error, OverflowError)
# The errors that using the file may raise, for `cache_error_of`. Those of MISFITS may also
# come from a bug in this program.
FAILURES = (sqlite3.Error, OSError, *MISFITS)

# The obstacles, by SQLite's codes.
_CODES = {
    # There is no room for the first file that SQLite makes beside the cache.
    sqlite3.SQLITE_IOERR_SHMSIZE: "disk_full",
    sqlite3.SQLITE_BUSY: "cache_busy",
    sqlite3.SQLITE_LOCKED: "cache_busy",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_IOERR: "disk_error",
    sqlite3.SQLITE_READONLY: "cache_read_only",
    sqlite3.SQLITE_CANTOPEN: "no_permission",
    sqlite3.SQLITE_PERM: "no_permission",
}


def cache_error_of(error: Exception, path: Path, task: str, what: str = "cache") -> CacheError:
    """Return the error for a user when `what` at `path` cannot be `task` (`read`, ...).

    Both are terms of the catalog. An error that may come from damage or from a bug in this program
    counts as damage if the cache is not sound; otherwise it is raised again.
    """
    if isinstance(error, OSError) and what == "cache":
        return CacheError("cache_unusable", place=path, task=task, cause=os_reason(error))
    if isinstance(error, OSError):
        cause = os_reason(error)
        return CacheError("file_unusable", place=path, what=what, task=task, cause=cause)
    damaged = CacheCorrupt("cache_damaged", place=path, what=what, detail=error)
    if _is_damage(error) or _is_refused_by_header(error, path):
        return damaged
    code = _CODES.get(extended_code_of(error)) or _CODES.get(code_of(error))
    if code is not None:
        return CacheError(code, place=path, what=what, task=task)
    if what == "cache" and not _is_sound_now(path, _state_of(path)):
        return damaged
    if isinstance(error, sqlite3.Error):
        return CacheError("database_error", place=path, what=what, task=task, detail=error)
    raise error


def _is_damage(error: Exception) -> bool:
    return (
        isinstance(error, _OF_DAMAGE)
        or code_of(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
        # Python raises this error for invalid text; it has no code.
        or str(error).startswith("Could not decode to UTF-8")
    )


def _is_refused_by_header(error: Exception, path: Path) -> bool:
    """Tell whether a file cannot be written because its header gives an unknown format."""
    if extended_code_of(error) != sqlite3.SQLITE_READONLY:
        return False
    # No quick command needs it.
    from reader.store.soundness import is_of_known_form

    with suppress(OSError):
        return not is_of_known_form(path)
    return False


@lru_cache(maxsize=4)
def _is_sound_now(path: Path, _state: tuple[int, ...]) -> bool:
    """Tell whether a file in this state is sound; each state is checked once."""
    # No quick command needs it.
    from reader.store.soundness import is_sound

    return is_sound(path)


def _state_of(path: Path) -> tuple[int, ...]:
    """Return a value that changes whenever a cache or its log changes."""
    states = (file.stat() for file in (path, log_of(path)) if file.exists())
    return tuple(number for state in states for number in (state.st_mtime_ns, state.st_size))
