"""Which pages a run asks for, and in which order; none is put on it twice."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import IntEnum

from reader.text.url import address


class Tier(IntEnum):
    """What is asked for first: the lower."""

    FRONT = 0
    LISTING = 1
    NEW = 2
    YOUNG = 3
    RELATED = 4


@dataclass(frozen=True, slots=True, order=True)
class Task:
    """A page to ask for: of two in one tier, the one that was added first.

    `page` is the number of a listing's page, `tries` how often it has been asked for, with this.
    """

    tier: Tier
    turn: int
    url: str = field(compare=False)
    page: int = field(default=1, compare=False)
    tries: int = field(default=1, compare=False)


class Queue:
    """The pages still to ask for."""

    def __init__(self) -> None:
        self._waiting: list[Task] = []
        self._seen: set[str] = set()

    @property
    def total(self) -> int:
        """Return how many pages were ever added."""
        return len(self._seen)

    @property
    def waiting(self) -> int:
        """Return how many pages are still to be asked for."""
        return len(self._waiting)

    def add(self, url: str, tier: Tier, page: int = 1) -> None:
        """Add a page, unless it was there before."""
        key = address(url)
        if key not in self._seen:
            self._seen.add(key)
            heapq.heappush(self._waiting, Task(tier, len(self._seen), url, page))

    def add_again(self, task: Task) -> None:
        """Put a page back that is to be asked for once more."""
        heapq.heappush(self._waiting, replace(task, tries=task.tries + 1))

    def take(self) -> Task:
        """Return the next page; raises IndexError where none is waiting."""
        return heapq.heappop(self._waiting)

    def remove(self, is_unwanted: Callable[[str], bool]) -> None:
        """Take off every waiting page whose URL is unwanted."""
        self._waiting = [task for task in self._waiting if not is_unwanted(task.url)]
        heapq.heapify(self._waiting)
