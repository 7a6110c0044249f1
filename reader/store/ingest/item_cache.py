"""The items that the pages of one transaction refer to, each read only once."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from reader.model import Teaser
from reader.store.ingest import items
from reader.store.ingest.identity import ItemName, match
from reader.store.ingest.items import Item
from reader.store.ingest.publication_time import Seen

_AT_ADDRESSES = """
SELECT name, items.id FROM names INDEXED BY names_address JOIN items ON items.id = names.item
WHERE kind = 'address' AND name IN (SELECT value FROM json_each(?))
"""
_NAMES = "SELECT item, kind, name FROM names WHERE item IN (SELECT value FROM json_each(?))"


class _Held(Struct):
    """An item as stored in the file."""

    item: Item
    names: set[ItemName]
    sightings: set[Seen]


class ItemCache:
    """Reads and writes items in one transaction, during which nothing else may write to them.

    Its content always matches the file: each change is written at once.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._held: dict[int, _Held] = {}
        self._addresses: dict[str, int] = {}

    def gather(self, names: Iterable[ItemName]) -> None:
        """Read the items at the addresses among a page's names, all at once."""
        wanted = {name.text for name in names if name.kind == "address"}
        if missing := [each for each in wanted if each not in self._addresses]:
            found = dict(self.connection.execute(_AT_ADDRESSES, (json.dumps(missing),)).fetchall())
            self._read({number for number in found.values() if number not in self._held})
            self._addresses.update(found)

    def find(self, names: Sequence[ItemName], teaser: Teaser) -> int | None:
        """Return the item that a headline with these names, the surest first, belongs to."""
        if names[0].kind == "address" and (number := self._addresses.get(names[0].text)):
            return number
        return match(self.connection, names, url=teaser.url, title=teaser.title)

    def at_address(self, name: str) -> int | None:
        """Return the item at an address that was gathered, None if there is none."""
        return self._addresses.get(name)

    def names(self, number: int) -> frozenset[ItemName]:
        """Return all names of an item."""
        return frozenset(self._hold(number).names)

    def slugs(self, number: int) -> frozenset[str]:
        """Return the slugs of an item."""
        return frozenset(name.text for name in self._hold(number).names if name.kind == "slug")

    def drop_names(self, number: int, names: Collection[ItemName]) -> None:
        """Remove names from an item that do not belong to it."""
        self._hold(number).names.difference_update(names)
        self.connection.executemany(
            "DELETE FROM names WHERE kind = ? AND name = ? AND item = ?",
            [(*name, number) for name in names],
        )

    def has_names(self, number: int, names: Collection[ItemName]) -> bool:
        """Tell whether an item has any of these names."""
        return not self._hold(number).names.isdisjoint(names)

    def item(self, number: int) -> Item:
        """Return the item with this number, which must exist."""
        return self._hold(number).item

    def insert(
        self,
        item: Item,
        names: Sequence[ItemName],
        sightings: Collection[Seen],
        *,
        cached: bool = False,
    ) -> int:
        """Store a new item with its names and sightings, and return its number.

        It is `cached` if its article is stored right afterwards.
        """
        number = items.insert(self.connection, item, sightings, cached=cached)
        self._held[number] = _Held(item, set(), set(sightings))
        self.add_names(number, names)
        return number

    def update(self, number: int, item: Item) -> None:
        """Store `item` in place of the one with this number."""
        held = self._hold(number)
        items.update(self.connection, number, held.item, item)
        held.item = item

    def add_names(self, number: int, names: Iterable[ItemName]) -> bool:
        """Give an item the names that it lacks; return whether there were any."""
        held = self._hold(number)
        new = [name for name in names if name not in held.names]
        self.connection.executemany(
            "INSERT OR IGNORE INTO names (kind, name, item) VALUES (?, ?, ?)",
            [(*name, number) for name in new],
        )
        held.names.update(new)
        self._addresses.update({name.text: number for name in new if name.kind == "address"})
        return bool(new)

    def add_sightings(self, number: int, sightings: Sequence[Seen], horizon: int | None) -> None:
        """Add sightings to an item, without those fetched after `horizon`, which are false."""
        held = self._hold(number)
        held.sightings = items.add_sightings(
            self.connection, number, held.sightings, sightings, horizon
        )

    def forget(self, *numbers: int) -> None:
        """Read these items again when next requested, because they were changed elsewhere."""
        for number in numbers:
            self._held.pop(number, None)
        gone = [key for key, number in self._addresses.items() if number in numbers]
        for key in gone:
            del self._addresses[key]

    def _hold(self, number: int) -> _Held:
        if number not in self._held:
            self._read({number})
        return self._held[number]

    def _read(self, numbers: Collection[int]) -> None:
        """Read items with their names and sightings."""
        names: dict[int, set[ItemName]] = {number: set() for number in numbers}
        for number, *name in self.connection.execute(_NAMES, (json.dumps(list(numbers)),)):
            names[number].add(ItemName(*name))
        sightings = items.all_sightings(self.connection, numbers)
        for number, item in items.load_all(self.connection, numbers).items():
            self._held[number] = _Held(item, names[number], sightings[number])
