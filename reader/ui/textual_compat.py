"""Everything that the reader uses of Textual beyond its documented interface.

`tests/ui/test_textual_compat.py` fails when Textual's source of these methods changes, and when
another module of the interface uses a private name of Textual.
"""

import asyncio
import os
import signal
from threading import Event

from textual.drivers.linux_driver import LinuxDriver
from textual.events import ScreenResume
from textual.screen import Screen
from textual.widget import Widget


class DeferredScreen(Screen[None]):
    """A screen that draws nothing until it is revealed, and then can draw without delay.

    `revealed` is set once the screen draws; threads may wait for it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.revealed = Event()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Keep the styles if nothing has been drawn with them yet."""
        event.refresh_styles = event.refresh_styles and self.revealed.is_set()

    def reveal(self) -> None:
        """Draw the whole screen at once, without waiting for Textual's next tick."""
        self.revealed.set()
        self.refresh()
        self.draw()

    def draw(self, *changed: Widget) -> None:
        """Draw these widgets, and other changes, without waiting for Textual's next tick."""
        self._dirty_widgets.update(changed)
        self._on_timer_update()

    def _compositor_refresh(self) -> None:
        # The layouts before the first frame are not drawn.
        if self.revealed.is_set():
            super()._compositor_refresh()
        else:
            self._dirty_widgets.clear()


class StoppableDriver(LinuxDriver):
    """A driver that obeys the shell's job control, also when signals follow each other quickly.

    Textual's own leaves and enters the terminal in the signal handlers themselves, which can
    interrupt each other. Here the signals are queued in order, and obeyed one by one.
    """

    _stop_wanted = _continued = False
    _obeying: asyncio.Task[None] | None = None

    def start_application_mode(self) -> None:
        """Take the terminal over, and begin to obey the signals that stop and continue."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTSTP, self._note, True)
        loop.add_signal_handler(signal.SIGCONT, self._note, False)

    def resume_application_mode(self) -> None:
        """Take the terminal over again, once it belongs to this program."""
        while not _in_foreground(self.fileno):
            _stop()
        super().resume_application_mode()

    def _note(self, stop: bool) -> None:
        self._stop_wanted, self._continued = stop, not stop
        if self._obeying is None or self._obeying.done():
            self._obeying = asyncio.create_task(self._obey())

    async def _obey(self) -> None:
        while self._stop_wanted or self._continued:
            # If the terminal has been lent to another program, there is nothing to leave.
            lent = not self._auto_restart
            if not lent:
                self.suspend_application_mode()
            await _handlers_ran()
            if self._stop_wanted:
                self._stop_wanted = False
                _stop()
            if not lent:
                self._must_signal_resume = True
                self.resume_application_mode()
            await _handlers_ran()
            self._continued = False

    def _sigtstp_application(self, *_: object) -> None:
        """Do nothing until the signal can be handled in order."""

    def _sigcont_application(self, *_: object) -> None:
        """Do nothing until the signal can be handled in order."""


async def _handlers_ran() -> None:
    """Return once the signals received so far have been noted."""
    # The loop reads their numbers in one turn, and calls their handlers in the next.
    for _ in range(4):
        await asyncio.sleep(0)


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _in_foreground(descriptor: int) -> bool:
    try:
        return os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:
        # The terminal was closed, which is noticed elsewhere.
        return True
