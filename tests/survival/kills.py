"""Kills at random moments, and the output of the killed process until then."""

import random
import re
import signal
import time
from pathlib import Path

from reader.store import Store
from tests.store.builders import article, later, linked
from tests.survival.conftest import NOW
from tests.survival.nursery import Life

# The address of an article that a sync stored, in the line of that event.
STORED = r'.*"stored".*"url": "([^"]*)".*"article".*'


def kill_within(child: Life, seconds: float, dice: random.Random) -> bool:
    """Kill a child at a random moment of its first `seconds`; tell whether it still lived."""
    time.sleep(dice.uniform(0, seconds))
    status = child.kill()
    assert (status in (0, -signal.SIGKILL), child.err) == (True, "")
    return status != 0


def timed(child: Life) -> float:
    """Return how long a child takes when nobody disturbs it (seconds)."""
    began = time.monotonic()
    assert child.wait() == 0, child.err
    return time.monotonic() - began


def told(child: Life, pattern: str) -> list[str]:
    """Return what a child told in whole lines: of each that fits the pattern, its group."""
    return re.findall(rf"^{pattern}\n", child.out, re.MULTILINE)


def make_news(path: Path, headlines: int) -> list[int]:
    """Create a cache of this many articles, `Bericht 000` the oldest; return their numbers."""
    with Store(path) as cache:
        for number in range(headlines):
            title = f"Bericht {number:03}"
            cache.pages.add(article(linked(title), "Tekst.", fetched=later(number / 60)))
        return list(cache.headlines.ids())


def save_some(path: Path, dice: random.Random) -> set[int]:
    """Save a headline or two; return their numbers."""
    with Store(path) as cache:
        numbers = cache.headlines.ids()
        chosen = dice.sample(numbers, min(len(numbers), 2))
        for number in chosen:
            cache.marks.set("saved", [number], NOW)
    return set(chosen)


def as_mark(line: str) -> tuple[tuple[str, int], bool]:
    """Return the mark that a line of the task `mark` tells of."""
    kind, number, value = line.split()
    return (kind, int(number)), value == "1"
