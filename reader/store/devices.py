"""The exchange of marks and choices with other machines, on the side of the store.

A change made here that no other machine has received yet has no device. Of two records for one
thing, the one with the higher rank counts, as `reader.devices.records` defines it.
"""

# ruff: noqa: S608 - these statements are built from constants of this package.

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from time import monotonic

from msgspec.structs import replace

from reader.devices.hybrid_clock import moment_of_stamp
from reader.devices.records import (
    CHOICES,
    FLAGS,
    PLACE,
    TAG,
    Record,
    kind_of,
)
from reader.model import JOIN, MUTE, SPLIT, FileNote, Teaser
from reader.store.article_conversion import COLUMNS, article_of
from reader.store.clock import raise_clock
from reader.store.connection import Database
from reader.store.ingest.identity import ItemName, match
from reader.store.marks import SetMark, apply_marks
from reader.store.mutes import adopt_choices
from reader.store.schema import COUNTS_MORE, PLACE_COUNTS_MORE, PLACE_VALUE
from reader.store.story_choices import CorrectionField, apply_corrections, corrections_of, take_back
from reader.text.url import address

# Records that are brought in at once, how many times as many are read ahead, and how long a
# transaction may take (seconds).
_RECORDS, _AHEAD, _LONGEST = 1_000, 10, 0.12
# Of several addresses the present one, since a machine may have seen no other.
_SUREST = """
(SELECT kind || ':' || name FROM (
    SELECT id, kind, name, CASE kind WHEN 'address' THEN iif(name = address_of(items.url), 1, 2)
        WHEN 'slug' THEN 3 ELSE 4 END AS place
    FROM names WHERE names.item = items.id)
 ORDER BY place, id LIMIT 1)
"""
# All known records, whoever set them; `item` is None if only a name is known.
_EVERYTHING = f"""
SELECT stamp, mark, iif(value, 'true', 'false'), {_SUREST} AS name, device, NULL
FROM item_marks JOIN items ON items.id = item WHERE sample = 0 {{0}}
UNION ALL
SELECT stamp, 'place', {PLACE_VALUE.format("")}, {_SUREST}, device,
    iif(length IS NULL AND characters, item, NULL)
FROM places JOIN items ON items.id = item WHERE sample = 0 {{0}}
UNION ALL SELECT stamp, field, value, name, device, NULL FROM pending WHERE true {{0}}
UNION ALL SELECT stamp, field, value, name, device, NULL FROM choices WHERE true {{0}}
"""
_UNSENT = _EVERYTHING.format("AND device IS NULL")
# An item without a name cannot be named to other machines.
_HAS_UNSENT = f"SELECT EXISTS (SELECT 1 FROM ({_UNSENT}) WHERE name IS NOT NULL)"
_FIRST_UNSENT = f"SELECT min(stamp) FROM ({_UNSENT}) WHERE name IS NOT NULL"
_ADDRESS = "address:"
# The value of `mine` in `mark_files` for a file that was merged into others.
_JOINED = 2
_TABLES = ("item_marks", "places", "pending", "choices")
_AT_ADDRESSES = """
SELECT name, items.id FROM names INDEXED BY names_address JOIN items ON items.id = names.item
WHERE kind = 'address' AND sample = 0 AND name IN (SELECT value FROM json_each(?))
"""
_IS_SAMPLE = "SELECT sample FROM items WHERE id = ?"
_SET_PLACE = f"""
INSERT INTO places (item, characters, length, stamp, device) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET characters = excluded.characters, length = excluded.length,
    stamp = excluded.stamp, device = excluded.device
WHERE {PLACE_COUNTS_MORE}
"""
_SET_NAMED = f"""
INSERT INTO {{0}} (name, field, value, stamp, device) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET value = excluded.value, stamp = excluded.stamp, device = excluded.device
WHERE {COUNTS_MORE.format("value", "{0}")}
"""
_DROP_PENDING = "DELETE FROM pending WHERE stamp < ? RETURNING name, field"
_PLACE_SET_BY = "SELECT device FROM places WHERE item = ? AND characters > 0"


