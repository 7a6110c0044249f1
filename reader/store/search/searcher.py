"""Full-text search, also from its own thread that another can interrupt."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Self

from reader.model import Found, Headline, Hit
from reader.store.article_conversion import detail_words
from reader.store.conversion import body_of
from reader.store.failures import FAILURES, cache_error_of
from reader.store.headlines import load_headlines
from reader.store.opening import limit_memory, open_read_only
from reader.store.search.doubts import doubts_of
from reader.store.search.ranking import find
from reader.store.search.word_forms import widen
from reader.text.query import Query, parse_query
from reader.text.snippet import best_snippet

MAX_HITS = 1_000
# The interval, in SQLite's virtual machine steps, at which a query checks whether it was
# superseded. Each check waits for any running Python code, so they are rare.
_STEPS = 20_000


def search(connection: sqlite3.Connection, text: str, now: datetime, limit: int) -> Found:
    """Return the best hits for a reader's input, at most `limit` and at most MAX_HITS.

    If the words as typed leave room, hits for other forms of them follow.
    """
    limit = min(max(limit, 0), MAX_HITS)
    query = parse_query(text, now)
    numbers = find(connection, query, limit + 1)
    if len(numbers) <= limit and (wider := widen(connection, query)) != query:
        query = wider
        numbers = list(dict.fromkeys([*numbers, *find(connection, query, limit + 1)]))[: limit + 1]
    headlines = load_headlines(connection, numbers[:limit])
    bodies = _bodies(connection, headlines)
    hits = tuple(_hit(each, bodies.get(each.id, ()), query) for each in headlines)
    doubts = doubts_of(connection, query, has_hits=bool(hits))
    return Found(hits, len(numbers) > limit, query.wanted, doubts)


class Searcher:
    """Searches the cache with its own connection; threads may share it and take turns.

    `interrupt` may be called from any thread. Every other method may raise CacheError.
    """

    def __init__(self, path: Path) -> None:
        """Open the cache at `path` for reading; it must exist."""
        self._path = path
        self._searching, self._turning = Lock(), Lock()
        self._turn = 0
        self._running: int | None = None
        self._is_open = True
        try:
            self._connection = open_read_only(path)
            limit_memory(self._connection)
        except FAILURES as error:
            raise cache_error_of(error, path, "opened") from error

    def __enter__(self) -> Self:
        """Return the searcher itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Interrupt the running search and close; a later search finds nothing."""
        with self._turning:
            self._is_open = False
        self.interrupt()
        with self._searching:
            self._connection.close()

    def search(
        self, query: str, now: datetime, limit: int, turn: int | None = None
    ) -> Found | None:
        """Return the best hits, at most `limit`; None if the search was interrupted.

        If the search runs in another thread, `turn` is the value that `interrupt` returned earlier,
        so that an interrupt also reaches a search that has not begun.
        """
        mine = self._turn if turn is None else turn
        with self._searching:
            try:
                if not self._begin(mine):
                    return None
                found = search(self._connection, query, now, limit)
            except FAILURES as error:
                # An interrupt while the index is opened is reported as a failure to open it.
                is_superseded = mine != self._turn
                code = getattr(error, "sqlite_errorcode", None)
                if is_superseded or code == sqlite3.SQLITE_INTERRUPT:
                    return None
                raise cache_error_of(error, self._path, "searched") from error
            finally:
                self._end()
            return found if mine == self._turn else None

    def interrupt(self) -> int:
        """End the running and the waiting searches, and return the turn of the next one."""
        with self._turning:
            self._turn += 1
            if self._running is not None:
                self._connection.interrupt()
            return self._turn

    def _begin(self, mine: int) -> bool:
        """Begin a search, unless it was superseded meanwhile."""
        with self._turning:
            if mine < self._turn or not self._is_open:
                return False
            self._running = mine
        # SQLite ignores an interrupt that comes between two statements.
        self._connection.set_progress_handler(lambda: mine != self._turn, _STEPS)
        # All statements see the same state of the file.
        self._connection.execute("BEGIN")
        return True

    def _end(self) -> None:
        with self._turning:
            if self._running is not None:
                self._running = None
                self._connection.set_progress_handler(None, 0)
                self._connection.rollback()


def _bodies(connection: sqlite3.Connection, headlines: list[Headline]) -> dict[int, list[str]]:
    """Return the existing article texts, without leads but with details."""
    leads = {headline.id: headline.teaser.summary for headline in headlines}
    rows = connection.execute(
        "SELECT item, blocks, details FROM articles WHERE item IN (SELECT value FROM json_each(?))",
        (json.dumps(list(leads)),),
    )
    return {
        item: [text for text in (body_of(blocks, leads[item]), detail_words(details)) if text]
        for item, blocks, details in rows
    }


def _hit(headline: Headline, body: Sequence[str], query: Query) -> Hit:
    terms = [term for term in query.wanted if term.column is None]
    texts = [text for text in (headline.teaser.summary, *body) if text]
    snippet, matches = best_snippet(texts, terms)
    return Hit(headline, snippet, matches)
