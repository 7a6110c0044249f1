"""Cursor keys typed before Textual is ready: they move the cursor in the first frame.

Other keys wait for the application, in the order in which they were typed.
"""

import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from select import select

from msgspec import Struct

from reader.ui.commands.key_map import command_of, keys_of

# The arrow keys as terminals send them, in normal and in application mode.
_ARROWS = {"down": (b"\x1b[B", b"\x1bOB"), "up": (b"\x1b[A", b"\x1bOA")}
MOVE_DOWN, MOVE_UP = "list.down", "list.up"
_MOVES = {MOVE_DOWN: 1, MOVE_UP: -1}
_MOST_BYTES = 4096


class Typed(Struct, frozen=True):
    """What was typed: how many rows the cursor moved down, and the bytes after that."""

    moved: int = 0
    rest: bytes = b""


def moves_by_key() -> Mapping[bytes, int]:
    """Return how many rows the cursor moves by what a terminal sends for a key of the list.

    Keys other than letters, digits and arrows are left to Textual.
    """
    return {
        sent: rows
        for command_id, rows in _MOVES.items()
        if (command := command_of(command_id))
        for key in keys_of(command)
        for sent in _sent_for(key)
    }


def follow(typed: Typed, moves: Mapping[bytes, int], show: Callable[[int], bool]) -> Typed:
    """Move the cursor by the keys at the beginning of `typed.rest`; return what is left.

    `show` draws the cursor so many rows further down than at first, and returns whether it can.
    The first other key, and one that would move the cursor to where it cannot be drawn, is left
    with all that follows it.
    """
    moved, rest = typed.moved, typed.rest
    while sent := next(filter(rest.startswith, moves), b""):
        if not show(moved + moves[sent]):
            break
        moved, rest = moved + moves[sent], rest[len(sent) :]
    return Typed(moved, rest)


def is_incomplete(rest: bytes, moves: Mapping[bytes, int]) -> bool:
    """Tell whether the next bytes may complete a cursor key."""
    return any(sent.startswith(rest) and sent != rest for sent in moves)


class EarlyKeys:
    """Reads keys in a thread of its own, until it is ended or another key comes."""

    def __init__(self, show: Callable[[int], bool]) -> None:
        """Begin to read; `show` draws the cursor for `follow`."""
        self._typed: Typed | None = None
        self._ended, self._end = os.pipe()
        pool = ThreadPoolExecutor(1)
        self._reading = pool.submit(self._read, moves_by_key(), show)
        pool.shutdown(wait=False)

    def end(self) -> Typed:
        """Stop reading and return what was typed; the exceptions of the thread are raised here."""
        if self._typed is None:
            os.write(self._end, b"\0")
            self._typed = self._reading.result()
            os.close(self._end)
            os.close(self._ended)
        return self._typed

    def _read(self, moves: Mapping[bytes, int], show: Callable[[int], bool]) -> Typed:
        descriptor, typed = sys.stdin.fileno(), Typed()
        # That a terminal was closed is noticed elsewhere.
        with suppress(OSError):
            while is_incomplete(typed.rest, moves):
                ready, _, _ = select([descriptor, self._ended], [], [])
                came = os.read(descriptor, _MOST_BYTES) if descriptor in ready else b""
                if not came:
                    break
                typed = follow(Typed(typed.moved, typed.rest + came), moves, show)
        return typed


def _sent_for(key: str) -> tuple[bytes, ...]:
    if len(key) == 1 and key.isascii() and key.isalnum():
        return (key.encode(),)
    return _ARROWS.get(key, ())
