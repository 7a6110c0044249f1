"""The cache keeps its last good copy by itself, and repair puts what can be read on top of it."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.store import Store
from reader.store.maintenance import copies
from reader.store.maintenance.repair import repair
from reader.store.side_files import copy_of
from tests.bench.salvage import make_cache

from .builders import NOON, connect, later, linked, listing, rows_of, titles


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Make a cache of some articles, with a copy beside it."""
    path = tmp_path / "cache.sqlite3"
    make_cache(path, 60)
    with Store(path) as cache:
        assert cache.maintenance.keep_copy(datetime.now(UTC))
    return path


def test_a_copy_is_made_once_a_day_and_is_for_this_user_alone(kept: Path) -> None:
    made = copies.made_at(kept)
    assert made is not None
    assert copy_of(kept).stat().st_mode & 0o777 == 0o600
    with Store(kept) as cache:
        assert not cache.maintenance.keep_copy(made + timedelta(hours=23))
        assert cache.maintenance.keep_copy(made + timedelta(days=1))


def test_no_copy_takes_more_than_a_tenth_of_the_free_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cache.sqlite3"
    make_cache(path, 5)
    usage = (1, 1, path.stat().st_size * 9)
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("", (), {"free": usage[2]}))
    with Store(path) as cache:
        assert not cache.maintenance.keep_copy(datetime.now(UTC))
    assert not copy_of(path).exists()


def test_a_copy_that_cannot_be_renewed_goes_within_a_week(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = copies.made_at(kept)
    assert made is not None
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("", (), {"free": 0}))
    with Store(kept) as cache:
        assert not cache.maintenance.keep_copy(made + timedelta(days=6))
        assert copy_of(kept).exists()
        assert not cache.maintenance.keep_copy(made + timedelta(days=7))
    assert not copy_of(kept).exists()


def test_damage_never_takes_the_place_of_a_good_copy(kept: Path) -> None:
    good = copy_of(kept).read_bytes()
    made = copies.made_at(kept)
    assert made is not None
    data = kept.read_bytes()
    at = data.rindex(b"Bericht 7 over")
    with Store(kept) as cache:
        with kept.open("r+b") as file:
            file.seek(at)
            file.write(b"\xff\xfe")
        assert not cache.maintenance.keep_copy(made + timedelta(days=2))
    assert copy_of(kept).read_bytes() == good


@pytest.mark.parametrize("share", [0.05, 0.3, 0.7])
def test_with_a_copy_repair_loses_nothing_of_before(kept: Path, share: float) -> None:
    with Store(kept) as cache:
        before = {each.teaser.url for each in cache.headlines.load(cache.headlines.ids())}
        saved = {each.id for each in cache.headlines.load(cache.headlines.ids()) if each.saved}
    data = kept.read_bytes()
    kept.write_bytes(data[: int(len(data) * share) // 4096 * 4096])
    assert repair(kept, datetime.now(UTC)).articles == 60
    with Store(kept) as cache:
        headlines = cache.headlines.load(cache.headlines.ids())
        assert {each.teaser.url for each in headlines} == before
        assert {each.id for each in headlines if each.saved} == saved


def test_what_was_unmarked_since_stays_so(kept: Path) -> None:
    with Store(kept) as cache:
        ids = cache.headlines.ids()
        cache.marks.set("saved", ids, datetime.now(UTC), value=False)
        cache.pages.add(listing(linked("Krab")))
    with kept.open("r+b") as file:
        file.write(bytes(4096))
    repair(kept, datetime.now(UTC))
    with Store(kept) as cache:
        assert "Krab" in titles(cache)
        assert not [each for each in cache.headlines.load(ids) if each.saved]


def test_what_was_chosen_comes_from_the_copy_where_it_was_lost(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    make_cache(path, 20)
    with closing(connect(path)) as other:
        other.execute("INSERT INTO searches (name, query, told) VALUES ('Havens', 'haven', 0)")
        other.execute("INSERT INTO feeds (source, url) VALUES ('a', 'https://a.example/rss')")
    with Store(path) as cache:
        assert cache.maintenance.keep_copy(later(1))
    with closing(connect(path)) as other:
        other.execute("DELETE FROM searches")
        other.execute("DELETE FROM feeds")
        other.execute("UPDATE items SET seen = 'gisteren' WHERE id = 3")
    repair(path, NOON)
    assert rows_of(path, "SELECT name, query FROM searches") == [("Havens", "haven")]
    assert rows_of(path, "SELECT source, url, etag FROM feeds") == [
        ("a", "https://a.example/rss", None)
    ]
