"""Files of older versions open with all they hold, and are kept as they were."""

import gzip
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import CacheError, CacheTooNew
from reader.model import Block, Dateline, Sighting
from reader.store import Store, migrations
from reader.store.opening import add_functions
from reader.store.schema import MIGRATIONS, VERSION

from .builders import ALL, NOON, SITE, dump, later, linked, listing, origin, rows_of
from .versions import make_first

pytestmark = pytest.mark.real_creation

_ROOT = Path(__file__).parents[2]
_FIXTURES = Path(__file__).parent / "fixtures"


def backup_of(path: Path, version: int = 1) -> Path:
    return path.with_name(f"{path.name}.v{version}.backup")


def beside(path: Path) -> set[str]:
    """Return the names of the files beside a cache, without the part that all share."""
    return {file.name.removeprefix(path.name) for file in path.parent.iterdir()} - {""}


def opener(path: Path) -> subprocess.Popen[str]:
    """Start a process that opens the cache and ends."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom reader.store import Store\n"
        "with Store(Path(sys.argv[1])) as cache:\n    print(cache.pages.count_uncached())"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_file_of_version_1_opens_with_all_it_holds(path: Path) -> None:
    make_first(path)
    with Store(path) as cache:
        krab, boot, haven = cache.headlines.load([3, 5, 8])
        assert (krab.read, krab.saved, krab.cached) == (True, False, True)
        assert (boot.read, boot.saved, boot.cached) == (False, True, False)
        assert (haven.teaser.url, haven.cached, haven.failure) == (None, False, None)
        page = cache.articles.load(3)
        assert page is not None
        assert page.teaser.dateline == Dateline(("GOES",), ("ANP",))
        assert page.teaser.published == Sighting(later(-2), later(-1))
        assert page.blocks == (Block("paragraph", "De krab won."), Block("quote", "Mooi."))
        assert [teaser.title for teaser in page.related] == ["Boot vaart", "Haven krijgt bank"]
        assert cache.pages.uncached(9, later(0)) == [(5, SITE + "boot")]
        assert cache.headlines.find("krab-wint") == 3
        health = cache.maintenance.health()
        assert (health.version, health.check) == (VERSION, "ok")
        assert (health.headlines, health.articles, health.uncached) == (3, 1, 1)
        cache.pages.add(listing(linked("Nieuw")), origin=origin("Nieuw"))
        assert max(cache.headlines.ids(ALL)) == 9


def test_a_migrated_file_has_the_tables_of_a_new_one(path: Path, tmp_path: Path) -> None:
    make_first(path)
    new = tmp_path / "new.sqlite3"
    for each in (path, new):
        Store(each).close()
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    assert rows_of(path, schema) == rows_of(new, schema)


def test_a_copy_of_the_old_file_is_kept_beside_it(path: Path) -> None:
    make_first(path)
    before = dump(path)
    with Store(path):
        assert beside(path) == {".v1.backup", "-wal", "-shm"}
    Store(path).close()
    assert beside(path) == {".v1.backup"}
    assert rows_of(backup_of(path), "PRAGMA user_version") == [(1,)]
    assert rows_of(backup_of(path), "PRAGMA integrity_check") == [("ok",)]
    assert dump(backup_of(path)) == before
    restored = path.with_name("restored")
    shutil.copy(backup_of(path), restored)
    with Store(restored) as cache:
        assert len(cache.headlines.ids(ALL)) == 3


def test_a_new_file_needs_no_copy(path: Path) -> None:
    Store(path).close()
    assert beside(path) == set()


def test_what_is_still_in_the_log_is_copied_as_well(path: Path) -> None:
    make_first(path)
    code = (
        "import os, sqlite3, sys\nc = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('UPDATE items SET read = 1 WHERE id = 8')\nos._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    with Store(path) as cache:
        assert cache.headlines.load([8])[0].read
    assert rows_of(backup_of(path), "SELECT read FROM items WHERE id = 8") == [(1,)]


@pytest.mark.parametrize("broken", ["CREATE TABLE items (x)", "SELECT raise_nothing()"])
def test_a_step_that_fails_leaves_the_old_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    make_first(path)
    before = dump(path)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, (broken,)))
        patch.setattr(migrations, "VERSION", VERSION + 1)
        with pytest.raises(CacheError, match="task=opened"):
            Store(path)
    assert rows_of(path, "PRAGMA user_version") == [(1,)]
    assert dump(path) == before
    with Store(path) as cache:
        assert len(cache.headlines.ids(ALL)) == 3


def test_without_a_copy_nothing_is_changed(path: Path) -> None:
    make_first(path)
    before = dump(path)
    backup_of(path).mkdir()
    with Store(path) as cache:
        assert len(cache.headlines.ids(ALL)) == 3
        with pytest.raises(CacheError, match="task=written"):
            cache.marks.set("read", [3], NOON)
    assert rows_of(path, "PRAGMA user_version") == [(1,)]
    assert dump(path) == before
    assert not list(path.parent.glob("*.part*"))


def test_a_copy_that_was_cut_off_is_made_anew(path: Path) -> None:
    make_first(path)
    left = backup_of(path).with_name(backup_of(path).name + ".znreader-abcdefgh.part")
    left.write_bytes(b"half")
    os.utime(left, (1e9, 1e9))
    Store(path).close()
    assert beside(path) == {".v1.backup"}
    assert rows_of(backup_of(path), "PRAGMA integrity_check") == [("ok",)]


def test_several_that_open_an_old_file_at_once_migrate_it_once(path: Path) -> None:
    make_first(path, 20_000)
    children = [opener(path) for _ in range(5)]
    ends = [child.communicate() for child in children]
    assert ends == [("20001\n", "")] * 5
    assert rows_of(backup_of(path), "SELECT count(*) FROM items") == [(20_003,)]
    assert rows_of(path, "PRAGMA integrity_check") == [("ok",)]


def test_an_older_program_that_has_the_file_open_goes_on(path: Path) -> None:
    make_first(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        assert old.execute("SELECT count(*) FROM items").fetchone() == (3,)
        with Store(path) as cache:
            old.execute("UPDATE items SET read = 1 WHERE id = 5")
            # It cannot keep the index of words, so it is kept from storing pages.
            with pytest.raises(sqlite3.OperationalError):
                old.execute("INSERT INTO articles (item, fetched, blocks) VALUES (5, 0, '[]')")
            (boot,) = cache.headlines.load([5])
            assert (boot.read, boot.cached) == (True, False)


def test_a_file_that_a_newer_program_migrates_meanwhile_is_refused(path: Path) -> None:
    make_first(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        with pytest.raises(CacheTooNew, match="cache_too_new"):
            migrations.migrate(connection, path)


def test_addresses_of_older_versions_are_found_as_they_are_told_now(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.decompress((_FIXTURES / "v8.sqlite3.gz").read_bytes()))
    with closing(sqlite3.connect(path)) as connection:
        add_functions(connection)
        change = "UPDATE names SET name = name || '?msclkid=1' WHERE name LIKE '%/boot-vaart'"
        assert connection.execute(change).rowcount == 1
        connection.execute("UPDATE pages SET address = address || '?msclkid=1'")
        connection.commit()
    with Store(path) as cache:
        number = cache.headlines.find(SITE + "boot-vaart?fbclid=2")
        assert number is not None
        assert cache.headlines.load([number])[0].failure
