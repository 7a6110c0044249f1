"""Files that are written whole or not at all, also when the power fails."""

import errno
import glob
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

# A part older than this (seconds) is no longer written to.
_LEFT_OVER = 3600
# A file for another program that is older than this (seconds) is no longer read.
_FORGOTTEN = 24 * 3600
# Rights of what is made, and those of others.
_OWN_FOLDER, _OWN_FILE, _OTHERS = 0o700, 0o600, 0o077


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Yield a file beside `target`, for this user alone, that takes its place once it is on disk.

    Where that fails, `target` is as it was and nothing is left; raises OSError. Several may write
    at once, each a part of its own; those that a killed process left are removed. A link stays one,
    and what it leads to is replaced; a device or a pipe is never replaced, and raises OSError.
    """
    target = Path(os.path.realpath(target))
    require_regular(target)
    # Commands that only read need none of it.
    from tempfile import mkstemp  # noqa: PLC0415

    prefix = f"{target.name}.znreader-"
    handle, name = mkstemp(dir=target.parent, prefix=prefix, suffix=".part")
    part = Path(name)
    try:
        os.close(handle)
        _sweep(part, f"{glob.escape(prefix)}*.part", _LEFT_OVER)
        yield part
        fsync_path(part)
        part.replace(target)
        fsync_path(target.parent)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def passing_file(text: str, folder: Path) -> Iterator[Path]:
    """Yield a file with a text, for this user alone, that is removed afterwards; raises OSError.

    It is in a folder of its own kind, which is made private; what killed processes left there is
    removed after a day.
    """
    from tempfile import mkstemp  # noqa: PLC0415

    make_folder(folder)
    folder.chmod(_OWN_FOLDER)
    handle, name = mkstemp(dir=folder, prefix="znreader-", suffix=".txt")
    path = Path(name)
    try:
        _sweep(path, "znreader-*.txt", _FORGOTTEN)
        # A lone surrogate is no text that a file can hold.
        with open(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        yield path
    finally:
        path.unlink(missing_ok=True)


def at_home(command: Iterable[str]) -> list[str]:
    """Return the arguments of a command with `~/` at their beginnings expanded, as shells do."""
    return [os.path.expanduser(each) if each.startswith("~/") else each for each in command]


def require_regular(path: Path) -> None:
    """Raise OSError where something other than a regular file is at `path`, or where it leads."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))


def read_beginning(path: Path, most: int) -> bytes:
    """Return the first `most` bytes of a regular file; raises OSError, also for anything else.

    Nothing is waited for, as for a writer of a pipe.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode) and not _is_empty_device(about):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return file.read(most)


def _is_empty_device(about: os.stat_result) -> bool:
    return stat.S_ISCHR(about.st_mode) and about.st_rdev == Path(os.devnull).stat().st_rdev


def make_folder(path: Path) -> None:
    """Make a folder with those above it that are lacking, for this user alone; raises OSError."""
    for folder in [path, *path.parents][::-1]:
        with suppress(FileExistsError):
            folder.mkdir(mode=_OWN_FOLDER)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def make_private(path: Path, others: Iterable[Path] = ()) -> None:
    """Restrict a file to its user, and create it where there is none; restrict `others` as well.

    Raises OSError where it cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWN_FILE))
    for each in (path, *others):
        # That of another user, and a file system without rights, stay as they are.
        with suppress(OSError):
            about = each.stat()
            if stat.S_ISREG(about.st_mode) and about.st_mode & _OTHERS:
                each.chmod(_OWN_FILE)


def is_open_to_others(path: Path) -> bool:
    """Tell whether other users may look into a folder; False where that cannot be told."""
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except OSError:
        return False


def may_exist(path: Path) -> bool:
    """Tell whether something is at `path`, or may be where it cannot be told for lack of rights."""
    try:
        return path.exists()
    except OSError:
        return True


def is_same_place(path: Path, other: Path) -> bool:
    """Tell whether two paths lead to one file, there or not, also by a link of any kind."""
    if os.path.realpath(path) == os.path.realpath(other):
        return True
    try:
        return path.samefile(other)
    except OSError:
        return False


def _sweep(part: Path, pattern: str, age: int) -> None:
    """Remove the files beside `part` that are so many seconds older than it."""
    begun = part.stat().st_mtime
    for other in part.parent.glob(pattern):
        with suppress(OSError):
            if begun - other.stat().st_mtime > age:
                other.unlink()


def fsync_path(path: Path) -> None:
    """Wait until what was written to a file, or changed in a folder, is on disk; raises OSError."""
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
