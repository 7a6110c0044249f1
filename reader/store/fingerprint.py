"""A short value that identifies equal texts."""

from collections.abc import Sequence
from hashlib import blake2b

from reader.model import Block


def fingerprint_of(title: str | None, blocks: Sequence[Block]) -> bytes:
    """Return a digest that is the same only for equal titles and texts."""
    text = "\n".join((title or "", *(block.text for block in blocks)))
    return blake2b(text.encode("utf-8", "replace"), digest_size=12).digest()
