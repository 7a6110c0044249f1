"""Pure drawing of the key bar as lines of (text, part)."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from reader.ui import wording
from reader.ui.commands.key_map import key_names
from reader.ui.commands.table import COMMANDS, Command, commands_of_bar
from reader.ui.state.panes import Pane
from reader.ui.widgets.headline_lines import Line, line_width

# Help lists all other keys, and the way out must always be visible.
_HELP, _LEAVE, _WAY_OUT = "app.help", "reading.leave", ".close"
# The shorter labels of commands that would not fit otherwise.
_SHORT = {"reading.on": "keys.read-on"}
# The commands that do something else while headlines are picked, and the keys of their labels.
_PICKING = {"reading.on": "picking.on", _LEAVE: "picking.leave"}


def fitting_keys(
    pane: Pane, width: int, *, without: Collection[str] = (), picking: bool = False
) -> list[tuple[Command, Line]]:
    """Return the commands whose keys fit in `width` cells, with the parts that the bar shows.

    The commands with the names in `without` are left out. While a reader is `picking`, those that
    pick and that end it come first, with labels of their own.
    """
    shown: list[tuple[Command, Line]] = []
    renamed = _PICKING if picking else {}
    others = [each for each in commands_of_bar(pane) if each.id not in renamed]
    offered = [
        command
        for command in (*(each for each in COMMANDS if each.id in renamed), *others)
        if key_names(command) and command.id not in without
    ]
    for command in _by_rank(offered):
        for label in _labels(command, renamed):
            key: Line = [(f" {key_names(command)[0]}", "key"), (f" {label} ", "label")]
            if (needed := line_width(key) + 1) <= width:
                width -= needed
                shown.append((command, [*key, (" ", "gap")]))
                break
    return sorted(shown, key=lambda pair: offered.index(pair[0]))


def _labels(command: Command, renamed: Mapping[str, str]) -> Iterator[str]:
    """Yield the labels of a command, the longest first; one that is `renamed` has only that."""
    if command.id in renamed:
        yield wording.say(renamed[command.id])
        return
    yield command.label
    if command.id in _SHORT:
        yield wording.say(_SHORT[command.id])


def _by_rank(commands: Sequence[Command]) -> Iterator[Command]:
    """Yield commands in the order in which a key bar keeps them: help, the way out, the others."""
    kept = [each for each in commands if each.id == _HELP]
    kept += [each for each in commands if each.id == _LEAVE or each.id.endswith(_WAY_OUT)]
    yield from kept
    yield from (each for each in commands if each not in kept)


def key_line(
    pane: Pane, width: int, *, without: Collection[str] = (), picking: bool = False
) -> Line:
    """Return the keys of the focused pane and what they do, in at most `width` cells."""
    fitting = fitting_keys(pane, width, without=without, picking=picking)
    return [part for _, key in fitting for part in key][:-1]
