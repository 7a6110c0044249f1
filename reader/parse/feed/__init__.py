"""Parsing of feeds, RSS, Atom and JSON Feed, and of the links to feeds on a page."""

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
    """Tell whether a document is a feed, or JSON, rather than a page."""
    return kind_of_document(text) in {"feed", "json"}


def parse_feed(
    data: bytes, at: datetime, url: str | None = None, charset: str | None = None
) -> Feed | FeedLinks:
    """Return the feed fetched at `at` (UTC) from `url`, or the links to feeds on a page.

    The content type of the response is ignored; `charset` is the encoding in its header. Raises
    UnreadablePage if the document is not text, and NotNews if it is neither a feed nor a page with
    links to feeds.
    """
    return read_feed(decode_page(data, charset), at, url)


def read_feed(text: str, at: datetime, url: str | None = None) -> Feed | FeedLinks:
    """Return the result of `parse_feed` for a decoded document, with the same errors."""
    kind: DocumentKind | None = kind_of_document(text)
    if kind == "json":
        return read_json_feed(text, at, url)
    if kind == "feed":
        return read_xml_feed(text, at, url)
    if kind == "page":
        return find_feed_links(text, url)
    raise NotNews("no_feed")
