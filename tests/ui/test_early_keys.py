"""Cursor keys typed before Textual is ready."""

from collections.abc import Iterator

import pytest

from reader.ui.commands.key_map import apply_keys
from reader.ui.terminal.early_keys import Typed, follow, is_incomplete, moves_by_key

_LAST = 5


@pytest.fixture(autouse=True)
def usual_keys() -> Iterator[None]:
    apply_keys({})
    yield
    apply_keys({})


def _followed(*pieces: bytes) -> Typed:
    """Return the result of these pieces, each of which came by itself."""
    typed, moves = Typed(), moves_by_key()
    for piece in pieces:
        typed = follow(Typed(typed.moved, typed.rest + piece), moves, _can_show)
    return typed


def _can_show(moved: int) -> bool:
    return 0 < moved <= _LAST


@pytest.mark.parametrize(
    ("pieces", "moved", "rest"),
    [
        ([b"jjj"], 3, b""),
        ([b"j", b"\x1b[B\x1bOB", b"k"], 2, b""),
        ([b"jj\r", b"jj"], 2, b"\rjj"),
        ([b"3j"], 0, b"3j"),
        ([b"j\x1b", b"[", b"B"], 2, b""),
        ([b"j\x1b["], 1, b"\x1b["),
        ([b"j\x1b[6~j"], 1, b"\x1b[6~j"),
        ([b"jk"], 1, b"k"),
        ([b"k"], 0, b"k"),
        ([b"jjjjjjj"], _LAST, b"jj"),
        ([b"\xc3", b"\xa9j"], 0, b"\xc3\xa9j"),
        ([b"\x1b[?2026;2$yj"], 0, b"\x1b[?2026;2$yj"),
    ],
)
def test_the_cursor_follows_its_keys_up_to_the_first_other_one(
    pieces: list[bytes], moved: int, rest: bytes
) -> None:
    assert _followed(*pieces) == Typed(moved, rest)


@pytest.mark.parametrize(
    ("rest", "more"), [(b"", True), (b"\x1b", True), (b"\x1bO", True), (b"q", False), (b"k", False)]
)
def test_only_a_cursor_key_that_has_begun_is_waited_for(rest: bytes, *, more: bool) -> None:
    assert is_incomplete(rest, moves_by_key()) is more


def test_the_keys_are_those_of_the_settings() -> None:
    apply_keys({"list.down": ("Q", "f5")})
    moves = moves_by_key()
    assert moves[b"Q"] == 1
    assert b"j" not in moves
