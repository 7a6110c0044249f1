"""Pure drawing of the bars at the top and the bottom as lines of (text, part)."""

from collections.abc import Iterator
from datetime import datetime

from rich.cells import cell_len, set_cell_size

from reader.text.sanitize import clean_line
from reader.ui import words
from reader.ui.commands.key_map import key_names
from reader.ui.commands.table import Command, commands_of_bar
from reader.ui.state.network import Network, network_forms
from reader.ui.state.panes import Pane
from reader.ui.state.values import ViewStatus
from reader.ui.typeset.text import fit
from reader.ui.widgets.lines import Line, line_width

_GAP = "  "
# The forms of name, counts and network to try, the fullest first.
_FORMS = (
    (0, 0, 0),
    (1, 0, 0),
    (1, 0, 1),
    (1, 1, 1),
    (1, 1, 2),
    (1, 2, 2),
    (1, 2, 3),
    (1, 3, 3),
)
_NARROW = 60
# Between the view and the title of the article that was opened from it, and the least for both.
_ON = " › "
_LEAST_WAY = 24
# Help lists all other keys, and the key to quit must always be visible.
_LAST_TO_GO = (
    "app.help",
    "reading.leave",
    "follow.close",
    "sections.close",
    "labels.close",
    "export.close",
    "help.close",
)


def status_line(
    status: ViewStatus, network: Network, now: datetime, width: int, title: str = ""
) -> Line:
    """Return view and counts at the left and the network at the right end of `width` cells.

    What matters least gives way first where that is narrow. While an article stands alone, its
    `title` follows the view: the way one came.
    """
    if title:
        return _way_line(status, network, now, width, title)
    for name, counts, form in _FORMS:
        left = _left(status, name, counts)
        right = _right(status, network, network_forms(network, now)[form], width < _NARROW)
        if line_width(left) + line_width(right) <= width:
            break
    left = [(fit(text, cell_len(text)), part) for text, part in left]
    room = width - line_width(left) - line_width(right)
    if room < 0:
        # Too narrow for all: the name of the view is cut, as a reader knows it.
        view, part = left[1]
        left[1] = (fit(view, cell_len(view) + room), part)
    return list(_cut([*left, (" " * max(room, 0), "view"), *right], width))


def _way_line(status: ViewStatus, network: Network, now: datetime, width: int, title: str) -> Line:
    right = _right(status, network, network_forms(network, now)[2], width < _NARROW)
    fresh = _fresh(status)
    if width - line_width([*right, fresh]) < _LEAST_WAY:
        right = [(text, part) for text, part in right if part == "offline"]
    view = f" {clean_line(status.view)}{_ON}"
    room = max(width - line_width([*right, fresh]) - cell_len(view), 0)
    return list(_cut([(view, "counts"), (fit(title, room), "view"), fresh, *right], width))


def fitting_keys(pane: Pane, width: int) -> list[tuple[Command, Line]]:
    """Return the commands whose keys `width` cells have room for, with what the bar shows."""
    shown: list[tuple[Command, Line]] = []
    offered = [command for command in commands_of_bar(pane) if key_names(command)]
    for command in sorted(offered, key=lambda command: command.id not in _LAST_TO_GO):
        key: Line = [(f" {key_names(command)[0]}", "key"), (f" {command.label} ", "label")]
        if (needed := line_width(key) + 1) <= width:
            width -= needed
            shown.append((command, [*key, (" ", "gap")]))
    return sorted(shown, key=lambda pair: offered.index(pair[0]))


def key_line(pane: Pane, width: int) -> Line:
    """Return the keys of the focused pane and what they do, in at most `width` cells."""
    return [part for _, key in fitting_keys(pane, width) for part in key][:-1]


def _left(status: ViewStatus, name: int, counts: int) -> Line:
    view = clean_line(status.view)
    if status.words:
        view = f"{view}  {clean_line(status.words)}"
    unread = words.say("status.unread", unread=status.unread)
    count = (
        words.say("status.unread-of", unread=status.unread, total=status.total),
        unread,
        words.number(status.unread),
        "",
    )[counts]
    count = status.shown or (count if status.total else "")
    return [
        ((f" {words.say('app.name')} ", "")[name], "name"),
        (f" {view}", "view"),
        (_GAP + count if count else "", "counts"),
        _fresh(status),
    ]


def _fresh(status: ViewStatus) -> tuple[str, str]:
    fresh = words.say("status.fresh", count=status.fresh) if status.fresh else ""
    return (_GAP + fresh if fresh else "", "fresh")


def _right(status: ViewStatus, network: Network, tells: str, narrow: bool) -> Line:
    drifted = (
        words.say("status.drifted-short" if narrow else "status.drifted")
        if network.state.drifted
        else ""
    )
    sample = words.say("status.sample") if status.sample else ""
    if narrow:
        sample = sample.split(" ")[0]
    return [
        (f"{_GAP}{tells} " if tells else "", _network_part(network)),
        (f" {drifted} " if drifted else "", "trouble"),
        (f" {words.say('status.offline-mode')} " if network.offline else "", "offline"),
        (f" {sample} " if sample else "", "sample"),
    ]


def _network_part(network: Network) -> str:
    if network.progress is not None:
        return "progress"
    return "trouble" if network.state.failed and not network.offline else "network"


def _cut(line: Line, width: int) -> Iterator[tuple[str, str]]:
    """Yield what of a line says something and fits in `width` cells."""
    for text, part in line:
        if text and width > 0:
            yield set_cell_size(text, min(cell_len(text), width)), part
            width -= cell_len(text)
