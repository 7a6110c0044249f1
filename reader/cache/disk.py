"""Files that are there whole or not at all, whenever the power goes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Lend a file beside `target`, for this user alone, that takes its place once it is on disk.

    Where that fails, `target` is as it was and nothing is left; raises OSError.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield part
        settle(part)
        part.replace(target)
        settle(target.parent)
    finally:
        part.unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Return when what was written to a file, or changed in a folder, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def stamped(path: Path, label: str, now: datetime) -> Path:
    """Return a free name beside `path` that tells what is kept there and since when."""
    name = f"{path.name}.{label}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    found = path.with_name(name)
    number = 1
    while found.exists():
        number += 1
        found = path.with_name(f"{name}.{number}")
    return found
