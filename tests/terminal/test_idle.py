"""Screen readers: the terminal's cursor is at the focus, and an idle reader prints nothing."""

from functools import partial

from tests.patience import wait_until
from tests.terminal.conftest import Begin, PtyTerminal, wait_for

# Longer than what is looked at by itself takes from one time to the next (seconds).
_A_WHILE = 2.5


def at_cursor(terminal: PtyTerminal) -> str:
    """Return the text of the screen from the terminal's cursor on."""
    lines = terminal.screen().split("\n")
    x, y = terminal.cursor
    return lines[y][x:]


def test_nothing_is_written_while_nothing_changes(begin: Begin) -> None:
    terminal = begin()
    wait_for(terminal, lambda screen: "Kunstwerk nummer 1 " in screen, "the headlines")
    terminal.press("j")
    wait_until(lambda: at_cursor(terminal).startswith("Kunstwerk nummer 2 "), "the second row")
    terminal.press("\r")
    wait_for(terminal, lambda screen: "OFFLINE" in screen or "offline" in screen, "the article")
    terminal.settle()
    assert terminal.wait_for_output(_A_WHILE) == b""


def test_the_terminals_cursor_lies_on_what_has_the_focus(begin: Begin) -> None:
    terminal = begin()
    wait_for(terminal, lambda screen: "Kunstwerk nummer 1 " in screen, "the headlines")
    for number in (2, 3, 4):
        terminal.press("j")
        title = f"Kunstwerk nummer {number} "
        wait_until(partial(_begins_with, terminal, title), "the next row")
    terminal.press("/haven")
    wait_until(lambda: _before_cursor(terminal).rstrip().endswith("haven"), "the caret")


def test_the_terminals_cursor_goes_from_a_field_to_its_only_option(begin: Begin) -> None:
    terminal = begin()
    wait_for(terminal, lambda screen: "Kunstwerk nummer 1 " in screen, "the headlines")
    terminal.press("M")
    wait_for(terminal, lambda screen: "[ ] " in screen, "the dialog")
    assert terminal.screen().count("[ ] ") == 1
    terminal.press("\x1b[B")
    wait_until(partial(_begins_with, terminal, "[ ] "), "the option")


def _begins_with(terminal: PtyTerminal, text: str) -> bool:
    return at_cursor(terminal).startswith(text)


def _before_cursor(terminal: PtyTerminal) -> str:
    lines = terminal.screen().split("\n")
    x, y = terminal.cursor
    return lines[y][:x]
