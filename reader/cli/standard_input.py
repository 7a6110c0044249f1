"""Standard input, which commands read if `-` is given."""

import sys

from reader.errors import UnreadablePage


def read_standard_input(most: int) -> bytes:
    """Return all of standard input; raises UnreadablePage if it is closed or over `most` bytes."""
    if sys.stdin is None:
        raise UnreadablePage("input_closed")
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise UnreadablePage("input_too_large", most=most // 1_000_000)
    return data
