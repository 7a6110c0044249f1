"""The reports that contain a word, cached for the repeated queries of a run."""

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from msgspec import Struct

_NEWEST = """
SELECT moment, item FROM report_words WHERE word = ? AND moment <= ?
AND item NOT IN (SELECT item FROM unplaced) ORDER BY moment DESC, item DESC LIMIT ?
"""
_BETWEEN = """
SELECT item FROM report_words WHERE word = ? AND moment BETWEEN ? AND ?
AND item NOT IN (SELECT item FROM unplaced) ORDER BY moment DESC, item DESC LIMIT ?
"""
_END = float("inf")


class _List(Struct):
    """The reports with a word: as pairs with their times, and as numbers alone, in the same order.

    The list is complete after `whole_after` (Unix seconds).
    """

    times: list[tuple[int, int]]
    items: list[int]
    whole_after: float


class WordLists:
    """The placed reports for each word, by the time of publication (Unix seconds).

    For each requested word, the newest `held` reports until `latest` are kept in memory.
    """

    def __init__(self, connection: sqlite3.Connection, latest: int, held: int) -> None:
        self._connection = connection
        self._latest = latest
        self._held = held
        self._lists: dict[str, _List] = {}

    def newest(self, word: str, earliest: int, latest: int, number: int) -> list[int]:
        """Return at most `number` of the newest reports with a word between two moments."""
        known = self._lists.get(word)
        if known is None:
            known = self._lists[word] = self._load(word)
        end = bisect_right(known.times, (latest, _END))
        start = max(bisect_left(known.times, (earliest, 0)), end - number)
        since = known.times[start][0] if end - start == number else earliest
        if latest <= self._latest and since > known.whole_after:
            return known.items[start:end]
        found = self._connection.execute(_BETWEEN, (word, earliest, latest, number))
        return [row[0] for row in found]

    def add(self, words: Iterable[str], moment: int, item: int) -> None:
        """Record that a report was placed."""
        for word in words:
            known = self._lists.get(word)
            if known is not None and known.whole_after < moment <= self._latest:
                place = bisect_left(known.times, (moment, item))
                known.times.insert(place, (moment, item))
                known.items.insert(place, item)

    def _load(self, word: str) -> _List:
        values = (word, self._latest, self._held)
        times = self._connection.execute(_NEWEST, values).fetchall()[::-1]
        whole_after = times[0][0] if len(times) == self._held else -_END
        return _List(times, [item for _, item in times], whole_after)
