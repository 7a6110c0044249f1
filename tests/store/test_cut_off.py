"""A file that is cut off or overwritten while open takes no mark, and is reported as damaged."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.errors import CacheCorrupt
from reader.store import Store
from reader.store.maintenance.repair import repair
from tests.bench.salvage import make_cache

from .builders import NOON


def _emptied(path: Path) -> None:
    os.truncate(path, 0)


def _halved(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


def _headless(path: Path) -> None:
    os.truncate(path, 90)


def _overwritten(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"geen cache" * 2000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cache.sqlite3"
    make_cache(path, 60)
    return path


@pytest.mark.parametrize("harm", [_emptied, _halved, _headless])
def test_no_mark_is_taken_by_what_is_left(path: Path, harm: Callable[[Path], None]) -> None:
    with Store(path) as cache:
        ids = cache.headlines.ids()
        harm(path)
        with pytest.raises(CacheCorrupt):
            cache.marks.set("saved", ids[:1], NOON)
        with pytest.raises(CacheCorrupt):
            cache.changed()


def test_a_mark_is_kept_by_a_file_that_was_overwritten(path: Path) -> None:
    with Store(path) as cache:
        ids = cache.headlines.ids()
        number = next(each.id for each in cache.headlines.load(ids) if not each.saved)
        _overwritten(path)
        cache.marks.set("saved", [number], NOON)
    repair(path, NOON)
    with Store(path) as cache:
        (headline,) = cache.headlines.load([number])
        assert headline.saved


def test_no_new_cache_takes_the_place_of_one_that_was_emptied(path: Path) -> None:
    with Store(path) as cache:
        cache.maintenance.keep_copy(datetime.now(UTC))
    _emptied(path)
    with pytest.raises(CacheCorrupt, match="cache_emptied"):
        Store(path)
    assert repair(path, datetime.now(UTC)).articles == 60


def test_an_empty_file_that_never_was_a_cache_becomes_one(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    path.touch()
    with Store(path) as cache:
        assert not cache.headlines.ids()
        assert not cache.changed()
