"""Restores the terminal whatever signal ends the program.

A signal asks the application to end as a key would, so that the data it saves at its end is kept.
If there is no application yet, or it does not answer, the terminal is restored immediately.
The process then dies of the signal, so that its parent sees the cause.
"""

import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NoReturn

# Signals that end a program by default and are sent to one; SIGINT has its own exit status.
_NAMES = (
    "SIGTERM SIGQUIT SIGHUP SIGUSR1 SIGUSR2 SIGALRM SIGVTALRM SIGPROF SIGABRT SIGIO SIGPWR"
    " SIGSTKFLT SIGXCPU SIGINT"
).split()
# Real-time signals do not exist everywhere.
_FIRST, _LAST = getattr(signal, "SIGRTMIN", 1), getattr(signal, "SIGRTMAX", 0)
# Terminates a truncated sequence.
_CANCEL = b"\x18"
# The longest time for the application to end, and for a write to the terminal (seconds).
_TO_END = 2.0
_TO_WRITE = 1


class TerminalGuard:
    """Keeps the terminal's initial state, and what to write to `undo` what the program has set."""

    def __init__(self) -> None:
        """Remember the terminal on standard input, and handle the signals that end the program."""
        self.undo = b""
        self._leave: Callable[[], object] | None = None
        self._number = 0
        self._descriptor = sys.stdin.fileno()
        self._attributes: list[Any] | None = None
        with suppress(termios.error):
            self._attributes = termios.tcgetattr(self._descriptor)
        # Output of other threads is diverted while this one restores the terminal.
        self._screen = os.dup(sys.stderr.fileno())
        self._before = {
            number: signal.signal(number, self._end)
            for number in _ending_signals()
            if signal.getsignal(number) is not signal.SIG_IGN
        }

    def ask_first(self, leave: Callable[[], object]) -> None:
        """Call `leave` at the first signal, to end the program in order."""
        self._leave = leave

    def close(self) -> None:
        """Restore the signal handlers; if a signal ended the program, send it to itself."""
        self._leave = None
        signal.setitimer(signal.ITIMER_REAL, 0)
        if self._number:
            self._die(self._number)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._screen)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        # While the application ends, only the timer that was set for it counts.
        if self._number and number != signal.SIGALRM:
            return
        leave, self._leave = self._leave, None
        if leave is not None:
            self._number = number
            # If that fails, this handler is called again.
            signal.setitimer(signal.ITIMER_REAL, _TO_END)
            leave()
            return
        self._give_back()
        self._die(self._number or number)

    def _give_back(self) -> None:
        undo, self.undo = self.undo, b""
        if not undo:
            return
        # A terminal that no longer accepts output must not block the program.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, _TO_WRITE)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        # A closed terminal has nothing to restore.
        with suppress(OSError, termios.error):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.__stderr__.fileno() if sys.__stderr__ else 2)
            os.write(self._screen, _CANCEL + undo)
            if self._attributes and os.tcgetpgrp(self._descriptor) == os.getpgrp():
                termios.tcsetattr(self._descriptor, termios.TCSANOW, self._attributes)
                # Nobody reads the remaining mouse reports.
                termios.tcflush(self._descriptor, termios.TCIFLUSH)
        signal.setitimer(signal.ITIMER_REAL, 0)

    @staticmethod
    def _die(number: int) -> NoReturn:
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        sys.exit(128 + number)


@contextmanager
def guarded() -> Iterator[TerminalGuard]:
    """Provide a guard of the terminal for as long as the block runs."""
    guard = TerminalGuard()
    try:
        yield guard
    finally:
        guard.close()


def _ending_signals() -> Iterator[int]:
    for name in _NAMES:
        if number := getattr(signal, name, None):
            yield number
    yield from range(_FIRST, _LAST + 1)
