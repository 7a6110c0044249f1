"""The article that is stored of an item, as a new text is weighed against it."""

import sqlite3
from dataclasses import dataclass, replace

from reader.errors import Reason
from reader.model import Article, Teaser
from reader.store.article_records import COLUMNS, article_of
from reader.store.records import stored_reason
from reader.store.revisions import StoredText, plain_text, restore_newest

_STORED = f"SELECT {COLUMNS}, own_title FROM articles WHERE item = ?"  # noqa: S608 - no value is in it
_RELATED = "SELECT count(*) FROM related WHERE article = ?"
# Without validators, so that the site sends the page again.
_FAILED = """
UPDATE pages SET failure = :why, failed = :at, tries = tries + 1, etag = NULL, modified = NULL
WHERE address IN (SELECT name FROM names WHERE item = :item AND kind = 'address')
"""
_ALIKE = """
SELECT item, items.url, items.title FROM articles JOIN items ON items.id = articles.item
WHERE digest = ? AND item <> ? AND sample = 0
"""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """The article of an item as it is stored, and its columns."""

    item: int
    article: Article
    fetched: int
    blocks: bytes
    details: str | None

    @property
    def text(self) -> StoredText:
        """Return its text as a revision keeps it."""
        article = self.article
        plain = plain_text(self.blocks, self.details)
        return StoredText(self.fetched, article.parser, article.teaser.title, plain)


@dataclass(frozen=True, slots=True)
class AlikeItem:
    """An item with the very title and text of another article."""

    number: int
    url: str | None
    title: str | None


def load_stored(
    connection: sqlite3.Connection, number: int, teaser: Teaser
) -> StoredArticle | None:
    """Return the article of an item whose own teaser is `teaser`, None where it has none.

    It has the title that its own page gave it, else that of the item.
    Its related teasers are there by their number alone.
    """
    row = connection.execute(_STORED, (number,)).fetchone()
    if row is None:
        return None
    fetched, blocks, details, _, title = row
    (related,) = connection.execute(_RELATED, (number,)).fetchone()
    own = replace(teaser, title=title or teaser.title)
    article = article_of(own, row[:-1], (Teaser(None, None),) * related)
    return StoredArticle(number, article, fetched, blocks, details)


def expel(connection: sqlite3.Connection, number: int, why: Reason, at: int) -> None:
    """Take from an item an article that was none of its own, and note why at `at` (Unix seconds).

    Its newest older text comes back, where there is one.
    """
    if not restore_newest(connection, number):
        connection.execute("DELETE FROM articles WHERE item = ?", (number,))
    connection.execute(_FAILED, {"why": stored_reason(why), "at": at, "item": number})


def is_known_everywhere(connection: sqlite3.Connection, why: Reason) -> bool:
    """Tell whether a page was refused for this very reason before."""
    row = connection.execute("SELECT 1 FROM pages WHERE failure = ? LIMIT 1", (stored_reason(why),))
    return row.fetchone() is not None


def load_alike(connection: sqlite3.Connection, digest: bytes, number: int) -> list[AlikeItem]:
    """Return the other items that have an article of this digest."""
    return [AlikeItem(*row) for row in connection.execute(_ALIKE, (digest, number))]
