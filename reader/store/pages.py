"""The pages that were fetched: what they bring, their validators, failures, and bytes.

The clock may have been wrong: where `now` is given, what is noted for a later time counts as old.
"""

# ruff: noqa: S608 - what the statements are put together from stands here.

import sqlite3
import sys
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from time import monotonic
from typing import NamedTuple

from msgspec.structs import replace

from reader.errors import Reason
from reader.model import DEFAULT_SOURCE, Article, Asked, Listing, PageOrigin
from reader.store.clock import next_stamp
from reader.store.connection import Database
from reader.store.gone_pages import NEVER, NOT_UNASKED, gone_page
from reader.store.headlines import has_real
from reader.store.ingest import items
from reader.store.ingest.addresses import is_another
from reader.store.ingest.item_cache import ItemCache
from reader.store.ingest.page_import import Added, PageImport
from reader.store.marks import set_mark
from reader.store.records import moment_of, seconds_of, stored_reason
from reader.store.revisions import drop_revisions
from reader.store.sources import remember_sections
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
# A validator that comes with the answer takes the place of the one that is known.
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
# Whether a page is left alone for now: it failed lately, or is gone. Where what failed until after
# now counts as old (`since`), only what is gone for good is.
_LEFT_ALONE = f"""
failed <= :now AND (failed >= :since OR retry > iif(:since > :now, {NOT_UNASKED}, :now))
"""
# Where an index is named SQLite, which counts no rows, would take another that is of no use there.
UNCACHED = f"""
SELECT id, url FROM items WHERE cached = 0 AND sample = 0 AND url IS NOT NULL
  AND items.source NOT IN (SELECT source FROM feeds) AND NOT EXISTS (
    SELECT 1 FROM names INDEXED BY names_item JOIN pages ON pages.address = names.name
    WHERE names.item = items.id AND names.kind = 'address' AND ({_LEFT_ALONE}))
ORDER BY moment DESC, id DESC LIMIT :limit
"""
# An article that was never asked for was imported, and is as old as its file.
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

# Seconds for which other programs may have to wait.
_LONGEST_WRITE = 0.25


class _RawKey(NamedTuple):
    """The place of a raw page in the order of them all: when it was fetched, and its number."""

    fetched: int
    page: int


_NEWEST_RAW = _RawKey(_END_OF_TIME, _END_OF_TIME)


