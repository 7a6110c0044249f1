"""What the reader and the command line ask for; everything here answers from the cache alone."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from reader.cache import Added, Cache, Health
from reader.model import Article, Headline, Listing, SectionCount, Selection

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

    def add(self, page: Article | Listing) -> Added:
        """Store a page, the whole of it or nothing; the first one replaces the sample edition."""
        return self._cache.add(page)

    def add_sample(self, pages: Sequence[Article | Listing]) -> None:
        """Store the pages of the sample edition, unless the cache holds real ones."""
        for page in pages:
            self._cache.add(page, sample=True)

    def health(self) -> Health:
        """Return the state of the cache file; it is read from end to end."""
        return self._cache.health()

    def is_sample(self) -> bool:
        """Tell whether what the cache holds is the bundled sample edition."""
        return self._cache.is_sample()

    def changed(self) -> bool:
        """Tell whether another process wrote to the cache since this was last asked."""
        return self._cache.changed()
