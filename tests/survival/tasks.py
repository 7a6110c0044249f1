"""The tasks of the children of the nursery."""

import itertools
import random
import resource
import signal
import sqlite3
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

from reader.cli import online
from reader.cli.commands import fetch, open_reader, sync
from reader.cli.main import main
from reader.errors import CacheError, reason
from reader.model import PageOrigin
from reader.store import Store
from tests.store.builders import SITE, article, later, linked, listing, origin
from tests.survival.conftest import NOW


def znreader(arguments: list[str], clock: str | None = None, patience: float | None = None) -> int:
    """Run the program with these arguments, with its clock stopped at `clock`.

    The reader waits for other writers `patience` seconds, if that is given.
    """
    if patience is not None:
        vars(open_reader)["_PATIENCE"] = patience
    if clock is not None:
        moment = datetime.fromisoformat(clock)
        for module in (fetch, online, sync):
            vars(module)["now"] = lambda: moment
    return main(arguments)


def open_cache(path: str) -> None:
    """Open a cache, which makes it, or brings it up to date."""
    Store(Path(path)).close()


def mark(
    path: str,
    seed: str,
    numbers: list[int],
    kinds: tuple[str, ...] = ("read", "saved"),
    pause: float = 0,
) -> None:
    """Set and clear marks for ever; tell each before it is set, and again when it is set."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, no secret
    with Store(Path(path)) as cache:
        while True:
            kind, number = dice.choice(kinds), dice.choice(numbers)
            value = dice.random() < 0.6
            print("begin", kind, number, int(value))
            if kind == "read":
                cache.marks.set("read", [number], NOW, value=value)
            else:
                cache.marks.set("saved", [number], NOW, value=value)
            print("done", kind, number, int(value))
            time.sleep(pause)


def store(path: str, begin: int) -> None:
    """Store copy after copy of a few articles and a listing, with their bytes and validators."""
    with Store(Path(path)) as cache:
        for copy in itertools.count(begin):
            title, text, at = f"A {copy % 40}", f"Kopie {copy} " * 300, later(copy)
            related = (linked(f"B {copy}"),)
            page = article(linked(title), text, related=related, fetched=at)
            cache.pages.add(page, origin=origin(title, f"v{copy}", text.encode()))
            cache.pages.mark_failed(f"{SITE}b-{copy}", reason("robots"), at)
            cache.pages.add(
                listing(linked(f"C {copy}"), fetched=at), origin=PageOrigin(SITE, f"v{copy}")
            )
            print("stored", copy)


def mark_within(path: str, numbers: list[int], limit: int) -> None:
    """Save headlines until no file may grow beyond `limit` bytes; tell each, and what failed."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    with Store(Path(path)) as cache:
        try:
            for number in itertools.cycle(numbers):
                cache.marks.set("saved", [number], NOW)
                print(number)
        except CacheError as error:
            print(error)


def mark_each(path: str, numbers: list[int], patience: float = 30.0) -> int:
    """Save each headline; return 1, with the sentence, where that cannot be done."""
    with Store(Path(path), patience=patience) as cache:
        try:
            for number in numbers:
                cache.marks.set("saved", [number], NOW)
        except CacheError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def hold(path: str) -> None:
    """Begin to write, tell so, and write nothing once the signal SIGUSR1 comes."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE items SET read = 1")
        print("held")
        signal.sigwait([signal.SIGUSR1])
        connection.execute("ROLLBACK")