class Pages:
    """What a run stores of pages, and what it asks of their addresses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, page: Article | Listing, *, origin: PageOrigin | None = None, accepted: bool = False
    ) -> Added:
        """Store a page, the whole of it or nothing, and tell what it brought.

        `origin` is of a page that was fetched just now; its validators, and an article's bytes, are
        stored with it, but not where the page itself is not: an article without text, or older than
        the copy that is there. An article is the one of the address that was asked for. Unless it
        is `accepted`, one that would cost a better text is refused, and nothing of it stored.

        The first real page takes the place of the sample edition.
        """
        at = seconds_of(page.fetched)
        is_article = isinstance(page, Article)
        if origin and isinstance(page, Article):
            page = _as_asked(page, origin.moved or origin.url)
        # Done before the file is locked, since it takes its time.
        raw = zlib.compress(origin.data) if origin and origin.data and is_article else None
        with self._database.writing() as connection:
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
        """Store pages that were not fetched just now, and tell what each brought.

        Several are stored in one transaction, which costs less, and no long one; of each of those
        all or none. Other programs get their turn between two.
        """
        added: list[Added] = []
        while len(added) < len(pages):
            added += self._add_some(pages[len(added) :])
        return added

    def _add_some(self, pages: Sequence[Article | Listing]) -> list[Added]:
        """Store pages in one transaction, the first and those for which there is time."""
        added: list[Added] = []
        with self._database.writing() as connection:
            until = monotonic() + _LONGEST_WRITE
            items.drop_sample(connection)
            known = ItemCache(connection)
            for page in pages:
                added.append(PageImport(known, seconds_of(page.fetched)).add(page))
                if monotonic() > until:
                    break
        return added

    def add_sample(self, edition: Sequence[Article | Listing]) -> None:
        """Store the pages of the sample edition, all or none; it never joins real pages."""
        with self._database.writing() as connection:
            if not has_real(connection):
                known = ItemCache(connection)
                for page in edition:
                    PageImport(known, seconds_of(page.fetched), sample=True).add(page)

    def asked(self, url: str) -> Asked | None:
        """Return the validators of a page and when it last answered; None if it never did.

        An article that is no longer in the cache has none. The time is later than now where the
        clock was wrong.
        """
        with self._database.using("read") as connection:
            row = connection.execute(_ASKED, (_key(url),)).fetchone()
            return Asked(row[0], row[1], moment_of(row[2])) if row else None

    def fetched(self, url: str) -> datetime | None:
        """Return when what is stored of a page was sent; None where nothing is."""
        with self._database.using("read") as connection:
            row = connection.execute(_FETCHED, (_key(url),)).fetchone()
            return moment_of(row[0]) if row else None

    def mark_unchanged(
        self, url: str, at: datetime, *, etag: str | None = None, modified: str | None = None
    ) -> None:
        """Note that a page answered at `at` with what is stored of it; its failure is over.

        `etag` and `modified` are the validators that came with the answer, where any did.
        """
        validators = {"etag": etag, "modified": modified}
        with self._database.writing() as connection:
            connection.execute(_UNCHANGED, _values(url, seconds_of(at)) | validators)

    def mark_failed(self, url: str, why: Reason, at: datetime) -> None:
        """Note why a page could not be fetched or read; what is stored of it stays.

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

        Those that failed at `failed_before` or after are left out. With `now`, a failure later than
        that counts as old; without, it is left out until that time has passed. With `now`, those
        that are gone are left out too, until it is time to ask again; where `failed_before` is
        later than `now`, only those that are gone for good.
        """
        with self._database.using("read") as connection:
            return connection.execute(UNCACHED, _window(failed_before, now, limit)).fetchall()

    def count_uncached(self) -> int:
        """Return how many headlines have a URL and no article."""
        with self._database.using("read") as connection:
            return count_uncached(connection)

    def recheck(
        self, published_after: datetime, checked_before: datetime, limit: int,
        *, now: datetime | None = None,
    ) -> list[str]:  # fmt: skip
        """Return the URLs of cached articles to ask for again, newest first, at most `limit`.

        They are younger than `published_after`, and have neither answered nor failed since
        `checked_before`. With `now`, what is noted for later counts as old, as in `uncached`.
        """
        values = _window(checked_before, now, limit) | {"published": seconds_of(published_after)}
        with self._database.using("read") as connection:
            return [row[0] for row in connection.execute(RECHECK, values)]

    def is_another(self, url: str, page: Article) -> bool:
        """Tell whether the article that is stored of an address is surely another than `page`."""
        with self._database.using("read") as connection:
            return is_another(ItemCache(connection), url, page)

    def namesakes(self, url: str, limit: int) -> list[str]:
        """Return the URLs of other headlines with the title, slug or lead of the one at `url`.

        They are the newest, at most `limit`, without those that the site says are gone for good.
        """
        with self._database.using("read") as connection:
            values = {"address": _key(url), "limit": limit, "never": NEVER}
            return [row[0] for row in connection.execute(_NAMESAKES, values)]

    def raw_pages(self) -> Iterator[tuple[PageOrigin, datetime]]:
        """Yield the articles' pages as fetched, and when, newest first.

        One is in memory at a time, and between two the file is not in use.
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
        """Return a kept page whose stored text another version of the parser made, and its time.

        None where its bytes are not kept, or where this `parser` made the text.
        """
        with self._database.using("read") as connection:
            row = connection.execute(_MADE_OTHERWISE, (_key(url), parser)).fetchone()
        if row is None:
            return None
        url, data, fetched = row
        return PageOrigin(url, data=zlib.decompress(data)), moment_of(fetched)

    def drop_revisions(self, before: datetime) -> int:
        """Forget older texts replaced before a moment, but those of saved ones; return how many."""
        with self._database.writing() as connection:
            return drop_revisions(connection, seconds_of(before))

    def drop_raw(self, before: datetime, *, now: datetime | None = None) -> int:
        """Forget the bytes of pages fetched before a moment, or after `now`; return how many."""
        statement = "DELETE FROM raw_pages WHERE fetched NOT BETWEEN :since AND :now"
        with self._database.writing() as connection:
            return connection.execute(statement, _window(before, now)).rowcount


def count_uncached(connection: sqlite3.Connection) -> int:
    """Return how many headlines the site can still be asked for."""
    (number,) = connection.execute(
        "SELECT count(*) FROM items WHERE cached = 0 AND sample = 0 AND url IS NOT NULL"
        " AND source NOT IN (SELECT source FROM feeds)"
    ).fetchone()
    return int(number)


def _as_asked(page: Article, url: str) -> Article:
    """Return an article with the address it was asked for, also where it names another itself.

    So the headline that was to be completed is, and no two are made one by a redirection.
    """
    if page.teaser.url and _key(page.teaser.url) == _key(url):
        return page
    return replace(page, teaser=replace(page.teaser, url=clean_line(url)))


def _note_stored(
    connection: sqlite3.Connection, origin: PageOrigin, raw: bytes | None, at: int, *, article: bool
) -> None:
    """Note that what came from `origin` is in the cache; `raw` are its bytes, compressed."""
    values = {"etag": origin.etag, "modified": origin.modified, "article": article}
    # All rows must be taken for the statement to be finished.
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
    """Return the newest raw page behind `after`, with its place and when it was fetched."""
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
    """Return the values of a statement that asks what was noted between two moments."""
    return {
        "since": seconds_of(since),
        "now": _END_OF_TIME if now is None else seconds_of(now),
        "limit": min(max(limit, 0), sys.maxsize),
    }
