"""A response's body, unpacked piece by piece, so that no page can fill the memory."""

import zlib
from collections.abc import Callable, Iterable

import brotli

from reader.errors import FetchError

MAX_BODY_BYTES = 5_000_000
_CHUNK = 65_536
Unpack = Callable[[bytes], bytes]


def read_body(
    chunks: Iterable[bytes], encoding: str, check_time: Callable[[], None]
) -> tuple[bytes, int]:
    """Return a body unpacked from gzip, deflate or br, and how many bytes came over the network.

    `check_time` is called for each chunk and may raise. Raises FetchError where the body is larger
    than MAX_BODY_BYTES, packed or unpacked, or cannot be unpacked.
    """
    unpack = _unpacker(encoding.strip().lower())
    body, received = bytearray(), 0
    for chunk in chunks:
        check_time()
        received += len(chunk)
        try:
            # In small steps: what a step may unpack to is bounded, and looked at before the next.
            for start in range(0, len(chunk), _CHUNK):
                body += unpack(chunk[start : start + _CHUNK])
        except (zlib.error, brotli.error) as error:
            raise FetchError(f"the page is packed as {encoding} and cannot be unpacked") from error
        if len(body) > MAX_BODY_BYTES or received > MAX_BODY_BYTES:
            raise FetchError(f"the page is larger than {MAX_BODY_BYTES // 1_000_000} MB")
    return bytes(body), received


def _unpacker(encoding: str) -> Unpack:
    if encoding in {"", "identity"}:
        return bytes
    if encoding in {"gzip", "x-gzip", "deflate"}:
        # 32 adds the detection of gzip and zlib headers.
        stream = zlib.decompressobj(zlib.MAX_WBITS | 32)
        return lambda data: stream.decompress(data, MAX_BODY_BYTES + 1)
    if encoding == "br":
        return _unpack_brotli(brotli.Decompressor())
    raise FetchError(f"the page is packed as {encoding}, which was not asked for")


def _unpack_brotli(stream: brotli.Decompressor) -> Unpack:
    def unpack(data: bytes) -> bytes:
        return bytes(stream.process(data, output_buffer_limit=MAX_BODY_BYTES + 1))

    return unpack
