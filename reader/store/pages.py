"""The fetched pages: their content, validators, failures and raw bytes.

The clock may have been wrong: if `now` is given, an entry with a later time counts as old.
"""

# ruff: noqa: S608 - these statements are built from constants of this package.

import sqlite3
import sys
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from time import monotonic
from typing import NamedTuple

from msgspec.structs import replace

from reader.errors import Reason
from reader.model import DEFAULT_SOURCE, Article, Listing, PageOrigin, Validators
from reader.store.clock import next_stamp
from reader.store.connection import Database
from reader.store.conversion import moment_of, seconds_of, stored_reason
from reader.store.gone_pages import NEVER, NOT_UNASKED, gone_page
from reader.store.headlines import has_real
from reader.store.ingest import items
from reader.store.ingest.addresses import is_another
from reader.store.ingest.item_cache import ItemCache
from reader.store.ingest.page_import import Added, PageImport
from reader.store.marks import set_mark
from reader.store.revisions import drop_revisions
from reader.store.sources import remember_sections
from reader.text.sanitize import clean_line
from reader.text.url import address

# With the validators of an article that was removed the site would never send it again.
_ASKED = """
SELECT CASE WHEN held THEN etag END, CASE WHEN held THEN modified END, checked
FROM (SELECT *, article = 0 OR EXISTS (
          SELECT 1 FROM names JOIN articles ON articles.item = names.item
          WHERE names.kind = 'address' AND names.name = pages.address) AS held
      FROM pages)
WHERE address = ? AND checked IS NOT NULL
"""
_TEXTLESS = """
SELECT item FROM names WHERE kind = 'address' AND name = :address
    AND NOT EXISTS (SELECT 1 FROM articles WHERE articles.item = names.item)
"""
_STORED = """
INSERT INTO pages (address, url, etag, modified, article, checked, fetched)
VALUES (:address, :url, :etag, :modified, :article, :at, :at)
ON CONFLICT (address) DO UPDATE SET url = :url, etag = :etag, modified = :modified,
    article = :article, checked = :at, fetched = :at, failure = NULL, failed = NULL, tries = 0,
    gone = NULL, retry = NULL
RETURNING id
"""
# A validator that comes with the answer replaces the known one.
_UNCHANGED = """
INSERT INTO pages (address, url, checked) VALUES (:address, :url, :at)
ON CONFLICT (address) DO UPDATE SET checked = :at, failure = NULL, failed = NULL, tries = 0,
    gone = NULL, retry = NULL,
    etag = CASE WHEN fetched IS NULL THEN etag ELSE coalesce(:etag, etag) END,
    modified = CASE WHEN fetched IS NULL THEN modified ELSE coalesce(:modified, modified) END
"""
_FAILED = """
INSERT INTO pages (address, url, failure, failed, tries, gone, retry)
VALUES (:address, :url, :reason, :at, 1, :gone, :retry)
ON CONFLICT (address) DO UPDATE SET failure = :reason, failed = :at, tries = tries + 1,
    gone = coalesce(:gone, gone), retry = coalesce(:retry, retry)
"""
# Whether a page is not requested now: it failed lately, or is gone. If all failures count as old
# (`since` is later than now), only a page that is gone for good is.
_LEFT_ALONE = f"""
failed <= :now AND (failed >= :since OR retry > iif(:since > :now, {NOT_UNASKED}, :now))
"""
# Indexes are named where SQLite, which has no statistics, would choose an unsuitable one.
UNCACHED = f"""
SELECT id, url FROM items WHERE cached = 0 AND sample = 0 AND url IS NOT NULL
  AND items.source NOT IN (SELECT source FROM feeds) AND NOT EXISTS (
    SELECT 1 FROM names INDEXED BY names_item JOIN pages ON pages.address = names.name
    WHERE names.item = items.id AND names.kind = 'address' AND ({_LEFT_ALONE}))
ORDER BY moment DESC, id DESC LIMIT :limit
"""
# An article that was never asked for was imported, and is as old as the file it came from.
RECHECK = f"""
SELECT items.url FROM items JOIN articles ON articles.item = items.id
WHERE moment > :published AND cached = 1 AND sample = 0 AND items.url IS NOT NULL
  AND items.source NOT IN (SELECT source FROM feeds)
  AND articles.fetched NOT BETWEEN :since AND :now AND NOT EXISTS (
    SELECT 1 FROM names INDEXED BY names_item JOIN pages ON pages.address = names.name
    WHERE names.item = items.id AND names.kind = 'address'
      AND (checked BETWEEN :since AND :now OR {_LEFT_ALONE}))
ORDER BY moment DESC, items.id DESC LIMIT :limit
"""
_NAMESAKES = """
SELECT DISTINCT items.url FROM names AS own
JOIN names AS mine ON mine.item = own.item AND mine.kind <> 'address'
JOIN names AS theirs ON theirs.kind = mine.kind AND theirs.name = mine.name
    AND theirs.item <> mine.item
JOIN items ON items.id = theirs.item
WHERE own.kind = 'address' AND own.name = :address AND items.url IS NOT NULL AND sample = 0
    AND NOT EXISTS (SELECT 1 FROM names INDEXED BY names_item
        JOIN pages ON pages.address = names.name
        WHERE names.item = items.id AND names.kind = 'address' AND retry = :never)
ORDER BY moment DESC, items.id DESC LIMIT :limit
"""
_GONE_SINCE = "SELECT gone FROM pages WHERE address = :address"
_FETCHED = "SELECT fetched FROM pages WHERE address = ? AND fetched IS NOT NULL"
_NEXT_RAW = """
SELECT url, etag, modified, data, raw_pages.fetched, page
FROM raw_pages JOIN pages ON pages.id = page
WHERE (raw_pages.fetched, page) < (?, ?) ORDER BY raw_pages.fetched DESC, page DESC LIMIT 1
"""
_MADE_OTHERWISE = """
SELECT pages.url, data, raw_pages.fetched FROM pages JOIN raw_pages ON raw_pages.page = pages.id
WHERE address = ? AND EXISTS (
    SELECT 1 FROM names JOIN articles ON articles.item = names.item
    WHERE kind = 'address' AND name = pages.address AND articles.parser <> ?
      AND articles.fetched = raw_pages.fetched)
"""
_END_OF_TIME = NEVER

