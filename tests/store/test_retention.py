"""What is old goes, told before and undone for a day; what is saved never does."""

import resource
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from reader.errors import CacheError, reason
from reader.store import Store
from reader.store.maintenance.retention_policy import Bounds
from tests.said import said

from .builders import ALL, NOON, article, hours_old, later, linked, listing, origin, rows_of, titles

_DAY = 24


def age(cache: Store, days: int, title: str, *under: str) -> int:
    """Store an article of some days before noon, with its bytes, and return its number."""
    at = NOON - timedelta(days=days)
    related = tuple(linked(each) for each in under)
    page = article(
        linked(title, age=hours_old(1, at)), f"Tekst {title}.", related=related, fetched=at
    )
    cache.pages.add(page, origin=origin(title))
    number = cache.headlines.find(origin(title).url)
    assert number is not None
    return number


def prune(cache: Store, days: int = 0, articles: int = 0) -> int:
    bounds = cache.retention.bounds(NOON, days, articles)
    return cache.retention.prune(bounds, NOON) if bounds else 0


def test_by_default_nothing_is_to_go(cache: Store) -> None:
    age(cache, 4000, "Oud")
    assert cache.retention.bounds(NOON, 0, 0) is None
    assert cache.retention.retain(NOON, 0, 0).due == 0


def test_what_is_older_goes_whole_and_what_is_saved_stays(cache: Store, path: Path) -> None:
    age(cache, 40, "Oud")
    cache.marks.set("saved", [age(cache, 41, "Bewaard")], NOON)
    age(cache, 2, "Jong")
    assert prune(cache, days=30) == 1
    assert titles(cache) == ["Jong", "Bewaard"]
    for table in ("names", "articles", "sightings", "pages", "raw_pages"):
        ((left,),) = rows_of(path, f"SELECT count(*) FROM {table}")  # noqa: S608
        assert left == (6 if table == "names" else 2), table
    assert rows_of(path, "PRAGMA foreign_key_check") == []
    assert cache.pages.asked(origin("Oud").url) is None


def test_the_newest_articles_stay_by_number(cache: Store) -> None:
    for days in range(1, 7):
        age(cache, days, f"A {days}")
    assert cache.retention.bounds(NOON, 0, 9) is None
    assert prune(cache, articles=4) == 2
    assert titles(cache) == ["A 1", "A 2", "A 3", "A 4"]


def test_what_stands_under_an_article_that_stays_stays_with_it(cache: Store) -> None:
    age(cache, 40, "Onder")
    age(cache, 41, "Los")
    cache.marks.set("saved", [age(cache, 40, "Bewaard", "Onder")], NOON)
    assert prune(cache, days=30) == 1
    assert titles(cache) == ["Bewaard", "Onder"] or set(titles(cache)) == {"Bewaard", "Onder"}


def test_undo_brings_everything_back_as_it_was(cache: Store) -> None:
    age(cache, 45, "Dieper")
    age(cache, 40, "Onder", "Dieper")
    age(cache, 41, "Los", "Jong")
    read = age(cache, 42, "Gelezen")
    cache.marks.set("read", [read], NOON)
    cache.articles.keep_place(read, 7, NOON)
    cache.marks.set("saved", [age(cache, 40, "Bewaard", "Onder", "Dieper")], NOON)
    age(cache, 2, "Jong")
    cache.pages.mark_failed(origin("Los").url, reason("robots"), NOON)
    before = list(cache.archive.export_lines())
    assert prune(cache, days=30) == 2
    assert list(cache.archive.export_lines()) != before
    cache.pages.add(listing(linked("Nieuw")))
    assert cache.retention.undo_prune(NOON) == 2
    (new,) = [
        number
        for number in cache.headlines.ids(ALL)
        if cache.headlines.load([number])[0].teaser.title == "Nieuw"
    ]
    after = [line for line in cache.archive.export_lines() if f'"id": {new},' not in line]
    pages = [line for line in before if '"kind": "page"' in line]
    assert [line for line in after if line not in pages] == [
        each for each in before if each not in pages
    ]
    assert {line for line in after if line in pages} == set(pages)
    assert cache.retention.undo_prune(NOON) is None


def test_what_the_site_brought_again_meanwhile_is_not_there_twice(cache: Store) -> None:
    cache.marks.set("read", [age(cache, 40, "Oud")], NOON)
    prune(cache, days=30)
    cache.pages.add(listing(linked("Oud")))
    assert cache.retention.undo_prune(NOON) == 0
    assert titles(cache) == ["Oud"]
    headline = cache.headlines.load(cache.headlines.ids(ALL))[0]
    assert (headline.read, headline.cached) == (True, True)


def test_a_run_announces_first_and_removes_a_day_later_no_more_than_that(cache: Store) -> None:
    age(cache, 40, "Oud")
    age(cache, 29, "Bijna")
    told = cache.retention.retain(NOON, 30, 0)
    assert (told.pruned, told.due, told.due_after) == (0, 1, later(_DAY))
    assert cache.retention.retain(later(_DAY - 1), 30, 0).pruned == 0
    # Stricter settings are announced anew as well.
    told = cache.retention.retain(later(_DAY), 10, 0)
    assert (told.pruned, told.due, told.due_after) == (1, 1, later(2 * _DAY))
    assert titles(cache) == ["Bijna"]
    assert cache.retention.undo_prune(NOON) == 1
    assert cache.retention.retain(later(2 * _DAY), 10, 0).pruned == 0


