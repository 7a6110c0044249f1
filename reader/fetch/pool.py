"""A few threads that request pages at the same time."""

import queue
import threading
from collections.abc import Callable

from msgspec import Struct

from reader.errors import FetchError
from reader.fetch.client import Client, Fetched, Unchanged
from reader.fetch.connections import MAX_CONNECTIONS
from reader.fetch.request_policy import PAGE, RequestPolicy
from reader.fetch.robots import Robots
from reader.model import Validators


class Request(Struct, frozen=True):
    """A page to request, with the validators from an earlier request.

    `allows` tells whether an address that it redirects to may be requested; without it, the request
    is for the rules of the host's robots.txt.
    """

    url: str
    asked: Validators | None = None
    allows: Callable[[str], bool] | None = None
    policy: RequestPolicy = PAGE


class Answer(Struct, frozen=True):
    """The result of a request: a page, Unchanged, rules, or why it failed."""

    request: Request
    result: Fetched | Unchanged | Robots | FetchError


class Pool:
    """A limited number of requests under way at once, MAX_CONNECTIONS at most.

    Its threads start as they are needed. They end with the program, so quitting never waits for a
    slow site.
    """

    def __init__(self, client: Client, most: int = MAX_CONNECTIONS) -> None:
        """Use `client`, with up to `most` requests at once."""
        self._client = client
        self._most = min(most, MAX_CONNECTIONS)
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._under_way = 0
        self._threads = 0

    @property
    def under_way(self) -> int:
        """Return how many requests are not yet answered."""
        return self._under_way

    @property
    def is_full(self) -> bool:
        """Tell whether another request would have to wait."""
        return self._under_way >= self._most

    def ask(self, request: Request) -> None:
        """Queue a request for a page."""
        self._under_way += 1
        if self._under_way > self._threads:
            self._threads += 1
            threading.Thread(target=self._work, daemon=True).start()
        self._requests.put(request)

    def answer(self, timeout: float | None = None) -> Answer | None:
        """Wait for the next answer and return it; None if none came within `timeout` seconds."""
        try:
            answer = self._answers.get(timeout=timeout)
        except queue.Empty:
            return None
        self._under_way -= 1
        return answer

    def close(self) -> None:
        """End the threads once they are idle."""
        for _ in range(self._threads):
            self._requests.put(None)

    def _work(self) -> None:
        while (request := self._requests.get()) is not None:
            # The caller that waits for an answer always gets one, and the thread goes on.
            try:
                result = self._fetch(request)
            except FetchError as error:
                result = error
            except Exception as error:  # noqa: BLE001 - the outermost of its thread
                result = FetchError("unexpected", kind=type(error).__name__, detail=error)
            self._answers.put(Answer(request, result))

    def _fetch(self, request: Request) -> Fetched | Unchanged | Robots | FetchError:
        if request.allows is None:
            return Robots.of_host(self._client, request.url, request.policy)
        return self._client.get(request.url, request.asked, request.allows, request.policy)
