"""The data about each source as a whole: its sections, and its last answers."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from reader.model import DEFAULT_SOURCE, Following, Section, SyncState
from reader.store.connection import Database
from reader.store.conversion import moment_or_none, reason_or_none, seconds_of, stored_reason
from reader.text.sanitize import clean_line

_SEEN = """
INSERT INTO sections (source, name, url, position, seen) VALUES (:source, :name, :url, 0, :at)
ON CONFLICT (source, name) DO UPDATE SET url = :url, seen = :at
"""

# How long a robots.txt counts, by RFC 9309 (2.4).
_RULES_SECONDS = 86_400


class Sources:
    """The sections of the sources, which of them are followed, and the outcome of the last runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def followings(self) -> list[Following]:
        """Return all sections ever seen, the site's first, in the order of each navigation."""
        with self._database.using("read") as connection:
            return _followings(connection)

    def follow(self, name: str, followed: bool, source: str = DEFAULT_SOURCE) -> None:
        """Set whether the listing of a section of a source is fetched."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE sections SET followed = ? WHERE source = ? AND name = ?",
                (followed, source, clean_line(name)),
            )

    def rules(self, at: datetime) -> dict[str, str]:
        """Return each robots.txt that was read in the day before `at`, by host."""
        now = seconds_of(at)
        with self._database.using("read") as connection:
            rows = connection.execute(
                "SELECT host, rules FROM robots WHERE fetched > ? AND fetched <= ?",
                (now - _RULES_SECONDS, now),
            )
            return dict(rows.fetchall())

    def keep_rules(self, host: str, rules: str, at: datetime) -> None:
        """Store the robots.txt that a host sent at `at`, and delete those that are too old."""
        now = seconds_of(at)
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM robots WHERE fetched NOT BETWEEN ? AND ?", (now - _RULES_SECONDS, now)
            )
            connection.execute(
                "INSERT OR REPLACE INTO robots (host, fetched, rules) VALUES (?, ?, ?)",
                (host, now, rules),
            )

    def note_sync(self, state: SyncState) -> None:
        """Store the outcome of the last runs, in place of the stored one."""
        reached = None if state.reached is None else seconds_of(state.reached)
        failed = None if state.failed is None else seconds_of(state.failed)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO state (id, reached, failed, reason, drifted)"
                " VALUES (1, ?, ?, ?, ?)",
                (reached, failed, state.reason and stored_reason(state.reason), state.drifted),
            )

    def sync_state(self) -> SyncState:
        """Return the outcome of the last runs."""
        with self._database.using("read") as connection:
            row = connection.execute(
                "SELECT reached, failed, reason, drifted FROM state"
            ).fetchone()
        if row is None:
            return SyncState()
        reached, failed, why, drifted = row
        return SyncState(
            moment_or_none(reached), moment_or_none(failed), reason_or_none(why), bool(drifted)
        )


def arrange(known: Sequence[str], named: Iterable[str]) -> list[str]:
    """Return all names: `named` in their order, each other one after the name it used to follow.

    So pages that show different parts of one navigation do not change its order.
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


def remember_sections(
    connection: sqlite3.Connection,
    sections: Sequence[Section],
    at: int,
    source: str = DEFAULT_SOURCE,
) -> None:
    """Store the sections in a source's navigation; of several with one name the first counts."""
    followings = _followings(connection)
    known = [each.section.name for each in followings if each.section.source == source]
    values = {"source": source, "at": at}
    for section in {each.name: each for each in reversed(sections)}.values():
        connection.execute(_SEEN, values | {"name": section.name, "url": section.url})
    connection.executemany(
        "UPDATE sections SET position = ? WHERE source = ? AND name = ?",
        [
            (position, source, name)
            for position, name in enumerate(arrange(known, (each.name for each in sections)))
        ],
    )


def _followings(connection: sqlite3.Connection) -> list[Following]:
    rows = connection.execute(
        "SELECT name, url, source, followed FROM sections ORDER BY source <> ?, source, position",
        (DEFAULT_SOURCE,),
    )
    return [Following(Section(*section), bool(followed)) for *section, followed in rows]
