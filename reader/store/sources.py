"""What is remembered of the site as a whole: its sections, and how it last answered."""

import sqlite3
from collections.abc import Iterable, Sequence

from reader.model import Following, Section, SyncState
from reader.store.connection import Database
from reader.store.records import moment_or_none, seconds_of
from reader.text.sanitize import clean_line

_SEEN = """
INSERT INTO sections (name, url, position, seen) VALUES (:name, :url, 0, :at)
ON CONFLICT (name) DO UPDATE SET url = :url, seen = :at
"""


class Sources:
    """The sections of the site, which of them are followed, and how the last runs went."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def followings(self) -> list[Following]:
        """Return all sections ever seen on the site, in the order of its navigation."""
        with self._database.using("read") as connection:
            return _followings(connection)

    def follow(self, name: str, followed: bool) -> None:
        """Set whether a section's listing is to be fetched."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE sections SET followed = ? WHERE name = ?", (followed, clean_line(name))
            )

    def note_sync(self, state: SyncState) -> None:
        """Store how the last runs went, in place of what was stored."""
        reached = None if state.reached is None else seconds_of(state.reached)
        failed = None if state.failed is None else seconds_of(state.failed)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO state (id, reached, failed, reason, drifted)"
                " VALUES (1, ?, ?, ?, ?)",
                (reached, failed, clean_line(state.reason or "") or None, state.drifted),
            )

    def sync_state(self) -> SyncState:
        """Return how the last runs went."""
        with self._database.using("read") as connection:
            row = connection.execute(
                "SELECT reached, failed, reason, drifted FROM state"
            ).fetchone()
        if row is None:
            return SyncState()
        reached, failed, reason, drifted = row
        return SyncState(moment_or_none(reached), moment_or_none(failed), reason, bool(drifted))


def arrange(known: Sequence[str], named: Iterable[str]) -> list[str]:
    """Return all names: `named` in their order, each other one behind the one it came after.

    So pages that show different parts of one navigation leave its order as it is.
    """
    result = list(dict.fromkeys(named))
    place = 0
    for name in known:
        if name in result:
            place = result.index(name) + 1
        else:
            result.insert(place, name)
            place += 1
    return result


def remember_sections(connection: sqlite3.Connection, sections: Sequence[Section], at: int) -> None:
    """Keep the sections that the site's navigation shows; of one name the first counts."""
    known = [each.section.name for each in _followings(connection)]
    for section in {each.name: each for each in reversed(sections)}.values():
        connection.execute(_SEEN, {"name": section.name, "url": section.url, "at": at})
    connection.executemany(
        "UPDATE sections SET position = ? WHERE name = ?",
        enumerate(arrange(known, (section.name for section in sections))),
    )


def _followings(connection: sqlite3.Connection) -> list[Following]:
    rows = connection.execute("SELECT name, url, followed FROM sections ORDER BY position")
    return [Following(Section(name, url), bool(followed)) for name, url, followed in rows]
