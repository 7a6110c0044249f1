"""Full-text search."""

from datetime import datetime

from reader.model import Found
from reader.store.connection import Database
from reader.store.search.searcher import Searcher, search


class Search:
    """Finds headlines by the words of their texts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, query: str, now: datetime, limit: int = 100) -> Found:
        """Return the best hits for a reader's input, at most `limit`.

        `reader.text.query` defines the language of `query`; every input is valid.
        """
        with self._database.reading() as connection:
            return search(connection, query, now, limit)

    def open_searcher(self) -> Searcher:
        """Return a searcher with its own connection, for a thread that can be interrupted."""
        return Searcher(self._database.path)
