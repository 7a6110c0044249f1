"""Brings a fetched feed into the cache: its entries become items, and equal ones are merged."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from reader.model import Entry, FeedPage, Sighting
from reader.store.clock import next_stamp
from reader.store.conversion import moment_of, seconds_of
from reader.store.ingest import items
from reader.store.ingest.entry_names import (
    EntryName,
    distinct_entries,
    entry_name,
    has_other_lead,
    has_other_title,
    item_name,
    names_of_entry,
    names_of_nameless,
    own_address,
    shared_addresses,
    shared_guids,
)
from reader.store.ingest.feed_text import store_text
from reader.store.ingest.identity import ItemName
from reader.store.ingest.item_cache import ItemCache
from reader.store.ingest.item_merge import merge
from reader.store.ingest.publication_time import Seen
from reader.store.ingest.told_again import tell_again
from reader.store.marks import set_mark
from reader.text.dates import is_future
from reader.text.slug import slugify
from reader.text.url import address

# Older entries are stored as read when a feed is first followed.
_OLD = timedelta(days=14)
_NAMES = "SELECT kind, name, item FROM feed_names WHERE feed = ?"
_STATED = "SELECT digest, item FROM feed_texts WHERE feed = ?"
_NAMED = """
INSERT INTO feed_names (feed, kind, name, item, seen) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET item = excluded.item, seen = excluded.seen
"""
_SEEN = """
UPDATE feed_names SET seen = :at WHERE feed = :feed
    AND item IN (SELECT value FROM json_each(:items))
"""
_WITHOUT_ADDRESS = """
SELECT id FROM items INDEXED BY items_feed
WHERE source = ? AND source <> 'zeelandnet'
    AND id NOT IN (SELECT item FROM names WHERE kind = 'address')
