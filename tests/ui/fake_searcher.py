"""A searcher that finds words in the titles of headlines in memory."""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Self

from reader.errors import ReaderError
from reader.model import Found, Headline, Hit
from reader.text.query import parse_query


class FakeSearcher:
    """Finds one word in titles, with the title as snippet; `hold` has a search last until freed."""

    def __init__(self, headlines: Callable[[], Iterable[Headline]]) -> None:
        self.headlines = headlines
        self.hold = threading.Event()
        self.hold.set()
        self.asked: list[str] = []
        self.interrupted = threading.Event()
        self.failure: ReaderError | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""

    def search(
        self, query: str, now: datetime, limit: int, turn: int | None = None
    ) -> Found | None:
        """Return the headlines with the query in their title, unless interrupted."""
        self.asked.append(query)
        self.interrupted.clear()
        while not self.hold.wait(0.005):
            if self.interrupted.is_set():
                return None
        if self.failure:
            raise self.failure
        hits = []
        for item in self.headlines():
            title = item.teaser.title or ""
            start = title.casefold().find(query.casefold())
            if start >= 0:
                hits.append(Hit(item, title, ((start, start + len(query)),)))
        parsed = parse_query(query, now)
        return Found(tuple(hits[:limit]), len(hits) > limit, parsed.wanted, parsed.doubts)

    def interrupt(self) -> int:
        """Have the search that runs return None."""
        self.interrupted.set()
        return 0
