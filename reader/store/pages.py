"""What is known of each page that was asked for: validators, failures, the bytes themselves.

The clock may have been wrong: where `now` is given, what is noted for a later time counts as old.
"""

import sqlite3
import sys
import zlib
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from reader.model import Article, Asked, PageSource
from reader.store.rows import moment_of, seconds_of
from reader.text.sanitize import clean_line
from reader.text.url import address

# Validators of an article that is gone would keep the site from ever sending it again.
_ASKED = """
SELECT CASE WHEN held THEN etag END, CASE WHEN held THEN modified END, checked
FROM (SELECT *, article = 0 OR EXISTS (
          SELECT 1 FROM names JOIN articles ON articles.item = names.item
          WHERE names.kind = 'address' AND names.name = pages.address) AS held
      FROM pages)
WHERE address = ? AND checked IS NOT NULL
"""
_STORED = """
INSERT INTO pages (address, url, etag, modified, article, checked, fetched)
VALUES (:address, :url, :etag, :modified, :article, :at, :at)
ON CONFLICT (address) DO UPDATE SET url = :url, etag = :etag, modified = :modified,
    article = :article, checked = :at, fetched = :at, failure = NULL, failed = NULL, tries = 0
RETURNING id
"""
_UNCHANGED = """
INSERT INTO pages (address, url, checked) VALUES (:address, :url, :at)
ON CONFLICT (address) DO UPDATE SET checked = :at, failure = NULL, failed = NULL, tries = 0
"""
_FAILED = """
INSERT INTO pages (address, url, failure, failed, tries) VALUES (:address, :url, :reason, :at, 1)
ON CONFLICT (address) DO UPDATE SET failure = :reason, failed = :at, tries = tries + 1
"""
# Where an index is named SQLite, which counts no rows, would take another that is of no use there.
UNCACHED = """
SELECT id, url FROM items WHERE cached = 0 AND sample = 0 AND url IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM names INDEXED BY names_item JOIN pages ON pages.address = names.name
    WHERE names.item = items.id AND names.kind = 'address' AND failed BETWEEN :since AND :now)
ORDER BY moment DESC, id DESC LIMIT :limit
"""
# An article that was never asked for was imported, and is as old as its file.
RECHECK = """
SELECT items.url FROM items JOIN articles ON articles.item = items.id
LEFT JOIN names INDEXED BY names_item ON names.item = items.id AND names.kind = 'address'
LEFT JOIN pages ON pages.address = names.name
WHERE moment > :published AND cached = 1 AND sample = 0 AND items.url IS NOT NULL
  AND coalesce(pages.checked, articles.fetched) NOT BETWEEN :since AND :now
  AND (pages.failed IS NULL OR pages.failed NOT BETWEEN :since AND :now)
ORDER BY moment DESC, items.id DESC LIMIT :limit
"""
_NEXT_RAW = """
SELECT url, etag, modified, data, raw_pages.fetched, page
FROM raw_pages JOIN pages ON pages.id = page
WHERE (raw_pages.fetched, page) < (?, ?) ORDER BY raw_pages.fetched DESC, page DESC LIMIT 1
"""
_END_OF_TIME = sys.maxsize


class RawKey(NamedTuple):
    """The place of a raw page in the order of them all: when it was fetched, and its number."""

    fetched: int
    page: int


NEWEST = RawKey(_END_OF_TIME, _END_OF_TIME)


def as_asked(page: Article, url: str) -> Article:
    """Return an article with the address it was asked for, also where it names another itself.

    So the headline that was to be completed is, and no two are made one by a redirection.
    """
    if page.teaser.url and _key(page.teaser.url) == _key(url):
        return page
    return replace(page, teaser=replace(page.teaser, url=clean_line(url)))


def asked(connection: sqlite3.Connection, url: str) -> Asked | None:
    """Return what a conditional request needs; None for a page that never answered."""
    row = connection.execute(_ASKED, (_key(url),)).fetchone()
    return Asked(row[0], row[1], moment_of(row[2])) if row else None


def note_stored(
    connection: sqlite3.Connection, source: PageSource, raw: bytes | None, at: int, *, article: bool
) -> None:
    """Note that what came from `source` is in the cache; `raw` are its bytes, compressed."""
    values = {"etag": source.etag, "modified": source.modified, "article": article}
    # All rows must be taken for the statement to be finished.
    ((page,),) = connection.execute(_STORED, _values(source.url, at) | values).fetchall()
    if raw is None:
        connection.execute("DELETE FROM raw_pages WHERE page = ?", (page,))
    else:
        connection.execute(
            "INSERT OR REPLACE INTO raw_pages (page, fetched, data) VALUES (?, ?, ?)",
            (page, at, raw),
        )


def note_unchanged(connection: sqlite3.Connection, url: str, at: int) -> None:
    """Note that a page answered with what is stored of it."""
    connection.execute(_UNCHANGED, _values(url, at))


def note_failed(connection: sqlite3.Connection, url: str, reason: str, at: int) -> None:
    """Note why a page could not be had; what is stored of it stays."""
    connection.execute(_FAILED, _values(url, at) | {"reason": clean_line(reason)})


def uncached(
    connection: sqlite3.Connection, limit: int, failed_before: datetime, now: datetime | None
) -> list[tuple[int, str]]:
    """Return numbers and URLs of headlines without article, but for those that failed lately."""
    return connection.execute(UNCACHED, _window(failed_before, now, limit)).fetchall()


def count_uncached(connection: sqlite3.Connection) -> int:
    """Return how many headlines the site can still be asked for."""
    (number,) = connection.execute(
        "SELECT count(*) FROM items WHERE cached = 0 AND sample = 0 AND url IS NOT NULL"
    ).fetchone()
    return int(number)


def recheck(
    connection: sqlite3.Connection, published_after: datetime, checked_before: datetime,
    limit: int, now: datetime | None,
) -> list[str]:  # fmt: skip
    """Return the URLs of young articles that were not asked for lately."""
    values = _window(checked_before, now, limit) | {"published": seconds_of(published_after)}
    return [row[0] for row in connection.execute(RECHECK, values)]


def next_raw(
    connection: sqlite3.Connection, after: RawKey
) -> tuple[RawKey, tuple[PageSource, datetime]] | None:
    """Return the newest raw page behind `after`, with its place and when it was fetched."""
    row = connection.execute(_NEXT_RAW, after).fetchone()
    if row is None:
        return None
    url, etag, modified, data, fetched, page = row
    source = PageSource(url, etag, modified, zlib.decompress(data))
    return RawKey(fetched, page), (source, moment_of(fetched))


def drop_raw(connection: sqlite3.Connection, before: datetime, now: datetime | None) -> int:
    """Forget the raw pages fetched before a moment and return how many there were."""
    values = _window(before, now)
    statement = "DELETE FROM raw_pages WHERE fetched NOT BETWEEN :since AND :now"
    return connection.execute(statement, values).rowcount


def _values(url: str, at: int) -> dict[str, str | int | None]:
    return {"address": _key(url), "url": clean_line(url), "at": at}


def _key(url: str) -> str:
    return address(clean_line(url))


def _window(since: datetime, now: datetime | None, limit: int = 0) -> dict[str, int]:
    """Return the values of a statement that asks what was noted between two moments."""
    return {
        "since": seconds_of(since),
        "now": _END_OF_TIME if now is None else seconds_of(now),
        "limit": min(max(limit, 0), sys.maxsize),
    }
