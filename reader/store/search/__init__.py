"""Full-text search."""

from datetime import datetime

from reader.errors import Reason
from reader.model import Found
from reader.store.connection import Database
from reader.store.search.doubts import doubts_of
from reader.store.search.searcher import Searcher, search
from reader.text.query import parse_query


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

    def doubts(self, query: str, now: datetime) -> tuple[Reason, ...]:
        """Return which parts of a query without hits mean nothing, or name what does not exist."""
        with self._database.using("read") as connection:
            return doubts_of(connection, parse_query(f"{query} ", now), has_hits=False)

    def open_searcher(self) -> Searcher:
        """Return a searcher with its own connection, for a thread that can be interrupted."""
        return Searcher(self._database.path)
