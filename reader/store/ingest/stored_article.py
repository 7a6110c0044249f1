"""The stored article of an item, in the form for weighing a new text against it."""

import sqlite3

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import Reason
from reader.model import Article, Teaser
from reader.store.article_conversion import COLUMNS, article_of, keep_feed_texts
from reader.store.conversion import stored_reason
from reader.store.ingest.identity import names_of
from reader.store.ingest.item_cache import ItemCache
from reader.store.revisions import StoredText, plain_text, restore_newest

_STORED = f"SELECT {COLUMNS}, own_title FROM articles WHERE item = ?"  # noqa: S608 - no value is in it
_RELATED = "SELECT count(*) FROM related WHERE article = ?"
# Without validators, so that the site sends the page again.
_FAILED = """
UPDATE pages SET failure = :why, failed = :at, tries = tries + 1, etag = NULL, modified = NULL
WHERE address IN (SELECT name FROM names WHERE item = :item AND kind = 'address')
"""
_USED = """
SELECT EXISTS (SELECT 1 FROM item_marks WHERE item = :item)
    OR EXISTS (SELECT 1 FROM related WHERE item = :item)
"""
_ALIKE = """
SELECT item, items.url, items.title FROM articles JOIN items ON items.id = articles.item
WHERE digest = ? AND item IS NOT ? AND sample = 0
"""


class StoredArticle(Struct, frozen=True):
    """The stored article of an item, and its columns."""

    item: int
    article: Article
    fetched: int
    blocks: bytes
    details: str | None

    @property
    def text(self) -> StoredText:
        """Return its text in the form that a revision keeps."""
        article = self.article
        plain = plain_text(self.blocks, self.details)
        return StoredText(self.fetched, article.parser, article.teaser.title, plain)


class AlikeItem(Struct, frozen=True):
    """An item with exactly the same title and text as another article."""

    number: int
    url: str | None
    title: str | None


def load_stored(
    connection: sqlite3.Connection, number: int, teaser: Teaser
) -> StoredArticle | None:
    """Return the stored article of an item whose own teaser is `teaser`, None if it has none.

    Its title is that of its own page, else that of the item. Its related teasers are only counted.
    """
    row = connection.execute(_STORED, (number,)).fetchone()
    if row is None:
        return None
    fetched, blocks, details, _, title = row
    (related,) = connection.execute(_RELATED, (number,)).fetchone()
    own = replace(teaser, title=title or teaser.title)
    article = article_of(own, row[:-1], (Teaser(None, None),) * related)
    return StoredArticle(number, article, fetched, blocks, details)


def expel(known: ItemCache, number: int, why: Reason, at: int) -> None:
    """Remove an article that is not the item's own, and record why at `at` (Unix seconds).

    The newest older text is restored, if there is one. An item that is known only from that article
    is deleted with it.
    """
    connection = known.connection
    connection.execute(_FAILED, {"why": stored_reason(why), "at": at, "item": number})
    stored = load_stored(connection, number, known.item(number).teaser)
    if not restore_newest(connection, number):
        keep_feed_texts(connection, number)
        connection.execute("DELETE FROM articles WHERE item = ?", (number,))
        if stored and _is_unknown_otherwise(known, number, stored.article):
            connection.execute("DELETE FROM items WHERE id = ?", (number,))
    known.forget(number)


def _is_unknown_otherwise(known: ItemCache, number: int, page: Article) -> bool:
    """Tell whether an item has no names but those of its own page, no marks, and no mentions."""
    lead = page.blocks[0].text if page.blocks else ""
    own = names_of(page.teaser, lead)
    row = known.connection.execute(_USED, {"item": number}).fetchone()
    return not row[0] and known.names(number) <= set(own)


def is_known_everywhere(connection: sqlite3.Connection, digest: bytes) -> bool:
    """Tell whether a page with this digest was refused before as too many addresses show it."""
    row = connection.execute("SELECT 1 FROM common_pages WHERE digest = ?", (digest,))
    return row.fetchone() is not None


def note_everywhere(connection: sqlite3.Connection, digest: bytes, at: int) -> None:
    """Record that a page with this digest, found at `at` (Unix seconds), is not an article."""
    connection.execute(
        "INSERT OR IGNORE INTO common_pages (digest, found) VALUES (?, ?)", (digest, at)
    )


def load_alike(
    connection: sqlite3.Connection, digest: bytes, number: int | None
) -> list[AlikeItem]:
    """Return the items other than `number` whose article has this digest."""
    return [AlikeItem(*row) for row in connection.execute(_ALIKE, (digest, number))]
