"""The delay of marks from machine to machine, over Syncthing if it is installed."""

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

from reader.store import Store
from reader.ui.controllers.devices import look_at
from tests.bench.table import Row, latency, missing
from tests.bench.terminal import reader
from tests.exchange.machines import Machine, machine
from tests.exchange.syncthing import (
    TITLES,
    engines_at,
    files_in,
    machine_of,
    running,
    started,
    until_all,
)
from tests.patience import wait_until
from tests.store.builders import ALL, NOON, later, linked

_MANY, _AT_ONCE = 100_000, 2_000
_LOOKS, _MOST_KEYS = 200, 400


def measure(folder: Path) -> Iterator[Row]:
    """Yield how soon marks are on other machines, and what it costs."""
    yield from _many(folder / "many")
    if shutil.which("syncthing") is None:
        yield missing("marks over Syncthing", "it is not installed")
        return
    yield from _two(folder / "two")
    yield from _ten(folder / "ten")
    yield from _third(folder / "third")


def _many(home: Path) -> Iterator[Row]:
    """Yield what a hundred thousand marks cost that are set at once."""
    laptop = machine(home / "laptop", home / "sync", "laptop")
    teasers = [linked(f"Bericht {number} van de dag") for number in range(_MANY)]
    for first in range(0, _MANY, _AT_ONCE):
        laptop.bring(*teasers[first : first + _AT_ONCE])
    copy = home / "desktop" / "cache.sqlite3"
    other = home / "phone" / "cache.sqlite3"
    for each in (copy, other):
        each.parent.mkdir()
        laptop.store.maintenance.backup(each)
    laptop.store.marks.set("read", laptop.store.headlines.ids(ALL), NOON)
    seconds = _seconds_of(laptop)
    size = max(path.stat().st_size for path in (home / "sync").rglob("*.gz")) / 1e6
    yield Row("100,000 marks as a file", f"{size:.1f} MB", "2 MB", size < 2)
    yield Row("it is written", f"{seconds:.1f} s")
    merging = get_context("spawn").Process(target=_merge, args=(home,))
    began = time.monotonic()
    waits: list[float] = []
    with Store(copy) as beside:
        merging.start()
        while merging.is_alive():
            before = time.monotonic()
            beside.marks.set("saved", [1], NOON, value=len(waits) % 2 == 0)
            waits.append(time.monotonic() - before)
            time.sleep(0.02)
        seconds = time.monotonic() - began
        unread = beside.headlines.counts().unread
    if unread:
        yield missing("it is merged", f"{unread} marks did not arrive")
    yield Row("it is merged by another machine", f"{seconds:.1f} s", "3.6 s", seconds < 3.6)
    longest = max(waits)
    yield Row("the longest that a mark waits meanwhile", f"{longest:.2f} s", ".3 s", longest < 0.3)
    began = time.monotonic()
    for _ in range(_LOOKS):
        look_at(home / "sync")
    look = (time.monotonic() - began) / _LOOKS * 1000
    yield Row("a look at a folder with nothing new", f"{look:.2f} ms", ".3 ms", look < 0.3)
    laptop.close()
    yield _read_meanwhile(other, home / "sync")


def _read_meanwhile(cache: Path, folder: Path) -> Row:
    """Return how soon the cursor moves in a reader whose child brings in all that."""
    config = cache.with_name("config.toml")
    config.write_text(f'sync_folder = "{folder}"\n')
    screen = reader(cache.parent, "--offline", "--config", str(config))
    seconds: list[float] = []
    try:
        screen.seconds_until("▌", screen.started)
        with Store(cache) as beside:
            while beside.headlines.counts().unread and len(seconds) < _MOST_KEYS:
                screen.settle(0.1)
                seconds.append(screen.press("j", "▌"))
    finally:
        screen.kill()
    return latency("cursor key to paint while 100,000 marks are brought in", seconds, 33)


def _merge(home: Path) -> None:
    desktop = machine(home / "desktop", home / "sync", "desktop")
    desktop.exchange(later(1))
    desktop.close()


def _two(home: Path) -> Iterator[Row]:
    with ExitStack() as stack:
        engines = stack.enter_context(running(home, 2))
        laptop, desktop = machines = [machine_of(engine, *TITLES) for engine in engines]
        laptop.mark("Storm")
        until_all(machines, {"Storm"})
        laptop.mark("Krab", later(1))
        laptop.exchange(later(1))
        began = time.monotonic()
        until_all([desktop], {"Storm", "Krab"})
        seconds = time.monotonic() - began
        yield Row("one mark, over Syncthing", f"{seconds:.1f} s", "1.3 s", seconds < 1.4)
        laptop.mark("Krab", later(700), value=False)
        desktop.mark("Boot", later(701))
        laptop.mark("Boot", later(702))
        desktop.mark("Krab", later(703), value=False)
        desktop.mark("Krab", later(704))
        for each in machines:
            each.exchange(NOON + timedelta(days=30))
        began = time.monotonic()
        until_all(machines, {"Storm", "Krab", "Boot"})
        seconds = time.monotonic() - began
        yield Row("two machines a month apart", f"{seconds:.1f} s", "1.5 s", seconds < 1.6)
        for each in machines:
            each.close()


def _ten(home: Path) -> Iterator[Row]:
    with running(home, 10) as engines:
        machines = [machine_of(engine, *TITLES) for engine in engines]
        machines[0].mark("Zeehond")
        until_all(machines, {"Zeehond"})
        for number, each in enumerate(machines):
            for title in TITLES:
                each.mark(title, later(1 + number))
                each.mark(title, later(20 + number), value=False)
        machines[4].mark("Krab", later(40))
        for each in machines:
            each.exchange(NOON + timedelta(days=30))
        began = time.monotonic()
        until_all(machines, {"Krab"})
        seconds = time.monotonic() - began
        yield Row("ten machines a month apart", f"{seconds:.1f} s", "6.4 s", seconds < 6.4)
        for each in machines:
            each.close()


def _third(home: Path) -> Iterator[Row]:
    engines = engines_at(home, 3)
    with ExitStack() as stack:
        for engine in engines[:2]:
            stack.enter_context(started(engine, engines))
            wait_until(engine.is_up, "Syncthing")
        machines = [machine_of(engine, *TITLES) for engine in engines]
        machines[0].mark("Krab")
        machines[1].mark("Boot")
        until_all(machines[:2], {"Krab", "Boot"})
        wait_until(lambda: files_in(machines[0]) == files_in(machines[1]), "the same files")
        began = time.monotonic()
        stack.enter_context(started(engines[2], engines))
        until_all(machines[2:], {"Krab", "Boot"})
        seconds = time.monotonic() - began
        yield Row("a third machine joins", f"{seconds:.1f} s", "2.7 s", seconds < 2.7)
        for each in machines:
            each.close()


def _seconds_of(of: Machine) -> float:
    began = time.monotonic()
    of.exchange()
    return time.monotonic() - began
