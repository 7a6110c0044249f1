"""One fetched page: parsed, judged, stored with its validators."""

from reader.events import Stored
from reader.fetch import Fetched
from reader.library import SyncLibrary
from reader.model import Article, Listing, PageSource
from reader.parse.encoding import without_header
from reader.parse.quality import require_news
from reader.sources.base import Source


def store(
    library: SyncLibrary, source: Source, url: str, fetched: Fetched, *, keep_bytes: bool
) -> tuple[Article | Listing, Stored]:
    """Store the page that was fetched for `url`, the whole of it or nothing.

    With `keep_bytes`, those of an article are stored too. It goes by the address that was asked
    for, which is the one that teasers link to.

    Raises PageError where it cannot be read, and NotNews where it can hardly be an article.
    """
    page = source.read(fetched, url)
    findings = require_news(page)
    kept = None
    if isinstance(page, Article) and keep_bytes:
        kept = without_header(fetched.data, fetched.charset)
    origin = PageSource(url, fetched.etag, fetched.modified, kept, source.name)
    added = library.pages.add(page, source=origin)
    kind = "article" if isinstance(page, Article) else "listing"
    return page, Stored(url, kind, added.headlines, round(findings.sureness, 2))
