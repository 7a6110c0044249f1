"""A few threads that ask for pages at the same time, each host at its own pace."""

import queue
import threading
from dataclasses import dataclass

from reader.errors import FetchError
from reader.fetch.client import MAX_CONNECTIONS, Client, Fetched, Unchanged
from reader.fetch.hosts import Hosts
from reader.model import Asked


@dataclass(frozen=True, slots=True)
class Request:
    """A page to ask for, and what is known from having asked before."""

    url: str
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: the page, word that it is unchanged, or why it could not be had."""

    request: Request
    result: Fetched | Unchanged | FetchError


class Pool:
    """Up to MAX_CONNECTIONS requests under way at once.

    Its threads end with the program, so nothing waits for a slow site when one quits.
    """

    def __init__(self, client: Client, hosts: Hosts) -> None:
        """Ask `client`; each request waits for its turn at its host."""
        self._client = client
        self._hosts = hosts
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._under_way = 0
        for _ in range(MAX_CONNECTIONS):
            threading.Thread(target=self._work, daemon=True).start()

    @property
    def under_way(self) -> int:
        """Return how many requests were asked and not yet answered."""
        return self._under_way

    @property
    def is_full(self) -> bool:
        """Tell whether another request would have to wait."""
        return self._under_way >= MAX_CONNECTIONS

    def ask(self, request: Request) -> None:
        """Queue a request for a page."""
        self._under_way += 1
        self._requests.put(request)

    def answer(self) -> Answer:
        """Return the next answer, waiting for it."""
        answer = self._answers.get()
        self._under_way -= 1
        return answer

    def close(self) -> None:
        """End the threads once they are idle."""
        for _ in range(MAX_CONNECTIONS):
            self._requests.put(None)

    def _work(self) -> None:
        while (request := self._requests.get()) is not None:
            # Whoever waits for an answer gets one, whatever happened, and the thread goes on.
            try:
                result = self._fetch(request)
            except FetchError as error:
                result = error
            except Exception as error:  # noqa: BLE001 - the outermost of its thread
                result = FetchError("unexpected", kind=type(error).__name__, detail=error)
            self._answers.put(Answer(request, result))

    def _fetch(self, request: Request) -> Fetched | Unchanged | FetchError:
        host = self._hosts.of(request.url)
        host.wait_turn()
        robots = host.robots
        return self._client.get(request.url, request.asked, robots.allows if robots else None)
