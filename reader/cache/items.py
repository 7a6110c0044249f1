"""One row of `items` and its sightings: loaded, made to learn from another, stored."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader.cache.rows import columns_of, teaser_of
from reader.cache.sightings import Seen, published, remember
from reader.model import Teaser


@dataclass(frozen=True, slots=True)
class Item:
    """A headline's texts and marks; its interval follows from its sightings."""

    teaser: Teaser
    seen: int
    updated: int
    read: bool = False
    saved: bool = False
    sample: bool = False

    def learn(self, told: "Item", *, trust: bool) -> "Item":
        """Return the item with what `told` adds; where both say something, `trust` tells whom.

        What is known is never lost to what is not told.
        """
        first, second = (told.teaser, self.teaser) if trust else (self.teaser, told.teaser)
        teaser = Teaser(
            # A link once known stays: another form of it leads to the same page.
            url=self.teaser.url or told.teaser.url,
            title=first.title or second.title,
            section=first.section or second.section,
            dateline=first.dateline or second.dateline,
            summary=first.summary or second.summary,
        )
        return Item(
            teaser=teaser,
            seen=min(self.seen, told.seen),
            updated=max(self.updated, told.updated),
            read=self.read or told.read,
            saved=self.saved or told.saved,
            sample=self.sample,
        )


def first_item(teaser: Teaser, at: int, *, sample: bool) -> Item:
    """Return the item of a headline that a page fetched at `at` shows."""
    return Item(replace(teaser, published=None), seen=at, updated=at, sample=sample)


def load(connection: sqlite3.Connection, number: int) -> Item:
    """Return the item with this number, which must exist."""
    row = connection.execute(
        "SELECT url, title, section, dateline, summary, seen, updated, read, saved, sample"
        " FROM items WHERE id = ?",
        (number,),
    ).fetchone()
    seen, updated, *marks = row[5:]
    return Item(teaser_of(row[:5]), seen, updated, *map(bool, marks))


def insert(connection: sqlite3.Connection, item: Item, number: int | None = None) -> int:
    """Store a new item and return its number, which is a free `number` where one is given."""
    cursor = connection.execute(
        "INSERT INTO items (url, title, section, dateline, summary,"
        " seen, updated, read, saved, sample, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*_values(item), number),
    )
    return int(cursor.lastrowid or 0)


def update(connection: sqlite3.Connection, number: int, item: Item) -> None:
    """Store `item` in place of the one with this number."""
    connection.execute(
        "UPDATE items SET url = ?, title = ?, section = ?, dateline = ?, summary = ?,"
        " seen = ?, updated = ?, read = ?, saved = ?, sample = ? WHERE id = ?",
        (*_values(item), number),
    )


def sightings_of(connection: sqlite3.Connection, number: int) -> set[Seen]:
    """Return the sightings that an item keeps."""
    rows = connection.execute(
        "SELECT seen, earliest, latest FROM sightings WHERE item = ?", (number,)
    )
    return {Seen(*row) for row in rows}


def add_sightings(
    connection: sqlite3.Connection, number: int, told: Iterable[Seen], horizon: int | None = None
) -> None:
    """Add sightings to an item and store the interval that all of them leave.

    Those of a page fetched after `horizon` are false and are dropped.
    """
    kept = sightings_of(connection, number)
    sound = {one for one in kept if horizon is None or one.at <= horizon}
    now = set(remember(sound, told))
    if now == kept:
        return
    connection.executemany(
        "DELETE FROM sightings WHERE item = ? AND seen = ? AND earliest = ? AND latest = ?",
        [(number, *one) for one in kept - now],
    )
    connection.executemany(
        "INSERT INTO sightings (item, seen, earliest, latest) VALUES (?, ?, ?, ?)",
        [(number, *one) for one in now - kept],
    )
    earliest, latest = published(now) or (None, None)
    connection.execute(
        "UPDATE items SET earliest = ?, latest = ? WHERE id = ?", (earliest, latest, number)
    )


def _values(item: Item) -> tuple[str | int | None, ...]:
    marks = (item.seen, item.updated, item.read, item.saved, item.sample)
    return (*columns_of(item.teaser), *marks)
