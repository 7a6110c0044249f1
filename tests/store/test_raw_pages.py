"""The bytes of articles' pages, kept for a better parser."""

import os
import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import CacheCorrupt, CacheError, reason
from reader.model import Article
from reader.store import Store

from .builders import NOON, SITE, article, later, linked, listing, origin, rows_of


def page(title: str, hours: float = 0) -> Article:
    """Return an article fetched some hours after noon."""
    return article(linked(title), f"Tekst van {title}.", fetched=later(hours))


def fill(cache: Store, number: int, data: bytes = b"<p>") -> None:
    """Store articles with their bytes, one an hour."""
    for hour in range(number):
        cache.pages.add(page(f"A {hour}", hour), origin=origin(f"A {hour}", data=data))


def urls(cache: Store) -> list[str]:
    """Return what the addresses of all raw pages end in."""
    return [told.url.removeprefix(SITE) for told, _ in cache.pages.raw_pages()]


def test_the_bytes_of_an_article_come_back_with_where_they_are_from(cache: Store) -> None:
    told = origin("Krab", data=b"\x00\xff<html>" * 999)
    cache.pages.add(page("Krab"), origin=told)
    assert list(cache.pages.raw_pages()) == [(told, NOON)]


def test_the_bytes_of_listings_are_not_kept(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab")), origin=origin("Lijst", data=b"<html>"))
    cache.pages.add(page("Krab"))
    assert list(cache.pages.raw_pages()) == []


def test_only_the_bytes_of_the_stored_copy_are_kept(cache: Store) -> None:
    cache.pages.add(page("Krab"), origin=origin("Krab", data=b"een"))
    cache.pages.add(page("Krab", 1), origin=origin("Krab", data=b"twee"))
    assert [(told.data, at) for told, at in cache.pages.raw_pages()] == [(b"twee", later(1))]
    cache.pages.add(page("Krab", 2), origin=origin("Krab", data=None))
    assert list(cache.pages.raw_pages()) == []


def test_the_newest_come_first_and_pages_of_one_time_all(cache: Store) -> None:
    fill(cache, 3)
    cache.pages.add(page("Z", 1), origin=origin("Z"))
    assert urls(cache) == ["a-2", "z", "a-1", "a-0"]


def test_pages_may_be_stored_again_while_they_are_read(cache: Store, path: Path) -> None:
    fill(cache, 5)
    with Store(path) as other:
        seen = []
        for told, at in cache.pages.raw_pages():
            seen.append(told.url)
            again = article(linked("?"), "Beter.", fetched=at)
            cache.pages.add(Article(page(told.url).teaser, again.blocks, (), at))
            # Another process writes at the same time, and neither finds the file busy.
            other.pages.mark_failed(told.url, reason("robots"), later(9))
            cache.pages.add(page("Nieuw", 20), origin=origin("Nieuw"))
    assert len(seen) == 5


def test_reading_all_of_them_takes_the_memory_of_one(cache: Store) -> None:
    fill(cache, 20, os.urandom(500_000))
    tracemalloc.start()
    try:
        assert sum(len(told.data or b"") for told, _ in cache.pages.raw_pages()) == 20 * 500_000
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


def test_old_ones_are_dropped_and_counted_apart(cache: Store, path: Path) -> None:
    fill(cache, 4, b"<p>Tekst.</p>" * 1000)
    health = cache.maintenance.health()
    ((stored,),) = rows_of(path, "SELECT sum(length(data)) FROM raw_pages")
    assert (health.raw_pages, health.raw_bytes) == (4, stored)
    assert 0 < stored < 4 * 1000
    assert cache.pages.drop_raw(later(2)) == 2
    assert urls(cache) == ["a-3", "a-2"]
    assert cache.pages.drop_raw(later(2)) == 0
    assert cache.pages.asked(origin("A 0").url)
    assert cache.maintenance.health().articles == 4


def test_those_of_a_time_to_come_are_dropped_where_now_is_known(cache: Store) -> None:
    fill(cache, 4)
    assert cache.pages.drop_raw(later(1), now=later(2)) == 2
    assert urls(cache) == ["a-2", "a-1"]


def test_damaged_bytes_are_told_as_such(cache: Store, path: Path) -> None:
    fill(cache, 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE raw_pages SET data = x'0102'")
    with pytest.raises(CacheCorrupt, match="cache_damaged"):
        list(cache.pages.raw_pages())


def test_a_cache_may_be_closed_while_they_are_read(path: Path) -> None:
    cache = Store(path)
    fill(cache, 2)
    pages = cache.pages.raw_pages()
    next(pages)
    cache.close()
    with pytest.raises(CacheError):
        next(pages)
