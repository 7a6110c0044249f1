"""Runs commands by their ids."""

from inspect import isawaitable

from reader.ui.commands.key_map import command_of
from reader.ui.controllers.assembly import Controllers
from reader.ui.controllers.errors import ErrorNotices


class Dispatcher:
    """Calls the functions of commands; a ReaderError that they raise is shown."""

    def __init__(self, controllers: Controllers, errors: ErrorNotices) -> None:
        self._controllers = controllers
        self._errors = errors

    async def run(self, command_id: str, count: int = 1) -> None:
        """Run a command with the count that was typed before its key, or 1."""
        command = command_of(command_id)
        if command is None:
            raise KeyError(command_id)
        if command.scope == "article":
            # Help and the palette run it from any pane.
            self._errors.attempt(self._controllers.panes.enter_preview)
        result = self._errors.attempt(lambda: command.run(self._controllers, count))
        if isawaitable(result):
            await self._errors.attempt_async(result)
