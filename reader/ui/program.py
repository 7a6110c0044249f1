"""The program around the main screen, as commands see it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from reader.errors import ReaderError
from reader.ui.controllers.program import OpenDialog
from reader.ui.screens.dialog import DialogScreen
from reader.ui.screens.palette import PaletteScreen
from reader.ui.terminal.environment import has_clipboard

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp


class NoDialogError(RuntimeError):
    """A command of a dialog was run while none is open."""


class AppProgram:
    """Carries out the commands that concern the program as a whole."""

    def __init__(self, app: "ReaderApp") -> None:
        self._app = app

    @property
    def dialog(self) -> OpenDialog:
        """Return the dialog that is open; raises NoDialogError if there is none."""
        if not isinstance(self._app.screen, DialogScreen | PaletteScreen):
            raise NoDialogError
        return self._app.screen

    async def show_help(self) -> None:
        """Show the help, with the focused pane's keys first; run the command chosen there."""
        await self._app.show_help()

    def show_palette(self) -> None:
        """Find a command by its name."""
        self._app.action_command_palette()

    def choose_theme(self) -> None:
        """Choose a theme from a list, which shows each as the cursor rests on it."""
        self._app.search_themes()

    def show_notices(self) -> None:
        """Show the last notices again; choosing one runs the first command it offered."""
        self._app.show_notices()

    def suspend(self) -> None:
        """Suspend the program until the shell continues it."""
        self._app.action_suspend_process()

    def redraw(self) -> None:
        """Redraw the whole screen, after another program has written over it."""
        self._app.refresh(layout=True)

    async def quit(self) -> None:
        """End the program."""
        await self._app.action_quit()

    def open_url(self, url: str) -> None:
        """Open a page in the web browser."""
        self._app.open_url(url)

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text on the clipboard; raises ReaderError if the terminal has none."""
        if not has_clipboard(os.environ):
            raise ReaderError("no_clipboard")
        self._app.copy_to_clipboard(text)

    @contextmanager
    def lend_terminal(self) -> Iterator[None]:
        """Lend the terminal to another program; raises ReaderError if that is not possible."""
        try:
            with self._app.suspend():
                yield
        except SuspendNotSupported as error:
            raise ReaderError("no_terminal_to_lend") from error