def test_an_announcement_is_forgotten_where_the_settings_no_longer_want_it(cache: Store) -> None:
    age(cache, 40, "Oud")
    cache.retention.retain(NOON, 30, 0)
    assert cache.retention.retain(later(1), 0, 0).due == 0
    assert cache.retention.retain(later(_DAY), 30, 0).pruned == 0
    assert cache.retention.announced(later(_DAY), 30, 0).due == 1


def test_what_the_site_still_shows_is_not_due(cache: Store) -> None:
    for number in range(4):
        age(cache, 40, f"A {number}")
    cache.pages.add(listing(linked("A 0"), fetched=later(-1)))
    bounds = cache.retention.bounds(NOON, 30, 0, spare_shown=True)
    assert bounds is not None
    assert cache.retention.due(bounds).headlines == 3


def test_the_file_for_the_undo_goes_after_a_day(cache: Store) -> None:
    age(cache, 40, "Oud")
    prune(cache, days=30)
    cache.retention.retain(later(_DAY - 1), 0, 0)
    assert len(cache.retention.pruned_files()) == 1
    cache.retention.retain(later(_DAY + 1), 0, 0)
    assert cache.retention.pruned_files() == []


def test_what_is_saved_after_it_was_announced_stays(cache: Store) -> None:
    number = age(cache, 40, "Oud")
    cache.retention.retain(NOON, 30, 0)
    cache.marks.set("saved", [number], NOON)
    assert cache.retention.retain(later(_DAY), 30, 0).pruned == 0


def test_nothing_goes_where_it_cannot_be_kept_for_a_day(cache: Store, path: Path) -> None:
    age(cache, 40, "Oud")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        with pytest.raises(CacheError, match="what=pruned"):
            prune(cache, days=30)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert titles(cache) == ["Oud"]
    assert not list(path.parent.glob("*.part"))


def test_what_a_killed_prune_left_is_no_file_to_take_back_from(cache: Store, path: Path) -> None:
    age(cache, 40, "Oud")
    half = path.with_name(f"{path.name}.pruned-20260314T120000Z.znreader-abcdefgh.part")
    half.write_bytes(b"half")
    assert cache.retention.pruned_files() == []
    prune(cache, days=30)
    assert len(cache.retention.pruned_files()) == 1


def test_a_kill_at_any_moment_of_a_prune_loses_nothing(path: Path) -> None:
    with Store(path) as cache:
        for number in range(120):
            age(cache, 40, f"A {number}")
        before = list(cache.archive.export_lines())
    code = (
        "import sys\nfrom pathlib import Path\nfrom reader.store import Store\n"
        "from reader.store.maintenance.retention_policy import Bounds\n"
        "from tests.store.builders import NOON\n"
        "with Store(Path(sys.argv[1])) as cache:\n    print('open', flush=True)\n"
        f"    cache.retention.prune(Bounds({2**40}, {2**40}), NOON)"
    )
    for pause in (0.0, 0.01, 0.02, 0.04, 0.08, 0.16):
        command = [sys.executable, "-c", code, str(path)]
        root = Path(__file__).parents[2]
        with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(pause)
            child.kill()
        with Store(path) as cache:
            cache.retention.undo_prune(NOON)
            after = list(cache.archive.export_lines())
            assert sorted(after) == sorted(before)


def test_space_goes_back_to_the_disk(cache: Store, path: Path) -> None:
    text = "".join(chr(33 + (number * 7919) % 900) for number in range(30_000))
    for number in range(120):
        at = NOON - timedelta(days=40)
        cache.pages.add(
            article(linked(f"A {number}", age=hours_old(1, at)), f"{number}{text}", fetched=at)
        )
    cache.database._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    size = path.stat().st_size
    bounds = cache.retention.bounds(NOON, 30, 0)
    assert bounds is not None
    cache.retention.prune(bounds, NOON)
    assert cache.maintenance.free_bytes() > 4_000_000
    assert cache.maintenance.give_back() is None
    assert cache.maintenance.free_bytes() == 0
    assert path.stat().st_size < size / 5


def test_a_file_of_an_older_program_gives_space_back_too(path: Path) -> None:
    with Store(path) as cache:
        cache.database._connection.execute("PRAGMA auto_vacuum = NONE")
        cache.database._connection.execute("VACUUM")
    test_space_goes_back_to_the_disk(Store(path), path)


def test_where_another_is_busy_space_is_left_with_a_sentence(cache: Store, path: Path) -> None:
    assert cache.maintenance.give_back() is None
    cache.database._connection.execute("PRAGMA busy_timeout = 10")
    cache.database._connection.execute("CREATE TABLE much (data)")
    cache.database._connection.execute("INSERT INTO much VALUES (zeroblob(9000000))")
    cache.database._connection.execute("DROP TABLE much")
    with Store(path) as other, other.database.writing():
        complaint = cache.maintenance.give_back()
    assert complaint is not None
    assert "busy" in said(complaint)


def test_bounds_of_the_whole_future_take_everything_but_what_is_saved(cache: Store) -> None:
    cache.marks.set("saved", [age(cache, 1, "Bewaard")], NOON)
    age(cache, 1, "Los")
    assert cache.retention.prune(Bounds(2**40, 2**40), NOON) == 1
    assert titles(cache) == ["Bewaard"]
