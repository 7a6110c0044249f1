"""The feeds: their last answers, their items, and their list where no file can be written.

A feed is identified by `source`, the name that its items carry, whatever its current address.
"""

# ruff: noqa: S608 - these statements are built from constants of this package.

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import asdict

from reader.errors import Reason
from reader.model import (
    DEFAULT_SOURCE,
    Article,
    ChosenFeed,
    FeedName,
    FeedPage,
    FeedState,
    FeedUnchanged,
    Validators,
)
from reader.store.connection import Database
from reader.store.conversion import (
    moment_or_none,
    reason_or_none,
    seconds_of,
    stored_reason,
)
from reader.store.feed_choices import choose_feeds, chosen_feeds, feeds_differ
from reader.text.sanitize import clean_line

if TYPE_CHECKING:
    from reader.store.ingest.feed_import import FeedStored

# A feed has moved once this many runs in a row have read it at its new address.
_MOVES = 3
# The names of an entry are kept this long after its feed last showed it (seconds).
_REMEMBERED = 90 * 86_400
# The pages of older entries are fetched only on a reader's request (seconds).
_LATELY = 14 * 86_400
_COUNTED = f"""
SELECT source, count(*), sum(read = 0) FROM items INDEXED BY items_feed
WHERE source <> '{DEFAULT_SOURCE}' GROUP BY source
"""
_STATES = """
SELECT source, url, coalesce(name, source), title, home, digest, etag, modified, checked, fetched,
    ttl, due, failure, failed, failures, gone, section, position
FROM feeds ORDER BY position IS NULL, position, id
"""
_DESCRIBED = """
INSERT INTO feeds (source, url, name, section, position)
VALUES (:source, :url, :name, :section, :position)
ON CONFLICT (source) DO UPDATE SET name = coalesce(:name, name),
    section = coalesce(:section, section), position = coalesce(:position, position)
"""
_SECTIONED = """
UPDATE items SET section = :section WHERE source = :source AND source <> 'zeelandnet'
    AND section COLLATE BINARY IS NOT :section
"""
_READ = """
UPDATE feeds SET name = :name, section = :section, title = :title, home = :home,
    digest = :digest, etag = :etag, modified = :modified, checked = :at, fetched = :at,
    ttl = :ttl, due = :due,
    failure = NULL, failed = NULL, failures = 0, gone = 0 WHERE source = :source
"""
# A validator that comes with the answer replaces the known one.
_UNCHANGED = """
UPDATE feeds SET checked = :at, due = :due, failure = NULL, failed = NULL, failures = 0, gone = 0,
    etag = coalesce(:etag, etag), modified = coalesce(:modified, modified),
    fetched = iif(:whole, :at, fetched)
WHERE source = :source
"""
_FAILED = """
UPDATE feeds SET failure = :reason, failed = :at, failures = failures + 1, due = :due, gone = :gone,
    moving = NULL, moves = 0
WHERE source = :source
"""
_MOVING = """
UPDATE feeds SET moving = :moved,
    moves = iif(:moved IS NULL, 0, iif(moving IS :moved, moves + 1, 1))
WHERE source = :source
"""
_MOVED = """
UPDATE feeds SET url = moving, moving = NULL, moves = 0 WHERE source = :source AND moves >= :most
"""
_WANTED = """
SELECT items.id, items.url FROM feed_texts INDEXED BY feed_texts_wanted
JOIN feeds ON feeds.id = feed_texts.feed JOIN items ON items.id = feed_texts.item
WHERE feeds.source = :source AND wanted = 1 AND items.url IS NOT NULL AND moment > :oldest
  AND NOT EXISTS (
    SELECT 1 FROM names INDEXED BY names_item JOIN pages ON pages.address = names.name
    WHERE names.item = items.id AND names.kind = 'address'
      AND (failed BETWEEN :since AND :now OR retry > :now))
ORDER BY moment DESC, items.id DESC LIMIT :limit
"""
_SOURCES = """
SELECT coalesce(feeds.name, feeds.source) FROM feeds WHERE id IN (
    SELECT feed FROM feed_names WHERE item = ?) ORDER BY id
"""
# The names of entries that the feed has not shown for long and whose items are gone.
_FORGOTTEN = """
DELETE FROM feed_names WHERE feed = :feed AND kind <> 'shared' AND seen < :before
    AND item NOT IN (SELECT id FROM items)
"""
_FORGOTTEN_TEXTS = """
DELETE FROM feed_texts WHERE feed = :feed AND item NOT IN (SELECT id FROM items)
    AND item NOT IN (SELECT item FROM feed_names WHERE feed = :feed)
"""


