"""The full articles: their texts, their related headlines, and the reading positions in them."""

import json
import sqlite3
import sys
from collections.abc import Sequence
from datetime import datetime

from reader.errors import Reason
from reader.model import Article, Headline, Revision
from reader.store.article_conversion import COLUMNS, article_of
from reader.store.clock import next_stamp
from reader.store.connection import Database
from reader.store.conversion import reason_or_none, seconds_of
from reader.store.headlines import load_headlines
from reader.store.revisions import load_revision, load_revisions
from reader.store.schema import PLACE_COUNTS_MORE

# For these reasons a newer text was refused and the older one kept.
_KEPT_BACK = frozenset(["other_article", "became_stub", "text_lost", "same_page_everywhere"])
_FAILURE = """
SELECT failure FROM names INDEXED BY names_item JOIN pages ON pages.address = names.name
WHERE names.item = ? AND names.kind = 'address' AND failure IS NOT NULL
  AND EXISTS (SELECT 1 FROM articles WHERE item = names.item)
"""
_KEEP_PLACE = """
INSERT INTO places (item, characters, stamp) SELECT id, :characters, :stamp FROM items
WHERE id = :item AND (:characters > 0 OR EXISTS (SELECT 1 FROM places WHERE places.item = :item))
ON CONFLICT DO UPDATE SET characters = excluded.characters, length = NULL, stamp = excluded.stamp,
    device = NULL
WHERE excluded.stamp > places.stamp
"""
_MERGE_PLACES = f"""
INSERT INTO places (item, characters, length, stamp, device)
SELECT :keep, characters, length, stamp, device FROM places WHERE item = :gone
ON CONFLICT DO UPDATE SET characters = excluded.characters, length = excluded.length,
    stamp = excluded.stamp, device = excluded.device
WHERE {PLACE_COUNTS_MORE}
"""  # noqa: S608


# The number of an older text is how many times the text was replaced since it was current.
_CHANGED = """
SELECT DISTINCT item FROM revisions JOIN read_texts USING (item)
WHERE replaced > read_texts.fetched AND item IN (SELECT value FROM json_each(?))
"""
_CHANGED_SINCE_READ = """
SELECT item FROM revisions JOIN read_texts USING (item) WHERE replaced > read_texts.fetched
GROUP BY item ORDER BY max(replaced) DESC, item DESC
"""
_CHANGED_SINCE = """
SELECT item FROM revisions WHERE replaced > ? GROUP BY item ORDER BY max(replaced) DESC, item DESC
"""
_REVISION_READ = """
SELECT count(*) FROM revisions JOIN read_texts USING (item)
WHERE item = ? AND replaced > read_texts.fetched
"""
_REVISION_AT = "SELECT count(*) FROM revisions WHERE item = ? AND replaced > ?"
_NOTE_READ = """
INSERT OR REPLACE INTO read_texts (item, fetched) SELECT item, fetched FROM articles WHERE item = ?
"""


class Articles:
    """Queries for the articles, and the reading positions in them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, headline_id: int) -> Article | None:
        """Return the full article of a headline, or None if only the headline is stored."""
        with self._database.reading() as connection:
            row = connection.execute(
                f"SELECT {COLUMNS} FROM articles WHERE item = ?",  # noqa: S608
                (headline_id,),
            ).fetchone()
            if row is None:
                return None
            (own,) = load_headlines(connection, [headline_id])
            teasers = tuple(each.teaser for each in _related(connection, headline_id))
            return article_of(own.teaser, row, teasers)

    def revisions(self, headline_id: int) -> list[Revision]:
        """Return a description of each older text of an article, the newest first."""
        with self._database.reading() as connection:
            return load_revisions(connection, headline_id)

    def revision(self, headline_id: int, number: int) -> Article | None:
        """Return an older text of an article, 1 for the newest of them; None if there is none.

        It has no related headlines.
        """
        with self._database.reading() as connection:
            headlines = load_headlines(connection, [headline_id])
            if not headlines:
                return None
            return load_revision(connection, headline_id, number, headlines[0].teaser)

    def changed(self, ids: Sequence[int]) -> set[int]:
        """Return those of the given headlines whose article text changed since it was last read."""
        with self._database.using("read") as connection:
            return {row[0] for row in connection.execute(_CHANGED, (json.dumps(list(ids)),))}

    def changed_since(self, moment: datetime | None = None) -> list[int]:
        """Return the articles whose text changed since a moment, or since each was last read.

        The most recently changed article comes first.
        """
        with self._database.using("read") as connection:
            if moment is None:
                return [row[0] for row in connection.execute(_CHANGED_SINCE_READ)]
            values = (seconds_of(moment),)
            return [row[0] for row in connection.execute(_CHANGED_SINCE, values)]

    def revision_read(self, headline_id: int) -> int:
        """Return the number of the older text that was read last; 0 if it is the current one.

        It is also 0 for an article that was never read.
        """
        with self._database.using("read") as connection:
            (number,) = connection.execute(_REVISION_READ, (headline_id,)).fetchone()
            return int(number)

    def revision_at(self, headline_id: int, moment: datetime) -> int:
        """Return the number of the text that was current at a moment; 0 for the present one."""
        with self._database.using("read") as connection:
            values = (headline_id, seconds_of(moment))
            (number,) = connection.execute(_REVISION_AT, values).fetchone()
            return int(number)

    def note_read(self, headline_id: int) -> None:
        """Record that the present text of an article was read."""
        with self._database.writing() as connection:
            connection.execute(_NOTE_READ, (headline_id,))

    def kept_back(self, headline_id: int) -> Reason | None:
        """Return why the site's newer text was refused; None if none was."""
        with self._database.reading() as connection:
            row = connection.execute(_FAILURE, (headline_id,)).fetchone()
        why = reason_or_none(row[0]) if row else None
        return why if why and why.code in _KEPT_BACK else None

    def related(self, headline_id: int) -> list[Headline]:
        """Return the related headlines of the article, in page order, without duplicates."""
        with self._database.reading() as connection:
            return _related(connection, headline_id)

    def place(self, headline_id: int) -> int:
        """Return the reading position in an article, 0 if it was not begun or was read to its end.

        The position is the number of characters of the body before it, not counting spaces.
        """
        with self._database.using("read") as connection:
            return load_place(connection, headline_id)

    def keep_place(self, headline_id: int, characters: int, now: datetime) -> None:
        """Store the reading position in an article, 0 if it was read to its end."""
        with self._database.writing() as connection:
            store_place(connection, headline_id, characters, next_stamp(connection, now))


def load_place(connection: sqlite3.Connection, item: int) -> int:
    """Return the reading position in an article, 0 if it was not begun or was read to its end."""
    row = connection.execute("SELECT characters FROM places WHERE item = ?", (item,)).fetchone()
    return int(row[0]) if row else 0


def store_place(connection: sqlite3.Connection, item: int, characters: int, stamp: int) -> None:
    """Store the reading position, 0 if it was read to its end; a later position is kept."""
    values = {"item": item, "characters": min(max(characters, 0), sys.maxsize), "stamp": stamp}
    connection.execute(_KEEP_PLACE, values)


def merge_places(connection: sqlite3.Connection, keep: int, gone: int) -> None:
    """Give `keep` the reading position of `gone`, unless its own was stored later."""
    connection.execute(_MERGE_PLACES, {"keep": keep, "gone": gone})


def _related(connection: sqlite3.Connection, article: int) -> list[Headline]:
    rows = connection.execute(
        "SELECT item FROM related WHERE article = ? ORDER BY position", (article,)
    )
    return load_headlines(connection, list(dict.fromkeys(row[0] for row in rows)))