class Devices:
    """The exchange of marks with other machines, as far as the cache is involved."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Records sent to other machines.

    def has_unsent(self) -> bool:
        """Tell whether there are changes made here that were not sent to other machines yet."""
        with self._database.using("read") as connection:
            return bool(connection.execute(_HAS_UNSENT).fetchone()[0])

    def first_unsent(self) -> datetime | None:
        """Return the time (UTC) of the oldest change that was not sent, None if all were sent."""
        with self._database.using("read") as connection:
            (stamp,) = connection.execute(_FIRST_UNSENT).fetchone()
        return None if stamp is None else moment_of_stamp(stamp)

    def last_stamp(self) -> int:
        """Return the last stamp that was given here or received from another machine."""
        with self._database.using("read") as connection:
            return int(connection.execute("SELECT stamp FROM clock").fetchone()[0])

    def unsent(self, device: str) -> list[Record]:
        """Return the changes made here and not sent yet, as records of `device`."""
        with self._database.reading() as connection:
            return list(_records(connection, _UNSENT, device))

    def everything(self, device: str) -> list[Record]:
        """Return all known records, whoever set them; changes made here are records of `device`."""
        with self._database.reading() as connection:
            return list(_records(connection, _EVERYTHING.format(""), device))

    def note_sent(self, device: str, upto: int) -> None:
        """Store that `device` has sent the changes made here up to stamp `upto`."""
        with self._database.writing() as connection:
            for table in _TABLES:
                connection.execute(
                    f"UPDATE {table} SET device = ? WHERE device IS NULL AND stamp <= ?",
                    (device, upto),
                )
            connection.execute("UPDATE clock SET told = max(told, ?)", (upto,))

    # Records received from other machines.

    def apply(self, records: Iterable[Record]) -> int:
        """Apply the records of other machines; return how many of them changed something.

        Each transaction is short so that nobody waits; readers see the result of each one by
        itself.
        """
        changed = 0
        waiting: deque[Sequence[Record]] = deque()
        coming = _batches(records)
        while True:
            # The file is read between transactions, so that no other process waits for it.
            waiting.extend(islice(coming, _AHEAD - len(waiting)))
            if not waiting:
                return changed
            until = monotonic() + _LONGEST
            with self._database.writing() as connection:
                while waiting and monotonic() < until:
                    changed += _apply(connection, waiting.popleft())
            if waiting:
                self._database.give_way()

    def drop_pending(self, before: int) -> set[tuple[str, str]]:
        """Delete pending marks that are older than a stamp; return their names and fields."""
        with self._database.writing() as connection:
            return set(connection.execute(_DROP_PENDING, (before,)).fetchall())

    # The files that contain the records.

    def files(self) -> set[FileNote]:
        """Return the files that were read, and those that were written here."""
        with self._database.using("read") as connection:
            rows = connection.execute("SELECT device, file, mine FROM mark_files")
            return {
                FileNote(device, file, bool(mine), joined=mine == _JOINED)
                for device, file, mine in rows
            }

    def note_files(self, added: Iterable[FileNote] = (), removed: Iterable[FileNote] = ()) -> None:
        """Store which files were read or written, and which no longer exist."""
        with self._database.writing(durable=True) as connection:
            connection.executemany(
                "DELETE FROM mark_files WHERE device = ? AND file = ?",
                [(each.device, each.file) for each in removed],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO mark_files (device, file, mine) VALUES (?, ?, ?)",
                [
                    (each.device, each.file, _JOINED if each.joined else int(each.mine))
                    for each in added
                ],
            )

    # What the reader shows of other machines.

    def place_device(self, headline_id: int) -> str | None:
        """Return the machine on which an article was last left, None for this one or none.

        Once a position was sent to other machines, it has the device of this machine.
        """
        with self._database.using("read") as connection:
            row = connection.execute(_PLACE_SET_BY, (headline_id,)).fetchone()
            return row[0] if row else None


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) >= _RECORDS:
            yield batch
            batch = []
    if batch:
        yield batch


def _records(connection: sqlite3.Connection, statement: str, device: str) -> Iterator[Record]:
    with closing(connection.execute(statement)) as rows:
        for stamp, field, value, name, said_by, item in rows:
            if name is None:
                continue
            record = Record(stamp, field, value, name, said_by or device)
            yield record if item is None else replace(record, value=_place(connection, item, value))


def _place(connection: sqlite3.Connection, item: int, value: str) -> str:
    """Return the value of a reading position, with the length of the body it refers to."""
    row = connection.execute(f"SELECT {COLUMNS} FROM articles WHERE item = ?", (item,)).fetchone()
    if row is None:
        return value
    blocks = article_of(Teaser(None, None), row).blocks
    length = sum(len("".join(block.text.split())) for block in blocks)
    return json.dumps([json.loads(value)[0], length], separators=(",", ":"))


def _apply(connection: sqlite3.Connection, records: Sequence[Record]) -> int:
    """Apply some records in the caller's transaction; return how many changed something."""
    marks: list[SetMark] = []
    places: list[tuple[object, ...]] = []
    pending: list[tuple[object, ...]] = []
    choices: list[tuple[object, ...]] = []
    items = _Items(connection, records)
    for record in records:
        tail = (record.stamp, record.device)
        if record.field in CHOICES:
            choices.append((record.name, record.field, record.value, *tail))
            continue
        is_flag = record.field in FLAGS or kind_of(record.field) == TAG
        is_known = is_flag or record.field == PLACE
        name = items.known_name(record.name) if is_known else record.name
        item = items.find(name) if is_known else None
        if item is None:
            pending.append((name, record.field, record.value, *tail))
        elif is_flag:
            marks.append(SetMark(item, record.field, record.value == "true", *tail))
        else:
            characters, length = json.loads(record.value) or (0, None)
            places.append((item, characters, length, *tail))
    earlier_corrections = _earlier_corrections(connection, records)
    changed = apply_marks(connection, marks)
    for statement, rows in (
        (_SET_PLACE, places),
        (_SET_NAMED.format("pending"), pending),
        (_SET_NAMED.format("choices"), choices),
    ):
        if rows:
            changed += connection.executemany(statement, rows).rowcount
    if muted := {record.name for record in records if record.field == MUTE}:
        adopt_choices(connection, muted)
    for field, before in earlier_corrections.items():
        take_back(connection, field, before)
    if earlier_corrections:
        apply_corrections(connection)
    raise_clock(connection, max(record.stamp for record in records))
    return changed


