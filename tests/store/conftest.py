"""A fresh cache for each test."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the cache of this test lies; nothing is there yet."""
    return tmp_path / "news" / "cache.sqlite3"


@pytest.fixture
def cache(path: Path) -> Iterator[Store]:
    """Return an open, empty cache."""
    with Store(path) as cache:
        yield cache


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder that every user can reach."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    for each in (path, *path.rglob("*")):
        if each.is_dir():
            each.chmod(0o755)
    shutil.rmtree(path)
