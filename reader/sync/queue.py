"""Which pages a run asks for, and in which order; none is put on it twice."""

import heapq
from enum import IntEnum
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from reader.fetch import Hosts, HostState
from reader.sources.base import Source
from reader.text.url import address


class Tier(IntEnum):
    """What is asked for first of one host: the lower."""

    ROBOTS = -1
    FRONT = 0
    LISTING = 1
    FEED = 2
    NEW = 3
    YOUNG = 4
    RELATED = 5
    PAGE = 6


# What belongs to feeds waits for nothing, and nothing waits for it.
OF_FEEDS = frozenset([Tier.FEED, Tier.PAGE])


class Task(Struct, frozen=True, order=True):
    """A page to ask for, of a source: of two in one tier, the one that was added first.

    `page` is the number of a listing's page, `tries` how often it has been asked for, with this.
    """

    tier: Tier
    turn: int
    url: str
    source: Source
    page: int = 1
    tries: int = 1


class Queue:
    """The pages still to ask for, in a line for each host."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._lines: dict[HostState, list[Task]] = {}
        self._seen: set[str] = set()
        self._of_feeds = 0
        self._turns = 0

    @property
    def total(self) -> int:
        """Return how many pages were ever added."""
        return len(self._seen)

    @property
    def waiting(self) -> int:
        """Return how many pages are still to be asked for."""
        return sum(map(len, self._lines.values()))

    @property
    def waiting_of_feeds(self) -> int:
        """Return how many of those that are still to be asked for belong to feeds."""
        return self._of_feeds

    def add(self, url: str, tier: Tier, source: Source, page: int = 1) -> None:
        """Add a page, unless it was there before; raises FetchError for anything but a URL."""
        host = self._hosts.of(url)
        key = address(url)
        if key not in self._seen:
            self._seen.add(key)
            self._push(host, Task(tier, len(self._seen), url, source, page))

    def add_again(self, task: Task) -> None:
        """Put a page back that is to be asked for once more."""
        self._push(self._hosts.of(task.url), replace(task, tries=task.tries + 1))

    def take(self) -> Task | None:
        """Return the next page of the waiting host that was served longest ago.

        That of a host whose robots.txt is not known is this. None where each host must wait, or
        nothing waits.
        """
        ready = [host for host in self._lines if host.is_ready]
        if not ready:
            return None
        host = min(ready, key=lambda each: each.served)
        self._turns += 1
        host.served = self._turns
        line = self._lines[host]
        if host.robots is None and line[0].tier is not Tier.ROBOTS:
            first = line[0]
            return Task(Tier.ROBOTS, 0, urljoin(first.url, "/robots.txt"), first.source)
        task = heapq.heappop(line)
        self._of_feeds -= task.tier in OF_FEEDS
        if not line:
            del self._lines[host]
        return task

    def wait(self) -> float | None:
        """Return the seconds until a waiting host may be asked; None where only answers help."""
        waits = [host.wait for host in self._lines if host.has_room]
        return min(waits, default=None)

    def remove(self, host: HostState) -> list[Task]:
        """Take off every waiting page of a host, and return them."""
        removed = self._lines.pop(host, [])
        self._of_feeds -= sum(task.tier in OF_FEEDS for task in removed)
        return removed

    def _push(self, host: HostState, task: Task) -> None:
        heapq.heappush(self._lines.setdefault(host, []), task)
        self._of_feeds += task.tier in OF_FEEDS
