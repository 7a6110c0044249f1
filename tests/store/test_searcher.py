"""A searcher of its own: from any thread, interrupted, and where there is nothing to search."""

import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from reader.errors import CacheError
from reader.store import Store
from tests.patience import PATIENCE

from .builders import NOON, article, linked, listing


@pytest.fixture
def news(cache: Store) -> Store:
    """Return a cache with an article and a headline."""
    cache.pages.add(article(linked("Veerpont vaart weer"), "De haven is blij met de pont."))
    cache.pages.add(listing(linked("Zeehond slaapt", "Een zeehond slaapt in de haven.")))
    return cache


def test_a_searcher_finds_what_the_cache_finds_and_what_was_just_added(news: Store) -> None:
    with news.search.open_searcher() as searcher:
        assert searcher.search("haven", NOON, 9) == news.search.find("haven", NOON, 9)
        news.pages.add(listing(linked("Haven open")))
        found = searcher.search("haven", NOON, 9)
        assert found is not None
        assert found.hits[0].headline.teaser.title == "Haven open"


def test_an_interrupt_reaches_a_search_that_waits_and_never_the_next(news: Store) -> None:
    with news.search.open_searcher() as searcher:
        first = searcher.interrupt()
        second = searcher.interrupt()
        assert searcher.search("haven", NOON, 9, first) is None
        assert searcher.search("haven", NOON, 9, second) is not None
        assert searcher.search("haven", NOON, 9) is not None
    searcher.interrupt()
    assert searcher.search("haven", NOON, 9) is None


@pytest.fixture
def slow(news: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a cache in which every search takes minutes, inside SQLite."""
    endless = (
        "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    )
    monkeypatch.setattr(
        "reader.store.search.searcher.find",
        lambda connection, *_: list(connection.execute(endless)),
    )
    return news


def test_a_running_search_ends_at_once_when_it_is_overtaken(slow: Store) -> None:
    results: list[object] = []
    with slow.search.open_searcher() as searcher:
        for _ in range(5):
            turn = searcher.interrupt()
            thread = Thread(
                target=lambda turn=turn: results.append(searcher.search("x", NOON, 9, turn))
            )
            thread.start()
            time.sleep(random.uniform(0, 0.02))  # noqa: S311
            searcher.interrupt()
            # It would never end by itself.
            thread.join(PATIENCE)
            assert not thread.is_alive()
    assert results == [None] * 5


def test_closing_ends_a_search_that_runs(slow: Store) -> None:
    results: list[object] = []
    with slow.search.open_searcher() as searcher:
        thread = Thread(target=lambda: results.append(searcher.search("x", NOON, 9)))
        thread.start()
        time.sleep(0.05)
    thread.join(PATIENCE)
    assert results == [None]


def test_an_index_that_cannot_be_read_is_told_in_a_sentence(news: Store, path: Path) -> None:
    with news.search.open_searcher() as searcher, closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE search_idx")
        other.commit()
        with pytest.raises(CacheError, match="cache"):
            searcher.search("haven", NOON, 9)


def test_a_searcher_without_a_file_says_so(cache: Store, path: Path) -> None:
    cache.close()
    path.unlink()
    with pytest.raises(CacheError, match="task=opened"):
        cache.search.open_searcher()


def test_an_interrupt_while_the_index_is_opened_is_no_failure(
    cache: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cache.search.open_searcher() as searcher:

        def interrupted(*_: object) -> None:
            searcher.interrupt()
            raise sqlite3.OperationalError("vtable constructor failed: search")

        monkeypatch.setattr("reader.store.search.searcher.search", interrupted)
        assert searcher.search("haven", NOON, 10) is None
