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
            raise CacheError(
                f"{self._path}: the cache is gone, and nothing more can be kept in it;"
                " put it back, or start znreader again with a new one"
            )
        return self._opened is None or not os.path.samestat(self._opened, found)

    def require(self) -> None:
        """Raise CacheError unless the file is still in its place."""
        if self.is_replaced():
            raise CacheError(
                f"{self._path}: another file took the cache's place, and nothing was changed in it;"
                " try again"
            )


def _state_of(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None
