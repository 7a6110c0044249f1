"""The text of a feed's item: from the feed, or from its page if that is better."""

import sqlite3
from typing import Any, Literal

from reader.errors import Reason
from reader.model import Article, Block, Entry, FeedPage, Teaser
from reader.store.article_conversion import AS_ARTICLE, columns_of_article, replace_text
from reader.store.conversion import blocks_of, packed_blocks, seconds_of, stored_reason
from reader.store.ingest.item_cache import ItemCache
from reader.store.ingest.stored_article import load_stored
from reader.store.ingest.weighing import tells_more_than
from reader.store.revisions import keep_revision, rebase_newest
from reader.text.full_text import MORE, is_better_page
from reader.text.url import address

_INSERTED = """
INSERT INTO articles (fetched, blocks, details, parser, own_title, item) VALUES (?, ?, ?, ?, ?, ?)
"""
_STATED = """
INSERT INTO feed_texts (item, feed, digest, blocks, wanted) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET digest = excluded.digest, blocks = excluded.blocks,
    wanted = iif(chosen IS 'feed', 0, excluded.wanted), reason = NULL
"""
_TEXTS = """
SELECT iif(feed_texts.blocks = x'', articles.blocks, feed_texts.blocks) AS text, chosen
FROM feed_texts LEFT JOIN articles ON articles.item = feed_texts.item
WHERE feed_texts.item = ? AND text IS NOT NULL
"""
_LONGEST = f"{_TEXTS} ORDER BY length(text) DESC LIMIT 1"
_IS_ARTICLE = "UPDATE feed_texts SET blocks = x'' WHERE item = ? AND blocks = ?"
_AT_ADDRESS = "SELECT item FROM names WHERE kind = 'address' AND name = ?"


def store_text(
    known: ItemCache,
    feed: int,
    number: int,
    entry: Entry,
    page: FeedPage,
    *,
    is_new: bool,
    wanted: bool,
) -> bool:
    """Store the feed's text of an item, and show it unless a page is used.

    Return whether the shown text changed. An item that `is_new` has no text yet; its page is
    `wanted` if the feed's text is not enough.
    """
    connection, teaser = known.connection, known.item(number).teaser
    blocks = page.texts.get(entry.digest, ())
    article = Article(teaser, blocks, (), page.at)
    packed = packed_blocks(blocks) if blocks else None
    rows = [] if is_new else connection.execute(_TEXTS, (number,)).fetchall()
    of_feeds = [blocks_of(row[0]) for row in rows]
    is_chosen = any(row[1] == "page" for row in rows)
    values = (number, feed, entry.digest, AS_ARTICLE if is_new and blocks else packed, wanted)
    connection.execute(_STATED, values)
    if not blocks:
        return False
    if is_new:
        title = article.teaser.title
        row = (seconds_of(page.at), packed, None, article.parser, title, number)
        connection.execute(_INSERTED, row)
        return False
    stored = load_stored(connection, number, teaser)
    if stored is not None:
        if stored.article.blocks == blocks:
            connection.execute(_IS_ARTICLE, (number, stored.blocks))
            return False
        mine, shown = _length(blocks), _length(stored.article.blocks)
        # The text of a page stays, unless the feed now has all of it; so does that of another feed,
        # unless this one is much longer.
        if stored.article.blocks not in of_feeds:
            if wanted or is_chosen or shown >= MORE * mine:
                return False
        elif mine < MORE * shown:
            own = connection.execute("SELECT source FROM items WHERE id = ?", (number,)).fetchone()
            if own[0] != page.source:
                return False
    _replace(connection, number, article, packed or b"")
    return stored is not None


def store_page(connection: sqlite3.Connection, url: str, page: Article) -> Reason | None:
    """Use a page as the text of the item at `url` if it is better than that of the feed.

    Return why it is not used, else None.
    """
    row = connection.execute(_AT_ADDRESS, (address(url),)).fetchone()
    if row is None:
        return None
    number: int = row[0]
    kept = connection.execute(_LONGEST, (number,)).fetchone()
    item = _teaser_of(connection, number)
    forced = kept is not None and kept[1] == "page"
    why = None
    if kept is not None and not forced:
        why = is_better_page(blocks_of(kept[0]), item.summary, page.blocks)
    if why is None and page.blocks:
        _replace(connection, number, page, columns_of_article(page)[1])
    connection.execute(
        "UPDATE feed_texts SET wanted = 0, reason = ? WHERE item = ?",
        (stored_reason(why) if why else None, number),
    )
    return why


def choose_text(connection: sqlite3.Connection, url: str, text: Literal["feed", "page"]) -> bool:
    """Show the text of the feed, or request the page; return whether the feed has a text."""
    found = connection.execute(_AT_ADDRESS, (address(url),)).fetchone()
    if found is None:
        return False
    number: int = found[0]
    row = connection.execute(_LONGEST, (number,)).fetchone()
    if row is None:
        return False
    connection.execute(
        "UPDATE feed_texts SET chosen = ?, wanted = ?, reason = NULL WHERE item = ?",
        (text, text == "page", number),
    )
    stored = load_stored(connection, number, _teaser_of(connection, number))
    if text == "feed" and stored is not None and stored.article.blocks != blocks_of(row[0]):
        article = Article(stored.article.teaser, blocks_of(row[0]), (), stored.article.fetched)
        _replace(connection, number, article, row[0])
    return True


def _replace(connection: sqlite3.Connection, number: int, article: Article, packed: bytes) -> None:
    """Store a text in place of an item's present one, which becomes a revision."""
    stored = load_stored(connection, number, article.teaser)
    _, _, details, parser = columns_of_article(article)
    columns = (seconds_of(article.fetched), packed, details, parser)
    if stored is None:
        connection.execute(_INSERTED, (*columns, article.teaser.title, number))
    else:
        replace_text(connection, number, columns, article.teaser.title)
    connection.execute(_IS_ARTICLE, (number, packed))
    if stored is None:
        return
    if tells_more_than(article, stored.article) and stored.fetched != seconds_of(article.fetched):
        replaced = max(seconds_of(article.fetched), stored.fetched)
        keep_revision(connection, number, stored.text, replaced=replaced)
    else:
        rebase_newest(connection, number, stored.text)


def _teaser_of(connection: sqlite3.Connection, number: int) -> Teaser:
    row: tuple[Any, ...] = connection.execute(
        "SELECT url, title, summary FROM items WHERE id = ?", (number,)
    ).fetchone()
    return Teaser(row[0], row[1], summary=row[2])


def _length(blocks: tuple[Block, ...]) -> int:
    return sum(len(block.text) for block in blocks)
