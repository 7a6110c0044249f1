"""Runs programs that the settings name: silently, without a shell, and for a limited time."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from typing import BinaryIO

from reader.errors import ReaderError, Reason, os_reason, reason
from reader.text.sanitize import clean_line

_MAX_DETAIL = 300
# The last bytes of a program's error output that are read.
_TAIL = 4_096
# The exceptions of starting a program, also for arguments that cannot be passed.
NOT_STARTED = (OSError, ValueError)


def start_reason(error: Exception) -> Reason:
    """Return why a program cannot be started, from one of the errors of `NOT_STARTED`."""
    return os_reason(error) if isinstance(error, OSError) else reason("argument_impossible")


def run_silently(command: Sequence[str], seconds: float, setting: str) -> None:
    """Run a program; after `seconds`, kill it and its children.

    Children that it leaves behind when it ends are not waited for. Raises ReaderError, which names
    the `setting` that has it, where it cannot be started, fails or is ended.
    """
    try:
        status, detail = _run(command, seconds)
    except subprocess.TimeoutExpired as error:
        raise ReaderError(
            "command_slow", place=command[0], seconds=int(seconds), setting=setting
        ) from error
    except NOT_STARTED as error:
        raise ReaderError(
            "command_unusable", place=command[0], cause=start_reason(error), setting=setting
        ) from error
    if status:
        raise ReaderError(
            "command_failed", place=command[0], status=status, detail=detail, setting=setting
        )


def _run(command: Sequence[str], seconds: float) -> tuple[int, str]:
    """Return the exit status of a program, and the last line of its error output."""
    # A file, since a pipe stays open as long as any left-over child has it.
    with TemporaryFile() as complaints:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            start_new_session=True,
        )
        try:
            status = child.wait(seconds)
        finally:
            if child.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        return status, _last_line(complaints)


def _last_line(complaints: BinaryIO) -> str:
    """Return the last line in a file, cleaned, or a hyphen if it is empty."""
    complaints.seek(max(complaints.seek(0, os.SEEK_END) - _TAIL, 0))
    lines = complaints.read(_TAIL).decode("utf-8", "replace").strip().splitlines()
    return clean_line(lines[-1][:_MAX_DETAIL]) if lines else "-"
