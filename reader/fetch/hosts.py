"""What a run knows of each host that it asks: its robots.txt, pauses, failed connections."""

import threading
import time

from reader.fetch.client import host_of
from reader.fetch.headers import MAX_WAIT
from reader.fetch.robots import Robots


class Host:
    """One host. Its turns may be awaited by several threads; the other fields belong to the run.

    `robots` is None until its robots.txt was read; `pause` is the least time between the starts of
    two requests, in seconds; `unreachable` counts requests in a row without a connection.
    """

    def __init__(self) -> None:
        self.robots: Robots | None = None
        self.pause = 0.0
        self.unreachable = 0
        self.is_stopped = False
        self._gate = threading.Lock()
        self._not_before = 0.0

    def hold(self, seconds: float) -> None:
        """Start no request for so many seconds, a day at most, as the host asked."""
        with self._gate:
            self._not_before = max(self._not_before, time.monotonic() + min(seconds, MAX_WAIT))

    def wait_turn(self) -> None:
        """Return when the next request may start, and begin the pause behind it."""
        while True:
            with self._gate:
                wait = self._not_before - time.monotonic()
                if wait <= 0:
                    self._not_before = time.monotonic() + self.pause
                    return
            time.sleep(min(wait, 1.0))


class Hosts:
    """The hosts of one run, by name and port."""

    def __init__(self) -> None:
        self._hosts: dict[str, Host] = {}

    def of(self, url: str) -> Host:
        """Return the host of a URL; raises FetchError where it has none."""
        return self._hosts.setdefault(host_of(url), Host())

    @property
    def are_stopped(self) -> bool:
        """Tell whether no host is left that may be asked."""
        return all(host.is_stopped for host in self._hosts.values())
