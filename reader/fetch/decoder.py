"""A response's body, unpacked piece by piece, so that no page can fill the memory."""

import zlib
from collections.abc import Callable, Iterable

from reader.errors import FetchError

try:
    import brotli
except ImportError:  # An extra, as it has no wheel for every machine.
    brotli = None

# What the decoder understands, as the header `Accept-Encoding` says it.
ACCEPTED = "gzip, br" if brotli else "gzip"

MAX_BODY_BYTES = 5_000_000
_CHUNK = 65_536
Unpack = Callable[[bytes], bytes]
_ERRORS = (zlib.error, brotli.error) if brotli else (zlib.error,)


def read_body(chunks: Iterable[bytes], encoding: str) -> tuple[bytes, int]:
    """Return a body unpacked, and how many bytes came over the network.

    Raises FetchError where the body is larger than MAX_BODY_BYTES, packed or unpacked, or cannot
    be unpacked to its end, or is in an encoding that is not ACCEPTED.
    """
    unpack, is_whole = _unpacker(encoding.strip().lower())
    body, received = bytearray(), 0
    for chunk in chunks:
        received += len(chunk)
        try:
            # In small steps: what a step may unpack to is bounded, and looked at before the next.
            for start in range(0, len(chunk), _CHUNK):
                body += unpack(chunk[start : start + _CHUNK])
        except _ERRORS as error:
            raise FetchError(f"the page is packed as {encoding} and cannot be unpacked") from error
        if len(body) > MAX_BODY_BYTES or received > MAX_BODY_BYTES:
            raise FetchError(f"the page is larger than {MAX_BODY_BYTES // 1_000_000} MB")
    if not is_whole():
        raise FetchError("the connection broke off before the page was complete")
    return bytes(body), received


def _unpacker(encoding: str) -> tuple[Unpack, Callable[[], bool]]:
    """Return what unpacks the next bytes, and what tells whether the end was reached."""
    if encoding in {"", "identity"}:
        return bytes, lambda: True
    if encoding in {"gzip", "x-gzip"}:
        packed = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return lambda data: packed.decompress(data, MAX_BODY_BYTES + 1), lambda: packed.eof
    if encoding == "br" and brotli:
        stream = brotli.Decompressor()
        return (
            lambda data: bytes(stream.process(data, output_buffer_limit=MAX_BODY_BYTES + 1)),
            stream.is_finished,
        )
    raise FetchError(f"the page is packed as {encoding}, which was not asked for")
