"""Custom commands, as in `[commands]` and `[notify]` of a settings file."""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise, takewhile
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from reader.config.kinds import FLAG, LABEL, TEXTS, Kind
from reader.errors import Reason, reason
from reader.files import expand_home

_PLACE = re.compile(r"\{(url|title|text|file)\}")
_ARTICLE = frozenset(("url", "title", "file"))
_NEWS = _ARTICLE | {"text"}
# The values of these begin like an address or a path, so never with a hyphen.
_HARMLESS = re.compile(r"\{(?:url|file)\}")
# Arguments after `--` are never options of the same program.
_END_OF_OPTIONS = "--"
# These take a script after `-c`; arguments after `--` are passed to it.
_SHELLS = frozenset("sh ash bash csh dash fish ksh mksh tcsh xonsh zsh".split())
# These run their arguments, or pass them to a shell.
_RUNNERS = frozenset(
    "ssh pwsh powershell nu tmux screen busybox su watch script xargs parallel eval".split()
)
# These run the program in their arguments; a `--` before it does not end the program's own options.
_WRAPPERS = frozenset("env nice nohup timeout sudo doas setsid stdbuf time ionice".split())
# Interpreters run the value of these options, attached or in the next argument.
_CODE = re.compile(r"-\w{0,2}[cexES]|--(?:command|eval|expression|split-string)|-[Cc]ommand")
_SCRIPT_OPTION = re.compile(r"-[A-Za-z]*c")


class UserCommand(Struct, frozen=True):
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
    """Return a command with `values` in the places of its placeholders, and `~/` expanded.

    Values are not searched for placeholders and never split into arguments. A placeholder without
    a value stays as it is.
    """
    return [
        _PLACE.sub(lambda found: values.get(found[1], found[0]), argument)
        for argument in expand_home(run)
    ]


def _is_run(value: Any, places: Collection[str]) -> bool:
    if not (TEXTS.allows(value) and value) or any("\0" in argument for argument in value):
        return False
    if value[0].startswith("-") or _PLACE.search(value[0]) or not names_in(value) <= set(places):
        return False
    return not (_may_become_an_option(value) or _may_become_code(value))


def _may_become_an_option(run: Sequence[str]) -> bool:
    """Tell whether an argument begins with a placeholder whose value may begin with a hyphen."""
    is_wrapped = PurePath(run[0]).name in _WRAPPERS
    ended = False
    for argument in run[1:]:
        if argument == _END_OF_OPTIONS:
            ended = True
        elif not _PLACE.match(argument):
            ended = ended and not is_wrapped
        elif not ended and not _HARMLESS.match(argument):
            return True
    return False


def _may_become_code(run: Sequence[str]) -> bool:
    """Tell whether a placeholder is in a part that a shell or another interpreter runs."""
    if not names_in(run):
        return False
    programs = [PurePath(argument).name for argument in run]
    if not _RUNNERS.isdisjoint(programs):
        return True
    shell = next((place for place, name in enumerate(programs) if name in _SHELLS), None)
    if shell is not None:
        return not _has_script(run[shell + 1 :]) or bool(names_in(run[:shell]))
    return any(
        names_in([argument]) and (_CODE.match(argument) or _CODE.fullmatch(before))
        for before, argument in pairwise(run)
    )


def _has_script(arguments: Sequence[str]) -> bool:
    """Tell whether a shell has options, a script and `--`, and placeholders only after these."""
    options = list(takewhile(lambda argument: argument[:1] in "-+", arguments))
    script, end, rest = (arguments[len(options) + at :] for at in range(3))
    return (
        bool(options and _SCRIPT_OPTION.fullmatch(options[-1]))
        and end[:1] == [_END_OF_OPTIONS]
        and not names_in([*options, script[0]])
        and not _may_become_code(rest)
    )


def _run(description: Reason, places: Collection[str]) -> Kind:
    """Return the kind of a command that may have these placeholders."""
    return Kind(lambda value: _is_run(value, places), description, take=tuple)


_EXAMPLE = '["w3m", "{url}"]'
RUN = _run(reason("kind_run", example=_EXAMPLE), _ARTICLE)
_NOTIFY_RUN = _run(reason("kind_notify_run", example=_EXAMPLE), _NEWS)
_COLUMNS = {"run": RUN, "key": LABEL, "label": LABEL, "terminal": FLAG}
_OWN = Kind(lambda value: isinstance(value, dict), reason("kind_own_command"), columns=_COLUMNS)
COMMANDS = Kind(
    lambda value: isinstance(value, dict),
    reason("kind_own_commands"),
    take=lambda value: {
        name: UserCommand(**{key: _COLUMNS[key].take(each) for key, each in columns.items()})
        for name, columns in value.items()
    },
    item=_OWN,
)
NOTIFY = Kind(
    lambda value: isinstance(value, dict),
    reason("kind_notify"),
    take=lambda value: {name: tuple(run) for name, run in value.items()},
    names=("run",),
    item=_NOTIFY_RUN,
)
