"""A damaged cache gives back what can be read of it, marks before all; the old file is kept."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import CacheCorrupt, CacheTooNew
from reader.model import Headline
from reader.store import Store
from reader.store.maintenance.repair import repair

from .builders import NOON, article, everything, linked, only, origin, rich, rows_of
from .versions import make_first

_PAGE = 4096
_NUMBER = 200


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Headline]]:
    """Make a cache of some hundred pages, every fifth headline saved, every third read."""
    path = tmp_path_factory.mktemp("pristine") / "cache.sqlite3"
    with Store(path) as cache:
        for number in range(_NUMBER):
            title = f"Bericht {number}"
            under = (linked(f"Bericht {max(number - 1, 0)}"),)
            page = article(linked(title, "Kort. " * 20), f"{number} " * 300, related=under)
            cache.pages.add(page, origin=origin(title))
            found = cache.headlines.find(origin(title).url)
            assert found is not None
            cache.marks.set("saved", [found], NOON, value=number % 5 == 0)
            cache.marks.set("read", [found], NOON, value=number % 3 == 0)
        return path, everything(cache)


@pytest.fixture
def sound(pristine: tuple[Path, list[Headline]], path: Path) -> list[Headline]:
    """Make a copy of that cache; return its headlines."""
    file, headlines = pristine
    path.parent.mkdir()
    shutil.copy(file, path)
    return headlines


def spoil(path: Path, page: int, data: bytes = bytes(_PAGE)) -> None:
    """Overwrite a page of the file, counted from 1."""
    with path.open("r+b") as file:
        file.seek((page - 1) * _PAGE)
        file.write(data)


def root_of(path: Path, name: str) -> int:
    ((page,),) = rows_of(path, f"SELECT rootpage FROM sqlite_master WHERE name = '{name}'")  # noqa: S608
    return int(page)


def leaf_of(path: Path, name: str, place: int) -> int:
    """Return a page of a table or index below its root."""
    size = path.stat().st_size // _PAGE
    with path.open("rb") as file:
        file.seek((root_of(path, name) - 1) * _PAGE)
        data = file.read(_PAGE)
    assert data[0] in (2, 5)
    count = int.from_bytes(data[3:5])
    at = int.from_bytes(data[12 + 2 * (place % count) :][:2])
    page = int.from_bytes(data[at : at + 4])
    assert 1 < page <= size
    return page


def _header(path: Path) -> None:
    spoil(path, 1, os.urandom(100))


def _magic(path: Path) -> None:
    spoil(path, 1, b"kapot")


def _leaf(path: Path) -> None:
    spoil(path, leaf_of(path, "items", 2))


def _leaf_garbage(path: Path) -> None:
    spoil(path, leaf_of(path, "items", 1), random.Random(3).randbytes(_PAGE))  # noqa: S311


def _index(path: Path) -> None:
    spoil(path, root_of(path, "items_newest"))


def _article_leaf(path: Path) -> None:
    spoil(path, leaf_of(path, "articles", 1))


def _log(path: Path) -> None:
    path.with_name(path.name + "-wal").write_bytes(os.urandom(50_000))
    _index(path)


def _cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 9 // 10 // _PAGE * _PAGE])


def _items_gone(path: Path) -> None:
    spoil(path, root_of(path, "items"))


@pytest.mark.parametrize(
    ("damage", "least"),
    [
        (_header, 1.0), (_magic, 1.0), (_index, 1.0), (_article_leaf, 1.0), (_log, 1.0),
        (_leaf, 1.0), (_leaf_garbage, 1.0), (_items_gone, 1.0), (_cut, 0.5),
    ],
)  # fmt: skip
def test_marks_and_what_can_be_read_are_saved_and_the_old_file_is_kept(
    sound: list[Headline], path: Path, damage: Callable[[Path], None], least: float
) -> None:
    damage(path)
    before = path.read_bytes()
    found = repair(path, NOON)
    assert found.kept is not None
    assert found.kept.read_bytes() == before
    assert rows_of(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows_of(path, "PRAGMA foreign_key_check") == []
    with Store(path) as cache:
        marks = {each.id: (each.read, each.saved) for each in everything(cache)}
        health = cache.maintenance.health()
        number = cache.headlines.find(origin("Bericht 7").url)
        assert number is None or cache.articles.load(number) or damage in (_article_leaf, _cut)
        cache.pages.add(article(linked("Nieuw"), "Tekst."), origin=origin("Nieuw"))
    assert (found.headlines, found.articles) == (health.headlines, health.articles)
    assert len(marks) >= least * len(sound)
    told = {each.id: (each.read, each.saved) for each in sound}
    assert {number: told[number] for number in marks} == marks


def test_a_headline_of_which_only_names_are_left_is_completed_by_the_next_run(
    sound: list[Headline], path: Path
) -> None:
    _leaf(path)
    found = repair(path, NOON)
    assert found.rebuilt
    with Store(path) as cache:
        thin = [each for each in everything(cache) if not each.teaser.summary]
        assert len(thin) == found.rebuilt
        (title,) = {each.teaser.title for each in sound if each.id == thin[0].id}
        assert title is not None
        page = article(linked(title, "Kort. " * 20), "Weer.")
        # Its article may be whole, and then better than this one.
        cache.pages.add(page, origin=origin(title), accepted=True)
        (whole,) = cache.headlines.load([thin[0].id])
        assert whole.teaser.summary
        assert whole.saved == thin[0].saved


def test_a_sound_cache_is_left_as_it_is(sound: list[Headline], path: Path) -> None:
    before = path.read_bytes()
    assert repair(path, NOON).kept is None
    assert path.read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"x", b"tekst" * 9999, bytes(400_000)])
def test_where_nothing_can_be_read_the_file_stays(path: Path, data: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    with pytest.raises(CacheCorrupt, match="nothing_to_save"):
        repair(path, NOON)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == {path.name: data}


def test_an_older_file_is_repaired_and_brought_up_to_date(path: Path) -> None:
    make_first(path, 400)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    spoil(path, root_of(path, "items_newest"))
    repair(path, NOON)
    with Store(path) as cache:
        assert cache.maintenance.health().headlines == 403
        krab, boot = cache.headlines.load([3, 5])
        assert (krab.read, krab.cached, boot.saved) == (True, True, True)


def test_a_file_of_a_newer_version_is_left_alone(sound: list[Headline], path: Path) -> None:
    rows_of(path, "PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(CacheTooNew):
        repair(path, NOON)
    assert path.read_bytes() == before


@pytest.mark.parametrize("seed", range(6))
def test_damage_anywhere_ends_in_a_sound_cache_or_a_sentence(
    sound: list[Headline], path: Path, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311
    pages = path.stat().st_size // _PAGE
    for _ in range(dice.choice([1, 3, 9])):
        spoil(path, dice.randint(1, pages), dice.randbytes(_PAGE))
    try:
        repair(path, NOON)
    except CacheCorrupt:
        return
    assert rows_of(path, "PRAGMA integrity_check") == [("ok",)]
    with Store(path) as cache:
        for headline in everything(cache):
            cache.articles.load(headline.id)


def test_what_a_page_says_of_its_article_is_saved_too(path: Path) -> None:
    page = rich("Krab wint")
    with Store(path) as cache:
        cache.pages.add(page)
    with path.open("r+b") as file:
        file.write(bytes(16))
    assert repair(path, NOON).lost == 0
    with Store(path) as cache:
        assert cache.articles.load(only(cache).id) == page
