"""Several processes, threads and kills: nothing that was finished is ever lost."""

import itertools
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from reader.errors import CacheError
from reader.store import Store

from .builders import ALL, NOON, connect, linked, listing, titles

pytestmark = pytest.mark.real_creation

# Adds pages of three headlines and says so after each; stops at the number given.
_WRITER = """
import sys
from pathlib import Path
from reader.store import Store
from tests.store.builders import article, linked, unlinked
name, number = sys.argv[2], int(sys.argv[3])
with Store(Path(sys.argv[1])) as cache:
    for page in range(number):
        title = f"{name} {page}"
        related = (unlinked(title + " a"), linked(title + " b"))
        cache.pages.add(article(linked(title), "Tekst. " * 200, related=related))
        print(page, flush=True)
"""
# Does all that a sync does to the cache, over and over.
_SYNC = """
import sys
from pathlib import Path
from reader.store import Store
from reader.errors import reason
from reader.model import Section, SyncState
from tests.store.builders import SITE, article, later, linked, listing, show_sections, origin
name, number = sys.argv[2], int(sys.argv[3])
with Store(Path(sys.argv[1])) as cache:
    for page in range(number):
        at, titles = later(page), [f"{name} {page} {item}" for item in range(3)]
        show_sections(cache, [Section(f"{name} {page % 9}", SITE)], at)
        cache.pages.add(listing(*map(linked, titles), fetched=at), origin=origin(name))
        for _, url in cache.pages.uncached(1, later(-1)):
            cache.pages.mark_failed(url, reason("robots"), at)
        told = origin(titles[0], data=b"Tekst. " * 9000)
        cache.pages.add(article(linked(titles[0]), "Tekst. " * 200, fetched=at), origin=told)
        for url in cache.pages.recheck(later(-1), later(page - 5), 2):
            assert cache.pages.asked(url)
            cache.pages.mark_unchanged(url, at)
        cache.sources.note_sync(SyncState(at))
        cache.pages.drop_raw(later(page - 20))
        print(page, flush=True)
"""
_ROOT = Path(__file__).parents[2]


def start(path: Path, name: str, number: int, program: str = _WRITER) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(path), name, str(number)],
        cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("adds", [1, 40])
def test_a_kill_in_the_middle_of_adding_loses_no_finished_page(path: Path, adds: int) -> None:
    with start(path, "Haven", 100_000) as child:
        assert child.stdout is not None
        for _ in range(adds):
            child.stdout.readline()
        child.kill()
        finished = adds + len(child.stdout.readlines())
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with Store(path) as cache:
        held = set(titles(cache))
        assert {f"Haven {page}" for page in range(finished)} <= held
        # A page is there with all its headlines, or not at all.
        assert len(held) % 3 == 0


def test_two_processes_that_begin_and_write_at_once_both_keep_everything(path: Path) -> None:
    with start(path, "Goes", 60) as one, start(path, "Tholen", 60) as other:
        errors = one.communicate()[1] + other.communicate()[1]
    assert errors == ""
    with Store(path) as cache:
        assert len(cache.headlines.ids(ALL)) == 2 * 60 * 3
        assert cache.maintenance.health().check == "ok"


def test_two_syncs_and_two_readers_at_once_wait_a_moment_and_lose_nothing(
    cache: Store, path: Path
) -> None:
    cache.pages.add(listing(*(linked(f"Bericht {number}") for number in range(300))))
    ids = cache.headlines.ids(ALL)
    # The number of articles that the syncs stored while a mark waited.
    passed = []
    with (
        start(path, "Goes", 80, _SYNC) as one,
        start(path, "Tholen", 80, _SYNC) as other,
        Store(path) as second,
        closing(connect(path)) as counting,
    ):

        def count_articles() -> int:
            return int(counting.execute("SELECT count(*) FROM articles").fetchone()[0])

        for number in itertools.cycle(ids):
            before = count_articles()
            cache.marks.set("read", [number], NOON)
            second.marks.set("saved", [number], NOON)
            passed.append(count_articles() - before)
            (headline,) = second.headlines.load([number])
            assert (headline.read, headline.saved) == (True, True)
            if one.poll() is not None and other.poll() is not None and number == ids[-1]:
                break
        assert (one.stderr and one.stderr.read()) == (other.stderr and other.stderr.read()) == ""
    # No mark had to wait until the syncs were through.
    assert max(passed) < 2 * 80
    assert all(each.read and each.saved for each in cache.headlines.load(ids))
    health = cache.maintenance.health()
    assert (health.check, health.headlines, health.articles) == ("ok", 300 + 2 * 240, 160)
    assert len(cache.sources.followings()) == 18


def test_a_write_waits_for_another_that_takes_its_time(cache: Store, path: Path) -> None:
    with closing(connect(path)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM items")
        release = Timer(0.5, writer.execute, ["COMMIT"])
        release.start()
        cache.pages.add(listing(linked("A")))
        release.join()
    assert titles(cache) == ["A"]


def test_marks_are_in_the_file_when_the_call_returns(cache: Store, path: Path) -> None:
    cache.pages.add(listing(linked("A")))
    (number,) = cache.headlines.ids(ALL)
    with Store(path) as other:
        cache.marks.set("read", [number], NOON)
        cache.marks.set("saved", [number], NOON)
        (headline,) = other.headlines.load([number])
        assert (headline.read, headline.saved) == (True, True)
        cache.marks.set("read", [number], NOON, value=False)
        cache.marks.set("saved", [number], NOON, value=False)
        (headline,) = other.headlines.load([number])
        assert (headline.read, headline.saved) == (False, False)


def test_a_mark_on_a_vanished_headline_does_no_harm(cache: Store) -> None:
    cache.marks.set("read", [7], NOON)
    cache.marks.set("saved", [7], NOON)
    assert not cache.headlines.ids(ALL)


def test_a_change_by_another_is_told_once_and_ones_own_never(cache: Store, path: Path) -> None:
    with Store(path) as other:
        assert not other.changed()
        other.pages.add(listing(linked("A")))
        assert not other.changed()
        cache.pages.add(listing(linked("B")))
        assert other.changed()
        assert not other.changed()
        cache.pages.add(listing(linked("B")))
        assert not other.changed()


def test_a_reader_is_not_held_up_by_a_writer(cache: Store, path: Path) -> None:
    cache.pages.add(listing(linked("A")))
    with closing(connect(path)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM items")
        assert titles(cache) == ["A"]
        writer.execute("ROLLBACK")


def test_a_writer_that_waits_too_long_says_so(cache: Store, path: Path) -> None:
    cache.database._connection.execute("PRAGMA busy_timeout = 10")
    with closing(connect(path)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(CacheError, match="cache_busy"):
            cache.pages.add(listing(linked("A")))
        writer.execute("ROLLBACK")
    cache.pages.add(listing(linked("A")))
    assert titles(cache) == ["A"]


def test_threads_may_share_a_cache(cache: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: cache.pages.add(listing(linked(f"A {number}"))), range(40)))
        counts = list(pool.map(lambda _: len(titles(cache)), range(8)))
    assert counts == [40] * 8
