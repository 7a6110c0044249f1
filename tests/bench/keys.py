"""Keys in the list of a hundred thousand: one at a time, and held down."""

import time
from collections.abc import Iterator
from pathlib import Path

from reader.store import Store
from reader.ui.state.edition import Edition
from tests.bench.archive import Archive
from tests.bench.picture import Picture, cursor_text
from tests.bench.table import Row, latency, progress
from tests.bench.terminal import Screen, reader, without_preview

_HOLD_SECONDS = 5.0
_RATES = (30, 100)


def measure(large: Archive, folder: Path) -> Iterator[Row]:
    """Yield the rows of cursor keys."""
    home = large.copy_to(folder / "keys")
    without_preview(home)
    screen = reader(home, "--offline")
    try:
        screen.seconds_until("▌", screen.started)
        screen.settle(1)
        progress("cursor keys")
        # Down first, so that most of the keys scroll the list.
        seconds = [_cursor_key(screen, key) for key in "j" * 120 + "k" * 80]
        yield latency(f"cursor key to paint, list of {large.count:,}", seconds, 33)
        for rate in _RATES:
            yield _held(screen, home, rate)
    finally:
        screen.kill()


def _cursor_key(screen: Screen, key: str) -> float:
    screen.settle()
    seconds = screen.press(key, "▌")
    screen.pause(0.03)
    return seconds


def _held(screen: Screen, home: Path, rate: int) -> Row:
    """Hold a key from the top on, and see where the cursor ends and how far behind it was."""
    progress(f"a key held at {rate} a second")
    count = round(rate * _HOLD_SECONDS)
    with Store(home / "cache.sqlite3") as library:
        edition = Edition(library)
        edition.read()
        (headline,) = library.headlines.load([edition.ids[count]])
    title = str(headline.teaser.title)
    screen.type("gg")
    screen.settle(0.5)
    picture = Picture(screen)
    picture.catch_up()
    began = time.perf_counter()
    for number in range(count):
        screen.pause(began + number / rate - time.perf_counter())
        last = screen.type("j")
    screen.settle(0.5)
    late = picture.seconds_to_final(last, 0.5) or 0.0
    name = title.split()[1]
    reached = name in cursor_text(picture.lines)
    where = "on the right headline" if reached else f"not on {name!r}"
    return Row(
        f"key held for {_HOLD_SECONDS:.0f} s at {rate} a second",
        f"cursor ends {where}, {late * 1000:.0f} ms after the last key",
        "drops nothing",
        reached,
    )
