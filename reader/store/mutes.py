"""What a reader mutes: words, phrases and sections, which the lists leave out."""

import json
import sqlite3
from collections.abc import Collection, Sequence

from reader.errors import ReaderError
from reader.model import Mute
from reader.store.connection import Database
from reader.store.schema import MUTE_ITEMS
from reader.text.sanitize import clean_line
from reader.text.slug import words_of

# The prefix of a section's name, in the languages of the screen.
_SECTION = ("section:", "sectie:", "rubriek:")
# The prefix of a muted feed's address in the records of other machines.
_FEED = "source:"
_BEGUN = "*"
_MOST_CHARACTERS = 200
_MOST_MUTES = 200
_ALL = "SELECT kind, name, words, origin = 'settings' FROM mutes ORDER BY kind, name"
_HIDES = {
    "section": "SELECT count(*) FROM items WHERE muted = 1 AND section = ?",
    "words": """SELECT count(*) FROM items WHERE muted = 1 AND instr(' ' || plain_words(
        coalesce(title, '') || ' ' || summary || ' ' || coalesce(dateline, '')) || ' ', ?)""",
}
_ADD = "INSERT OR IGNORE INTO mutes (kind, words, name, origin) VALUES (?, ?, ?, 'reader')"
_ROOM = """
SELECT count(*), EXISTS (SELECT 1 FROM mutes WHERE kind = ? AND words = ?)
FROM mutes WHERE origin = 'reader'
"""
_REMOVE = """
DELETE FROM mutes WHERE kind = ? AND words = ? COLLATE NOCASE AND origin = 'reader'
"""
_CHOSEN = """
SELECT name, value = 'true' FROM choices
WHERE field = 'mute' AND name IN (SELECT value FROM json_each(?))
"""


class Mutes:
    """The muted words and sections; the marks and texts of muted headlines do not change."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Mute]:
        """Return the mutes, each with the number of headlines that it hides."""
        with self._database.reading() as connection:
            rows = connection.execute(_ALL).fetchall()
            return [
                Mute(kind, name, connection.execute(_HIDES[kind], (words,)).fetchone()[0], fixed)
                for kind, name, words, fixed in ((*row[:3], bool(row[3])) for row in rows)
            ]

    def add(self, written: str) -> Mute | None:
        """Mute a phrase or a section, and return the mute; None if nothing is left of the text.

        A hundred thousand headlines take a second. Raises ReaderError where that is one mute
        too many.
        """
        mute = mute_of(written)
        if mute is not None:
            with self._database.writing() as connection:
                if not _has_room(connection, mute):
                    raise ReaderError("too_many_mutes", most=_MOST_MUTES)
                if connection.execute(_ADD, (mute.kind, _pattern(mute), mute.name)).rowcount:
                    connection.execute(MUTE_ITEMS)
        return mute

    def remove(self, written: str) -> bool:
        """Remove a mute; return whether it was set by the reader, and not by the settings."""
        mute = mute_of(written)
        if mute is None:
            return False
        with self._database.writing() as connection:
            removed = connection.execute(_REMOVE, (mute.kind, _pattern(mute))).rowcount
            if removed:
                connection.execute(MUTE_ITEMS)
        return removed > 0

    def adopt(self, written: Sequence[str]) -> bool:
        """Replace the mutes of the settings by these; return whether they differ."""
        wanted = {(each.kind, _pattern(each)): each for each in map(mute_of, written) if each}
        with self._database.using("read") as connection:
            rows = connection.execute("SELECT kind, words FROM mutes WHERE origin = 'settings'")
            if set(rows) == set(wanted):
                return False
        with self._database.writing() as connection:
            connection.execute("DELETE FROM mutes WHERE origin = 'settings'")
            connection.executemany(
                "INSERT INTO mutes (kind, words, name, origin) VALUES (?, ?, ?, 'settings')"
                " ON CONFLICT DO UPDATE SET origin = 'settings'",
                [(*key, each.name) for key, each in wanted.items()],
            )
            connection.execute(MUTE_ITEMS)
        return True


def mute_too(connection: sqlite3.Connection, written: str) -> None:
    """Mute a phrase or a section, unless there is no room, in the caller's transaction."""
    mute = mute_of(written)
    if mute is None or not _has_room(connection, mute):
        return
    if connection.execute(_ADD, (mute.kind, _pattern(mute), mute.name)).rowcount:
        connection.execute(MUTE_ITEMS)


def adopt_choices(connection: sqlite3.Connection, names: Collection[str]) -> None:
    """Apply the mutes under these names in `choices`, in the caller's transaction."""
    changed = 0
    for name, is_muted in connection.execute(_CHOSEN, (json.dumps(list(names)),)).fetchall():
        if name.startswith(_FEED):
            # The list of feeds holds this one.
            continue
        mute = mute_of(name if name.startswith("section:") else name.partition(":")[2])
        if mute is not None and is_muted:
            values = (mute.kind, _pattern(mute), mute.name)
            changed += connection.execute(_ADD, values).rowcount
        elif mute is not None:
            changed += connection.execute(_REMOVE, (mute.kind, _pattern(mute))).rowcount
    # Records often repeat what is known, and this reads all headlines.
    if changed:
        connection.execute(MUTE_ITEMS)


def mute_of(written: str) -> Mute | None:
    """Return the mute that a reader wrote: `section:Name`, a word or a phrase; None for nothing."""
    text = clean_line(written[:_MOST_CHARACTERS])
    for before in _SECTION:
        if text.lower().startswith(before):
            name = text[len(before) :].strip()
            return Mute("section", name) if name else None
    return Mute("words", text) if words_of(text) else None


def _has_room(connection: sqlite3.Connection, mute: Mute) -> bool:
    """Tell whether this is muted, or may be, beside what the settings mute."""
    count, known = connection.execute(_ROOM, (mute.kind, _pattern(mute))).fetchone()
    return bool(known) or count < _MOST_MUTES


def _pattern(mute: Mute) -> str:
    """Return the text to look for: the name of a section, or words with spaces around them."""
    if mute.kind == "section":
        return mute.name
    words = " ".join(words_of(mute.name))
    return f" {words}" if mute.name.endswith(_BEGUN) else f" {words} "