# The longest time that other programs may have to wait (seconds).
_LONGEST_WRITE = 0.25


class _RawKey(NamedTuple):
    """The position of a raw page in the order of all: the time of its fetch, and its number."""

    fetched: int
    page: int


_NEWEST_RAW = _RawKey(_END_OF_TIME, _END_OF_TIME)


class Pages:
    """The storage of pages for a run, and the queries about their addresses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, page: Article | Listing, *, origin: PageOrigin | None = None, accepted: bool = False
    ) -> Added:
        """Store a page, completely or not at all, and return what it brought.

        `origin` belongs to a page that was just fetched; its validators, and the bytes of an
        article, are stored with it, unless the page itself is not stored: an article without text,
        or one older than the stored copy. An article belongs to the address that was asked for.
        Unless it is `accepted`, an article that would replace a better text is refused, and nothing
        of it is stored.

        The first real page replaces the sample edition.
        """
        at = seconds_of(page.fetched)
        is_article = isinstance(page, Article)
        if origin and isinstance(page, Article):
            page = _as_asked(page, origin.moved or origin.url)
        # Done before the file is locked, because it takes long.
        raw = zlib.compress(origin.data) if origin and origin.data and is_article else None
        with self._database.writing(in_small_steps=True) as connection:
            items.drop_sample(connection)
            importing = PageImport(
                ItemCache(connection),
                at,
                live=origin is not None,
                source=origin.source if origin else DEFAULT_SOURCE,
                moved_from=origin.url if origin and origin.moved else None,
                accepted=accepted,
            )
            added = importing.add(page)
            if origin and isinstance(page, Listing):
                remember_sections(connection, page.sections, at, origin.source)
            if origin and importing.complete:
                _note_stored(connection, origin, raw, at, article=is_article)
                if origin.moved:
                    moved = replace(origin, url=origin.moved)
                    _note_stored(connection, moved, None, at, article=is_article)
            return added

    def add_all(self, pages: Sequence[Article | Listing]) -> list[Added]:
        """Store pages that were not just fetched, and return what each brought.

        Each transaction stores several pages, which is faster, but stays short; each page is stored
        completely or not at all. Other programs get their turn between two transactions.
        """
        added: list[Added] = []
        while len(added) < len(pages):
            added += self._add_some(pages[len(added) :])
        return added

    def _add_some(self, pages: Sequence[Article | Listing]) -> list[Added]:
        """Store pages in one transaction: the first, and as many others as there is time for."""
        added: list[Added] = []
        with self._database.writing(in_small_steps=True) as connection:
            until = monotonic() + _LONGEST_WRITE
            items.drop_sample(connection)
            known = ItemCache(connection)
            for page in pages:
                added.append(PageImport(known, seconds_of(page.fetched)).add(page))
                if monotonic() > until:
                    break
        return added

    def add_sample(self, edition: Sequence[Article | Listing]) -> None:
        """Store the pages of the sample edition, all or none; it is never mixed with real pages."""
        with self._database.writing() as connection:
            if not has_real(connection):
                known = ItemCache(connection)
                for page in edition:
                    PageImport(known, seconds_of(page.fetched), sample=True).add(page)

    def asked(self, url: str) -> Validators | None:
        """Return the validators of a page and the time of its last answer, None without one.

        An article that is no longer in the cache has no validators. The time is later than now if
        the clock was wrong.
        """
        with self._database.using("read") as connection:
            row = connection.execute(_ASKED, (_key(url),)).fetchone()
            return Validators(row[0], row[1], moment_of(row[2])) if row else None

    def fetched(self, url: str) -> datetime | None:
        """Return when (UTC) the stored copy of a page was sent; None if there is none."""
        with self._database.using("read") as connection:
            row = connection.execute(_FETCHED, (_key(url),)).fetchone()
            return moment_of(row[0]) if row else None

    def mark_unchanged(
        self, url: str, at: datetime, *, etag: str | None = None, modified: str | None = None
    ) -> None:
        """Record that a page answered at `at` with the stored content; clear its failure.

        `etag` and `modified` are the validators that came with the answer, if any.
        """
        validators = {"etag": etag, "modified": modified}
        with self._database.writing() as connection:
            connection.execute(_UNCHANGED, _values(url, seconds_of(at)) | validators)

    def mark_failed(self, url: str, why: Reason, at: datetime) -> None:
        """Record why a page could not be fetched or read; the stored copy stays.

        One that is gone is asked for again after a while, and then no more: of a headline whose
        article never came there is nothing left to read, so it is marked read.
        """
        values = _values(url, seconds_of(at)) | {"reason": stored_reason(why)}
        with self._database.writing() as connection:
            row = connection.execute(_GONE_SINCE, values).fetchone()
            gone = gone_page(why, row[0] if row else None, seconds_of(at))
            since, retry = gone or (None, None)
            connection.execute(_FAILED, values | {"gone": since, "retry": retry})
            if retry is not None and retry >= NOT_UNASKED:
                textless = [item for (item,) in connection.execute(_TEXTLESS, values)]
                set_mark(connection, "read", textless, value=True, stamp=next_stamp(connection, at))

    def uncached(
        self, limit: int, failed_before: datetime, *, now: datetime | None = None
    ) -> list[tuple[int, str]]:
        """Return number and URL of headlines without an article, newest first, at most `limit`.

        Pages that failed at `failed_before` or later are left out. With `now`, a failure after it
        counts as old; without, the page is left out until that time has passed. With `now`, pages
        that are gone are also left out until it is time to ask again; if `failed_before` is later
        than `now`, only those that are gone for good.
        """
        with self._database.using("read") as connection:
            return connection.execute(UNCACHED, _window(failed_before, now, limit)).fetchall()

    def count_uncached(self) -> int:
        """Return how many headlines have a URL but no article."""
        with self._database.using("read") as connection:
            return count_uncached(connection)

    def recheck(
        self, published_after: datetime, checked_before: datetime, limit: int,
        *, now: datetime | None = None,
    ) -> list[str]:  # fmt: skip
        """Return the URLs of cached articles to ask for again, newest first, at most `limit`.

        They are younger than `published_after`, and have neither answered nor failed since
        `checked_before`. With `now`, entries with a later time count as old, as in `uncached`.
        """
        values = _window(checked_before, now, limit) | {"published": seconds_of(published_after)}
        with self._database.using("read") as connection:
            return [row[0] for row in connection.execute(RECHECK, values)]

    def is_another(self, url: str, page: Article) -> bool:
        """Tell whether the stored article of an address certainly differs from that of `page`."""
        with self._database.using("read") as connection:
            return is_another(ItemCache(connection), url, page)

    def namesakes(self, url: str, limit: int) -> list[str]:
        """Return the URLs of other headlines with the title, slug or lead of the one at `url`.

        These are the newest, at most `limit`, without those that the site says are gone for good.
        """
        with self._database.using("read") as connection:
            values = {"address": _key(url), "limit": limit, "never": NEVER}
            return [row[0] for row in connection.execute(_NAMESAKES, values)]

    def raw_pages(self) -> Iterator[tuple[PageOrigin, datetime]]:
        """Yield the raw pages of articles with the time (UTC) of each fetch, newest first.

        Only one is in memory at a time, and the file is not in use between two of them.
        """
        place = _NEWEST_RAW
        while True:
            with self._database.using("read") as connection:
                found = _next_raw(connection, place)
            if found is None:
                return
            place, page = found
            yield page

    def made_otherwise(self, url: str, parser: int) -> tuple[PageOrigin, datetime] | None:
        """Return a raw page whose text another parser version made, with its time (UTC) of fetch.

        None if its bytes are not kept, or if this `parser` made the text.
        """
        with self._database.using("read") as connection:
            row = connection.execute(_MADE_OTHERWISE, (_key(url), parser)).fetchone()
        if row is None:
            return None
        url, data, fetched = row
        return PageOrigin(url, data=zlib.decompress(data)), moment_of(fetched)

    def drop_revisions(self, before: datetime) -> int:
        """Delete older texts replaced before a moment, except for saved ones; return how many."""
        with self._database.writing() as connection:
            return drop_revisions(connection, seconds_of(before))

    def drop_raw(self, before: datetime, *, now: datetime | None = None) -> int:
        """Delete raw pages fetched before a moment, or after `now`; return how many."""
        # Not as `NOT BETWEEN`, for which SQLite reads all of them instead of their index.
        statement = "DELETE FROM raw_pages WHERE fetched < :since OR fetched > :now"
        with self._database.writing() as connection:
            return connection.execute(statement, _window(before, now)).rowcount


def count_uncached(connection: sqlite3.Connection) -> int:
    """Return how many headlines still lack an article that the site can be asked for."""
    (number,) = connection.execute(
        "SELECT count(*) FROM items WHERE cached = 0 AND sample = 0 AND url IS NOT NULL"
        " AND source NOT IN (SELECT source FROM feeds)"
    ).fetchone()
    return int(number)


def _as_asked(page: Article, url: str) -> Article:
    """Return an article with the address that was asked for, even if it names another one itself.

    So the requested headline is completed, and a redirect does not merge two headlines.
    """
    if page.teaser.url and _key(page.teaser.url) == _key(url):
        return page
    return replace(page, teaser=replace(page.teaser, url=clean_line(url)))


def _note_stored(
    connection: sqlite3.Connection, origin: PageOrigin, raw: bytes | None, at: int, *, article: bool
) -> None:
    """Record that the page from `origin` is in the cache; `raw` is its bytes, compressed."""
    values = {"etag": origin.etag, "modified": origin.modified, "article": article}
    # All rows must be fetched for the statement to finish.
    ((page,),) = connection.execute(_STORED, _values(origin.url, at) | values).fetchall()
    if raw is None:
        connection.execute("DELETE FROM raw_pages WHERE page = ?", (page,))
    else:
        connection.execute(
            "INSERT OR REPLACE INTO raw_pages (page, fetched, data) VALUES (?, ?, ?)",
            (page, at, raw),
        )


def _next_raw(
    connection: sqlite3.Connection, after: _RawKey
) -> tuple[_RawKey, tuple[PageOrigin, datetime]] | None:
    """Return the newest raw page after `after` in that order, with its key and fetch time."""
    row = connection.execute(_NEXT_RAW, after).fetchone()
    if row is None:
        return None
    url, etag, modified, data, fetched, page = row
    origin = PageOrigin(url, etag, modified, zlib.decompress(data))
    return _RawKey(fetched, page), (origin, moment_of(fetched))


def _values(url: str, at: int) -> dict[str, str | int | None]:
    return {"address": _key(url), "url": clean_line(url), "at": at}


def _key(url: str) -> str:
    return address(clean_line(url))


def _window(since: datetime, now: datetime | None, limit: int = 0) -> dict[str, int]:
    """Return the values for a query about the time between two moments."""
    return {
        "since": seconds_of(since),
        "now": _END_OF_TIME if now is None else seconds_of(now),
        "limit": min(max(limit, 0), sys.maxsize),
    }
