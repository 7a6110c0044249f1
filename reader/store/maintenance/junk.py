"""Headlines and articles that were stored by mistake, and that the current rules would refuse."""

import sqlite3
import zlib
from collections import defaultdict

from msgspec import Struct

from reader.errors import Reason, reason
from reader.store.conversion import blocks_of
from reader.store.fingerprint import fingerprint_of
from reader.store.ingest.weighing import TOO_MANY, is_named_by_title

_ARTICLES = """
SELECT items.id, items.url, coalesce(own_title, title), blocks
FROM articles JOIN items ON items.id = articles.item WHERE sample = 0
"""
_LISTINGS = """
SELECT items.id FROM items JOIN names ON names.item = items.id AND kind = 'address'
WHERE sample = 0 AND (
    EXISTS (SELECT 1 FROM pages WHERE address = name AND article = 0 AND fetched IS NOT NULL)
    OR name IN (SELECT address_of(url) FROM sections))
"""


class Junk(Struct, frozen=True):
    """A headline that was stored by mistake, and why it would be refused now."""

    id: int
    why: Reason


def find_junk(connection: sqlite3.Connection) -> list[Junk]:
    """Return the headlines at addresses of lists, and those that share one page with others."""
    found = [
        Junk(row[0], reason("listing_became_article")) for row in connection.execute(_LISTINGS)
    ]
    alike: dict[bytes, list[tuple[int, str]]] = defaultdict(list)
    for number, url, title, blocks in connection.execute(_ARTICLES):
        if is_named_by_title(url, title):
            continue
        try:
            alike[fingerprint_of(title, blocks_of(blocks))].append((number, title or ""))
        except (ValueError, TypeError, LookupError, zlib.error):
            continue
    known = {junk.id for junk in found}
    for group in alike.values():
        if len(group) >= TOO_MANY:
            found += [
                Junk(number, reason("same_page_everywhere", title=title))
                for number, title in group
                if number not in known
            ]
    return found
