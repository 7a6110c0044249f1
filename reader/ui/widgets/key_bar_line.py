"""Pure drawing of the key bar as lines of (text, part)."""

from collections.abc import Collection, Mapping, Sequence

from reader.ui import wording
from reader.ui.commands.key_map import key_names
from reader.ui.commands.table import COMMANDS, Command, commands_of_bar
from reader.ui.state.panes import Pane
from reader.ui.widgets.headline_lines import Line, line_width

# Help lists all other keys, and the way out must always be visible.
_HELP, _LEAVE, _WAY_OUT = "app.help", "reading.leave", ".close"
# The shorter labels of commands that would not fit otherwise, in the order in which they are used.
# That of help is none: everyone tries its key.
_SHORT = {"reading.on": "keys.read-on", _HELP: None}
# The commands that do something else while headlines are picked, and the keys of their labels.
_PICKING = {"reading.on": "picking.on", _LEAVE: "picking.leave"}
# The last key needs neither the blank after its label nor the gap.
_END = 2


def fitting_keys(
    pane: Pane, width: int, *, without: Collection[str] = (), picking: bool = False
) -> list[tuple[Command, Line]]:
    """Return the commands whose keys fit in `width` cells, with the parts that the bar shows.

    Help, the way out and the first command of the pane are kept longest. The commands with the
    names in `without` are left out. While a reader is `picking`, those that pick and that end it
    come first, with labels of their own.
    """
    renamed = _PICKING if picking else {}
    others = [each for each in commands_of_bar(pane) if each.id not in renamed]
    offered = [
        command
        for command in (*(each for each in COMMANDS if each.id in renamed), *others)
        if key_names(command) and command.id not in without
    ]
    shown: list[tuple[Command, Line]] = []
    room = width + _END
    ranked, kept = _by_rank(offered)
    short = _shortened(ranked[:kept], room, renamed)
    for place, command in enumerate(ranked):
        lengths = (command.id in short,) if place < kept else (False, True)
        for key in (_key(command, renamed, short=length) for length in lengths):
            if line_width(key) <= room:
                room -= line_width(key)
                shown.append((command, key))
                break
    return sorted(shown, key=lambda pair: offered.index(pair[0]))


def _by_rank(offered: Sequence[Command]) -> tuple[list[Command], int]:
    """Return commands in the order in which a key bar keeps them, and how many it always should.

    Those are help, the way out and the first one.
    """
    kept = [each for each in offered if each.id == _HELP]
    kept += [each for each in offered if each.id == _LEAVE or each.id.endswith(_WAY_OUT)]
    kept += [each for each in offered[:1] if each not in kept]
    return [*kept, *(each for each in offered if each not in kept)], len(kept)


def _shortened(kept: Sequence[Command], room: int, renamed: Mapping[str, str]) -> Collection[str]:
    """Return which commands need a shorter label for all of `kept` to fit, or for its beginning."""
    for end in range(len(kept), 0, -1):
        for count in range(len(_SHORT) + 1):
            short = list(_SHORT)[:count]
            keys = (_key(each, renamed, short=each.id in short) for each in kept[:end])
            if sum(map(line_width, keys)) <= room:
                return short
    return ()


def _key(command: Command, renamed: Mapping[str, str], *, short: bool) -> Line:
    """Return a key and the label of its command; one that is `renamed` has only that label."""
    codes = {**(_SHORT if short else {}), **renamed}
    label = command.label
    if command.id in codes:
        code = codes[command.id]
        label = wording.say(code) if code else ""
    key: Line = [(f" {key_names(command)[0]}", "key")]
    return [*key, *([(f" {label}", "label")] if label else []), (" ", "label"), (" ", "gap")]


def key_line(
    pane: Pane, width: int, *, without: Collection[str] = (), picking: bool = False
) -> Line:
    """Return the keys of the focused pane and what they do, in at most `width` cells."""
    fitting = fitting_keys(pane, width, without=without, picking=picking)
    line = [part for _, key in fitting for part in key][:-1]
    return line[:-1] if line_width(line) > width else line
