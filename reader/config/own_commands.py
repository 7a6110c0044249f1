"""Custom commands, as in `[commands]` and `[notify]` of a settings file."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from reader.config.kinds import FLAG, LABEL, TEXTS, Kind
from reader.errors import reason

_PLACE = re.compile(r"\{(url|title|text|file)\}")
# The values of these placeholders begin like an address or a path, and so never with a hyphen.
_HARMLESS = re.compile(r"\{(?:url|file)\}")
# Arguments after `--` are never options.
_END_OF_OPTIONS = "--"
# These programs run an argument as code, so a title in it could run as commands.
_SHELLS = frozenset("sh ash bash csh dash fish ksh mksh nu pwsh ssh tcsh xonsh zsh".split())


class OwnCommand(Struct, frozen=True):
    """A custom command: the program that it runs, its key, and its name.

    With `terminal`, the reader hands the terminal over to it; else it runs in the background.
    """

    run: tuple[str, ...]
    key: str = ""
    label: str = ""
    terminal: bool = True


def names_in(run: Sequence[str]) -> frozenset[str]:
    """Return the names of the placeholders in a command: `url`, `title`, `text` and `file`."""
    return frozenset(name for argument in run for name in _PLACE.findall(argument))


def filled(run: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """Return a command with `values` in the places of its placeholders.

    Values are not searched for placeholders and never split into arguments. A placeholder without
    a value stays as it is.
    """
    return [_PLACE.sub(lambda found: values.get(found[1], found[0]), argument) for argument in run]


def _is_run(value: Any) -> bool:
    if not (TEXTS.allows(value) and value) or any("\0" in argument for argument in value):
        return False
    program, *arguments = value
    return not (
        program.startswith("-")
        or _PLACE.search(program)
        or _may_become_an_option(arguments)
        or _may_become_code(value)
    )


def _may_become_an_option(arguments: Sequence[str]) -> bool:
    """Tell whether an argument begins with a placeholder whose value may begin with a hyphen."""
    for argument in arguments:
        if argument == _END_OF_OPTIONS:
            return False
        if _PLACE.match(argument) and not _HARMLESS.match(argument):
            return True
    return False


def _may_become_code(run: Sequence[str]) -> bool:
    """Tell whether a placeholder is in the code that a shell runs, rather than in its arguments."""
    if not any(PurePath(argument).name in _SHELLS for argument in run):
        return False
    end = run.index(_END_OF_OPTIONS) if _END_OF_OPTIONS in run else len(run)
    return bool(names_in(run[:end])) or run[end - 1].startswith("-")


RUN = Kind(_is_run, reason("kind_run", example='["w3m", "{url}"]'), take=tuple)
_COLUMNS = {"run": RUN, "key": LABEL, "label": LABEL, "terminal": FLAG}
_OWN = Kind(lambda value: isinstance(value, dict), reason("kind_own_command"), columns=_COLUMNS)
COMMANDS = Kind(
    lambda value: isinstance(value, dict),
    reason("kind_own_commands"),
    take=lambda value: {
        name: OwnCommand(**{key: _COLUMNS[key].take(each) for key, each in columns.items()})
        for name, columns in value.items()
    },
    item=_OWN,
)
NOTIFY = Kind(
    lambda value: isinstance(value, dict),
    reason("kind_notify"),
    take=lambda value: {name: tuple(run) for name, run in value.items()},
    names=("run",),
    item=RUN,
)
