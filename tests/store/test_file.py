"""The cache file: created, refused, read-only, damaged; foreign files are never touched."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import CacheCorrupt, CacheError, CacheTooNew
from reader.store import Store, connection
from reader.store.connection import Database
from reader.store.schema import VERSION

from .builders import ALL, NOON, article, connect, hours_old, linked, listing, titles

pytestmark = pytest.mark.real_creation

needs_permissions = pytest.mark.skipif(os.geteuid() == 0, reason="root may do anything")


def folder_of(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(data)


def sound_file(path: Path, pages: int = 40) -> None:
    with Store(path) as cache:
        for page in range(pages):
            cache.pages.add(
                listing(*(linked(f"Bericht {page} {item}", "Tekst. " * 40) for item in range(9)))
            )


def execute(path: Path, *statements: str) -> None:
    with closing(connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_new_cache_is_made_with_a_folder_of_ones_own(path: Path) -> None:
    with Store(path) as cache:
        assert not cache.headlines.ids(ALL)
        assert not cache.headlines.sections()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_empty_file_is_a_new_cache(path: Path) -> None:
    write(path, b"")
    with Store(path) as cache:
        cache.pages.add(listing(linked("A")))
        assert titles(cache) == ["A"]


def test_a_path_with_signs_that_addresses_use_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "nieuws #1?mode=ro %41" / "c&d.sqlite3"
    with Store(path):
        assert path.exists()


def test_closing_twice_does_no_harm_and_use_after_it_is_an_error(path: Path) -> None:
    cache = Store(path)
    cache.close()
    cache.close()
    with pytest.raises(CacheError, match="task=read"):
        cache.headlines.ids(ALL)


@pytest.mark.parametrize(
    "data",
    [
        b"x",
        b"geen database" * 10,
        b"<html>geen database</html>" * 400,
        b"SQLite format 3\0",
        b"SQLite format 3\0" + b"\1" * 9000,
    ],
    ids=["one byte", "a few bytes", "a page", "header cut", "header only"],
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, data: bytes) -> None:
    write(path, data)
    with pytest.raises(CacheCorrupt, match=r"no_database|cache_damaged") as caught:
        Store(path)
    assert str(path) in str(caught.value)
    assert folder_of(path) == {path.name: data}


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.99])
def test_a_file_cut_short_is_refused_and_left_alone(path: Path, keep: float) -> None:
    sound_file(path)
    data = path.read_bytes()
    data = data[: int(len(data) * keep) // 4096 * 4096]
    path.write_bytes(data)
    with pytest.raises(CacheCorrupt, match=r"no_database|cache_damaged"):
        Store(path)
    assert folder_of(path) == {path.name: data}


def test_damage_inside_the_file_is_told_as_such_when_it_is_met(path: Path) -> None:
    sound_file(path)
    data = bytearray(path.read_bytes())
    half = len(data) // 2
    data[half:] = b"\xff" * (len(data) - half)
    path.write_bytes(data)
    with Store(path) as cache, pytest.raises(CacheCorrupt, match="cache_damaged"):
        cache.headlines.load(cache.headlines.ids(ALL))


def test_a_damaged_text_is_told_as_such(cache: Store, path: Path) -> None:
    cache.pages.add(article(linked("A"), "Tekst."))
    execute(
        path,
        "DROP TRIGGER articles_rewritten",
        "UPDATE articles SET blocks = '[[\"para'",
    )
    with pytest.raises(CacheCorrupt, match="cache_damaged"):
        cache.articles.load(cache.headlines.ids(ALL)[0])


def test_a_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    execute(path, "CREATE TABLE recipes (name TEXT)", "PRAGMA user_version = 1")
    before = folder_of(path)
    with pytest.raises(CacheCorrupt, match="foreign_database"):
        Store(path)
    assert folder_of(path) == before


def test_a_file_of_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    sound_file(path, 1)
    execute(path, f"PRAGMA user_version = {VERSION + 1}")
    before = folder_of(path)
    with pytest.raises(CacheTooNew, match="cache_too_new") as caught:
        Store(path)
    assert str(path) in str(caught.value)
    assert folder_of(path) == before


def test_a_newer_version_still_in_the_log_is_seen(path: Path) -> None:
    sound_file(path, 1)
    code = (
        "import os, sqlite3, sys\nc = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA user_version = 99')\nos._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    before = path.read_bytes()
    with pytest.raises(CacheTooNew):
        Store(path)
    assert path.read_bytes() == before


def test_a_creation_that_was_cut_off_is_begun_anew(path: Path) -> None:
    path.parent.mkdir()
    execute(path, "PRAGMA journal_mode = WAL")
    assert path.stat().st_size
    with Store(path) as cache:
        assert not cache.headlines.ids(ALL)


@pytest.mark.parametrize(
    "place", [lambda tmp: tmp, lambda tmp: tmp / "file" / "cache", lambda tmp: tmp / "loop"],
    ids=["a folder", "below a file", "a link to itself"],
)  # fmt: skip
def test_a_place_that_cannot_hold_a_file_is_an_error(
    tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(CacheError, match=r"cache_is_folder|task=opened") as caught:
        Store(place(tmp_path))
    assert not isinstance(caught.value, CacheCorrupt)


def test_a_full_disk_is_told_and_loses_nothing(cache: Store) -> None:
    cache.pages.add(listing(linked("A")))
    (pages,) = cache.database._connection.execute("PRAGMA page_count").fetchone()
    cache.database._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CacheError, match="disk_full"):
        cache.pages.add(listing(*(linked(f"B {number}", "Tekst. " * 99) for number in range(99))))
    assert titles(cache) == ["A"]
    # The last write tells whether there is room.
    assert (obstacle := cache.obstacle()) is not None
    assert obstacle.code == "disk_full"
    cache.database._connection.execute("PRAGMA max_page_count = 100000")
    cache.pages.add(listing(linked("B")))
    assert cache.obstacle() is None


def test_what_another_process_could_store_can_be_stored_here(cache: Store) -> None:
    cache.pages.add(listing(linked("A")))
    (pages,) = cache.database._connection.execute("PRAGMA page_count").fetchone()
    cache.database._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CacheError, match="disk_full"):
        cache.pages.add(listing(*(linked(f"B {number}", "Tekst. " * 99) for number in range(99))))
    assert cache.obstacle() is not None
    with Store(cache.database.path) as other:
        other.pages.add(listing(linked("B")))
    assert cache.changed()
    assert cache.obstacle() is None


@needs_permissions
@pytest.mark.parametrize(("file", "folder"), [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)])
def test_a_read_only_cache_can_be_read_and_tells_why_it_keeps_no_marks(
    path: Path, file: int, folder: int
) -> None:
    sound_file(path, 1)
    path.chmod(file)
    path.parent.chmod(folder)
    try:
        with Store(path) as cache:
            assert len(titles(cache)) == 9
            # The system tells it before SQLite does, where it is the file's own rights.
            refusal = r"(cache_read_only|cache_unusable) .* task=written"
            with pytest.raises(CacheError, match=refusal):
                cache.marks.set("read", [cache.headlines.ids(ALL)[0]], NOON)
            assert (obstacle := cache.obstacle()) is not None
            assert obstacle.code in {"cache_read_only", "cache_unusable"}
            path.chmod(0o600)
            path.parent.chmod(0o700)
            assert cache.obstacle() is None
    finally:
        path.parent.chmod(0o700)


@needs_permissions
def test_a_cache_that_may_not_be_read_is_an_error(path: Path) -> None:
    sound_file(path, 1)
    path.chmod(0)
    with pytest.raises(CacheError, match=r"no_permission|cache_unusable|cache_read_only"):
        Store(path)


@needs_permissions
def test_a_folder_that_may_not_be_written_is_an_error(path: Path) -> None:
    path.parent.mkdir(mode=0o500)
    with pytest.raises(CacheError, match=r"no_permission|cache_unusable|cache_read_only"):
        Store(path)


def test_a_file_that_is_damaged_when_it_may_be_written_again_is_an_error(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Database(path)) as database:
        damaged = path.with_name("damaged")
        damaged.write_bytes(b"damaged" * 1000)
        monkeypatch.setattr(database, "_obstacle", PermissionError())
        monkeypatch.setattr(connection, "open_writable", lambda _path: sqlite3.connect(damaged))
        with pytest.raises(CacheError), database.writing():
            pytest.fail("It may not be written.")
        assert database.changed() is False


def test_health_tells_what_the_file_holds(cache: Store, path: Path) -> None:
    empty = cache.maintenance.health()
    assert (empty.headlines, empty.oldest, empty.newest) == (0, None, None)
    cache.pages.add(
        article(linked("A", age=hours_old(1)), "Tekst.", related=(linked("B", age=hours_old(3)),))
    )
    cache.marks.set("read", [cache.headlines.ids(ALL)[0]], NOON)
    cache.marks.set("saved", [cache.headlines.ids(ALL)[1]], NOON)
    health = cache.maintenance.health()
    assert (health.path, health.version, health.check) == (path, VERSION, "ok")
    assert (health.headlines, health.articles, health.unread, health.saved) == (2, 1, 1, 1)
    assert (health.uncached, health.failed, health.raw_pages, health.raw_bytes) == (1, 0, 0, 0)
    assert (health.oldest, health.newest) == (hours_old(3, NOON).latest, hours_old(1, NOON).latest)
    assert health.size > path.stat().st_size
