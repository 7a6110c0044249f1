"""The size of the archive on disk, and the speed of storing each tenth of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from reader.store import Store
from tests.bench.archive import END, Archive
from tests.bench.table import Row, missing, progress

_KEEP_DAYS = 7
_BY_TABLE = """
SELECT coalesce(schema.tbl_name, stored.name), sum(stored.pgsize)
FROM dbstat AS stored LEFT JOIN sqlite_schema AS schema ON schema.name = stored.name
WHERE stored.aggregate = 1 GROUP BY 1 ORDER BY 2 DESC
"""
_RAW = "raw_pages"


def measure(large: Archive, folder: Path) -> Iterator[Row]:
    """Yield the rows of storing and of disk."""
    yield _linear(large)
    home = large.copy_to(folder / "disk")
    progress("disk")
    yield from _sizes(large, home / "cache.sqlite3")
    with Store(home / "cache.sqlite3") as library:
        before = library.maintenance.health()
        library.pages.drop_raw(END - timedelta(days=_KEEP_DAYS))
        after = library.maintenance.health()
    yield Row(
        "kept raw pages",
        f"{before.raw_pages} of {before.raw_bytes / 1e6:.1f} MB; {after.raw_pages} of "
        f"{after.raw_bytes / 1e6:.1f} MB once those over {_KEEP_DAYS} days are dropped",
        "bounded by their age",
        after.raw_pages < before.raw_pages,
    )


def _linear(large: Archive) -> Row:
    tenth = large.count / 10
    places = (0, 5, 9)
    wall = [tenth / large.wall[place] for place in places]
    busy = [tenth / large.processor[place] for place in places]
    return Row(
        f"articles stored a second, first, middle and last tenth of {large.count:,}",
        f"{' / '.join(f'{each:.0f}' for each in wall)}; of processor time "
        f"{' / '.join(f'{each:.0f}' for each in busy)}: last {busy[2] / busy[0]:.2f} x of first",
        "linear: last at least 0.8 x of first, of processor time",
        busy[2] >= 0.8 * busy[0],
    )


def _sizes(large: Archive, cache: Path) -> Iterator[Row]:
    what = "disk without kept raw pages"
    try:
        with closing(sqlite3.connect(cache)) as connection:
            sizes = dict(connection.execute(_BY_TABLE).fetchall())
    except sqlite3.OperationalError as error:
        yield missing(what, f"this SQLite cannot tell the size of a table: {error}")
        return
    whole = cache.stat().st_size
    raw = sizes.pop(_RAW, 0)
    ratio = (whole - raw) / large.text
    yield Row(
        what,
        f"{(whole - raw) / 1e6:.0f} MB for {large.text / 1e6:.0f} MB of text: {ratio:.2f} x",
        "2.3 x the text stored",
        ratio < 2.3,
    )
    parts = [f"{name} {size / 1e6:.0f}" for name, size in sizes.items() if size > whole / 100]
    yield Row("of that by table, indexes included", f"{', '.join(parts)} MB")
