"""Runs the measurements and prints one table: `python -m tests.bench`."""

import platform
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version

from tests.bench import live
from tests.bench.table import Row, print_table


def main() -> None:
    """Print what the figures were taken on, and the figures."""
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("textual", "beautifulsoup4", "lxml")
    )
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, "
          f"SQLite {sqlite3.sqlite_version}, {packages}, {platform.machine()}\n")  # fmt: skip
    print_table(_rows())


def _rows() -> Iterator[Row]:
    yield from live.measure()


if __name__ == "__main__":
    main()
