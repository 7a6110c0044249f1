"""Full-text search."""

from datetime import datetime

from reader.model import Found
from reader.store.connection import Database
from reader.store.search.searcher import Searcher, search


class Search:
    """Finds headlines by what their texts hold."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, query: str, now: datetime, limit: int = 100) -> Found:
        """Return the best hits for what a reader typed, at most `limit`.

        The language of `query` is `reader.text.query`'s; nothing that can be typed is an error.
        """
        with self._database.reading() as connection:
            return search(connection, query, now, limit)

    def open_searcher(self) -> Searcher:
        """Return a searcher with a connection of its own, for a thread that can be interrupted."""
        return Searcher(self._database.path)
