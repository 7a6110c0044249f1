"""What a run over the site asks of the cache, and what it stores there."""

import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from time import monotonic

from reader.model import (
    Article,
    Asked,
    Following,
    Listing,
    PageSource,
    Section,
    SyncState,
)
from reader.store import items, pages, queries, site
from reader.store.importing import Added, PageImport
from reader.store.known import Known
from reader.store.rows import seconds_of
from reader.store.store import Store

# Seconds for which other programs may have to wait.
_LONGEST_WRITE = 0.25


class Fetching(Store):
    """Pages, what is known of their addresses, and how the last runs went."""

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
            items.drop_sample(connection)
            importing = PageImport(Known(connection), at, live=source is not None)
            added = importing.add(page)
            if source and isinstance(page, Listing):
                site.remember_sections(connection, page.sections, at)
            if source and importing.complete:
                pages.note_stored(connection, source, raw, at, article=is_article)
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
        with self._writing() as connection:
            until = monotonic() + _LONGEST_WRITE
            items.drop_sample(connection)
            known = Known(connection)
            for page in pages:
                added.append(PageImport(known, seconds_of(page.fetched)).add(page))
                if monotonic() > until:
                    break
        return added

    def add_sample(self, edition: Sequence[Article | Listing]) -> None:
        """Store the pages of the sample edition, all or none; it never joins real pages."""
        with self._writing() as connection:
            if not queries.has_real(connection):
                known = Known(connection)
                for page in edition:
                    PageImport(known, seconds_of(page.fetched), sample=True).add(page)

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
