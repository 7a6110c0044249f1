"""Whether what the rows say can be read, which SQLite's own check does not look at."""

import json
import sqlite3
import zlib

from reader.store.ingest.stored_article import digest_of
from reader.store.records import blocks_of

_ITEMS = "SELECT url, title, section, dateline, summary, source FROM items"
_ARTICLES = "SELECT own_title, blocks, details, digest FROM articles"


def damaged_rows(connection: sqlite3.Connection) -> int:
    """Return how many headlines and articles cannot be read as they were stored."""
    factory = connection.text_factory
    connection.text_factory = bytes
    try:
        items = sum(not _is_whole_item(*row) for row in connection.execute(_ITEMS))
        articles = sum(not _is_whole_article(*row) for row in connection.execute(_ARTICLES))
    finally:
        connection.text_factory = factory
    return items + articles


def _is_whole_item(*texts: bytes | None) -> bool:
    try:
        _, _, _, dateline, *_ = [text.decode() if text is not None else None for text in texts]
        if dateline is not None:
            json.loads(dateline)
    except (AttributeError, ValueError):
        return False
    return True


def _is_whole_article(
    title: bytes | None, blocks: bytes, details: bytes | None, digest: bytes | None
) -> bool:
    """Tell whether an article can be read, and is the one that was stored where that is known."""
    try:
        read = blocks_of(blocks)
        json.loads(details or b"{}")
        own = title.decode() if title is not None else None
    except (AttributeError, ValueError, TypeError, LookupError, zlib.error):
        return False
    return digest is None or digest == digest_of(own, read)
