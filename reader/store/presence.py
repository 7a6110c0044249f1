"""Whether the file that is open is still the one at its path: SQLite goes on writing to any."""

import os
from pathlib import Path

from reader.errors import CacheError


class Presence:
    """The file at a path when it was opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = _state_of(path)

    def is_replaced(self) -> bool:
        """Tell whether another file took its place; raises CacheError where there is none."""
        found = _state_of(self._path)
        if found is None:
            raise CacheError("cache_gone", place=self._path)
        return self._opened is None or not os.path.samestat(self._opened, found)

    def require(self) -> None:
        """Raise CacheError unless the file is still in its place."""
        if self.is_replaced():
            raise CacheError("cache_replaced", place=self._path)


def _state_of(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None