class Feeds:
    """The storage of feeds for a run, and the queries about them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def states(self) -> list[FeedState]:
        """Return the state of every feed that is or was followed."""
        with self._database.reading() as connection:
            counted = {row[0]: row[1:] for row in connection.execute(_COUNTED)}
            rows = connection.execute(_STATES).fetchall()
        return [_state_of(row, *counted.get(row[0], (0, 0))) for row in rows]

    def state(self, source: str) -> FeedState | None:
        """Return the state of a feed, None if it was never followed."""
        return next((each for each in self.states() if each.source == source), None)

    def describe(self, names: Iterable[FeedName]) -> None:
        """Store the display names of feeds, and move their items into their sections."""
        with self._database.writing() as connection:
            for each in names:
                values = {
                    "source": each.source,
                    "url": clean_line(each.url),
                    "name": each.name,
                    "section": each.section,
                    "position": each.position,
                }
                connection.execute(_DESCRIBED, values)
                if each.section:
                    connection.execute(_SECTIONED, {"source": each.source, "section": each.section})

    def unfollow(self, source: str) -> None:
        """Record that a feed is no longer followed; its items stay."""
        with self._database.writing() as connection:
            connection.execute("UPDATE feeds SET position = NULL WHERE source = ?", (source,))

    def digests(self, source: str) -> frozenset[str]:
        """Return the digests of the entries that are stored exactly as the feed gives them."""
        with self._database.using("read") as connection:
            rows = connection.execute(
                "SELECT feed_texts.digest FROM feed_texts JOIN feeds ON feeds.id = feed"
                " WHERE source = ?",
                (source,),
            )
            return frozenset(row[0] for row in rows)

    def add(self, pages: Sequence[FeedPage]) -> list["FeedStored"]:
        """Store feeds with their items, texts and validators, completely or not at all.

        Return what was stored of each, in the same order.
        """
        with self._database.writing(in_small_steps=True) as connection:
            return [_add(connection, page) for page in pages]

    def mark_unchanged(self, answers: Iterable[FeedUnchanged]) -> None:
        """Record which feeds have not changed; clear their failures."""
        with self._database.writing() as connection:
            for each in answers:
                values = asdict(each) | {"at": seconds_of(each.at), "due": seconds_of(each.due)}
                connection.execute(_UNCHANGED, values)
                _note_move(connection, each.source, each.moved)

    def mark_failed(
        self, source: str, why: Reason, at: datetime, due: datetime, *, gone: bool = False
    ) -> None:
        """Record why a feed could not be fetched or read; all its items stay."""
        values = {
            "source": source,
            "reason": stored_reason(why),
            "at": seconds_of(at),
            "due": seconds_of(due),
            "gone": gone,
        }
        with self._database.writing() as connection:
            connection.execute(_FAILED, values)

    def wanted(
        self, source: str, limit: int, failed_since: datetime, now: datetime
    ) -> list[tuple[int, str]]:
        """Return number and address of the items of a feed whose pages are wanted, newest first.

        Items that failed at `failed_since` or later are left out.
        """
        values = {
            "source": source,
            "limit": limit,
            "since": seconds_of(failed_since),
            "now": seconds_of(now),
            "oldest": seconds_of(now) - _LATELY,
        }
        with self._database.using("read") as connection:
            return connection.execute(_WANTED, values).fetchall()

    def source_of(self, url: str) -> str | None:
        """Return the feed that brought the item at an address, None if there is none."""
        with self._database.using("read") as connection:
            row = connection.execute(
                "SELECT feeds.source FROM names JOIN feed_texts ON feed_texts.item = names.item"
                " JOIN feeds ON feeds.id = feed WHERE names.kind = 'address'"
                " AND names.name = address_of(?) ORDER BY feeds.id LIMIT 1",
                (clean_line(url),),
            ).fetchone()
            return row[0] if row else None

    def sources_of(self, item: int) -> list[str]:
        """Return the names of the feeds that showed an item."""
        with self._database.using("read") as connection:
            return [row[0] for row in connection.execute(_SOURCES, (item,))]

    def add_page(self, url: str, page: Article) -> Reason | None:
        """Use the page of an entry as its text if it is better than that of the feed.

        Return why the text of the feed stays, None if the page was used.
        """
        from reader.store.ingest.feed_text import store_page

        with self._database.writing() as connection:
            return store_page(connection, url, page)

    def choose(self, url: str, text: Literal["feed", "page"]) -> bool:
        """Show the feed's text of an item, or request that of its page.

        Return whether a feed has a text for the item.
        """
        from reader.store.ingest.feed_text import choose_text

        with self._database.writing() as connection:
            return choose_text(connection, url, text)

    def shown(self, item: int) -> Literal["feed", "page"] | None:
        """Return whether the text of the feed or of the page is shown, None if no feed has one."""
        with self._database.using("read") as connection:
            rows = connection.execute(
                "SELECT feed_texts.blocks IN (x'', articles.blocks) FROM feed_texts"
                " JOIN articles ON articles.item = feed_texts.item"
                " WHERE feed_texts.item = ? AND feed_texts.blocks IS NOT NULL",
                (item,),
            ).fetchall()
        if not rows:
            return None
        return "feed" if any(row[0] for row in rows) else "page"

    def kept_because(self, item: int) -> Reason | None:
        """Return why the text of the feed is shown although its page was fetched, else None."""
        with self._database.using("read") as connection:
            row = connection.execute(
                "SELECT reason FROM feed_texts WHERE item = ? AND reason IS NOT NULL LIMIT 1",
                (item,),
            ).fetchone()
        return reason_or_none(row[0]) if row else None

    def kept_list(self) -> str | None:
        """Return the list of feeds that could not be written to its file, None if there is none."""
        with self._database.using("read") as connection:
            return _kept_list(connection)

    def change_list(self, change: Callable[[str | None], str | None]) -> None:
        """Replace the kept list by the result of `change`; nobody else can change it meanwhile."""
        with self._database.writing(durable=True) as connection:
            before = _kept_list(connection)
            after = change(before)
            if after is None:
                connection.execute("DELETE FROM feed_list")
            elif after != before:
                connection.execute(
                    "INSERT OR REPLACE INTO feed_list (id, text) VALUES (1, ?)", (after,)
                )

    def note_list(self, feeds: Sequence[tuple[str, bool]]) -> None:
        """Store the list of feeds, as addresses with their muted flags, for other machines."""
        with self._database.using("read") as connection:
            if not feeds_differ(connection, feeds):
                return
        with self._database.writing(durable=True) as connection:
            choose_feeds(connection, feeds)

    def choices(self) -> list[ChosenFeed]:
        """Return the choices about feeds, made here and on other machines."""
        with self._database.using("read") as connection:
            return chosen_feeds(connection)


def _add(connection: sqlite3.Connection, page: FeedPage) -> "FeedStored":
    """Store one feed in the caller's transaction."""
    # Imported once a feed has something new.
    from reader.store.ingest.feed_import import FeedImport

    at = seconds_of(page.at)
    feed, first = _feed_of(connection, page)
    stored = FeedImport(connection, feed, page, is_first=first).add()
    values = {
        "source": page.source,
        "name": page.name,
        "section": page.section,
        "title": page.feed.title,
        "home": page.feed.home,
        "ttl": page.feed.ttl,
        "digest": page.digest,
        "etag": page.etag,
        "modified": page.modified,
        "at": at,
        "due": seconds_of(page.due),
    }
    connection.execute(_READ, values)
    _note_move(connection, page.source, page.moved)
    connection.execute(_FORGOTTEN, {"feed": feed, "before": at - _REMEMBERED})
    connection.execute(_FORGOTTEN_TEXTS, {"feed": feed})
    return stored


