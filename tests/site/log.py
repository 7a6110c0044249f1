"""A thread-safe log of the requests and connections to the stand-in."""

import threading
from collections.abc import Callable
from itertools import count

from msgspec import Struct

_MOMENT = 0.25


class Request(Struct, frozen=True):
    """One request and what came of it.

    `target` is the path with its query; `headers` are those sent, in lower case; `status` is 0
    where no answer was given; `sent` counts all bytes of the answer; `started` is on the monotonic
    clock; `connection` numbers the connection; `aborted` tells that either end broke off.
    """

    method: str
    target: str
    headers: dict[str, str]
    status: int
    sent: int
    started: float
    seconds: float
    connection: int
    aborted: bool

    @property
    def conditional(self) -> bool:
        """Tell whether only a changed page was asked for."""
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


class Log:
    """The requests in the order in which they ended, and how many connections there were."""

    def __init__(self, tell: Callable[[Request], None] | None = None) -> None:
        self._tell = tell
        self._news = threading.Condition()
        self._requests: list[Request] = []
        self._arrived: list[str] = []
        self._running = 0
        self._open: set[int] = set()
        self._numbers = count(1)
        self._opened = 0
        self._most = 0

    @property
    def requests(self) -> list[Request]:
        """Return the requests that have ended; one that is about to is given a moment for it."""
        with self._news:
            # The asker has its answer before the server has written its own account of it.
            self._news.wait_for(lambda: self._running == 0, _MOMENT)
            return list(self._requests)

    @property
    def arrived(self) -> list[str]:
        """Return the targets asked for, in order, of requests still running too."""
        with self._news:
            return list(self._arrived)

    @property
    def open_connections(self) -> int:
        """Return how many connections are open now."""
        with self._news:
            return len(self._open)

    @property
    def opened_connections(self) -> int:
        """Return how many connections were opened."""
        with self._news:
            return self._opened

    @property
    def most_connections(self) -> int:
        """Return how many connections were open at once at most."""
        with self._news:
            return self._most

    @property
    def sent(self) -> int:
        """Return how many bytes were sent in answer to all requests that have ended."""
        return sum(request.sent for request in self.requests)

    def of(self, target: str) -> list[Request]:
        """Return the ended requests for one target."""
        return [request for request in self.requests if request.target == target]

    def wait_for(self, target: str | None = None, times: int = 1, seconds: float = 10.0) -> bool:
        """Wait until `times` requests for `target`, or for anything, arrived; tell whether so."""

        def enough() -> bool:
            wanted = [each for each in self._arrived if target in {None, each}]
            return len(wanted) >= times

        with self._news:
            return self._news.wait_for(enough, seconds)

    def forget(self) -> None:
        """Forget all requests and count connections anew, those now open included."""
        with self._news:
            self._requests.clear()
            self._arrived.clear()
            self._opened = self._most = len(self._open)

    def connect(self) -> int:
        """Note a new connection and return its number."""
        with self._news:
            self._opened += 1
            number = next(self._numbers)
            self._open.add(number)
            self._most = max(self._most, len(self._open))
            return number

    def disconnect(self, number: int) -> None:
        """Note that a connection ended."""
        with self._news:
            self._open.discard(number)

    def arrive(self, target: str) -> None:
        """Note that a request came in."""
        with self._news:
            self._arrived.append(target)
            self._running += 1
            self._news.notify_all()

    def end(self, request: Request) -> None:
        """Note a request that was answered or broken off."""
        with self._news:
            self._requests.append(request)
            self._running -= 1
            self._news.notify_all()
        if self._tell:
            self._tell(request)
