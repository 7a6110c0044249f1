"""What stands on whole pages of a damaged cache is found, whatever became of the others."""

from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import CacheCorrupt
from reader.store import Store
from reader.store.maintenance.repair import repair
from reader.store.maintenance.salvage import SalvagedRow, find_rows
from reader.store.maintenance.saved_tables import saved_tables
from reader.store.migrations import make_tables
from reader.store.opening import bare_connection
from reader.store.schema import VERSION
from tests.bench.salvage import DAMAGES, make_cache, saved_of

from .builders import NOON, linked, listing, titles

_ARTICLES = 300


def _rows(data: bytes, log: bytes = b"") -> list[SalvagedRow]:
    with closing(bare_connection(":memory:")) as model:
        make_tables(model, VERSION)
        return list(find_rows(data, log, saved_tables(model)))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "cache.sqlite3"
    make_cache(path, _ARTICLES)
    return path


@pytest.mark.parametrize("kind", sorted(DAMAGES.keys() - {"cut off", "64 kB hole"}))
@pytest.mark.parametrize("seed", range(3))
def test_one_damaged_page_costs_what_was_on_it(
    whole: Path, tmp_path: Path, kind: str, seed: int
) -> None:
    articles, marks = saved_of(whole, tmp_path, DAMAGES[kind], seed)
    assert articles > 0.97
    assert marks > 0.97


@pytest.mark.parametrize("seed", range(3))
def test_a_hole_costs_what_was_in_it(whole: Path, tmp_path: Path, seed: int) -> None:
    articles, marks = saved_of(whole, tmp_path, DAMAGES["64 kB hole"], seed)
    assert articles > 0.8
    assert marks > 0.8


def test_a_file_that_was_cut_off_gives_what_is_left_of_it(whole: Path, tmp_path: Path) -> None:
    def cut(data: bytearray, *_: object) -> None:
        del data[len(data) * 3 // 4 // 4096 * 4096 :]

    rows = [row.values[0] for row in _rows(whole.read_bytes()) if row.table == "articles"]
    data = bytearray(whole.read_bytes())
    cut(data)
    left = [row.values[0] for row in _rows(bytes(data)) if row.table == "articles"]
    assert len(set(rows)) == _ARTICLES
    articles, _ = saved_of(whole, tmp_path, cut, 1)
    assert articles * _ARTICLES >= 0.99 * len(set(left))


def test_what_was_deleted_stays_away(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    make_cache(path, 200)
    with Store(path) as cache:
        gone = [each for each in cache.headlines.ids() if each % 2]
        cache.marks.set("saved", gone, NOON, value=False)
        assert cache.retention.remove(gone, NOON) == len(gone)
        left = set(titles(cache))
    with path.open("r+b") as file:
        file.write(bytes(4096))
    repair(path, NOON)
    with Store(path) as cache:
        found = set(titles(cache))
    assert left <= found
    assert len(found - left) < len(gone) // 10


def test_the_log_beside_a_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    with Store(path) as cache:
        cache.pages.add(listing(linked("Krab")))
        log = path.with_name(path.name + "-wal").read_bytes()
        data = path.read_bytes()
    found = [row.values for row in _rows(data, log) if row.table == "items"]
    assert [values[2] for values in found] == ["Krab"]


@pytest.mark.parametrize(
    "data", [b"", b"x" * 5000, bytes(8192), b"\x0d" * 8192, b"\x0a\xff" * 8192]
)
def test_rubbish_holds_no_rows(data: bytes) -> None:
    assert _rows(data, data) == []


def test_damage_within_a_text_is_found_and_repaired(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    make_cache(path, 20)
    data = path.read_bytes()
    at = data.rindex(b"Bericht 7 over")
    path.write_bytes(data[:at] + b"\xff\xfe" + data[at + 2 :])
    with Store(path) as cache:
        assert "damaged" in cache.maintenance.health().check
        with pytest.raises(CacheCorrupt):
            cache.headlines.load(cache.headlines.ids())
    assert repair(path, NOON).headlines == 20
    with Store(path) as cache:
        assert cache.maintenance.health().check == "ok"
        assert len(cache.headlines.load(cache.headlines.ids())) == 20
