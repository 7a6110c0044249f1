"""The bundled sample edition gives way to the first real page."""

import sqlite3
from contextlib import closing
from pathlib import Path

from reader.store import Store
from reader.store.ingest.page_import import Added

from .builders import ALL, article, hours_old, linked, listing, titles

SAMPLE = article(
    linked("Voorbeeld", age=hours_old(1)), "Tekst.", related=(linked("Buur", age=hours_old(2)),)
)
REAL = listing(linked("Echt nieuws"))


def test_an_empty_cache_is_no_sample(cache: Store) -> None:
    assert not cache.headlines.is_sample()


def test_the_sample_edition_reads_like_any_other(cache: Store) -> None:
    cache.pages.add_sample([SAMPLE])
    assert cache.headlines.is_sample()
    assert titles(cache) == ["Voorbeeld", "Buur"]
    cache.pages.add_sample([SAMPLE])
    assert titles(cache) == ["Voorbeeld", "Buur"]


def test_the_first_real_page_removes_every_trace_of_it(cache: Store, path: Path) -> None:
    cache.pages.add_sample([SAMPLE])
    old = cache.headlines.ids(ALL)
    cache.pages.add(REAL)
    assert titles(cache) == ["Echt nieuws"]
    assert not cache.headlines.is_sample()
    assert not set(old) & set(cache.headlines.ids(ALL))
    with closing(sqlite3.connect(path)) as connection:
        for table in ("sightings", "articles", "related"):
            assert connection.execute(f"SELECT * FROM {table}").fetchall() == []  # noqa: S608
        assert connection.execute("SELECT DISTINCT item FROM names").fetchall() == [
            (number,) for number in cache.headlines.ids(ALL)
        ]


def test_a_real_page_with_the_words_of_the_sample_is_real(cache: Store) -> None:
    cache.pages.add_sample([SAMPLE])
    assert cache.pages.add(SAMPLE) == Added("new", 2)
    assert not cache.headlines.is_sample()


def test_the_sample_edition_never_joins_real_pages(cache: Store) -> None:
    cache.pages.add(REAL)
    cache.pages.add_sample([SAMPLE, REAL])
    assert titles(cache) == ["Echt nieuws"]
