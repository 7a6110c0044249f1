"""Parses a document that may be a page or a feed."""

from collections.abc import Mapping
from datetime import datetime

from reader.model import Article, Feed, Listing
from reader.parse import parse_text
from reader.parse.encoding import decode_page
from reader.parse.feed import is_feed, read_feed


def parse_document(
    data: bytes,
    at: datetime,
    url: str | None = None,
    site: str | None = None,
    selectors: Mapping[str, str] | None = None,
    *,
    charset: str | None = None,
) -> Article | Listing | Feed:
    """Return the content of a page or a feed, with the arguments and errors of `parse_page`."""
    text = decode_page(data, charset)
    if is_feed(text):
        feed = read_feed(text, at, url)
        if isinstance(feed, Feed):
            return feed
    return parse_text(text, at, url, site, selectors)
