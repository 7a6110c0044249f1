"""The stored form of an article: the time of the fetch, its blocks, and details from its page."""

import json
import sqlite3
from typing import Any

from reader.model import Article, Image, Teaser
from reader.store.conversion import blocks_of, moment_of, moment_or_none, packed_blocks, seconds_of

# The columns of `articles` that `article_of` reads and `columns_of_article` returns.
COLUMNS = "fetched, blocks, details, parser"
# In place of the text of a feed that is the present text of its item, which is stored only once.
AS_ARTICLE = b""
_KEEP_FEED_TEXTS = """
UPDATE feed_texts SET blocks = (SELECT blocks FROM articles WHERE articles.item = feed_texts.item)
WHERE item = ? AND blocks = x''
"""
# Replaces a text that has no digest of its page; the values are those of COLUMNS, title and item.
_REPLACE_TEXT = """
UPDATE articles SET fetched = ?, blocks = ?, details = ?, parser = ?, own_title = ?, digest = NULL
WHERE item = ?
"""

Columns = tuple[int, bytes, str | None, int]


def columns_of_article(article: Article) -> Columns:
    """Return an article as stored; its teaser and related teasers have their own rows."""
    details = _stored_details(article)
    return seconds_of(article.fetched), packed_blocks(article.blocks), details, article.parser


def keep_feed_texts(connection: sqlite3.Connection, item: int) -> None:
    """Store the texts of feeds that are an item's present text by themselves.

    This goes before any change of the present text.
    """
    connection.execute(_KEEP_FEED_TEXTS, (item,))


def replace_text(
    connection: sqlite3.Connection, item: int, columns: Columns, title: str | None
) -> None:
    """Replace the text of an item by one that has no digest of its page."""
    keep_feed_texts(connection, item)
    connection.execute(_REPLACE_TEXT, (*columns, title, item))


def article_of(teaser: Teaser, row: tuple[Any, ...], related: tuple[Teaser, ...] = ()) -> Article:
    """Return the article in a row with the columns COLUMNS.

    Raises ValueError, TypeError or zlib.error if the row is damaged.
    """
    fetched, blocks, stored, parser = row
    details = _details(stored)
    return Article(
        teaser,
        blocks_of(blocks),
        related,
        moment_of(fetched),
        authors=tuple(details.get("authors", ())),
        modified=moment_or_none(details.get("modified")),
        image=Image(*details["image"]) if "image" in details else None,
        description=details.get("description"),
        tags=tuple(details.get("tags", ())),
        language=details.get("language"),
        parser=parser,
    )


def detail_words(stored: str | None) -> str | None:
    """Return authors, tags and the words about the image, one per line; None if none is stored.

    Return None for damaged details too: the index calls this, and damage must not block a write.
    """
    try:
        details = _details(stored)
        _, *image = details.get("image", ("",))
        words = (*details.get("authors", ()), *details.get("tags", ()), *filter(None, image))
        return "\n".join(words) or None
    except (ValueError, TypeError):
        return None


def _details(stored: str | None) -> dict[str, Any]:
    return {} if stored is None else dict(json.loads(stored))


def _stored_details(article: Article) -> str | None:
    """Return the details that a page gives about its article as JSON, without empty ones."""
    image = article.image
    details = {
        "authors": article.authors,
        "modified": seconds_of(article.modified) if article.modified else None,
        "image": (image.url, image.caption, image.credit) if image else None,
        "description": article.description,
        "tags": article.tags,
        "language": article.language,
    }
    stated = {key: value for key, value in details.items() if value not in (None, ())}
    return json.dumps(stated, ensure_ascii=False) if stated else None
