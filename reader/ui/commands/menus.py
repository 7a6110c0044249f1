"""The commands in the menu of the right mouse button for a headline or an article, by pane."""

from collections.abc import Mapping, Sequence

from reader.model import Headline
from reader.text.article_links import may_open
from reader.ui.commands.key_map import key_names
from reader.ui.commands.table import COMMANDS, Command
from reader.ui.state.panes import Pane
from reader.ui.state.values import NamedChoice

_MARKS = ("reading.toggle-read", "reading.save", "reading.tag", "reading.mute")
_OUTSIDE = ("reading.browser", "reading.copy-link", "reading.export")
_BY_ID = {command.id: command for command in COMMANDS}
_MENUS: Mapping[Pane, Sequence[str]] = {
    "list": ("list.open", "reading.story", *_MARKS, *_OUTSIDE),
    "hits": ("list.open", "reading.story", *_MARKS, *_OUTSIDE),
    "strip": ("strip.open", *_MARKS, *_OUTSIDE),
    "article": ("reading.links", "reading.copy-article", *_MARKS, *_OUTSIDE),
}


def menu_of(pane: Pane) -> list[Command]:
    """Return the commands of the menu of a pane, in order; none if there is no menu."""
    return [_BY_ID[command_id] for command_id in _MENUS.get(pane, ())]


def menu_for(pane: Pane, headline: Headline | None) -> list[Command]:
    """Return those commands of the menu of a pane that have something to do for a headline."""
    useless: set[str] = set()
    if headline is not None and headline.story is None:
        useless.add("reading.story")
    if headline is not None and not may_open(headline.teaser.url):
        useless.update(("reading.browser", "reading.copy-link"))
    return [each for each in menu_of(pane) if each.id not in useless]


def menu_choices(commands: Sequence[Command]) -> list[NamedChoice]:
    """Return the texts of a menu for commands: the label of each, and its first key."""
    return [NamedChoice(each.label, detail=next(iter(key_names(each)), "")) for each in commands]
