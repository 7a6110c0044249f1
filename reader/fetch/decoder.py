"""A response's body, unpacked piece by piece, so that no page can fill the memory.

The bytes of a body decide how it is unpacked, as servers send wrong headers.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from reader.errors import FetchError

try:
    import brotli
except ImportError:  # An extra, as it does not have wheels for every machine.
    brotli = None

# The encodings that the decoder understands, as the header `Accept-Encoding` lists them.
ACCEPTED = "gzip, br" if brotli else "gzip"

MAX_BODY_BYTES = 5_000_000
_CHUNK = 65_536
_ERRORS = (zlib.error, brotli.error) if brotli else (zlib.error,)
_GZIP = b"\x1f\x8b\x08"
# How many bytes of a body are examined before it is unpacked.
_HEAD_BYTES = 256
# Bytes that occur early in packed data and never in text; UTF-16, which has them, begins with a
# mark.
_PACKED = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[<{\[#]|user-agent)", re.IGNORECASE)
_PACKINGS = frozenset("br compress x-compress deflate zstd dcb dcz bzip2 xz lzma".split())


def read_body(chunks: Iterable[bytes], encoding: str) -> tuple[bytes, int]:
    """Return a body unpacked, and how many bytes came over the network.

    `encoding` is the value of the header Content-Encoding. Raises FetchError if the body is larger
    than MAX_BODY_BYTES, packed or unpacked, cannot be unpacked to its end, or is in an encoding
    that is not ACCEPTED.
    """
    counter = _Counter(chunks)
    parts = iter(counter)
    head = bytearray()
    for part in parts:
        head += part
        if len(head) >= _HEAD_BYTES:
            break
    unpacker = _unpacker(bytes(head), encoding.strip().lower())
    body = bytearray()
    for chunk in _joined(bytes(head), parts):
        try:
            # In small steps: the output of each step is limited, and checked before the next one.
            for start in range(0, len(chunk), _CHUNK):
                body += unpacker.unpack(chunk[start : start + _CHUNK])
                _require_room(len(body))
        except _ERRORS as error:
            raise FetchError("bad_compression", encoding=encoding or "gzip") from error
    if not unpacker.is_whole():
        raise FetchError("connection_lost")
    return bytes(body), counter.received


class _Counter:
    """Counts the bytes of the chunks that pass; raises FetchError if there are too many."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self.received = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.received += len(chunk)
            _require_room(self.received)
            yield chunk


def _joined(head: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _require_room(size: int) -> None:
    if size > MAX_BODY_BYTES:
        raise FetchError("page_too_large", most=MAX_BODY_BYTES // 1_000_000)


class _Unpacker(Protocol):
    def unpack(self, data: bytes) -> bytes:
        """Return the next bytes unpacked, at most little more than MAX_BODY_BYTES."""

    def is_whole(self) -> bool:
        """Tell whether the end was reached."""


class _Plain:
    """Bytes that are not packed."""

    def unpack(self, data: bytes) -> bytes:
        return data

    def is_whole(self) -> bool:
        return True


class _Gzip:
    """Gzip members, one after the other; anything else after them is ignored."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._ended = 0
        self._waiting = b""

    def unpack(self, data: bytes) -> bytes:
        unpacked = bytearray()
        while data:
            if self._member.eof:
                data = self._waiting + data
                if not data.startswith(_GZIP):
                    # Not yet enough bytes to decide, or padding.
                    self._waiting = data if _GZIP.startswith(data) else b""
                    break
                self._waiting = b""
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            unpacked += self._member.decompress(data, MAX_BODY_BYTES + 1)
            if len(unpacked) > MAX_BODY_BYTES:
                break
            data = self._member.unused_data
        return bytes(unpacked)

    def is_whole(self) -> bool:
        return self._member.eof


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def unpack(self, data: bytes) -> bytes:
        return bytes(self._stream.process(data, output_buffer_limit=MAX_BODY_BYTES + 1))

    def is_whole(self) -> bool:
        return bool(self._stream.is_finished())


def _unpacker(head: bytes, encoding: str) -> _Unpacker:
    """Return the unpacker of a body that begins with `head`; raises FetchError if there is none."""
    if head.startswith(_GZIP):
        return _Gzip()
    if encoding in {"", "identity"} or _begins_page(head):
        return _Plain()
    if encoding in {"gzip", "x-gzip"}:
        return _Gzip()
    if encoding == "br" and brotli:
        return _Brotli()
    # An unknown name, such as that of a charset, says nothing about packing.
    if encoding not in _PACKINGS and _PACKED.search(head) is None:
        return _Plain()
    raise FetchError("unasked_compression", encoding=encoding)


def _begins_page(head: bytes) -> bool:
    """Tell whether a body begins like a page, a feed or a robots.txt, and so is not packed."""
    return head.startswith(_MARKS) or _BEGINNING.match(head) is not None
