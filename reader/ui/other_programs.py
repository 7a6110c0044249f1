"""Runs other programs: on the terminal, which is lent to them, or beside the reader."""

import asyncio
import errno
import os
import shutil
import signal
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress

LendTerminal = Callable[[], AbstractContextManager[None]]


async def run_here(command: Sequence[str], lend_terminal: LendTerminal) -> int:
    """Run a program while the terminal is lent to it, and return its exit status.

    Raises OSError if it cannot be started; if it does not exist, the terminal is not left.
    """
    if shutil.which(command[0]) is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    with lend_terminal(), _unmoved_by_keys():
        child = await _start(command, silent=False)
        try:
            return await child.wait()
        finally:
            _end(child)


async def start_beside(command: Sequence[str]) -> Process:
    """Start a program without a terminal, beside the reader, and return it; raises OSError."""
    return await _start(command, silent=True)


async def _start(command: Sequence[str], *, silent: bool) -> Process:
    # Graphical programs write to standard output and error, which here are the screen.
    stream = DEVNULL if silent else None
    return await asyncio.create_subprocess_exec(
        *command, stdin=stream, stdout=stream, stderr=stream, start_new_session=silent
    )


@contextmanager
def _unmoved_by_keys() -> Iterator[None]:
    """Leave the keys that end a program to the one that has the terminal."""
    # The child would inherit an ignored signal, but does not inherit one with a handler.
    numbers = (signal.SIGINT, signal.SIGQUIT)
    before = [signal.signal(number, lambda *_: None) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler or signal.SIG_DFL)


def _end(child: Process) -> None:
    """Terminate a program that still runs when the reader exits."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.terminate()
