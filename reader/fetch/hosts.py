"""The state of each host during a run: its robots.txt, pauses, failed connections."""

import time

from reader.fetch.client import host_of
from reader.fetch.headers import MAX_WAIT
from reader.fetch.robots import Robots

# Requests under way at once, unless a source may ask for more.
_MOST = 2
# The longest single wait, in seconds, so that an interrupt takes effect soon.
_LONGEST_REST = 1.0


class HostState:
    """The state of one host, by name and port.

    `robots` is None until its robots.txt is known; `answered` tells whether the host has given any
    answer in this run; `pause` is the least time between the starts of two requests, in seconds;
    `unreachable` counts requests in a row without a connection; `under_way` counts the requests
    that wait for an answer, `most` of them at once; `served` is higher for a host that was served
    later.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.robots: Robots | None = None
        self.answered = False
        self.pause = 0.0
        self.unreachable = 0
        self.is_stopped = False
        self.most = _MOST
        self.under_way = 0
        self.served = 0
        self._not_before = 0.0

    @property
    def wait(self) -> float:
        """Return the seconds until the next request may start."""
        return max(self._not_before - time.monotonic(), 0.0)

    @property
    def has_room(self) -> bool:
        """Tell whether another request may be under way: only one while the rules are unknown."""
        return self.under_way < (1 if self.robots is None else self.most)

    @property
    def is_ready(self) -> bool:
        """Tell whether a request may start now."""
        return self.has_room and not self.wait

    def hold(self, seconds: float) -> None:
        """Start no request for this many seconds, a day at most, as the host asked."""
        self._not_before = max(self._not_before, time.monotonic() + min(seconds, MAX_WAIT))

    def begin(self) -> None:
        """Count a request that starts now, and begin the pause after it."""
        self.under_way += 1
        self._not_before = max(self._not_before, time.monotonic() + self.pause)

    def end(self) -> None:
        """Count a request that was answered."""
        self.under_way -= 1


class Hosts:
    """The hosts of one run, by name and port."""

    def __init__(self) -> None:
        self._hosts: dict[str, HostState] = {}

    def of(self, url: str) -> HostState:
        """Return the host of a URL; raises FetchError if it has none."""
        key = host_of(url)
        if key not in self._hosts:
            self._hosts[key] = HostState(key)
        return self._hosts[key]

    @property
    def all(self) -> list[HostState]:
        """Return the hosts."""
        return list(self._hosts.values())

    @property
    def are_stopped(self) -> bool:
        """Tell whether no host may be asked any more."""
        return all(host.is_stopped for host in self._hosts.values())

    def stop(self) -> None:
        """Ask no host for anything more."""
        for host in self._hosts.values():
            host.is_stopped = True


def rest(seconds: float) -> None:
    """Wait for this many seconds, one at most."""
    time.sleep(min(seconds, _LONGEST_REST))
