"""The parser as sources use it, imported for the first page.

The screen knows the sources too, and must not load the parser.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.model import Article, Feed, FeedLinks, Listing

if TYPE_CHECKING:
    from reader.fetch import Fetched


def read_page(
    fetched: "Fetched", url: str, home: str, selectors: Mapping[str, str] | None = None
) -> Article | Listing:
    """Return the parsed page that was fetched for `url`, of the source at `home`.

    `selectors` are the user's CSS selectors by role. Raises PageError.
    """
    from reader.parse import parse_page

    return parse_page(fetched.data, fetched.at, url, home, selectors, charset=fetched.charset)


def read_feed(fetched: "Fetched") -> Feed | FeedLinks:
    """Return the parsed feed, or the links to feeds on a page; raises PageError."""
    from reader.parse.feed import parse_feed

    return parse_feed(fetched.data, fetched.at, fetched.url, fetched.charset)