ORDER BY id
"""
_NAMED_ITEMS = "SELECT item FROM names WHERE item IN (SELECT value FROM json_each(?))"
_EXISTING = "SELECT id FROM items WHERE id IN (SELECT value FROM json_each(?))"


class FeedStored(Struct, frozen=True):
    """The result of storing a feed: how many items are new, and how many changed their text."""

    new: int
    updated: int


class FeedImport:
    """The import of one feed in the caller's transaction; `is_first` for its first import ever.

    An entry is matched to the item with its guid within the feed, else with its address, else,
    without a link, with its words within the feed. An item that was pruned while the feed still
    shows it is not stored again.
    """

    def __init__(
        self, connection: sqlite3.Connection, feed: int, page: FeedPage, *, is_first: bool
    ) -> None:
        self._connection = connection
        self._feed = feed
        self._page = page
        self._is_first = is_first
        self._at = seconds_of(page.at)
        self._known = ItemCache(connection)
        self._names: dict[EntryName, int] = {}
        self._new_names: dict[EntryName, int] = {}
        # The guids and addresses that identify no entry.
        self._shared: frozenset[str] = frozenset()
        # The items that entries of this fetch are, and the surest names by which others claim one.
        self._taken: set[int] = set()
        self._claims: dict[int, EntryName] = {}
        self._old: list[int] = []
        self._new = self._updated = 0

    def add(self) -> FeedStored:
        """Store the feed's items and return the result."""
        items.drop_sample(self._connection)
        self._names = {
            EntryName(kind, name): item
            for kind, name, item in self._connection.execute(_NAMES, (self._feed,))
        }
        if self._is_first:
            self._recognise()
        shared = self._shared = self._note_shared(self._page.feed.entries)
        entries = distinct_entries(self._page.feed.entries, shared)
        stated = dict(self._connection.execute(_STATED, (self._feed,)).fetchall())
        seen = {stated[entry.digest] for entry in entries if entry.digest in stated}
        changed = [entry for entry in entries if entry.digest not in stated]
        named = [(entry, names_of_entry(entry, shared)) for entry in changed]
        existing = self._existing({item for _, names in named for item in self._items_of(names)})
        self._taken = set(seen)
        firsts = (names[0] for _, names in named if names)
        self._claims = {self._names[name]: name for name in firsts if name in self._names}
        addresses = [ItemName("address", address(e.teaser.url)) for e in changed if e.teaser.url]
        self._known.gather(addresses)
        # The last one first: of items with the same time the highest number is listed first.
        for entry, names in reversed(named):
            if names:
                self._put(entry, names, existing)
        self._store_names()
        unlinked = [entry for entry in entries if own_address(entry, shared) is None]
        has_name = self._named(stated[each.digest] for each in unlinked if each.digest in stated)
        self._name_items(each for each in unlinked if stated.get(each.digest) not in has_name)
        values = {"at": self._at, "feed": self._feed, "items": json.dumps(list(seen))}
        self._connection.execute(_SEEN, values)
        if self._old:
            stamp = next_stamp(self._connection, self._page.at)
            set_mark(self._connection, "read", self._old, value=True, stamp=stamp)
        return FeedStored(self._new, self._updated)

    def _recognise(self) -> None:
        """Learn the names of the feed's items that came from an export, and have no address."""
        source = self._page.source
        for (number,) in self._connection.execute(_WITHOUT_ADDRESS, (source,)).fetchall():
            for known in self._known.names(number):
                if found := entry_name(source, known):
                    self._names.setdefault(found, number)
            teaser = self._known.item(number).teaser
            seen = items.sightings_of(self._connection, number)
            if latest := min((each.latest for each in seen), default=None):
                moment = moment_of(latest)
                teaser = replace(teaser, published=Sighting(moment, moment))
            for name in names_of_nameless(teaser):
                self._names.setdefault(name, number)

    def _note_shared(self, entries: Sequence[Entry]) -> frozenset[str]:
        """Return the guids and addresses that several entries had now or before."""
        before = {name.text for name in self._names if name.kind == "shared"}
        now = shared_guids(entries) | before
        now |= shared_addresses(entries, now)
        now |= {address(entry.teaser.url or "") for entry in entries if self._took_over(entry, now)}
        for text in now - before:
            self._name([EntryName("shared", text)], 0)
        return now

    def _took_over(self, entry: Entry, shared: frozenset[str]) -> bool:
        """Tell whether an entry is surely other news than the item of its feed at its address."""
        key, guid = own_address(entry, shared), entry.guid
        if key is None or not guid or guid in shared or EntryName("guid", guid) in self._names:
            return False
        number = self._names.get(EntryName("address", key))
        if number is None or not self._existing([number]):
            return False
        known, teaser = self._known.item(number), entry.teaser
        has_other_words = has_other_title(known.teaser, teaser) and has_other_lead(
            known.teaser, teaser
        )
        is_own = known.source == self._page.source
        return is_own and has_other_words and self._has_other_date(number, entry)

    def _items_of(self, names: Iterable[EntryName]) -> Iterable[int]:
        return (self._names[name] for name in names if name in self._names)

    def _existing(self, numbers: Iterable[int]) -> set[int]:
        rows = self._connection.execute(_EXISTING, (json.dumps(list(numbers)),))
        return {row[0] for row in rows}

    def _put(self, entry: Entry, names: Sequence[EntryName], existing: set[int]) -> None:
        number, by = self._find(entry, names)
        if number is not None and by != "item" and number not in existing:
            # The item was pruned, and its feed still shows the entry.
            self._name(names, number)
            return
        item = self._item_of(entry)
        is_new = number is None
        number = self._insert(entry, item) if number is None else self._update(number, entry, item)
        existing.add(number)
        self._taken.add(number)
        self._name(names, number)
        # A page that several entries link to is the text of none of them.
        wanted = (
            entry.digest in self._page.wants_pages and own_address(entry, self._shared) is not None
        )
        changed = store_text(
            self._known, self._feed, number, entry, self._page, is_new=is_new, wanted=wanted
        )
        self._updated += changed

    def _find(self, entry: Entry, names: Sequence[EntryName]) -> tuple[int | None, str]:
        """Return the item of an entry and the kind of name found, "item" for its global address."""
        for name in names:
            number = self._names.get(name)
            if name.kind == "address" and number is None:
                number = self._known.at_address(name.text)
                if number is not None:
                    return number, "item"
            if number is None:
                continue
            is_taken = number in self._taken
            if name.kind in {"path", "slug", "lead"} and (
                is_taken or self._claims.get(number, names[0]) != names[0]
            ):
                # Another entry of this fetch is this item more surely.
                continue
            if is_taken and not own_address(entry, self._shared):
                continue
            if name.kind == "guid" and self._is_another(number, entry):
                continue
            return number, name.kind
        return None, ""

    def _is_another(self, number: int, entry: Entry) -> bool:
        """Tell whether a feed reused the guid of an item for something entirely different."""
        if not self._existing([number]):
            return False
        known = self._known.item(number).teaser
        teaser = entry.teaser
        if not (known.url and teaser.url and known.title and teaser.title):
            return False
        if address(known.url) == address(teaser.url) or slugify(known.title) == slugify(
            teaser.title
        ):
            return False
        if teaser.published is None:
            return has_other_lead(known, teaser)
        return self._has_other_date(number, entry)

    def _has_other_date(self, number: int, entry: Entry) -> bool:
        """Tell whether an entry states a date, and its item was always stated with others."""
        published = entry.teaser.published
        dates = {seen.latest for seen in items.sightings_of(self._connection, number)}
        if not dates or published is None:
            return False
        return seconds_of(published.latest) not in dates

    def _item_of(self, entry: Entry) -> items.Item:
        teaser = replace(entry.teaser, section=self._page.section)
        return items.first_item(teaser, self._at, sample=False, source=self._page.source)

    def _insert(self, entry: Entry, item: items.Item) -> int:
        published = entry.teaser.published
        seen: list[Seen] = []
        if published and not is_future(published, self._page.at):
            latest = min(seconds_of(published.latest), self._at)
            seen.append(Seen(self._at, latest, latest))
        with_text = bool(self._page.texts.get(entry.digest))
        number = self._known.insert(item, self._addresses(entry), seen, cached=with_text)
        self._new += 1
        if self._is_first and published and self._page.at - published.latest > _OLD:
            self._old.append(number)
        return number

    def _update(self, number: int, entry: Entry, item: items.Item) -> int:
        """Update an item from its entry, and return the number of the item."""
        url, key = entry.teaser.url, own_address(entry, self._shared)
        other = self._known.at_address(key) if key else None
        if other is not None and other != number:
            keep, gone = min(number, other), max(number, other)
            merge(self._connection, keep, gone)
            self._known.forget(keep, gone)
            self._rename(gone, keep)
            number = keep
        known = self._known.item(number)
        is_own = known.source == self._page.source
        learned = known.learn(item, trust=is_own)
        if is_own:
            # The first section is kept; a new address replaces the known one.
            teaser = replace(learned.teaser, section=known.teaser.section or item.teaser.section)
            learned = replace(learned, teaser=replace(teaser, url=url or teaser.url))
        if learned != known:
            self._known.update(number, learned)
        self._known.add_names(number, self._addresses(entry))
        before, after = known.teaser.url, learned.teaser.url
        if before and after and address(before) != address(after):
            tell_again(self._connection, number)
        published = entry.teaser.published
        if published and not items.sightings_of(self._connection, number):
            latest = min(seconds_of(published.latest), learned.seen)
            self._known.add_sightings(number, [Seen(self._at, latest, latest)], None)
        return number

    def _addresses(self, entry: Entry) -> list[ItemName]:
        key = own_address(entry, self._shared)
        if key is None or self._known.at_address(key) is not None:
            return []
        return [ItemName("address", key)]

    def _name_items(self, entries: Iterable[Entry]) -> None:
        """Name the items of entries without an address, so that other machines recognise them."""
        surest = (names_of_entry(entry, self._shared)[:1] for entry in entries)
        found = {
            self._names[name]: name for names in surest for name in names if name in self._names
        }
        for number in sorted(self._existing(found)):
            if self._known.add_names(number, [item_name(self._page.source, found[number])]):
                tell_again(self._connection, number)

    def _named(self, numbers: Iterable[int]) -> set[int]:
        """Return those of the items that have a name."""
        rows = self._connection.execute(_NAMED_ITEMS, (json.dumps(list(numbers)),))
        return {row[0] for row in rows}

    def _rename(self, gone: int, keep: int) -> None:
        """Give the names of a removed item to the one that it became."""
        for names in (self._names, self._new_names):
            names.update({name: keep for name, item in names.items() if item == gone})

    def _name(self, names: Iterable[EntryName], number: int) -> None:
        self._new_names.update(dict.fromkeys(names, number))
        self._names.update(dict.fromkeys(names, number))

    def _store_names(self) -> None:
        """Store the names that the entries of this fetch have."""
        rows = [
            (self._feed, kind, text, number, self._at)
            for (kind, text), number in self._new_names.items()
        ]
        self._connection.executemany(_NAMED, rows)
