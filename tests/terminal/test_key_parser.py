"""Keys from a terminal: Esc and the next key in one packet, and arbitrary bytes."""

import os

import pytest
from textual.events import Key, Paste

from reader.ui.textual_compat import KeyParser

from .conftest import Begin, wait_for


def keys_of(*packets: str, alt: str = "") -> list[str]:
    """Return the names of the keys in what a terminal sent, and pasted texts."""
    parser = KeyParser(lambda character: character in alt)
    events = [event for packet in (*packets, "") for event in parser.feed(packet)]
    return [
        event.key if isinstance(event, Key) else event.text
        for event in events
        if isinstance(event, Key | Paste)
    ]


@pytest.mark.parametrize(
    ("packets", "keys"),
    [
        (["\x1bF"], ["escape", "F"]),
        (["\x1b", "F"], ["escape", "F"]),
        (["\x1b\x10"], ["escape", "ctrl+p"]),
        (["\x1b/5\x1bq"], ["escape", "slash", "5", "escape", "q"]),
        (["\x1b5j"], ["escape", "5", "j"]),
        (["\x1b\x1b"], ["escape", "escape"]),
        (["\x1b \x1b[A"], ["escape", "space", "up"]),
        # One key stays one key.
        (["\x1b[A\x1b[1;3D"], ["up", "alt+left"]),
        (["\x1b", "[A"], ["up"]),
        (["\x1bOP\x1b[27u"], ["f1", "escape"]),
        (["\x1bf"], ["ctrl+right"]),
        (["\x1b[200~a\x1b[201~b"], ["a", "b"]),
    ],
)
def test_esc_and_the_key_after_it_are_two_keys(packets: list[str], keys: list[str]) -> None:
    assert keys_of(*packets) == keys


def test_a_key_with_alt_that_a_command_is_on_is_one_key() -> None:
    assert keys_of("\x1bj\x1bk", alt="j") == ["alt+j", "escape", "k"]


def test_bytes_that_are_no_text_do_nothing_and_esc_is_never_lost(begin: Begin) -> None:
    terminal = begin()
    wait_for(terminal, lambda screen: "Alles" in screen, "the list")
    terminal.press(os.fsdecode(b"\xe9\xff\xc3/"))
    wait_for(terminal, lambda screen: screen.splitlines()[0].startswith(" / "), "the search")
    terminal.press(os.fsdecode(b"q\xe9\x1bS"))
    wait_for(terminal, lambda screen: "Ga naar een rubriek" in screen, "the sections")
