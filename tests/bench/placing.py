"""Placing reports in stories, and finding related ones."""

import time
from collections.abc import Iterator
from pathlib import Path

from reader.store import Store
from tests.bench.archive import END, Archive
from tests.bench.table import Row, latency

# The number of newest reports that are placed again among the others.
_FRESH = 5_000
_SECONDS = 60.0
_RELATED = 50
_BOUND_MS, _RELATED_BOUND_MS = 3.0, 10


def measure(large: Archive, folder: Path) -> Iterator[Row]:
    """Yield the rows of placing and of related reports."""
    home = large.copy_to(folder / "placing")
    with Store(home / "cache.sqlite3") as library:
        newest = [(number,) for number in library.headlines.ids(limit=_FRESH)]
        with library.database.writing() as connection:
            connection.executemany("UPDATE items SET story = NULL WHERE id = ?", newest)
            connection.executemany("INSERT OR IGNORE INTO unplaced (item) VALUES (?)", newest)
        began = time.perf_counter()
        placed = library.stories.place(END, _SECONDS)
        each = (time.perf_counter() - began) / max(placed, 1) * 1000
        yield Row(
            f"placing a report in a story, {large.count:,} cached (mean of {placed:,})",
            f"{each:.2f} ms",
            f"{_BOUND_MS:.0f} ms",
            each <= _BOUND_MS,
        )
        seconds = []
        for number in library.headlines.ids(limit=_RELATED):
            began = time.perf_counter()
            library.stories.related(number)
            seconds.append(time.perf_counter() - began)
        yield latency(f"related reports by content, {large.count:,}", seconds, _RELATED_BOUND_MS)
