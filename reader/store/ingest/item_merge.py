"""Merges two items that prove to be the same."""

import sqlite3
from collections.abc import Iterator

from reader.store.article_conversion import keep_feed_texts
from reader.store.articles import merge_places
from reader.store.ingest import items
from reader.store.ingest.identity import find_twin
from reader.store.ingest.items import Item
from reader.store.ingest.stored_article import StoredArticle, load_stored
from reader.store.ingest.weighing import would_cost
from reader.store.marks import merge_marks

# If both items have a name, the one that was given first stays.
_DROP_LATER_NAMES = """
DELETE FROM names WHERE item IN (:keep, :gone) AND EXISTS (
    SELECT 1 FROM names AS first WHERE first.item IN (:keep, :gone)
    AND first.kind = names.kind AND first.name = names.name AND first.id < names.id)
"""
_LINKED = "SELECT id FROM items WHERE id IN (?, ?) AND url IS NOT NULL"


def merge_twins(connection: sqlite3.Connection, number: int) -> Iterator[tuple[int, int]]:
    """Merge an item with all that prove to be the same; yield each kept and removed item.

    Of two items the one with a URL stays, else the earlier one.
    """
    while (twin := find_twin(connection, number)) is not None:
        linked = {row[0] for row in connection.execute(_LINKED, (number, twin))}
        keep = min(linked or {number, twin})
        gone = twin if keep == number else number
        merge(connection, keep, gone)
        number = keep
        yield keep, gone


def merge(connection: sqlite3.Connection, keep: int, gone: int) -> None:
    """Merge two items; nothing that either holds is lost except the older of two articles."""
    kept, other = items.load(connection, keep), items.load(connection, gone)
    learned = kept.learn(other, trust=other.updated > kept.updated)
    sightings = items.all_sightings(connection, [keep, gone])
    both = {"keep": keep, "gone": gone}
    merge_marks(connection, keep, gone)
    merge_places(connection, keep, gone)
    _merge_stories(connection, keep, gone)
    connection.execute(_DROP_LATER_NAMES, both)
    connection.execute("UPDATE names SET item = :keep WHERE item = :gone", both)
    connection.execute("UPDATE related SET item = :keep WHERE item = :gone", both)
    connection.execute("UPDATE feed_names SET item = :keep WHERE item = :gone", both)
    keep_feed_texts(connection, keep)
    keep_feed_texts(connection, gone)
    connection.execute("UPDATE OR REPLACE feed_texts SET item = :keep WHERE item = :gone", both)
    _merge_articles(connection, both, kept, other)
    connection.execute("DELETE FROM items WHERE id = :gone", both)
    items.update(connection, keep, kept, learned)
    items.add_sightings(connection, keep, sightings[keep], sightings[gone])


def _merge_articles(
    connection: sqlite3.Connection, both: dict[str, int], kept: Item, other: Item
) -> None:
    """Give `keep` the article of `gone`, unless its own is at least as new or better."""
    own = load_stored(connection, both["keep"], kept.teaser)
    others = load_stored(connection, both["gone"], other.teaser)
    if others is None or (own is not None and not _is_better(others, own)):
        return
    connection.execute("DELETE FROM articles WHERE item = :keep", both)
    connection.execute("DELETE FROM revisions WHERE item = :keep", both)
    connection.execute("UPDATE revisions SET item = :keep WHERE item = :gone", both)
    connection.execute("DELETE FROM related WHERE article = :keep", both)
    connection.execute("UPDATE articles SET item = :keep WHERE item = :gone", both)
    connection.execute("UPDATE related SET article = :keep WHERE article = :gone", both)


def _is_better(text: StoredArticle, other: StoredArticle) -> bool:
    """Tell whether a text is newer and may replace the other, or older and may not be replaced."""
    if text.fetched > other.fetched:
        return not would_cost(other.article, text.article)
    return text.fetched < other.fetched and would_cost(text.article, other.article)


def _merge_stories(connection: sqlite3.Connection, keep: int, gone: int) -> None:
    """Give `keep` the story of `gone`, and the corrections about it, if it has none."""
    connection.execute(
        "UPDATE items SET story = (SELECT story FROM items WHERE id = ?)"
        " WHERE id = ? AND story IS NULL",
        (gone, keep),
    )
    connection.execute("UPDATE OR IGNORE story_hands SET item = ? WHERE item = ?", (keep, gone))
