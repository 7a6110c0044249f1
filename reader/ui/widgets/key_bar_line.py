"""Pure drawing of the key bar as lines of (text, part)."""

from collections.abc import Collection, Iterator, Sequence

from reader.ui import wording
from reader.ui.commands.key_map import key_names
from reader.ui.commands.table import Command, commands_of_bar
from reader.ui.state.panes import Pane
from reader.ui.widgets.headline_lines import Line, line_width

# Help lists all other keys, and the way out must always be visible.
_HELP, _LEAVE, _WAY_OUT = "app.help", "reading.leave", ".close"
# The shorter labels of commands that would not fit otherwise.
_SHORT = {"reading.on": "keys.read-on"}


def fitting_keys(
    pane: Pane, width: int, *, without: Collection[str] = ()
) -> list[tuple[Command, Line]]:
    """Return the commands whose keys fit in `width` cells, with the parts that the bar shows.

    The commands with the names in `without` are left out.
    """
    shown: list[tuple[Command, Line]] = []
    offered = [
        command
        for command in commands_of_bar(pane)
        if key_names(command) and command.id not in without
    ]
    for command in _by_rank(offered):
        short = wording.say(_SHORT[command.id]) if command.id in _SHORT else command.label
        for label in dict.fromkeys((command.label, short)):
            key: Line = [(f" {key_names(command)[0]}", "key"), (f" {label} ", "label")]
            if (needed := line_width(key) + 1) <= width:
                width -= needed
                shown.append((command, [*key, (" ", "gap")]))
                break
    return sorted(shown, key=lambda pair: offered.index(pair[0]))


def _by_rank(commands: Sequence[Command]) -> Iterator[Command]:
    """Yield commands in the order in which a key bar keeps them: help, the way out, the others."""
    kept = [each for each in commands if each.id == _HELP]
    kept += [each for each in commands if each.id == _LEAVE or each.id.endswith(_WAY_OUT)]
    yield from kept
    yield from (each for each in commands if each not in kept)


def key_line(pane: Pane, width: int, *, without: Collection[str] = ()) -> Line:
    """Return the keys of the focused pane and what they do, in at most `width` cells."""
    fitting = fitting_keys(pane, width, without=without)
    return [part for _, key in fitting for part in key][:-1]
