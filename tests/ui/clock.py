"""The clock of a screen in a test, which the test advances."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest

from reader.ui.controllers import runs
from reader.ui.screens.facade import ScreenFacade
from reader.ui.widgets import notice_line
from reader.ui.widgets.notice_line import NoticeLine
from reader.ui.widgets.which_key import WhichKey

Act = Callable[[], object]


@dataclass
class FakeTimer:
    """A scheduled call, which a test triggers."""

    seconds: float
    act: Act
    due: float = 0.0
    repeats: bool = False
    stopped: bool = False

    def stop(self) -> None:
        """Note that it is not to happen."""
        self.stopped = True


class Clock:
    """Holds what a screen has planned until its time passes."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._timers: list[FakeTimer] = []

    def plan(self, seconds: float, act: Act, *, repeats: bool = False) -> FakeTimer:
        """Return a timer that calls `act` after this many seconds, or repeatedly."""
        self._timers.append(FakeTimer(seconds, act, self.now + seconds, repeats))
        return self._timers[-1]

    def passes(self, seconds: float) -> None:
        """Let time pass, with all that it brings, in order."""
        end = self.now + seconds
        while due := sorted(
            (each for each in self._timers if not each.stopped and each.due <= end),
            key=lambda each: each.due,
        ):
            timer = due[0]
            self.now = timer.due
            timer.due += timer.seconds
            timer.stopped = not timer.repeats
            timer.act()
        self.now = end

    def hold(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take the place of the screen's clocks and timers."""

        def after(facade: ScreenFacade, seconds: float, act: Act) -> FakeTimer:
            return self.plan(seconds, partial(facade._attempt, act))

        def every(facade: ScreenFacade, seconds: float, act: Act) -> FakeTimer:
            return self.plan(seconds, partial(facade._attempt, act), repeats=True)

        def set_timer(_: object, seconds: float, act: Act) -> FakeTimer:
            return self.plan(seconds, act)

        monkeypatch.setattr(ScreenFacade, "after", after)
        monkeypatch.setattr(ScreenFacade, "every", every)
        for widget in (NoticeLine, WhichKey):
            monkeypatch.setattr(widget, "set_timer", set_timer)
        monkeypatch.setattr(notice_line, "monotonic", lambda: self.now)
        monkeypatch.setattr(runs, "monotonic", lambda: self.now)
