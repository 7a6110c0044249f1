"""The memory of the reader's own process: its peak, and its growth during use."""

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench import blank
from tests.bench.archive import Archive
from tests.bench.sections import key_of
from tests.bench.table import Missing, Row, progress
from tests.bench.terminal import Screen, environment, reader

SHORT, HOUR = 240.0, 3600.0
_MINUTE, _REPORT = 60.0, 300.0
# The first seconds do not count as growth: caches are filled once.
_WARM_UP = 60.0
_GROWTH_MB = 5.0
_PAUSE = 0.15
_PAGE_DOWN = "\x1b[6~"
_WORDS = ("gemeente", "haven", "minsk", "brugdag", "een", "tulpen")


def measure(large: Archive, folder: Path, seconds: float = SHORT) -> Iterator[Row]:
    """Yield the rows of memory, after this many `seconds` of reading."""
    home = large.copy_to(folder / "memory")
    bare = _blank_peak(folder)
    screen = reader(home, "--offline")
    try:
        screen.seconds_until("▌", screen.started)
        screen.settle(1)
        samples = list(_read_on(screen, seconds))
        peak = _status(screen.pid, "VmHWM")
    finally:
        screen.kill()
    bound = 1.3 * bare + 30
    yield Row("peak memory of a blank Textual app", f"{bare:.0f} MB")
    yield Row(f"peak memory of the reader, {large.count:,} articles, {seconds / 60:.0f} min of use",
              f"{peak:.0f} MB", f"1.3 x that plus 30 MB: {bound:.0f} MB", peak < bound)  # fmt: skip
    first = median(memory for at, memory in samples if 0 <= at - _WARM_UP < _MINUTE)
    last = median(memory for at, memory in samples if at > samples[-1][0] - _MINUTE)
    yield Row("its memory in the first minute after a warm-up and in the last",
              f"{first:.0f} and {last:.0f} MB: {last - first:+.1f} MB",
              f"flat: {_GROWTH_MB:.0f} MB", last - first < _GROWTH_MB)  # fmt: skip


def _blank_peak(folder: Path) -> float:
    screen = Screen([sys.executable, "-m", "tests.bench.blank"], environment(folder))
    try:
        screen.seconds_until(blank.READY, screen.started)
        screen.press("j", blank.ANSWERED)
        screen.pause(1)
        return _status(screen.pid, "VmHWM")
    finally:
        screen.kill()


def _read_on(screen: Screen, seconds: float) -> Iterator[tuple[float, float]]:
    """Use the reader for so long; yield seconds since the beginning and megabytes meanwhile."""
    began, told = time.perf_counter(), 0.0
    turn = 0
    while (passed := time.perf_counter() - began) < seconds:
        for keys in _turn(turn):
            screen.type(keys)
            screen.pause(_PAUSE)
        screen.settle(_PAUSE)
        screen.forget()
        turn += 1
        memory = _status(screen.pid, "VmRSS")
        yield passed, memory
        if passed - told >= (_MINUTE if seconds < _REPORT else _REPORT):
            told = passed
            progress(f"memory after {passed / 60:.0f} min: {memory:.0f} MB")


def _turn(turn: int) -> Iterator[str]:
    """Yield the keys of one turn: open and page, scroll the list, search, change the section."""
    yield from ("\r", _PAGE_DOWN, _PAGE_DOWN, "b", "h")
    yield from ("j" * (turn % 7 + 1), _PAGE_DOWN, "n", "s", "u")
    if turn % 5 == 0:
        yield from ("h", "G", "\r", "h", "g")
    if turn % 3 == 0:
        yield "h"
        yield "/"
        yield from _WORDS[turn % len(_WORDS)]
        # To the hits, open one, back to the hits, and out of the search.
        yield from ("\r", "j", "\r", "h", "\x1b", "\x1b")
    if turn % 4 == 0:
        yield key_of("reading.next-section")


def _status(pid: int, name: str) -> float:
    """Return a figure of a process in megabytes, as Linux tells it."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError as error:
        raise Missing(f"the memory of process {pid} cannot be read: {error}") from error
    found = re.search(rf"{name}:\s+(\d+) kB", text)
    if found is None:
        raise Missing("the program has ended")
    return int(found[1]) * 1024 / 1e6