def _kept_list(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT text FROM feed_list").fetchone()
    return row[0] if row else None


def _feed_of(connection: sqlite3.Connection, page: FeedPage) -> tuple[int, bool]:
    """Return the number of a feed, and whether nothing of it was stored before."""
    row = connection.execute(
        "SELECT id, fetched IS NULL FROM feeds WHERE source = ?", (page.source,)
    ).fetchone()
    if row is None:
        raise ValueError("the feed was not described")
    return row[0], bool(row[1])


def _note_move(connection: sqlite3.Connection, source: str, moved: str | None) -> None:
    connection.execute(_MOVING, {"source": source, "moved": moved})
    connection.execute(_MOVED, {"source": source, "most": _MOVES})


def _state_of(row: tuple[Any, ...], total: int, unread: int) -> FeedState:
    source, url, name, title, home, digest, etag, modified, *times = row
    checked, fetched, ttl, due, failure, failed, failures, gone, section, position = times
    known = moment_or_none(checked)
    asked = Validators(etag, modified, known) if known else None
    return FeedState(
        str(source),
        str(url),
        str(name),
        title,
        home,
        digest,
        asked,
        known,
        moment_or_none(fetched),
        ttl,
        moment_or_none(due),
        reason_or_none(failure),
        moment_or_none(failed),
        int(failures),
        bool(gone),
        section,
        position,
        total,
        unread,
    )
