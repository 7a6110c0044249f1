"""The user's own commands from the settings, in addition to those of the table."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from reader.config.user_commands import UserCommand
from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.commands.table import Command

if TYPE_CHECKING:
    from reader.ui.controllers.assembly import Controllers

_PREFIX = "own."


def user_commands(own: Mapping[str, UserCommand]) -> tuple[Command, ...]:
    """Return the settings' commands; their keys are only wanted ones, as `user_keys` returns."""
    return tuple(_command(name, each) for name, each in own.items())


def user_keys(own: Mapping[str, UserCommand]) -> dict[str, tuple[str, ...]]:
    """Return the keys that the settings want for them, by command id."""
    return {_id_of(name): (each.key,) for name, each in own.items() if each.key}


def _command(name: str, own: UserCommand) -> Command:
    label, run = own.label or clean_line(name), clean_line(" ".join(own.run))
    help_text = wording.say("own.help", label=label, command=run)
    act = partial(_run, name)
    return Command(_id_of(name), "reading", "", act, "own", own_label=label, own_help=help_text)


def _id_of(name: str) -> str:
    return _PREFIX + clean_line(name)


def _run(name: str, controllers: "Controllers", _count: int) -> None:
    controllers.user_commands.run(name)
