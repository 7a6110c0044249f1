"""Waits until a screen is idle, however slow the machine is."""

import asyncio
import time
from collections.abc import Callable

import pytest
from textual import app as textual_app
from textual import pilot as textual_pilot
from textual.pilot import Pilot

from reader.ui.app import ReaderApp
from tests.patience import LOOK, PATIENCE

from .screens import text_of

# A little more than the time between two of Textual's frames (seconds).
_FRAME = 1 / 50


async def wait_for_quiet(*_: float) -> None:
    """Return once a frame has passed and no callback of the event loop is ready to run.

    Textual's own function asks how much processor time the process took: where other programs have
    the processor, that is little while all the work is still to come.
    """
    loop = asyncio.get_running_loop()
    deadline = time.monotonic() + PATIENCE
    await asyncio.sleep(_FRAME)
    while loop._ready and time.monotonic() < deadline:  # type: ignore[attr-defined]
        await asyncio.sleep(0)


def wait_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a pilot wait for quiet, and as long as it takes."""
    for module in (textual_app, textual_pilot):
        monkeypatch.setattr(module, "wait_for_idle", wait_for_quiet)
    monkeypatch.setattr(Pilot._wait_for_screen, "__defaults__", (PATIENCE,))


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Return once `condition` holds and the screen shows it; fail if that never happens."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() >= deadline:
            assert isinstance(pilot.app, ReaderApp)
            raise AssertionError(f"it never came:\n{text_of(pilot.app)}")
        await pilot.pause(LOOK)
    await pilot.pause()
