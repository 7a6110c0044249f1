"""The commands as bindings of Textual, which the first frame does not need."""

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from reader.ui.commands.table import COMMANDS, NO_KEY, OVER_DIALOGS, Command, action_of
from reader.ui.state.panes import Scope


def bindings_of(scope: Scope) -> list[BindingType]:
    """Return the bindings of the commands whose keys work in `scope`, with the commands' ids."""
    return _bindings(command for command in COMMANDS if command.scope == scope)


def bindings_over_dialogs() -> list[BindingType]:
    """Return the bindings of the commands whose keys work in every dialog too."""
    return _bindings(command for command in COMMANDS if command.id in OVER_DIALOGS)


def _bindings(commands: Iterable[Command]) -> list[BindingType]:
    return [
        Binding(
            command.written or NO_KEY,
            action_of(command),
            command.label,
            show=False,
            id=command.id,
        )
        for command in commands
    ]
