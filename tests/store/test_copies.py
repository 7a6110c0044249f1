"""Copies of the cache: made and restored while others use it, whole or not at all."""

import itertools
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from reader.errors import CacheCorrupt, CacheError, CacheTooNew
from reader.store import Store
from reader.store.maintenance.backup import restore
from reader.store.schema import VERSION

from .builders import ALL, NOON, linked, listing, rows_of, titles
from .versions import make_first

_ROOT = Path(__file__).parents[2]
_WRITER = """
import sys
from pathlib import Path
from reader.store import Store
from tests.store.builders import NOON, linked, listing
with Store(Path(sys.argv[1])) as cache:
    for page in range(1_000_000):
        cache.pages.add(listing(linked(f"A {page} een"), linked(f"A {page} twee")))
        cache.marks.set("saved", [cache.headlines.ids(limit=1)[0]], NOON)
        print(page, flush=True)
"""


@contextmanager
def writing(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process write pages of two headlines meanwhile."""
    command = [sys.executable, "-c", _WRITER, str(path)]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        yield child
        child.kill()


def one_page(cache: Store, title: str = "A") -> None:
    cache.pages.add(listing(linked(title)))
    cache.marks.set("saved", [cache.headlines.ids(ALL)[0]], NOON)


def test_a_copy_holds_everything_and_stands_alone(cache: Store, tmp_path: Path) -> None:
    one_page(cache)
    target = tmp_path / "kopie.sqlite3"
    cache.maintenance.backup(target)
    assert [file.name for file in tmp_path.glob("kopie*")] == ["kopie.sqlite3"]
    assert target.stat().st_mode & 0o077 == 0
    with Store(target) as copy:
        assert list(copy.archive.export_lines()) == list(cache.archive.export_lines())


def test_a_copy_made_while_another_writes_is_of_one_moment(path: Path, tmp_path: Path) -> None:
    with writing(path), Store(path) as cache:
        for number in range(5):
            target = tmp_path / f"{number}.sqlite3"
            cache.maintenance.backup(target)
            assert rows_of(target, "PRAGMA integrity_check") == [("ok",)]
            ((headlines,),) = rows_of(target, "SELECT count(*) FROM items")
            assert headlines % 2 == 0


def test_a_file_that_is_there_is_not_overwritten_unless_told(cache: Store, tmp_path: Path) -> None:
    one_page(cache)
    target = tmp_path / "kopie.sqlite3"
    target.write_text("van mij")
    for write in (cache.maintenance.backup, cache.archive.export):
        with pytest.raises(CacheError, match="file_exists"):
            write(target)
        assert target.read_text() == "van mij"
    cache.maintenance.backup(target, force=True)
    cache.maintenance.backup(target, force=True)
    with Store(target) as copy:
        assert titles(copy) == ["A"]


@pytest.mark.parametrize("place", ["", "weg/kopie", "bestand/kopie"])
def test_a_place_that_cannot_be_written_is_named(cache: Store, tmp_path: Path, place: str) -> None:
    (tmp_path / "bestand").write_text("")
    for write in (cache.maintenance.backup, cache.archive.export):
        with pytest.raises(CacheError, match=str(tmp_path / place)):
            write(tmp_path / place)


def test_a_copy_takes_the_place_of_the_cache_which_is_kept(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopie.sqlite3"
    with Store(path) as cache:
        one_page(cache)
        cache.maintenance.backup(copy)
        cache.pages.add(listing(linked("B")))
    kept = restore(path, copy, NOON)
    assert kept is not None
    assert kept.parent == path.parent
    with Store(path) as cache, Store(kept) as before:
        assert titles(cache) == ["A"]
        assert set(titles(before)) == {"A", "B"}


def test_those_that_have_it_open_go_on_with_what_was_restored(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopie.sqlite3"
    with Store(path) as cache:
        one_page(cache)
        cache.maintenance.backup(copy)
        cache.pages.add(listing(linked("B")))
        assert not cache.changed()
        restore(path, copy, NOON)
        assert cache.changed()
        assert titles(cache) == ["A"]
        cache.marks.set("read", [cache.headlines.ids(ALL)[0]], NOON)
    with Store(path) as cache:
        assert cache.headlines.load(cache.headlines.ids(ALL))[0].read


def test_a_copy_can_be_put_back_while_another_writes(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopie.sqlite3"
    with Store(tmp_path / "other.sqlite3") as other:
        one_page(other, "Terug")
        other.maintenance.backup(copy)
    with writing(path) as child:
        restore(path, copy, NOON)
        assert child.stdout is not None
        assert len(list(itertools.islice(child.stdout, 3))) == 3
    assert rows_of(path, "PRAGMA integrity_check") == [("ok",)]
    with Store(path) as cache:
        assert "Terug" in titles(cache)


def test_where_there_is_no_cache_or_a_damaged_one_a_copy_helps(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopie.sqlite3"
    with Store(path) as cache:
        one_page(cache)
        cache.maintenance.backup(copy)
    path.write_bytes(b"kapot" * 2000)
    kept = restore(path, copy, NOON)
    assert kept is not None
    assert kept.read_bytes() == b"kapot" * 2000
    path.unlink()
    assert restore(path, copy, NOON) is None
    with Store(path) as cache:
        assert titles(cache) == ["A"]


def test_a_copy_of_an_older_version_is_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    with Store(path) as cache:
        one_page(cache)
    old = tmp_path / "old" / "kopie.sqlite3"
    make_first(old)
    before = old.read_bytes()
    restore(path, old, NOON)
    assert old.read_bytes() == before
    assert rows_of(path, "PRAGMA user_version") == [(VERSION,)]
    with Store(path) as cache:
        assert len(cache.headlines.ids(ALL)) == 3


def _damaged(copy: Path) -> None:
    data = bytearray(copy.read_bytes())
    data[8192:16384] = bytes(8192)
    copy.write_bytes(data)


def _foreign(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (_damaged, CacheCorrupt),
        (_foreign, CacheCorrupt),
        (lambda copy: copy.write_text("tekst" * 999), CacheCorrupt),
        (lambda copy: copy.write_text(""), CacheCorrupt),
        (lambda copy: copy.unlink(), CacheError),
        (lambda copy: rows_of(copy, f"PRAGMA user_version = {VERSION + 1}"), CacheTooNew),
    ],
    ids=["damaged", "another program's", "a text", "empty", "none", "newer"],
)
def test_what_is_no_sound_copy_is_refused_and_nothing_changes(
    path: Path, tmp_path: Path, spoil: object, error: type[CacheError]
) -> None:
    copy = tmp_path / "kopie.sqlite3"
    with Store(path) as cache:
        one_page(cache)
        cache.maintenance.backup(copy)
    before = path.read_bytes()
    assert callable(spoil)
    spoil(copy)
    with pytest.raises(error) as caught:
        restore(path, copy, NOON)
    assert str(copy) in str(caught.value)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == before
