"""Whether an answer is the requested page, or the page is gone."""

from reader.errors import FetchError, PageError
from reader.fetch import Fetched
from reader.library import SyncLibrary
from reader.model import Article, Listing
from reader.sources.base import Source
from reader.text.url import address


def require_present(
    library: SyncLibrary,
    source: Source,
    url: str,
    fetched: Fetched,
    page: Article | Listing | None = None,
) -> None:
    """Raise FetchError if an article at `url` is gone, because the address leads to another page.

    The other page is the front or a section page, or an article that is certainly not the stored
    one. `page` is the fetched page, once it has been parsed.
    """
    if address(fetched.url) == address(url):
        return
    listings = _listings(library, source)
    if address(url) in listings or address(url.partition("?")[0]) in listings:
        return
    is_other = isinstance(page, Article) and library.pages.is_another(url, page)
    if is_other or isinstance(page, Listing) or address(fetched.url) in listings:
        raise FetchError("gone", url=fetched.url)


def refuse_in_place_of_listing(
    library: SyncLibrary, source: Source, url: str, page: Article | Listing
) -> None:
    """Raise PageError if an article is at the address of the front page or of a section."""
    if isinstance(page, Article) and address(url) in _listings(library, source):
        raise PageError("listing_became_article")


def moved_to(url: str, fetched: Fetched) -> str | None:
    """Return the address that the page at `url` has permanently moved to, or None."""
    moved = fetched.moved
    return moved if moved and address(moved) != address(url) else None


def _listings(library: SyncLibrary, source: Source) -> frozenset[str]:
    """Return the addresses of the front page and of all sections of a source."""
    known = [each.section.url for each in library.sources.followings()]
    known += [section.url for section in source.listings((), ())]
    return frozenset(map(address, (source.home, *source.first_pages(), *known)))
