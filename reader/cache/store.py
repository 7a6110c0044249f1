"""The cache itself: one connection, one place where SQLite's errors become sentences."""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from json import JSONDecodeError
from pathlib import Path
from threading import RLock
from types import TracebackType

from reader.cache import pages, queries, site
from reader.cache.importing import Added, PageImport
from reader.cache.opening import explain, open_database
from reader.cache.queries import Health
from reader.cache.rows import seconds_of
from reader.model import (
    Article,
    Asked,
    Following,
    Headline,
    Listing,
    PageSource,
    Section,
    SectionCount,
    Selection,
    SyncState,
)

_FAILURES = (sqlite3.Error, OSError, JSONDecodeError, zlib.error)


class Cache:
    """The headlines, articles and marks in one file; other processes may use it meanwhile.

    Threads may share it and take turns. Every method may raise CacheError, and what it was to
    change is then unchanged.
    """

    def __init__(self, path: Path) -> None:
        """Open the cache at `path`, made with its folder where there is none.

        Raises CacheCorrupt or CacheTooNew for a file that it then leaves as it was.
        """
        self._path = path
        self._lock = RLock()
        try:
            self._connection = open_database(path)
        except _FAILURES as error:
            raise explain(error, path, "opened") from error
        self._data_version = 0
        with ExitStack() as unless_read:
            unless_read.callback(self.close)
            self.changed()
            unless_read.pop_all()

    def __enter__(self) -> "Cache":
        """Return the cache itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the cache."""
        self.close()

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with self._using("closed"):
            self._connection.close()

    def ids(self, selection: Selection, limit: int | None = None) -> list[int]:
        """Return the numbers of the selected headlines, newest first, at most `limit`."""
        with self._using("read") as connection:
            return queries.ids(connection, selection, limit)

    def headlines(self, ids: Sequence[int]) -> list[Headline]:
        """Return the headlines with these numbers, in this order; vanished ones are left out."""
        with self._using("read") as connection:
            return queries.headlines(connection, ids)

    def find(self, url: str) -> int | None:
        """Return the number of the headline at `url`, or that ends in it, or None."""
        with self._using("read") as connection:
            return queries.find(connection, url)

    def article(self, headline_id: int) -> Article | None:
        """Return the whole article of a headline, or None where only the headline is cached."""
        with self._reading() as connection:
            return queries.article(connection, headline_id)

    def related(self, headline_id: int) -> list[Headline]:
        """Return the headlines that stood under the article on its page, in page order."""
        with self._reading() as connection:
            return queries.related(connection, headline_id)

    def sections(self) -> list[SectionCount]:
        """Return the sections that the cache holds headlines of, the fullest first."""
        with self._using("read") as connection:
            return queries.sections(connection)

    def is_sample(self) -> bool:
        """Tell whether what the cache holds is the bundled sample edition."""
        with self._reading() as connection:
            return queries.is_sample(connection)

    def health(self) -> Health:
        """Return the state of the file; it is read from end to end."""
        with self._reading() as connection:
            return queries.health(connection, self._path)

    def changed(self) -> bool:
        """Tell whether another process wrote to the file since this was last asked."""
        with self._using("read") as connection:
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            before, self._data_version = self._data_version, version
            return bool(version != before)

    def mark_read(self, headline_id: int, *, read: bool = True) -> None:
        """Set or clear the read mark; it is in the file when this returns."""
        with self._writing() as connection:
            connection.execute("UPDATE items SET read = ? WHERE id = ?", (read, headline_id))

    def mark_saved(self, headline_id: int, *, saved: bool = True) -> None:
        """Set or clear the saved mark; it is in the file when this returns."""
        with self._writing() as connection:
            connection.execute("UPDATE items SET saved = ? WHERE id = ?", (saved, headline_id))

    def add(self, page: Article | Listing, *, source: PageSource | None = None) -> Added:
        """Store a page, the whole of it or nothing, and tell what it brought.

        `source` is of a page that was fetched just now; its validators, and an article's bytes, are
        stored with it, but not where the page itself is not: an article without text, or older than
        the copy that is there. An article is the one of the address that was asked for.

        The first real page takes the place of the sample edition.
        """
        at = seconds_of(page.fetched)
        is_article = isinstance(page, Article)
        if source and isinstance(page, Article):
            page = pages.as_asked(page, source.url)
        # Done before the file is locked, since it takes its time.
        raw = zlib.compress(source.data) if source and source.data and is_article else None
        with self._writing() as connection:
            connection.execute("DELETE FROM items WHERE sample = 1")
            importing = PageImport(connection, at, live=source is not None)
            added = importing.add(page)
            if source and isinstance(page, Listing):
                site.remember_sections(connection, page.sections, at)
            if source and importing.complete:
                pages.note_stored(connection, source, raw, at, article=is_article)
            return added

    def add_sample(self, edition: Sequence[Article | Listing]) -> None:
        """Store the pages of the sample edition, all or none; it never joins real pages."""
        with self._writing() as connection:
            if not queries.has_real(connection):
                for page in edition:
                    PageImport(connection, seconds_of(page.fetched), sample=True).add(page)

    def asked(self, url: str) -> Asked | None:
        """Return the validators of a page and when it last answered; None if it never did.

        An article that is no longer in the cache has none. The time is later than now where the
        clock was wrong.
        """
        with self._using("read") as connection:
            return pages.asked(connection, url)

    def mark_unchanged(self, url: str, at: datetime) -> None:
        """Note that a page answered at `at` with what is stored of it; its failure is over."""
        with self._writing() as connection:
            pages.note_unchanged(connection, url, seconds_of(at))

    def mark_failed(self, url: str, reason: str, at: datetime) -> None:
        """Note in one sentence why a page could not be had or read; what is stored of it stays."""
        with self._writing() as connection:
            pages.note_failed(connection, url, reason, seconds_of(at))

    def uncached(
        self, limit: int, failed_before: datetime, *, now: datetime | None = None
    ) -> list[tuple[int, str]]:
        """Return number and URL of headlines without an article, newest first, at most `limit`.

        Those that failed at `failed_before` or after are left out. With `now`, a failure later than
        that counts as old; without, it is left out until that time has passed.
        """
        with self._using("read") as connection:
            return pages.uncached(connection, limit, failed_before, now)

    def count_uncached(self) -> int:
        """Return how many headlines have a URL and no article."""
        with self._using("read") as connection:
            return pages.count_uncached(connection)

    def recheck(
        self, published_after: datetime, checked_before: datetime, limit: int,
        *, now: datetime | None = None,
    ) -> list[str]:  # fmt: skip
        """Return the URLs of cached articles to ask for again, newest first, at most `limit`.

        They are younger than `published_after`, and have neither answered nor failed since
        `checked_before`. With `now`, what is noted for later counts as old, as in `uncached`.
        """
        with self._using("read") as connection:
            return pages.recheck(connection, published_after, checked_before, limit, now)

    def raw_pages(self) -> Iterator[tuple[PageSource, datetime]]:
        """Yield the articles' pages as fetched, and when, newest first.

        One is in memory at a time, and between two the file is not in use.
        """
        place = pages.NEWEST
        while True:
            with self._using("read") as connection:
                found = pages.next_raw(connection, place)
            if found is None:
                return
            place, page = found
            yield page

    def drop_raw(self, before: datetime, *, now: datetime | None = None) -> int:
        """Forget the bytes of pages fetched before a moment, or after `now`; return how many."""
        with self._writing() as connection:
            return pages.drop_raw(connection, before, now)

    def remember_sections(self, sections: Sequence[Section], at: datetime) -> None:
        """Keep what the site's navigation shows; a new section is followed."""
        with self._writing() as connection:
            site.remember_sections(connection, sections, seconds_of(at))

    def followings(self) -> list[Following]:
        """Return all sections ever seen on the site, in the order of its navigation."""
        with self._using("read") as connection:
            return site.followings(connection)

    def follow(self, name: str, followed: bool) -> None:
        """Set whether a section's listing is to be fetched."""
        with self._writing() as connection:
            site.follow(connection, name, followed)

    def note_sync(self, state: SyncState) -> None:
        """Store how the last runs went, in place of what was stored."""
        with self._writing() as connection:
            site.note_sync(connection, state)

    def sync_state(self) -> SyncState:
        """Return how the last runs went."""
        with self._using("read") as connection:
            return site.sync_state(connection)

    @contextmanager
    def _using(self, task: str) -> Iterator[sqlite3.Connection]:
        """Lend the connection; an error becomes a sentence that it cannot be `task`."""
        with self._lock:
            try:
                yield self._connection
            except _FAILURES as error:
                raise explain(error, self._path, task) from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for several reads that see one state of the file."""
        with self._using("read") as connection, connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for writes that take effect together, or none of them."""
        with self._using("written") as connection, connection:
            # A transaction that reads first could find that another wrote meanwhile, and fail.
            connection.execute("BEGIN IMMEDIATE")
            yield connection
