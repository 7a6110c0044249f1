"""Waits until a screen is idle, however slow the machine is."""

import asyncio
import time
from asyncio.base_events import BaseEventLoop
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

import pytest
from textual import app as textual_app
from textual import pilot as textual_pilot
from textual import screen as textual_screen
from textual._context import active_app
from textual.pilot import Pilot
from textual.timer import Timer

from reader.ui.app import ReaderApp
from tests.patience import LOOK, PATIENCE

from .screens import text_of

# A little more than the time between two of Textual's frames (seconds).
_FRAME = 1 / 50
# Between two looks at what is under way (seconds).
_MOMENT = 1 / 1000

_timers: WeakSet[Timer] = WeakSet()
_threads: WeakSet[asyncio.Future[Any]] = WeakSet()


async def wait_for_quiet(*_: float) -> None:
    """Return once no callback of the event loop is ready to run, and none soon will be.

    Soon is the next frame; a thread's work has the time of one frame to end.

    Textual's own function asks how much processor time the process took: where other programs have
    the processor, that is little while all the work is still to come.
    """
    loop = asyncio.get_running_loop()
    begin = time.monotonic()
    await asyncio.sleep(0)
    while time.monotonic() < begin + PATIENCE:
        if loop._ready:  # type: ignore[attr-defined]
            await asyncio.sleep(0)
        elif _is_frame_due() or (_is_thread_at_work() and time.monotonic() < begin + _FRAME):
            await asyncio.sleep(_MOMENT)
        else:
            return


def _is_frame_due() -> bool:
    """Tell whether a timer as fast as Textual's frames, or faster, is running.

    Those of an application that is about to end do nothing, and go on.
    """
    fast = [timer for timer in _timers if timer._interval <= _FRAME and timer._active.is_set()]
    tasks = [timer._task for timer in fast if timer._task]
    ends: bool = active_app.get()._exit
    return not ends and not all(task.done() for task in tasks)


def _is_thread_at_work() -> bool:
    return any(not future.done() for future in _threads)


def _note_timers_and_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    start, run = Timer._start, BaseEventLoop.run_in_executor

    def start_noted(timer: Timer) -> None:
        _timers.add(timer)
        start(timer)

    def run_noted(loop: BaseEventLoop, *arguments: Any) -> asyncio.Future[Any]:
        future = run(loop, *arguments)
        _threads.add(future)
        return future

    monkeypatch.setattr(Timer, "_start", start_noted)
    monkeypatch.setattr(BaseEventLoop, "run_in_executor", run_noted)


def wait_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a pilot wait for quiet, and as long as it takes."""
    _note_timers_and_threads(monkeypatch)
    # Frames follow each other without a pause that nothing happens in.
    monkeypatch.setattr(textual_screen, "UPDATE_PERIOD", _MOMENT)
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
