"""The files beside a cache, identified by their name endings."""

import os
from pathlib import Path

LOG = "-wal"
# SQLite keeps these beside a file in use: its log, the index of the log, and a journal.
COMPANIONS = (LOG, "-shm", "-journal")


def log_of(path: Path) -> Path:
    """Return the path of SQLite's log for a file, whether it exists or not."""
    return beside(path, LOG)


def companions_of(path: Path) -> tuple[Path, ...]:
    """Return the files that SQLite may keep beside a file in use."""
    return tuple(beside(path, ending) for ending in COMPANIONS)


def copy_of(cache: Path) -> Path:
    """Return the path of the copy that runs make of a cache, whether it exists or not."""
    return beside(cache, ".copy")


def kept_beside(cache: Path) -> list[Path]:
    """Return the copies and other files of the program beside a cache."""
    names = sorted(entry.name for entry in os.scandir(cache.parent))
    return [cache.with_name(name) for name in names if name.startswith(f"{cache.name}.")]


def beside(path: Path, ending: str) -> Path:
    """Return the file beside `path` whose name is that of `path` plus `ending`."""
    return path.with_name(path.name + ending)
