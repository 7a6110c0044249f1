"""One fetched page: parsed, judged, stored with its validators."""

from reader.events import Stored
from reader.fetch import Fetched
from reader.library import SyncLibrary
from reader.model import Article, Listing, PageSource
from reader.parse.encoding import without_header
from reader.parse.quality import require_news
from reader.sources.base import Source
from reader.sync.presence import moved_to, require_present


def store(
    library: SyncLibrary, source: Source, url: str, fetched: Fetched, *, keep_bytes: bool
) -> tuple[Article | Listing, Stored]:
    """Store the page that was fetched for `url`, the whole of it or nothing.

    With `keep_bytes`, those of an article are stored too. It goes by the address that was asked
    for, which is the one that teasers link to.

    Raises PageError where it cannot be read, NotNews where it can hardly be an article, and
    FetchError where what came in place of an article tells that it is gone.
    """
    require_present(library, source, url, fetched)
    page = source.read(fetched, url)
    require_present(library, source, url, fetched, page)
    findings = require_news(page)
    kept = None
    if isinstance(page, Article) and keep_bytes:
        kept = without_header(fetched.data, fetched.charset)
    origin = PageSource(
        url, fetched.etag, fetched.modified, kept, source.name, moved_to(url, fetched)
    )
    added = library.pages.add(page, source=origin)
    kind = "article" if isinstance(page, Article) else "listing"
    return page, Stored(url, kind, added.headlines, round(findings.sureness, 2))
