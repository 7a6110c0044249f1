"""Export files, plain or compressed: recognised, read and written."""

import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from reader.errors import CacheError, ReaderError, Reason, os_reason, reason
from reader.files import is_same_place
from reader.store.archive.format import (
    BUNDLE,
    FORMAT,
    ExportLine,
    Origin,
    WrongLine,
    export_origin,
    parse_line,
)
from reader.store.side_files import companions_of, copy_of

_MAX_LINE = 20_000_000
_GZIP, _XZ = b"\x1f\x8b\x08", b"\xfd7zXZ\x00"
_HEAD = 200
# The memory limit for decompression (bytes); files compressed here need less.
_MEMORY = 200_000_000
_CHUNK = 1 << 16
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError)


def refuse_existing(target: Path, cache: Path, *, force: bool) -> None:
    """Raise CacheError if `target` exists already, unless it may be overwritten.

    The cache, SQLite's files beside it and the copy that runs make may never be overwritten,
    through any link, nor may anything but a regular file.
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
    """Tell whether a file looks like an export or a bundle; False also if it cannot be read."""
    try:
        if not path.is_file():
            return False
        with _opened(path) as lines:
            head = lines.read(_HEAD)
    except _BROKEN:
        return False
    return head.lstrip().startswith(b"{") and any(
        each.encode() in head for each in (FORMAT, BUNDLE)
    )


def read_origin(path: Path) -> Origin:
    """Return the origin that an export or a bundle names; raises ReaderError."""
    try:
        with _opened(path) as file:
            return export_origin(file.readline(_HEAD))
    except (ValueError, *_BROKEN) as error:
        raise _unusable(path, error) from error


def read_export(path: Path, refuse: Callable[[Reason], None]) -> Iterator[ExportLine]:
    """Yield the parsed lines of an export one by one; an invalid one is refused with its reason.

    Raises ReaderError if the rest of the file cannot be read, or if it has another version.
    """
    try:
        with _opened(path) as file:
            export_origin(file.readline(_HEAD))
            for number, line in enumerate(_bounded(file), start=2):
                try:
                    if line is None:
                        raise WrongLine("line_too_long")
                    if line.strip():
                        yield parse_line(line)
                except ValueError as error:
                    refuse(reason("line_refused", place=path, line=number, cause=error))
    except (ValueError, *_BROKEN) as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: Exception) -> ReaderError:
    if isinstance(error, ValueError):
        return ReaderError("export_unusable", place=path, cause=error)
    cause = os_reason(error) if isinstance(error, OSError) else reason("text", text=str(error))
    return ReaderError("export_cut_short", place=path, cause=cause)


def packed_xz(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield the bytes of a file of these lines, compressed with xz."""
    packer = lzma.LZMACompressor(preset=6 | lzma.PRESET_EXTREME)
    for line in lines:
        if data := packer.compress(line.encode() + b"\n"):
            yield data
    yield packer.flush()


def write_packed(path: Path, lines: Iterable[str]) -> None:
    """Write an export, compressed; raises OSError."""
    with gzip.GzipFile(path, "wb", compresslevel=5, mtime=0) as file:
        for line in lines:
            file.write(line.encode() + b"\n")


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Yield the content of a file, decompressed if it is compressed."""
    with path.open("rb") as file:
        head = file.read(len(_XZ))
        file.seek(0)
        if head.startswith(_GZIP):
            with gzip.GzipFile(fileobj=file) as unpacked:
                yield cast(BinaryIO, unpacked)
        elif head == _XZ:
            with io.BufferedReader(_Unpacked(file), _CHUNK) as unpacked_xz:
                yield cast(BinaryIO, unpacked_xz)
        else:
            yield file


class _Unpacked(io.RawIOBase):
    """The content of a file compressed with xz, with a memory limit for decompression."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, target: "bytearray | memoryview[int]") -> int:  # type: ignore[override]
        """Fill `target` with the next bytes; raises EOFError if the file was cut off."""
        while not self._unpacker.eof:
            more = self._packed.read(_CHUNK) if self._unpacker.needs_input else b""
            if self._unpacker.needs_input and not more:
                raise EOFError("the file ends before its end")
            if data := self._unpacker.decompress(more, len(target)):
                target[: len(data)] = data
                return len(data)
        return 0


def _bounded(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines, None for one that is longer than any line may be."""
    while line := file.readline(_MAX_LINE):
        if len(line) < _MAX_LINE or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(_MAX_LINE)
        yield None
