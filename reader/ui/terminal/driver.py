"""The terminal driver: takes over from the early paint without flashing or losing keys."""

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING

from reader.ui.commands.key_map import is_in_use
from reader.ui.textual_compat import StoppableDriver

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp

_OTHER_SCREEN = "\x1b[?1049h"
# The terminal saves its own title meanwhile, and gets it back at the end.
_TITLE, _OWN_TITLE = "\x1b[22;2t\x1b]2;znreader\x07", "\x1b[23;2t"
# Consoles without a title, some of which print sequences that they do not understand.
_WITHOUT_TITLE = ("linux", "dumb")
# Undoes everything that Textual sets: bracketed paste, reports of size, mouse and focus, the key
# protocol, the alternate screen, disabled line wrapping, the hidden cursor, and the title.
_UNDO = (
    b"\x1b[?2004l\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[<u"
    b"\x1b[0m\x1b[?1049l\x1b[?1004l\x1b[?7h\x1b[?25h\x1b[23;2t"
)
# How often the thread that waits for keys checks whether the program ends (seconds).
_GLANCE = 0.1


class TakingOver(StoppableDriver):
    """Draws on a terminal that may be prepared, and reads keys once the screen is revealed."""

    def __init__(
        self,
        app: "ReaderApp",
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._ask_to_exit = app.exit
        self._guard = app.guard
        self._draws = False
        self._prepared = app.prepared
        self._revealed = app.reading_screen.revealed

    def write(self, data: str) -> None:
        """Write to the terminal, but not a second switch to the alternate screen, which clears it.

        Nothing is written while another program has the terminal.
        """
        if self._draws and not (
            data == _OTHER_SCREEN and self._prepared and self._prepared.waiting
        ):
            super().write(data)

    def start_application_mode(self) -> None:
        """Take the terminal over; it is restored to its initial state at the end."""
        self._draws = True
        if self._guard:
            self._guard.undo = _UNDO
            loop = asyncio.get_running_loop()
            self._guard.ask_first(partial(loop.call_soon_threadsafe, self._ask_to_exit))
        super().start_application_mode()
        if self._has_title:
            self.write(_TITLE)
        if self._prepared and self._prepared.waiting:
            self.attrs_before = self._prepared.hand_over()

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self._has_title:
            self.write(_OWN_TITLE)
        super().stop_application_mode()
        self._draws = False
        if self._guard:
            self._guard.undo = b""

    @property
    def _has_title(self) -> bool:
        return os.environ.get("TERM", "") not in _WITHOUT_TITLE

    def has_alt(self, character: str) -> bool:
        """Tell whether a command is on the key of this character with Alt."""
        shift = "shift+" if character.isupper() else ""
        return is_in_use(f"alt+{shift}{character.lower()}")

    def run_input_thread(self) -> None:
        """Read keys as soon as there is a focused pane to receive them."""
        while not (self._revealed.wait(_GLANCE) or self.exit_event.is_set()):
            pass
        if typed := self._prepared and self._prepared.typed():
            self.typed = typed.rest
        super().run_input_thread()
