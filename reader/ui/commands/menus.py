"""The commands in the menu of the right mouse button for a headline or an article, by pane."""

from collections.abc import Mapping, Sequence

from reader.ui.commands.key_map import key_names
from reader.ui.commands.table import COMMANDS, Command
from reader.ui.state.panes import Pane
from reader.ui.state.values import NamedChoice

_MARKS = ("reading.toggle-read", "reading.save", "reading.tag", "reading.mute")
_OUTSIDE = ("reading.browser", "reading.copy-link", "reading.export")
_BY_ID = {command.id: command for command in COMMANDS}
_MENUS: Mapping[Pane, Sequence[str]] = {
    "list": ("list.open", "reading.story", *_MARKS, *_OUTSIDE),
    "hits": ("list.open", *_MARKS, *_OUTSIDE),
    "strip": ("strip.open", *_MARKS, *_OUTSIDE),
    "article": ("reading.links", "reading.copy-article", *_MARKS, *_OUTSIDE),
}


def menu_of(pane: Pane) -> list[Command]:
    """Return the commands of the menu of a pane, in order; none if there is no menu."""
    return [_BY_ID[command_id] for command_id in _MENUS.get(pane, ())]


def menu_choices(commands: Sequence[Command]) -> list[NamedChoice]:
    """Return the texts of a menu for commands: the label of each, and its first key."""
    return [NamedChoice(each.label, detail=next(iter(key_names(each)), "")) for each in commands]
