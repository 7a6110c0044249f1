"""The bundled sample edition gives way to the first real page."""

import sqlite3
from contextlib import closing
from pathlib import Path

from reader.store import Added, Cache

from .builders import ALL, article, hours_old, linked, listing, titles

SAMPLE = article(
    linked("Voorbeeld", age=hours_old(1)), "Tekst.", related=(linked("Buur", age=hours_old(2)),)
)
REAL = listing(linked("Echt nieuws"))


def test_an_empty_cache_is_no_sample(cache: Cache) -> None:
    assert not cache.is_sample()


def test_the_sample_edition_reads_like_any_other(cache: Cache) -> None:
    cache.add_sample([SAMPLE])
    assert cache.is_sample()
    assert titles(cache) == ["Voorbeeld", "Buur"]
    cache.add_sample([SAMPLE])
    assert titles(cache) == ["Voorbeeld", "Buur"]


def test_the_first_real_page_removes_every_trace_of_it(cache: Cache, path: Path) -> None:
    cache.add_sample([SAMPLE])
    old = cache.ids(ALL)
    cache.add(REAL)
    assert titles(cache) == ["Echt nieuws"]
    assert not cache.is_sample()
    assert not set(old) & set(cache.ids(ALL))
    with closing(sqlite3.connect(path)) as connection:
        for table in ("sightings", "articles", "related"):
            assert connection.execute(f"SELECT * FROM {table}").fetchall() == []  # noqa: S608
        assert connection.execute("SELECT DISTINCT item FROM names").fetchall() == [
            (number,) for number in cache.ids(ALL)
        ]


def test_a_real_page_with_the_words_of_the_sample_is_real(cache: Cache) -> None:
    cache.add_sample([SAMPLE])
    assert cache.add(SAMPLE) == Added("new", 2)
    assert not cache.is_sample()


def test_the_sample_edition_never_joins_real_pages(cache: Cache) -> None:
    cache.add(REAL)
    cache.add_sample([SAMPLE, REAL])
    assert titles(cache) == ["Echt nieuws"]
