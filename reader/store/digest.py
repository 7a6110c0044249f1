"""A short value by which equal texts are known."""

from collections.abc import Sequence
from hashlib import blake2b

from reader.model import Block


def digest_of(title: str | None, blocks: Sequence[Block]) -> bytes:
    """Return what only equal titles and texts have in common."""
    text = "\n".join((title or "", *(block.text for block in blocks)))
    return blake2b(text.encode("utf-8", "replace"), digest_size=12).digest()
