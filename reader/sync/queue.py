"""The queue of the pages that a run requests, in order; no page is added twice."""

import heapq
from enum import IntEnum
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from reader.fetch import Hosts, HostState
from reader.sources.base import Source
from reader.text.url import address


class Tier(IntEnum):
    """The priority of requests to one host; lower ones come first."""

    ROBOTS = -1
    FRONT = 0
    LISTING = 1
    FEED = 2
    NEW = 3
    YOUNG = 4
    RELATED = 5
    PAGE = 6


# Requests for feeds wait for no other stage, and no other stage waits for them.
OF_FEEDS = frozenset([Tier.FEED, Tier.PAGE])


class Task(Struct, frozen=True, order=True):
    """A page of a source to request; within a tier, the one added first comes first.

    `page` is the page number of a listing, `tries` the number of requests, including this one.
    """

    tier: Tier
    turn: int
    url: str
    source: Source
    page: int = 1
    tries: int = 1


class Queue:
    """The pages still to be requested, in one queue per host."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._lines: dict[HostState, list[Task]] = {}
        # A heap of the hosts that have a line, by when each was last served, and when it lined up.
        self._order: list[tuple[int, int, HostState]] = []
        self._seen: set[str] = set()
        self._waiting = 0
        self._of_feeds = 0
        self._turns = 0
        self._articles = 0

    @property
    def total(self) -> int:
        """Return how many pages were ever added."""
        return len(self._seen)

    @property
    def articles(self) -> int:
        """Return how many pages of articles were ever added."""
        return self._articles

    @property
    def waiting(self) -> int:
        """Return how many pages are still to be requested."""
        return self._waiting

    @property
    def waiting_of_feeds(self) -> int:
        """Return how many pages still to be requested belong to feeds."""
        return self._of_feeds

    def add(self, url: str, tier: Tier, source: Source, page: int = 1) -> None:
        """Add a page, unless it was added before; raises FetchError for anything but a URL."""
        host = self._hosts.of(url)
        key = address(url)
        if key not in self._seen:
            self._seen.add(key)
            self._articles += tier >= Tier.NEW
            self._push(host, Task(tier, len(self._seen), url, source, page))

    def add_again(self, task: Task) -> None:
        """Put back a page that is to be requested once more."""
        self._push(self._hosts.of(task.url), replace(task, tries=task.tries + 1))

    def take(self) -> Task | None:
        """Return the next page of the waiting host that was served longest ago.

        For a host whose robots.txt is not yet known, that is its robots.txt. Return None if every
        host must wait, or no page is left.
        """
        host = self._next_ready()
        if host is None:
            return None
        host.served = self._next_turn()
        line = self._lines[host]
        if host.robots is None and line[0].tier is not Tier.ROBOTS:
            first = line[0]
            task = Task(Tier.ROBOTS, 0, urljoin(first.url, "/robots.txt"), first.source)
        else:
            task = heapq.heappop(line)
            self._waiting -= 1
            self._of_feeds -= task.tier in OF_FEEDS
        if line:
            self._line_up(host)
        else:
            del self._lines[host]
        return task

    def wait(self) -> float | None:
        """Return the seconds until a waiting host may be asked; None if answers must come first."""
        waits = [host.wait for host in self._lines if host.has_room]
        return min(waits, default=None)

    def remove(self, host: HostState) -> list[Task]:
        """Remove all waiting pages of a host, and return them."""
        removed = self._lines.pop(host, [])
        self._waiting -= len(removed)
        self._of_feeds -= sum(task.tier in OF_FEEDS for task in removed)
        self._order = [each for each in self._order if each[-1] is not host]
        heapq.heapify(self._order)
        return removed

    def _push(self, host: HostState, task: Task) -> None:
        if host not in self._lines:
            self._lines[host] = []
            self._line_up(host)
        heapq.heappush(self._lines[host], task)
        self._waiting += 1
        self._of_feeds += task.tier in OF_FEEDS

    def _line_up(self, host: HostState) -> None:
        """Give a host that has a line its place in the order."""
        heapq.heappush(self._order, (host.served, self._next_turn(), host))

    def _next_ready(self) -> HostState | None:
        """Take the host out of the order that is ready and was served longest ago."""
        passed = []
        found = None
        while self._order and found is None:
            first = heapq.heappop(self._order)
            if first[-1].is_ready:
                found = first[-1]
            else:
                passed.append(first)
        for each in passed:
            heapq.heappush(self._order, each)
        return found

    def _next_turn(self) -> int:
        self._turns += 1
        return self._turns