def _earlier_corrections(
    connection: sqlite3.Connection, records: Sequence[Record]
) -> dict[CorrectionField, dict[str, str]]:
    """Return the earlier choices about the reports that records split from or join to stories."""
    fields: tuple[CorrectionField, ...] = (SPLIT, JOIN)
    named = {
        field: [record.name for record in records if record.field == field] for field in fields
    }
    return {
        field: corrections_of(connection, field, names) for field, names in named.items() if names
    }


def _known_address(text: str) -> str:
    """Return an address as this version writes it; unchanged if nothing would be left of it."""
    return address(text) or text


class _Items:
    """Finds the items of records by their names; those with addresses are read all at once."""

    def __init__(self, connection: sqlite3.Connection, records: Sequence[Record]) -> None:
        self._connection = connection
        named = {record.name for record in records if record.name.startswith(_ADDRESS)}
        self._known = {name: _ADDRESS + _known_address(name[len(_ADDRESS) :]) for name in named}
        texts = [name[len(_ADDRESS) :] for name in self._known.values()]
        rows = connection.execute(_AT_ADDRESSES, (json.dumps(texts),))
        self._found: dict[str, int | None] = {f"address:{name}": item for name, item in rows}

    def known_name(self, name: str) -> str:
        """Return a name as this version writes it: others may write addresses differently."""
        return self._known.get(name, name)

    def find(self, name: str) -> int | None:
        """Return the item with a name, None if there is none."""
        kind, _, text = name.partition(":")
        if kind != "address" and name not in self._found:
            key = ItemName("slug" if kind == "slug" else "lead", text)
            item = match(self._connection, [key], url=None, title=None)
            is_sample = item and self._connection.execute(_IS_SAMPLE, (item,)).fetchone()[0]
            self._found[name] = None if is_sample else item
        return self._found.get(name)
