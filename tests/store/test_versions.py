"""The file of every version opens with all its data, and can be read, repaired and restored."""

import gzip
from pathlib import Path

import pytest

from reader.store import Store
from reader.store.maintenance.backup import restore
from reader.store.maintenance.repair import repair
from reader.store.schema import VERSION

from .builders import NOON, SITE, everything, later, rows_of

_FIXTURES = {
    int(file.name.removeprefix("v").partition(".")[0]): file
    for file in (Path(__file__).parent / "fixtures").glob("v*.sqlite3.gz")
}

# The first version that keeps what a page says of its article beside the text.
_WITH_DETAILS = 6


@pytest.fixture(params=sorted(_FIXTURES))
def version(request: pytest.FixtureRequest, path: Path) -> int:
    """Lay the file of a version in the cache's place and return its number."""
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(_FIXTURES[request.param].read_bytes()))
    return int(request.param)


def require_everything(path: Path, version: int) -> None:
    with Store(path) as cache:
        found = {each.teaser.title: each for each in everything(cache)}
        assert set(found) == {"Krab wint", "Boot vaart", "Haven krijgt bank", None}
        krab, boot = found["Krab wint"], found["Boot vaart"]
        assert (krab.read, krab.saved, krab.cached) == (True, False, True)
        assert (boot.read, boot.saved, boot.cached) == (False, True, False)
        page = cache.articles.load(krab.id)
        assert page is not None
        assert [block.text for block in page.blocks] == ["De krab won.", "Mooi."]
        told = ("Jannie de Visser",) if version >= _WITH_DETAILS else ()
        assert page.authors == told
        assert page.teaser.published is not None
        assert page.teaser.published.latest == later(-2)
        under = [each.teaser.title for each in cache.articles.related(krab.id)]
        assert under == ["Boot vaart", "Haven krijgt bank"]
        assert cache.headlines.find(SITE + "krab-wint") == krab.id
        health = cache.maintenance.health()
        assert (health.version, health.check, health.headlines) == (VERSION, "ok", 4)


def test_there_is_a_file_of_each_older_version() -> None:
    assert set(range(1, VERSION)) <= set(_FIXTURES)


def test_a_file_of_each_version_opens_with_all_it_holds(version: int, path: Path) -> None:
    assert rows_of(path, "PRAGMA user_version") == [(version,)]
    before = path.read_bytes()
    require_everything(path, version)
    backup = path.with_name(f"{path.name}.v{version}.backup")
    assert backup.exists() == (version < VERSION)
    if backup.exists():
        assert rows_of(backup, "PRAGMA user_version") == [(version,)]
        assert backup.stat().st_size == len(before)


def test_a_file_of_each_version_can_be_restored(version: int, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "elders" / "cache.sqlite3"
    restore(target, path, NOON)
    require_everything(target, version)


def test_a_file_of_each_version_can_be_repaired(version: int, path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[:16] = bytes(16)
    path.write_bytes(data)
    assert repair(path, NOON).lost == 0
    require_everything(path, version)
