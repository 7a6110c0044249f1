"""One fetched page: parsed, judged, stored with its validators."""

from contextlib import suppress

from msgspec.structs import replace

from reader.errors import PageError
from reader.events import Stored
from reader.fetch import Fetched
from reader.library import SyncLibrary
from reader.model import Article, Listing, PageOrigin
from reader.parse.encoding import without_header
from reader.parse.quality import require_news
from reader.parse.version import PARSER_VERSION
from reader.sources.base import Source
from reader.sync.wrong_pages import moved_to, refuse_in_place_of_listing, require_present


def store(
    library: SyncLibrary,
    source: Source,
    url: str,
    fetched: Fetched,
    *,
    keep_bytes: bool,
    accepted: bool = False,
) -> tuple[Article | Listing, Stored]:
    """Store the page that was fetched for `url`, all of it or nothing.

    With `keep_bytes`, the bytes of an article are stored too. The page is stored under the
    requested address, which is the one that teasers link to.

    Unless it is `accepted`, a page that would replace a better text is refused.

    Raises PageError if it cannot be read or is refused, NotNews if it is unlikely to be an
    article, and FetchError if the answer shows that the article is gone.
    """
    require_present(library, source, url, fetched)
    page = source.read(fetched, url)
    require_present(library, source, url, fetched, page)
    refuse_in_place_of_listing(library, source, url, page)
    findings = require_news(page)
    kept = None
    if isinstance(page, Article) and keep_bytes:
        kept = without_header(fetched.data, fetched.charset)
    origin = PageOrigin(
        url, fetched.etag, fetched.modified, kept, source.name, moved_to(url, fetched)
    )
    if isinstance(page, Article):
        _read_again(library, source, url, fetched)
    added = library.pages.add(page, origin=origin, accepted=accepted)
    if added.refused:
        raise PageError.of(added.refused)
    kind = "article" if isinstance(page, Article) else "listing"
    sure = round(findings.sureness, 2)
    return page, Stored(url, kind, added.headlines, sure, source.name)


def _read_again(library: SyncLibrary, source: Source, url: str, fetched: Fetched) -> None:
    """Parse a stored page again if its text was made by another version of the parser.

    So the new page is compared with the result of the same parser for the old one.
    """
    kept = library.pages.made_otherwise(url, PARSER_VERSION)
    if kept is None:
        return
    page, at = kept
    with suppress(PageError):
        older = source.read(replace(fetched, data=page.data or b"", at=at, charset=None), url)
        library.pages.add_all([older])
