"""The files beside a cache, by the endings of their names."""

import os
from pathlib import Path

LOG = "-wal"
# What SQLite keeps beside a file in use: its log, the index of that, and a journal.
COMPANIONS = (LOG, "-shm", "-journal")


def log_of(path: Path) -> Path:
    """Return where SQLite keeps the log of a file, there or not."""
    return beside(path, LOG)


def companions_of(path: Path) -> tuple[Path, ...]:
    """Return the files that SQLite may keep beside a file in use."""
    return tuple(beside(path, ending) for ending in COMPANIONS)


def copy_of(cache: Path) -> Path:
    """Return where the copy lies that runs make of a cache, there or not."""
    return beside(cache, ".copy")


def kept_beside(cache: Path) -> list[Path]:
    """Return the copies and other files of the program that lie beside a cache."""
    names = sorted(entry.name for entry in os.scandir(cache.parent))
    return [cache.with_name(name) for name in names if name.startswith(f"{cache.name}.")]


def beside(path: Path, ending: str) -> Path:
    """Return the file beside `path` whose name goes on with `ending`."""
    return path.with_name(path.name + ending)
