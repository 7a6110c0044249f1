"""The terminal driver: takes over from the early paint without flashing or losing keys."""

from typing import TYPE_CHECKING

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp

_OTHER_SCREEN = "\x1b[?1049h"
# How soon the thread that waits for keys notices that the program ends (seconds).
_GLANCE = 0.1


class TakingOver(LinuxDriver):
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
        self._prepared = app.prepared
        self._revealed = app.reading_screen.revealed

    def write(self, data: str) -> None:
        """Write to the terminal, but do not go to the other screen, which clears it, once there."""
        if not (data == _OTHER_SCREEN and self._prepared and self._prepared.waiting):
            super().write(data)

    def start_application_mode(self) -> None:
        """Take the terminal over, and give it back at last as it was at first."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._prepared and self._prepared.waiting:
            self.attrs_before = self._prepared.hand_over()

    def run_input_thread(self) -> None:
        """Read keys as soon as there is a pane with the focus to give them to."""
        while not (self._revealed.wait(_GLANCE) or self.exit_event.is_set()):
            pass
        super().run_input_thread()
