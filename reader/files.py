"""Files that are written whole or not at all, even if the power fails."""

import errno
import glob
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp

# A partial file older than this (seconds) is no longer being written to.
_LEFT_OVER = 3600
# A file for another program that is older than this (seconds) is no longer read.
_FORGOTTEN = 24 * 3600
# Permissions of new folders and files, and the bits for other users.
_OWN_FOLDER, _OWN_FILE, _OTHERS = 0o700, 0o600, 0o077


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Yield a private file beside `target` that replaces it once it is on disk.

    On failure, raises OSError, leaves `target` unchanged and removes the new file. Several
    processes may write at once, each to its own file; files left by a killed process are removed.
    A link stays a link, and its target is replaced; a device or a pipe is never replaced, and
    raises OSError.
    """
    target = Path(os.path.realpath(target))
    require_regular(target)
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


def expand_home(command: Iterable[str]) -> list[str]:
    """Return the arguments of a command with `~/` at their beginnings expanded, as shells do."""
    return [os.path.expanduser(each) if each.startswith("~/") else each for each in command]


def require_regular(path: Path) -> None:
    """Raise OSError if `path` is, or links to, something other than a regular file."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))


def read_beginning(path: Path, most: int) -> bytes:
    """Return the first `most` bytes of a regular file; raises OSError, also for anything else.

    Never blocks, as opening a pipe without a writer would.
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
    """Make a folder, and any missing folders above it, for this user alone; raises OSError."""
    for folder in [path, *path.parents][::-1]:
        with suppress(FileExistsError):
            folder.mkdir(mode=_OWN_FOLDER)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def make_private(path: Path, others: Iterable[Path] = ()) -> None:
    """Restrict a file to its user, creating it if it does not exist; restrict `others` as well.

    Raises OSError if it cannot be created.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWN_FILE))
    for each in (path, *others):
        # Another user's file, or one on a file system without permissions, stays as it is.
        with suppress(OSError):
            about = each.stat()
            if stat.S_ISREG(about.st_mode) and about.st_mode & _OTHERS:
                each.chmod(_OWN_FILE)


def is_open_to_others(path: Path) -> bool:
    """Tell whether other users may look into a folder; False if that cannot be determined."""
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except OSError:
        return False


def may_exist(path: Path) -> bool:
    """Tell whether something is at `path`, or may be there, hidden by a lack of permissions."""
    try:
        return path.exists()
    except OSError:
        return True


def is_same_place(path: Path, other: Path) -> bool:
    """Tell whether two paths name one file, existing or not, also through links of any kind."""
    if os.path.realpath(path) == os.path.realpath(other):
        return True
    try:
        return path.samefile(other)
    except OSError:
        return False


def _sweep(part: Path, pattern: str, age: int) -> None:
    """Remove the files beside `part` that are more than `age` seconds older than it."""
    begun = part.stat().st_mtime
    for other in part.parent.glob(pattern):
        with suppress(OSError):
            if begun - other.stat().st_mtime > age:
                other.unlink()


def fsync_path(path: Path) -> None:
    """Wait until a file's contents, or a folder's entries, are on disk; raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def stamped_path(path: Path, label: str, now: datetime) -> Path:
    """Return an unused path beside `path` whose name contains the label and the time."""
    name = f"{path.name}.{label}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    found = path.with_name(name)
    number = 1
    while found.exists():
        number += 1
        found = path.with_name(f"{name}.{number}")
    return found
