"""Waits for events: checks often, with one generous limit."""

import asyncio
import os
import time
from collections.abc import Callable

# Seconds: many times what the slowest machine takes under load, so only a fault reaches it.
PATIENCE = 120.0
# Seconds between two looks.
LOOK = 0.01


def wait_until(condition: Callable[[], object], what: str | Callable[[], str]) -> None:
    """Return as soon as `condition` holds; fail with `what` if it never does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() >= deadline:
            raise AssertionError(f"never saw {what if isinstance(what, str) else what()}")
        time.sleep(LOOK)


async def wait_for_end(pid: int) -> None:
    """Return once a child that the running event loop looks after is gone; fail if it stays."""
    deadline = time.monotonic() + PATIENCE
    while not _is_gone(pid):
        assert time.monotonic() < deadline, f"never saw the end of process {pid}"
        await asyncio.sleep(LOOK)


def _is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False
