"""What the reader and the command line ask for; everything here answers from the cache alone."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

from reader.cache import Added, Cache, Health
from reader.model import (
    Article,
    Asked,
    Following,
    Headline,
    Listing,
    PageSource,
    SectionCount,
    Selection,
    SyncState,
)

__all__ = ["Added", "Health", "Library"]


class Library:
    """The cached edition: its headlines, articles and marks.

    Every method may raise CacheError where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        """Open the cache at `path`, made with its folder where there is none."""
        self._cache = Cache(path)

    def __enter__(self) -> "Library":
        """Return the library itself."""
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
        """Close the cache; closing twice does no harm."""
        self._cache.close()

    def ids(self, selection: Selection | None = None, limit: int | None = None) -> list[int]:
        """Return the numbers of the selected headlines, newest first, at most `limit`."""
        return self._cache.ids(selection or Selection(), limit)

    def headlines(self, ids: Sequence[int]) -> list[Headline]:
        """Return the headlines with these numbers, in this order; vanished ones are left out."""
        return self._cache.headlines(ids)

    def find(self, url: str) -> int | None:
        """Return the number of the headline at `url`, or None."""
        return self._cache.find(url)

    def article(self, headline_id: int) -> Article | None:
        """Return the whole article of a headline, or None where only the headline is cached."""
        return self._cache.article(headline_id)

    def related(self, headline_id: int) -> list[Headline]:
        """Return the headlines that stood under `Meer uit` on the article's page, in page order."""
        return self._cache.related(headline_id)

    def sections(self) -> list[SectionCount]:
        """Return the sections that the cache holds headlines of, the fullest first."""
        return self._cache.sections()

    def mark_read(self, headline_id: int, *, read: bool = True) -> None:
        """Set or clear the read mark; it is on disk when this returns."""
        self._cache.mark_read(headline_id, read=read)

    def mark_saved(self, headline_id: int, *, saved: bool = True) -> None:
        """Set or clear the saved mark; it is on disk when this returns."""
        self._cache.mark_saved(headline_id, saved=saved)

    def add(self, page: Article | Listing, *, source: PageSource | None = None) -> Added:
        """Store a page, the whole of it or nothing; the first one replaces the sample edition.

        `source` is of a page that was fetched just now: its validators, and an article's bytes,
        are stored with it, but not where the page itself is not.
        """
        return self._cache.add(page, source=source)

    def add_sample(self, pages: Sequence[Article | Listing]) -> None:
        """Store the pages of the sample edition, all or none, unless the cache holds real ones."""
        self._cache.add_sample(pages)

    def health(self) -> Health:
        """Return the state of the cache file; it is read from end to end."""
        return self._cache.health()

    def is_sample(self) -> bool:
        """Tell whether what the cache holds is the bundled sample edition."""
        return self._cache.is_sample()

    def changed(self) -> bool:
        """Tell whether another process wrote to the cache since this was last asked."""
        return self._cache.changed()

    def asked(self, url: str) -> Asked | None:
        """Return the validators of a page and when it last answered; None if it never did.

        The time is later than now where the clock was wrong.
        """
        return self._cache.asked(url)

    def mark_unchanged(self, url: str, at: datetime) -> None:
        """Note that a page answered at `at` with what is stored of it; its failure is over."""
        self._cache.mark_unchanged(url, at)

    def mark_failed(self, url: str, reason: str, at: datetime) -> None:
        """Note in one sentence why a page could not be had or read; what is stored of it stays."""
        self._cache.mark_failed(url, reason, at)

    def uncached(
        self, limit: int, failed_before: datetime, *, now: datetime | None = None
    ) -> list[tuple[int, str]]:
        """Return number and URL of headlines without an article, newest first, at most `limit`.

        Those that failed at `failed_before` or after are left out, unless that is after `now`.
        """
        return self._cache.uncached(limit, failed_before, now=now)

    def count_uncached(self) -> int:
        """Return how many headlines have a URL and no article."""
        return self._cache.count_uncached()

    def recheck(
        self, published_after: datetime, checked_before: datetime, limit: int,
        *, now: datetime | None = None,
    ) -> list[str]:  # fmt: skip
        """Return the URLs of cached articles to ask for again, newest first, at most `limit`.

        They are younger than `published_after`, and have neither answered nor failed between
        `checked_before` and `now`.
        """
        return self._cache.recheck(published_after, checked_before, limit, now=now)

    def raw_pages(self) -> Iterator[tuple[PageSource, datetime]]:
        """Yield the articles' pages as fetched, and when, newest first, one in memory at a time."""
        return self._cache.raw_pages()

    def drop_raw(self, before: datetime, *, now: datetime | None = None) -> int:
        """Forget the bytes of pages fetched before a moment, or after `now`; return how many."""
        return self._cache.drop_raw(before, now=now)

    def followings(self) -> list[Following]:
        """Return all sections ever seen on the site, in the order of its navigation."""
        return self._cache.followings()

    def follow(self, name: str, followed: bool) -> None:
        """Set whether a section's listing is to be fetched."""
        self._cache.follow(name, followed)

    def note_sync(self, state: SyncState) -> None:
        """Store how the last runs went, in place of what was stored."""
        self._cache.note_sync(state)

    def sync_state(self) -> SyncState:
        """Return how the last runs went."""
        return self._cache.sync_state()
