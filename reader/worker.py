"""Runs this program's own commands in a child process, so that the screen never parses a page."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE

from reader.errors import ReaderError


async def import_sample() -> None:
    """Have a child process read the bundled edition into the cache.

    Raises ReaderError with the child's own sentence where it could not.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "reader",
        "import",
        "--sample",
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=PIPE,
    )
    try:
        _, complaint = await child.communicate()
    except asyncio.CancelledError:
        child.kill()
        raise
    if child.returncode:
        lines = complaint.decode("utf-8", "replace").strip().splitlines()
        raise ReaderError(lines[-1] if lines else "the bundled edition could not be read")
