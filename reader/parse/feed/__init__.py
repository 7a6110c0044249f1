"""Feeds of every dialect to one form: RSS, Atom, JSON Feed, and the feeds that a page offers."""

from datetime import datetime

from reader.errors import NotNews
from reader.model import Feed, FeedLinks
from reader.parse.encoding import decode_page
from reader.parse.feed.discovery import find_feed_links
from reader.parse.feed.json_feed import read_json_feed
from reader.parse.feed.xml_feed import read_xml_feed
from reader.parse.feed.xml_text import DocumentKind, kind_of_document

__all__ = ["is_feed", "parse_feed", "read_feed"]


def is_feed(text: str) -> bool:
    """Tell whether the text of a document is that of a feed, or JSON, rather than of a page."""
    return kind_of_document(text) in {"feed", "json"}


def parse_feed(
    data: bytes, at: datetime, url: str | None = None, charset: str | None = None
) -> Feed | FeedLinks:
    """Return the feed that was fetched at `at` (UTC) from `url`, or the feeds that a page offers.

    The content type of the answer decides nothing; `charset` is the encoding that its header
    declares. Raises UnreadablePage for what is not text, and NotNews for what is neither a feed nor
    a page that offers one.
    """
    return read_feed(decode_page(data, charset), at, url)


def read_feed(text: str, at: datetime, url: str | None = None) -> Feed | FeedLinks:
    """Return what `parse_feed` does, of a document that is decoded."""
    kind: DocumentKind | None = kind_of_document(text)
    if kind == "json":
        return read_json_feed(text, at, url)
    if kind == "feed":
        return read_xml_feed(text, at, url)
    if kind == "page":
        return find_feed_links(text, url)
    raise NotNews("no_feed")
