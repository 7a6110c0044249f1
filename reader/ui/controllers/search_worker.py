"""Searches in a thread, so that typing never waits for one; a superseded search is interrupted."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reader.errors import ReaderError, Reason
from reader.model import Found

if TYPE_CHECKING:
    from reader.library import Searcher

# More hits than anyone looks through.
LIMIT = 100
# A search that takes longer than this (seconds) is shown as slow.
_SLOW_SECONDS = 0.15


class Answered(Struct, frozen=True):
    """The end of a search: with its result, or with the reason why it failed."""

    query: str
    found: Found | None
    complaint: Reason | None = None


class Delayed(Struct, frozen=True):
    """The search for `query` is slow."""

    query: str


class SearchWorker:
    """Answers the latest query through `post`; `run` must be cancelled at the end."""

    def __init__(
        self,
        searcher: "Callable[[], Searcher]",
        now: Callable[[], datetime],
        post: Callable[[Answered | Delayed], object],
    ) -> None:
        self._searcher = searcher
        self._now = now
        self._post = post
        self._query = ""
        self._asked = asyncio.Event()

    def ask(self, query: str) -> None:
        """Search for `query` in place of the previous one; an empty query has no answer."""
        self._query = query
        self._asked.set()

    async def run(self) -> None:
        """Answer until cancelled; no thread is left searching after that."""
        # One thread for all searches, as each thread keeps the memory of its largest one.
        with ThreadPoolExecutor(1) as thread:
            while True:
                await self._asked.wait()
                try:
                    with self._searcher() as searcher:
                        await self._answer_all(searcher, thread)
                except ReaderError as error:
                    self._asked.clear()
                    self._post(Answered(self._query, None, error.reason))

    async def _answer_all(self, searcher: "Searcher", thread: Executor) -> None:
        while True:
            await self._asked.wait()
            self._asked.clear()
            if self._query:
                await self._answer(searcher, thread, self._query)

    async def _answer(self, searcher: "Searcher", thread: Executor, query: str) -> None:
        turn = searcher.interrupt()
        work = partial(searcher.search, query, self._now(), LIMIT, turn)
        search = asyncio.get_running_loop().run_in_executor(thread, work)
        asked = asyncio.ensure_future(self._asked.wait())
        either: set[asyncio.Future[Any]] = {search, asked}
        first = asyncio.FIRST_COMPLETED
        try:
            ended, _ = await asyncio.wait(either, timeout=_SLOW_SECONDS, return_when=first)
            if not ended:
                self._post(Delayed(query))
                await asyncio.wait(either, return_when=first)
        finally:
            asked.cancel()
            searcher.interrupt()
            await asyncio.wait({search})
        found = search.result()
        if found is not None and query == self._query:
            self._post(Answered(query, found))
