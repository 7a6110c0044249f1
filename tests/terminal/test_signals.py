"""Signals: the terminal is restored at any end, and a stopped reader can continue."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.store import Store
from reader.ui.terminal.frame_colours import colours_path, depth_of, load_colours
from tests.patience import PATIENCE
from tests.terminal.conftest import Begin, PtyTerminal, wait_for, wait_for_end

_ENDING = [
    signal.SIGTERM,
    signal.SIGQUIT,
    signal.SIGHUP,
    signal.SIGUSR1,
    signal.SIGUSR2,
    signal.SIGALRM,
    signal.SIGPROF,
    signal.SIGABRT,
    signal.SIGRTMIN,
]
_MOST_BEGUN = 20
# Modes with their set and reset: other screen, mouse, bracketed paste, cursor, wrapping.
_MODES = [
    (b"\x1b[?1049h", b"\x1b[?1049l"),
    (b"\x1b[?1000h", b"\x1b[?1000l"),
    (b"\x1b[?1003h", b"\x1b[?1003l"),
    (b"\x1b[?2004h", b"\x1b[?2004l"),
    (b"\x1b[?1004h", b"\x1b[?1004l"),
    (b"\x1b[?25l", b"\x1b[?25h"),
    (b"\x1b[?7l", b"\x1b[?7h"),
]


def _is_painted(screen: str) -> bool:
    return "Kunstwerk nummer 1 " in screen


def _is_ready(screen: str) -> bool:
    return _is_painted(screen) and "Sport" in screen


def _is_live(terminal: PtyTerminal) -> None:
    """Return once the reader answers keys."""
    wait_for(terminal, _is_ready, "the headlines")
    terminal.press("j")
    wait_for(terminal, lambda screen: _cursor_on(2, screen), "an answer to a key")


def _cursor_on(number: int, screen: str) -> bool:
    return any(line.startswith("▌") and f"nummer {number} " in line for line in screen.splitlines())


def _require_given_back(raw: bytes) -> None:
    for set_mode, unset in _MODES:
        if set_mode in raw:
            assert raw.rfind(unset) > raw.rfind(set_mode), unset


@pytest.mark.parametrize("number", _ENDING)
def test_what_ends_the_reader_gives_the_terminal_back(begin: Begin, number: signal.Signals) -> None:
    terminal = begin()
    before = terminal.attributes()
    _is_live(terminal)
    assert terminal.attributes() != before
    os.kill(terminal.pid, number)
    assert terminal.exit_code() == -number
    assert terminal.attributes() == before
    assert all(set_mode in terminal.raw for set_mode, _ in _MODES)
    _require_given_back(bytes(terminal.raw))
    assert b"Traceback" not in terminal.raw


def test_an_interrupt_from_outside_ends_it_with_the_status_of_one(begin: Begin) -> None:
    terminal = begin()
    before = terminal.attributes()
    _is_live(terminal)
    os.kill(terminal.pid, signal.SIGINT)
    assert terminal.exit_code() == 130
    assert terminal.attributes() == before
    _require_given_back(bytes(terminal.raw))
    assert b"Traceback" not in terminal.raw


def test_a_reader_that_hangs_gives_the_terminal_back_too(begin: Begin, home: Path) -> None:
    # Before everything else, Python imports this module where it is on the path.
    (home / "sitecustomize.py").write_text(
        "import asyncio, pathlib, threading, time\n"
        "loops, run = [], asyncio.BaseEventLoop.run_forever\n"
        "def noted(loop):\n"
        "    loops.append(loop)\n"
        "    run(loop)\n"
        "asyncio.BaseEventLoop.run_forever = noted\n"
        "def wait(folder=pathlib.Path(__file__).parent):\n"
        "    while not (folder / 'go').exists(): time.sleep(0.02)\n"
        "    loops[0].call_soon_threadsafe(lambda: ((folder / 'hangs').touch(), time.sleep(600)))\n"
        "threading.Thread(target=wait, daemon=True).start()\n"
    )
    terminal = begin(PYTHONPATH=str(home))
    before = terminal.attributes()
    _is_live(terminal)
    (home / "go").touch()
    wait_for(terminal, lambda _: (home / "hangs").exists(), "the hang")
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.exit_code() == -signal.SIGTERM
    assert terminal.attributes() == before
    _require_given_back(bytes(terminal.raw))


def _painted(begin: Begin) -> tuple[PtyTerminal, list[object]]:
    """Return a reader that shows its first frame, before Textual takes over, and the attributes.

    On a busy machine Textual may be quicker than the test, so it begins anew until it is not.
    """
    for _ in range(_MOST_BEGUN):
        terminal = begin()
        before = terminal.attributes()
        wait_for(terminal, _is_painted, "the first frame")
        if b"\x1b[?1000h" not in terminal.raw:
            return terminal, before
        os.kill(terminal.pid, signal.SIGKILL)
        wait_for_end(terminal)
    raise AssertionError("Textual always took over before the test saw the first frame")


@pytest.mark.parametrize("number", [*_ENDING, signal.SIGINT])
def test_what_ends_it_while_textual_is_imported_gives_the_terminal_back(
    begin: Begin, home: Path, number: signal.Signals
) -> None:
    first = begin()
    wait_for(first, _is_ready, "the headlines")
    colours = colours_path(home / "data" / "cache.sqlite3")
    depth = depth_of({"TERM": "xterm-256color", "COLORTERM": "truecolor"})
    assert depth
    wait_for(first, lambda _: bool(load_colours(colours, "zeeland-dark", depth)), "the colours")
    first.press("q")
    wait_for_end(first)
    terminal, before = _painted(begin)
    os.kill(terminal.pid, number)
    assert terminal.exit_code() == (130 if number == signal.SIGINT else -number)
    assert terminal.attributes() == before
    _require_given_back(bytes(terminal.raw))
    assert b"Traceback" not in terminal.raw


def test_where_an_article_was_left_is_remembered_by_a_reader_that_is_ended(
    begin: Begin, home: Path
) -> None:
    terminal = begin()
    _is_live(terminal)
    os.kill(terminal.pid, signal.SIGTERM)
    wait_for_end(terminal)
    with Store(home / "data" / "cache.sqlite3") as library:
        assert library.visits.last() is not None


def test_a_storm_of_stops_and_continues_leaves_the_reader_running(begin: Begin) -> None:
    terminal = begin()
    _is_live(terminal)
    for count in range(150):
        os.kill(terminal.pid, signal.SIGTSTP)
        if count % 7 == 0:
            terminal.screen()
        os.kill(terminal.pid, signal.SIGCONT)
        if count % 5 == 0:
            os.kill(terminal.pid, signal.SIGCONT)
    # Two signals that follow each other at once may reach two threads the other way round, so the
    # last stop may still come. A shell continues a program whenever it sees it stop.
    _press_until(terminal, "G", lambda screen: "nummer 39 " in screen)
    terminal.press("gg")
    wait_for(terminal, lambda screen: _cursor_on(1, screen), "the top, keys being read once")
    terminal.press("jj")
    wait_for(terminal, lambda screen: _cursor_on(3, screen), "each key once")
    before_quit = terminal.attributes()
    terminal.press("q")
    assert terminal.exit_code() == 0
    assert terminal.attributes() != before_quit
    _require_given_back(bytes(terminal.raw))
    assert b"Traceback" not in terminal.raw


def _press_until(terminal: PtyTerminal, key: str, condition: Callable[[str], bool]) -> None:
    """Press a key until it was read: those typed while the terminal is left go to the shell.

    A program that stops is continued.
    """
    deadline = time.monotonic() + PATIENCE
    while not condition(terminal.screen()):
        assert time.monotonic() < deadline, terminal.screen()
        if terminal.was_stopped():
            os.kill(terminal.pid, signal.SIGCONT)
        terminal.press(key)
        time.sleep(0.2)
