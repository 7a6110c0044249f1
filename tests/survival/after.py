"""Reads the content of a cache file after an accident, without changing it."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from reader.store import Store
from tests.store.tallies import MISCOUNTED

_PAGES = """
SELECT address, url, etag, modified, article, checked, fetched, failure, failed, tries,
       (SELECT data FROM raw_pages WHERE page = pages.id)
FROM pages ORDER BY address
"""
_NAMES = """
SELECT kind, name, items.url, items.title FROM names JOIN items ON items.id = item
ORDER BY kind, name, items.url, items.title
"""
_INDEXES = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5 %'"
_SECTIONS = "SELECT * FROM sections ORDER BY name"
Rows = list[tuple[Any, ...]]
Marks = dict[tuple[str, int], bool]
Picture = dict[str, object]


@contextmanager
def copied(path: Path) -> Iterator[Path]:
    """Lend a copy of a cache and of its log.

    So what a kill left is for the next real user of the cache to recover, and not for the test.
    """
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("", "-wal", "-journal"):
            file = path.with_name(path.name + suffix)
            if file.exists():
                shutil.copy(file, Path(folder) / file.name)
        yield Path(folder) / path.name


def require_sound(path: Path) -> None:
    """Fail unless the cache is sound: the file, its references, full-text indexes and counts."""
    with copied(path) as copy:
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            indexes = connection.execute(_INDEXES).fetchall()
        if indexes:
            # Only the cache's own connection knows the functions that the indexes are made with.
            with Store(copy) as cache, cache.database.writing() as own:
                for (name,) in indexes:
                    check = f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
                    own.execute(check)
                assert own.execute(MISCOUNTED).fetchall() == []


def rows_of(path: Path, statement: str) -> Rows:
    """Return what a statement finds in the cache."""
    with copied(path) as copy, closing(sqlite3.connect(copy)) as connection:
        return connection.execute(statement).fetchall()


def marks_of(path: Path) -> Marks:
    """Return all marks, by kind and number."""
    rows = rows_of(path, "SELECT id, read, saved FROM items")
    read = {("read", number): bool(value) for number, value, _ in rows}
    return read | {("saved", number): bool(value) for number, _, value in rows}


def picture(path: Path) -> Picture:
    """Return all that a cache holds, in a form in which two of equal content are equal.

    Numbers, which depend on the order of storing, are left out.
    """
    with copied(path) as copy:
        with Store(copy) as cache:
            every = cache.headlines.load(cache.headlines.ids())
            headlines = [
                (
                    *(each.teaser, each.seen, each.read, each.saved, each.failure),
                    cache.articles.load(each.id),
                    [other.teaser for other in cache.articles.related(each.id)],
                )
                for each in every
            ]
        statements = {"pages": _PAGES, "names": _NAMES, "sections": _SECTIONS}
        rows = {name: rows_of(copy, statement) for name, statement in statements.items()}
    return {"headlines": sorted(headlines, key=str), **rows}


def is_made(path: Path) -> bool:
    """Tell whether there is a cache with tables."""
    return path.exists() and bool(rows_of(path, "SELECT 1 FROM sqlite_master"))


def require_same(path: Path, wanted: Picture) -> None:
    """Fail unless the cache holds what is wanted, marks apart."""
    with copied(path) as copy:
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute("UPDATE items SET saved = 0")
        assert picture(copy) == wanted
