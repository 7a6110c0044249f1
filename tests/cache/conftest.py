"""A fresh cache for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cache import Cache


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the cache of this test lies; nothing is there yet."""
    return tmp_path / "news" / "cache.sqlite3"


@pytest.fixture
def cache(path: Path) -> Iterator[Cache]:
    """Return an open, empty cache."""
    with Cache(path) as cache:
        yield cache
