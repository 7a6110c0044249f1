"""One fetched page: parsed, judged, stored with its validators."""

from reader.config import Settings
from reader.events import Stored
from reader.fetch import Fetched
from reader.library import SyncLibrary
from reader.model import Article, Listing, PageSource
from reader.parse import parse_page
from reader.parse.encoding import without_header
from reader.parse.quality import require_news


def store(
    library: SyncLibrary, settings: Settings, url: str, fetched: Fetched
) -> tuple[Article | Listing, Stored]:
    """Store the page that was fetched for `url`, the whole of it or nothing.

    It goes by the address that was asked for, which is the one that teasers link to. Raises
    PageError where the page cannot be read, and NotNews where it can hardly be an article.
    """
    page = parse_page(
        fetched.data,
        fetched.at,
        url,
        settings.site,
        settings.selectors,
        charset=fetched.charset,
    )
    findings = require_news(page)
    kept = None
    if isinstance(page, Article) and settings.keep_days:
        kept = without_header(fetched.data, fetched.charset)
    added = library.pages.add(page, source=PageSource(url, fetched.etag, fetched.modified, kept))
    kind = "article" if isinstance(page, Article) else "listing"
    return page, Stored(url, kind, added.headlines, round(findings.sureness, 2))
