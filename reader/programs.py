"""Runs programs that the settings name: silently, without a shell, and for a limited time."""

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress

from reader.errors import ReaderError, os_reason, reason
from reader.text.sanitize import clean_line

_MAX_DETAIL = 300


def run_silently(command: Sequence[str], seconds: float, setting: str) -> None:
    """Run a program, and end it after this many seconds.

    Raises ReaderError, which names the `setting` that it comes from, if it cannot be started, fails
    or is ended.
    """
    try:
        done = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        cause = os_reason(error) if isinstance(error, OSError) else reason("text", text=str(error))
        raise ReaderError(
            "command_unusable", place=command[0], cause=cause, setting=setting
        ) from error
    with done:
        try:
            _, complaint = done.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            with suppress(ProcessLookupError):
                os.killpg(done.pid, 9)
            raise ReaderError(
                "command_slow", place=command[0], seconds=int(seconds), setting=setting
            ) from error
    if done.returncode:
        lines = complaint.decode("utf-8", "replace").strip().splitlines()
        detail = clean_line(lines[-1][:_MAX_DETAIL]) if lines else "-"
        raise ReaderError("command_failed", place=command[0], status=done.returncode, detail=detail)
