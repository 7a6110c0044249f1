"""One row of `items` and its sightings: read, updated from another, and stored."""

# ruff: noqa: S608 - these statements are built from the columns named in this module.

import json
import sqlite3
from collections.abc import Collection, Iterable

from msgspec import Struct

from reader.model import DEFAULT_SOURCE, Teaser
from reader.store.conversion import columns_of, teaser_of
from reader.store.ingest.publication_time import Seen, published, remember

_COLUMNS = (
    "url", "title", "section", "dateline", "summary", "seen", "updated", "sample", "source",
)  # fmt: skip
_INSERTED = f"""
INSERT INTO items ({", ".join(_COLUMNS)}, earliest, latest, cached, id)
VALUES ({"?, " * len(_COLUMNS)}?, ?, ?, ?)
"""


class Item(Struct, frozen=True):
    """The texts of a headline; its time interval follows from its sightings."""

    teaser: Teaser
    seen: int
    updated: int
    sample: bool = False
    source: str = DEFAULT_SOURCE

    def learn(self, other: "Item", *, trust: bool) -> "Item":
        """Return the item updated from `told`, whose values take precedence if `trust` is set.

        A known value is never lost to a missing one.
        """
        first, second = (other.teaser, self.teaser) if trust else (self.teaser, other.teaser)
        teaser = Teaser(
            # A known link stays: another form of it leads to the same page.
            url=self.teaser.url or other.teaser.url,
            title=first.title or second.title,
            # An item that another source also shows keeps its first section.
            section=(first.section or second.section)
            if other.source == self.source
            else (self.teaser.section or other.teaser.section),
            dateline=first.dateline or second.dateline,
            summary=first.summary or second.summary,
        )
        return Item(
            teaser=teaser,
            seen=min(self.seen, other.seen),
            updated=max(self.updated, other.updated),
            sample=self.sample,
            source=self.source,
        )


def first_item(teaser: Teaser, at: int, *, sample: bool, source: str = DEFAULT_SOURCE) -> Item:
    """Return the item for a headline on a page fetched at `at`."""
    shown = Teaser(teaser.url, teaser.title, teaser.section, teaser.dateline, teaser.summary)
    return Item(shown, seen=at, updated=at, sample=sample, source=source)


def load(connection: sqlite3.Connection, number: int) -> Item:
    """Return the item with this number, which must exist."""
    return load_all(connection, [number])[number]


def load_all(connection: sqlite3.Connection, numbers: Collection[int]) -> dict[int, Item]:
    """Return the items with these numbers that exist."""
    rows = connection.execute(
        f"SELECT {', '.join(_COLUMNS)}, id FROM items WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {
        number: Item(teaser_of(tuple(texts)), seen, updated, bool(sample), source)
        for *texts, seen, updated, sample, source, number in rows
    }


def insert(
    connection: sqlite3.Connection,
    item: Item,
    sightings: Collection[Seen] = (),
    number: int | None = None,
    *,
    cached: bool = False,
) -> int:
    """Store a new item with its sightings, and the interval that follows from them.

    Return its number: `number` if given, which must be free. It is `cached` if its article is
    stored right afterwards, which then changes no index and count.
    """
    kept = remember((), sightings)
    cursor = connection.execute(
        _INSERTED, (*_values(item), *(published(kept) or (None, None)), cached, number)
    )
    given = int(cursor.lastrowid or 0)
    _insert_sightings(connection, given, kept)
    return given


def update(connection: sqlite3.Connection, number: int, known: Item, item: Item) -> None:
    """Store the differences between `item` and `known`, the item with this number.

    A column that is not named in the statement costs nothing in the indexes that contain it.
    """
    pairs = zip(_COLUMNS, _values(known), _values(item), strict=True)
    changed = {column: value for column, before, value in pairs if value != before}
    if changed:
        connection.execute(
            f"UPDATE items SET {', '.join(f'{column} = ?' for column in changed)} WHERE id = ?",
            (*changed.values(), number),
        )


def sightings_of(connection: sqlite3.Connection, number: int) -> set[Seen]:
    """Return the stored sightings of an item."""
    return all_sightings(connection, [number])[number]


def all_sightings(connection: sqlite3.Connection, numbers: Collection[int]) -> dict[int, set[Seen]]:
    """Return the stored sightings of each of these items."""
    rows = connection.execute(
        "SELECT item, seen, earliest, latest FROM sightings"
        " WHERE item IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    found: dict[int, set[Seen]] = {number: set() for number in numbers}
    for number, *seen in rows:
        found[number].add(Seen(*seen))
    return found


def add_sightings(
    connection: sqlite3.Connection,
    number: int,
    kept: set[Seen],
    sightings: Iterable[Seen],
    horizon: int | None = None,
) -> set[Seen]:
    """Add sightings to the `kept` ones of an item, store the resulting interval, return all.

    Sightings on a page fetched after `horizon` are false and are dropped.
    """
    sound = {one for one in kept if horizon is None or one.at <= horizon}
    now = set(remember(sound, sightings))
    if now == kept:
        return kept
    connection.executemany(
        "DELETE FROM sightings WHERE item = ? AND seen = ? AND earliest = ? AND latest = ?",
        [(number, *one) for one in kept - now],
    )
    _insert_sightings(connection, number, now - kept)
    interval = published(now)
    if interval != published(kept):
        connection.execute(
            "UPDATE items SET earliest = ?, latest = ? WHERE id = ?",
            (*(interval or (None, None)), number),
        )
    return now


def _insert_sightings(
    connection: sqlite3.Connection, number: int, sightings: Iterable[Seen]
) -> None:
    connection.executemany(
        "INSERT INTO sightings (item, seen, earliest, latest) VALUES (?, ?, ?, ?)",
        [(number, *one) for one in sightings],
    )


def _values(item: Item) -> tuple[str | int | None, ...]:
    return (*columns_of(item.teaser), item.seen, item.updated, item.sample, item.source)


def drop_sample(connection: sqlite3.Connection) -> None:
    """Delete the sample edition when real headlines arrive."""
    connection.execute("DELETE FROM items WHERE sample = 1")
