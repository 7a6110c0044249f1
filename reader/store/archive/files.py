"""Files of lines as an export has them, plain or compressed: recognised, read, written."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from reader.errors import CacheError, ReaderError, Reason, os_reason, reason
from reader.files import is_same_place
from reader.store.archive.format import FORMAT, Line, WrongLine, check_header, parse_line
from reader.store.beside import companions_of, copy_of

_MAX_LINE = 20_000_000
_GZIP = b"\x1f\x8b\x08"
_HEAD = 200


def refuse_existing(target: Path, cache: Path, *, force: bool) -> None:
    """Raise CacheError where `target` is there already, unless it may be overwritten.

    The cache, what SQLite keeps beside it and the copy that runs make may never be, by whatever
    link, nor may what is not a regular file.
    """
    if target.is_dir():
        raise CacheError("file_is_folder", place=target)
    if any(is_same_place(target, each) for each in (cache, *companions_of(cache), copy_of(cache))):
        raise CacheError("file_is_cache", place=target)
    if target.exists() and not target.is_file():
        raise CacheError("not_regular_file", place=target)
    if target.exists() and not force:
        raise CacheError("file_exists", place=target)


def is_export(path: Path) -> bool:
    """Tell whether a file looks like an export; False also where it cannot be read."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            packed = file.read(len(_GZIP)) == _GZIP
        with _opened(path, packed=packed) as lines:
            head = lines.read(_HEAD)
    except (OSError, EOFError, zlib.error):
        return False
    return head.lstrip().startswith(b"{") and FORMAT.encode() in head


def read_export(path: Path, refuse: Callable[[Reason], None]) -> Iterator[Line]:
    """Yield what the lines of an export say, one by one; a wrong one is refused with its reason.

    Raises ReaderError where the file cannot be read on, or is of another version.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(len(_GZIP)) == _GZIP
        with _opened(path, packed=packed) as file:
            check_header(file.readline(_HEAD))
            for number, line in enumerate(_bounded(file), start=2):
                try:
                    if line is None:
                        raise WrongLine("line_too_long")
                    if line.strip():
                        yield parse_line(line)
                except ValueError as error:
                    refuse(reason("line_refused", place=path, line=number, cause=error))
    except ValueError as error:
        raise ReaderError("export_unusable", place=path, cause=error) from error
    except (OSError, EOFError, zlib.error) as error:
        cause = os_reason(error) if isinstance(error, OSError) else reason("text", text=error)
        raise ReaderError("export_cut_short", place=path, cause=cause) from error


def write_packed(path: Path, lines: Iterable[str]) -> None:
    """Write an export, compressed; raises OSError."""
    with gzip.GzipFile(path, "wb", compresslevel=5, mtime=0) as file:
        for line in lines:
            file.write(line.encode() + b"\n")


@contextmanager
def _opened(path: Path, *, packed: bool) -> Iterator[BinaryIO]:
    if packed:
        with gzip.open(path) as unpacked:
            yield cast(BinaryIO, unpacked)
    else:
        with path.open("rb") as file:
            yield file


def _bounded(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines, None for one that is longer than any line may be."""
    while line := file.readline(_MAX_LINE):
        if len(line) < _MAX_LINE or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(_MAX_LINE)
        yield None
