"""The saved searches, which are shown beside the sections as views."""

import sqlite3

from reader.devices.hybrid_clock import moment_of_stamp
from reader.errors import ReaderError
from reader.model import SavedSearch, Selection
from reader.store.clock import stamp_of_present
from reader.store.connection import Database
from reader.store.headlines import ids_query
from reader.text.sanitize import clean_line

_MOST_SEARCHES = 200
_MOST_NAME, _MOST_QUERY = 60, 1_000
# Items that are already there are not news for a command.
_SAVE = """
INSERT INTO searches (name, query, told) VALUES (?, ?, (SELECT coalesce(max(id), 0) FROM items))
ON CONFLICT (name)
"""
_KNOWN = "SELECT id, query FROM searches WHERE name = ?"
_FORGET_NOTIFIED = "DELETE FROM notified WHERE topic = ?"
# The newest items that match when a search is saved are no news, whatever text they get later.
_NOTIFIED = "INSERT OR IGNORE INTO notified (item, topic) SELECT id, {search} FROM ({matches})"
_MOST_NOTIFIED = 5_000
_ROOM = "SELECT count(*), EXISTS (SELECT 1 FROM searches WHERE name = ?) FROM searches"


class Searches:
    """The saved searches, in the order in which they were saved."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[SavedSearch]:
        """Return the saved searches."""
        with self._database.using("read") as connection:
            rows = connection.execute("SELECT name, query FROM searches ORDER BY id")
            return [SavedSearch(*row) for row in rows]

    def save(self, name: str, query: str) -> SavedSearch | None:
        """Save a query under a name, in place of the one that had it; return it.

        Return None if the name or the query is empty. Raises ReaderError if there are too many.
        """
        search = _search_of(name, query)
        if search is not None:
            with self._database.writing() as connection:
                if not _has_room(connection, search.name):
                    raise ReaderError("too_many_searches", most=_MOST_SEARCHES)
                connection.execute(
                    f"{_SAVE} DO UPDATE SET query = excluded.query", (search.name, search.query)
                )
                _note_matches(connection, search.name)
        return search

    def forget(self, name: str) -> bool:
        """Delete a saved search; return whether there was one with this name."""
        with self._database.writing() as connection:
            known = connection.execute(_KNOWN, (clean_line(name),)).fetchone()
            if known:
                connection.execute("DELETE FROM searches WHERE id = ?", known[:1])
                connection.execute(_FORGET_NOTIFIED, known[:1])
        return known is not None


def save_too(connection: sqlite3.Connection, name: str, query: str) -> None:
    """Save a query unless its name is taken or there is no room, in the caller's transaction."""
    search = _search_of(name, query)
    if search is not None and _has_room(connection, search.name):
        connection.execute(f"{_SAVE} DO NOTHING", (search.name, search.query))
        _note_matches(connection, search.name)


def _note_matches(connection: sqlite3.Connection, name: str) -> None:
    """Record the items that a search matches now, in place of those of an earlier query."""
    number, query = connection.execute(_KNOWN, (name,)).fetchone()
    now = moment_of_stamp(stamp_of_present(connection))
    matches, values = ids_query(Selection(query=query, at=now), _MOST_NOTIFIED)
    connection.execute(_FORGET_NOTIFIED, (number,))
    connection.execute(_NOTIFIED.format(search=int(number), matches=matches), values)


def _has_room(connection: sqlite3.Connection, name: str) -> bool:
    """Tell whether a search by this name is there, or may come."""
    count, known = connection.execute(_ROOM, (name,)).fetchone()
    return bool(known) or count < _MOST_SEARCHES


def _search_of(name: str, query: str) -> SavedSearch | None:
    """Return a search with a clean name and query, None if nothing is left of either."""
    search = SavedSearch(clean_line(name)[:_MOST_NAME], clean_line(query)[:_MOST_QUERY])
    return search if search.name and search.query else None
