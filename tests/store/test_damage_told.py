"""Damage of any kind, at any time, is reported as damage."""

import gzip
import random
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from reader.errors import CacheCorrupt, ReaderError
from reader.store import Store
from reader.store.failures import cache_error_of
from reader.store.maintenance.repair import repair
from reader.store.opening import bare_connection
from reader.store.soundness import is_sound
from tests.bench.salvage import DAMAGES, make_cache

from .builders import NOON

_FIXTURES = Path(__file__).parent / "fixtures"
_TOLD = {"cache_damaged", "cache_cut_off", "cache_emptied", "no_database", "foreign_database"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "cache.sqlite3"
    make_cache(path, 120)
    return path.read_bytes()


def _everywhere(data: bytearray, _: int, dice: random.Random) -> None:
    for _each in range(60):
        at = dice.randrange(100, len(data) - 8)
        data[at : at + 8] = dice.randbytes(8)


def _all_that_is_asked(cache: Store) -> Iterator[Callable[[], object]]:
    yield cache.changed
    yield cache.headlines.ids
    yield lambda: cache.headlines.load(cache.headlines.ids())
    yield cache.headlines.counts
    yield cache.headlines.sections
    yield lambda: [cache.articles.load(each) for each in cache.headlines.ids()[:30]]
    yield lambda: cache.marks.set("saved", cache.headlines.ids()[:3], NOON)
    yield lambda: cache.marks.set("read", cache.headlines.ids(), NOON)
    yield lambda: cache.search.find("haven", NOON)
    yield cache.maintenance.health
    yield lambda: list(cache.archive.export_lines())
    yield cache.retention.junk
    yield cache.sources.followings
    yield lambda: cache.retention.retain(NOON + timedelta(days=400), 30, 100)
    yield lambda: cache.maintenance.keep_copy(NOON)


def _ask_all(cache: Store) -> None:
    for ask in _all_that_is_asked(cache):
        try:
            ask()
        except ReaderError as error:
            assert error.code in _TOLD, error


@pytest.mark.parametrize("kind", [*DAMAGES, "everywhere"])
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("is_open", [True, False])
def test_whatever_is_asked_of_a_damaged_file_is_answered_or_told(
    whole: bytes, tmp_path: Path, kind: str, seed: int, is_open: bool
) -> None:
    dice = random.Random(seed)  # noqa: S311 - repeatable, no secret
    data = bytearray(whole)
    page = dice.randrange(3 if seed < 2 else len(data) // 4096)
    (DAMAGES | {"everywhere": _everywhere})[kind](data, page, dice)
    path = tmp_path / "cache.sqlite3"
    if not is_open:
        path.write_bytes(data)
        with suppress(CacheCorrupt), Store(path) as cache:
            _ask_all(cache)
        return
    path.write_bytes(whole)
    with Store(path) as cache, path.open("r+b") as file:
        file.truncate(len(data))
        file.write(data)
        file.flush()
        _ask_all(cache)


@pytest.mark.parametrize("file", sorted(_FIXTURES.glob("v*.gz")), ids=lambda file: file.name)
def test_a_file_of_any_version_counts_as_sound(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    path.write_bytes(gzip.decompress(file.read_bytes()))
    assert is_sound(path)
    with Store(path) as cache:
        assert cache.maintenance.health().check == "ok"
    assert is_sound(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE items SET seen = 'gisteren' WHERE id = 3",
        "UPDATE items SET dateline = 7 WHERE id = 3",
        "UPDATE items SET summary = x'ff' WHERE id = 3",
        "UPDATE items SET seen = 1 << 60 WHERE id = 3",
        "UPDATE articles SET item = 9999 WHERE item = 3",
        "UPDATE articles SET own_title = 'Een ander' WHERE item = 3",
        "UPDATE names SET name = x'00ff' WHERE item = 3",
        "UPDATE tallies SET headlines = 7",
        "UPDATE sqlite_master SET sql = replace(sql, '- 1', '- ?') WHERE name = 'items_untallied'",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 1000",
        "PRAGMA user_version = 4",
    ],
)
def test_what_no_row_of_ours_holds_is_found_and_repaired(
    whole: bytes, tmp_path: Path, statement: str
) -> None:
    path = tmp_path / "cache.sqlite3"
    path.write_bytes(whole)
    assert is_sound(path)
    with closing(bare_connection(path)) as other:
        other.execute("PRAGMA writable_schema = ON")
        other.execute(statement)
    assert not is_sound(path)
    assert repair(path, NOON).headlines >= 119
    assert is_sound(path)


def test_a_fault_of_the_program_is_not_taken_for_damage(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    path.write_bytes(whole)
    fault = TypeError("no such thing")
    with pytest.raises(TypeError, match="no such thing"):
        cache_error_of(fault, path, "read")
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(bytes(16384))
    assert cache_error_of(fault, path, "read").code == "cache_damaged"
