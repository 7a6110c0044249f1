"""Whether the open file is still the one at its path; SQLite would go on writing to it anyway."""

import os
import sqlite3
from pathlib import Path

from reader.errors import CacheCorrupt, CacheError
from reader.store.schema import PAGE_BYTES
from reader.store.side_files import log_of


class OpenFile:
    """The file at a path, as it was when opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = _state_of(path)
        self._size = self._opened.st_size if self._opened else 0

    def is_replaced(self) -> bool:
        """Tell whether another file replaced it; raises CacheError if there is no file."""
        found = _state_of(self._path)
        if found is None:
            raise CacheError("cache_gone", place=self._path)
        return self._opened is None or not os.path.samestat(self._opened, found)

    def require(self) -> None:
        """Raise CacheError unless the file is still at its path."""
        if self.is_replaced():
            raise CacheError("cache_replaced", place=self._path)

    def require_whole(self, connection: sqlite3.Connection) -> None:
        """Raise CacheCorrupt if the file was truncated while it is open.

        SQLite itself notices only when it reads a lost page, and would write marks to the rest. A
        file also becomes shorter when space is given back; its log then has the missing pages. The
        file is not opened here: closing it again would release SQLite's locks on it.
        """
        found = _state_of(self._path)
        size = found.st_size if found else self._size
        if size < self._size:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            log = _state_of(log_of(self._path))
            if pages * PAGE_BYTES - size > (log.st_size if log else 0):
                raise CacheCorrupt("cache_cut_off", place=self._path)
        self._size = size


def _state_of(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None
