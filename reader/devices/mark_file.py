"""A file of marks: gzip, with a header line and one record a line; pure.

A file is whole if its checksum is right. Its content is not trusted: all devices drop the same
lines, those that are not valid records and those beyond the bounds.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from msgspec import Struct

from reader.devices.records import Record, is_device, record_line, record_of
from reader.errors import ReaderError
from reader.text.sanitize import clean_line

FORMAT, VERSION = "znreader-marks", 1
# Greatest sizes in bytes: of a packed file, an unpacked one, and one line.
MAX_PACKED, MAX_UNPACKED, MAX_LINE = 64_000_000, 256_000_000, 40_000
_CHUNK = 1 << 16
_MAX_LABEL = 60
_BROKEN = (EOFError, gzip.BadGzipFile, zlib.error)


class NotWhole(ReaderError):
    """The file is incomplete, because it is still being copied, or damaged."""


class ForeignFile(ReaderError):
    """The file is of another version, or not a file of marks."""


class FileHeader(Struct, frozen=True):
    """The device that wrote a file, the time, and the version of the program."""

    device: str
    name: str
    at: datetime
    program: str


def pack(target: BinaryIO, header: FileHeader, records: Iterable[Record]) -> None:
    """Write a file of marks to `target`; raises OSError."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "device": header.device,
        "name": header.name,
        "at": header.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "program": header.program,
    }
    with gzip.GzipFile("", "wb", compresslevel=6, fileobj=target, mtime=0) as file:
        file.write(json.dumps(head, ensure_ascii=False).encode() + b"\n")
        for record in records:
            file.write(record_line(record).encode() + b"\n")


def read_header(packed: BinaryIO) -> FileHeader:
    """Return the header of a file; raises NotWhole, ForeignFile or OSError."""
    packed.seek(0)
    try:
        with gzip.GzipFile("", "rb", fileobj=packed) as file:
            line = file.readline(MAX_LINE)
    except _BROKEN as error:
        raise NotWhole("marks_not_whole") from error
    if not line:
        raise NotWhole("marks_not_whole")
    return _header(line)


def check_whole(packed: BinaryIO) -> FileHeader:
    """Return the header of a file after checking its checksum.

    Raises NotWhole, ForeignFile or OSError. A file that is too large is read only up to the bounds.
    """
    packed.seek(0)
    read = 0
    try:
        with gzip.GzipFile("", "rb", fileobj=packed) as file:
            while read < MAX_UNPACKED and (data := file.read(_CHUNK)):
                read += len(data)
    except _BROKEN as error:
        raise NotWhole("marks_not_whole") from error
    return read_header(packed)


def read_records(packed: BinaryIO) -> Iterator[Record]:
    """Yield the records of a whole file; raises ForeignFile, NotWhole or OSError."""
    read_header(packed)
    packed.seek(0)
    read = 0
    try:
        with gzip.GzipFile("", "rb", fileobj=packed) as file:
            file.readline(MAX_LINE)
            while read < MAX_UNPACKED and (line := file.readline(MAX_LINE)):
                read += len(line)
                is_whole = line.endswith(b"\n")
                while not line.endswith(b"\n") and read < MAX_UNPACKED:
                    if not (line := file.readline(MAX_LINE)):
                        break
                    read += len(line)
                if is_whole and (record := record_of(line)):
                    yield record
    except _BROKEN as error:
        raise NotWhole("marks_not_whole") from error


def _header(line: bytes) -> FileHeader:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        raise ForeignFile("marks_foreign") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ForeignFile("marks_foreign")
    program = _label(document.get("program"))
    if document.get("version") != VERSION or type(document["version"]) is not int:
        raise ForeignFile("marks_version", program=program or "?")
    device, at = document.get("device"), document.get("at")
    if not is_device(device) or not isinstance(at, str) or len(at) > 40:
        raise ForeignFile("marks_foreign")
    try:
        moment = datetime.fromisoformat(at)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ForeignFile("marks_foreign") from None
    return FileHeader(str(device), _label(document.get("name")) or str(device), moment, program)


def _label(value: object) -> str:
    return clean_line(value[:_MAX_LABEL]) if isinstance(value, str) else ""
