"""Finds the links to feeds on a web page."""

import re

from lxml import etree

from reader.model import FeedLink, FeedLinks
from reader.parse.html.links import declared_base, resolve
from reader.text.sanitize import clean_line

_TYPES = frozenset(
    [
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/x-rss+xml",
        "application/x-atom+xml",
        "text/rss+xml",
        "text/atom+xml",
    ]
)
# Media types that may be of a feed; the address must show that it is one.
_VAGUE_TYPES = frozenset(["application/xml", "text/xml", "application/json"])
_FEED_WORDS = re.compile(r"feed|rss|atom", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|reactie", re.IGNORECASE)
_MOST = 100


def find_feed_links(text: str, url: str | None) -> FeedLinks:
    """Return the feeds in a page's `link` elements, in order, those of comments last."""
    parser = etree.HTMLParser(
        remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8"
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        return FeedLinks(())
    base = declared_base(root, url or "")
    found: dict[str, FeedLink] = {}
    for tag in root.iter("link"):
        target = resolve(tag.get("href", "").strip(), base) if tag.get("href") else None
        if target and target not in found and _offers_feed(tag, target):
            found[target] = FeedLink(target, clean_line(tag.get("title", "")) or None)
            if len(found) == _MOST:
                break
    ranked = sorted(found.values(), key=_is_of_comments)
    return FeedLinks(tuple(ranked))


def _offers_feed(tag: etree._Element, target: str) -> bool:
    relations = tag.get("rel", "").lower().split()
    kind = tag.get("type", "").lower().partition(";")[0].strip()
    if "alternate" in relations:
        return kind in _TYPES or (kind in _VAGUE_TYPES and bool(_FEED_WORDS.search(target)))
    return "feed" in relations


def _is_of_comments(link: FeedLink) -> bool:
    return bool(_COMMENTS.search(f"{link.title or ''} {link.url}"))
