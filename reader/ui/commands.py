"""The one table of commands: bindings, key bar, command palette and help screen come from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reader.ui import words

if TYPE_CHECKING:
    from textual.binding import BindingType

# Where a command's keys work: everywhere, on the reading screen, or in one of its panes.
Scope = Literal["app", "reading", "list", "article", "strip", "filter", "search"]
# The hits of a search stand in the list's place, and have its keys.
Pane = Literal["list", "hits", "article", "strip", "filter", "search"]
Group = Literal["reading", "places", "marks", "news", "program"]

GROUPS: tuple[Group, ...] = ("reading", "marks", "news", "places", "program")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a reader can do: its keys, what it is called, and where the keys work.

    `bar` names the panes whose key bar shows it. A command without keys is in the palette only.
    """

    id: str
    scope: Scope
    keys: str
    action: str
    group: Group
    bar: tuple[Pane, ...] = ()

    @property
    def label(self) -> str:
        """Return what it is called, in the reader's language."""
        return words.say(f"commands.{self.id}.label")

    @property
    def help(self) -> str:
        """Return what it does, in one sentence."""
        return words.say(f"commands.{self.id}.help")


_ALL: tuple[Pane, ...] = ("list", "hits", "article", "strip")

# fmt: off
COMMANDS: tuple[Command, ...] = (
    Command("list.open", "list", "enter,right,l", "open", "reading", ("list", "hits")),
    Command("strip.open", "strip", "enter", "open", "reading", ("strip",)),
    Command("reading.on", "reading", "space", "read_on", "reading", _ALL),
    Command("reading.next-unread", "reading", "n", "unread(1)", "reading", _ALL),
    Command("search.open", "search", "enter", "submit", "reading", ("search",)),
    Command("search.down", "search", "down", "screen.hit('move', 1)", "places", ("search",)),
    Command("search.up", "search", "up", "screen.hit('move', -1)", "places", ("search",)),
    Command("search.page-down", "search", "pagedown", "screen.hit('page', 1)", "places"),
    Command("search.page-up", "search", "pageup", "screen.hit('page', -1)", "places"),
    Command("filter.settle", "filter", "enter,down", "submit", "places", ("filter",)),
    Command("reading.leave", "reading", "escape", "leave",
            "places", ("hits", "article", "strip", "filter", "search")),
    Command("reading.previous-unread", "reading", "p", "unread(-1)", "reading"),
    Command("reading.back", "reading", "b,backspace,alt+left", "back",
            "reading", ("article", "strip")),
    Command("reading.forward", "reading", "f,alt+right", "forward", "reading"),
    Command("article.fetch", "article", "enter", "screen.fetch", "reading"),
    Command("reading.browser", "reading", "o", "browser", "reading", ("article",)),
    Command("reading.save", "reading", "s", "save", "marks", ("list", "hits", "article")),
    Command("reading.toggle-read", "reading", "u", "toggle_read", "marks"),
    Command("reading.fresh", "reading", ".", "fresh", "places", ("list",)),
    Command("reading.search", "reading", "/", "search", "places", ("list", "hits")),
    Command("reading.quick-filter", "reading", "backslash", "filter", "places"),
    Command("reading.next-section", "reading", "]", "view(1)", "places", ("list",)),
    Command("reading.previous-section", "reading", "[", "view(-1)", "places"),
    Command("article.list", "article", "left,h", "screen.up", "places"),
    Command("strip.article", "strip", "up,k", "screen.up", "places"),
    Command("reading.next-pane", "reading", "tab", "app.focus_next", "places"),
    Command("reading.previous-pane", "reading", "shift+tab", "app.focus_previous", "places"),
    Command("list.down", "list", "down,j", "move(1)", "places"),
    Command("list.up", "list", "up,k", "move(-1)", "places"),
    Command("list.page-down", "list", "pagedown,ctrl+f", "page(1)", "places"),
    Command("list.page-up", "list", "pageup,ctrl+b", "page(-1)", "places"),
    Command("list.top", "list", "home,g", "top", "places"),
    Command("list.bottom", "list", "end,G", "bottom", "places"),
    Command("article.down", "article", "down,j", "scroll_down", "places"),
    Command("article.up", "article", "up,k", "scroll_up", "places"),
    Command("article.page-down", "article", "pagedown,ctrl+f", "page(1)", "places"),
    Command("article.page-up", "article", "pageup,ctrl+b", "page(-1)", "places"),
    Command("article.top", "article", "home,g", "scroll_home", "places"),
    Command("article.bottom", "article", "end,G", "scroll_end", "places"),
    Command("strip.right", "strip", "right,l", "move(1)", "places"),
    Command("strip.left", "strip", "left,h", "move(-1)", "places"),
    Command("reading.sync", "reading", "r", "sync", "news", ("list",)),
    Command("reading.everything", "reading", "O", "everything", "news"),
    Command("reading.offline", "reading", "ctrl+o", "offline", "news"),
    Command("reading.stop", "reading", "ctrl+x", "stop", "news"),
    Command("reading.follow", "reading", "F", "follow", "news"),
    Command("reading.all-read", "reading", "A", "all_read", "marks"),
    Command("reading.undo", "reading", "U", "undo", "marks"),
    Command("reading.sections", "reading", "S", "sections", "places"),
    Command("reading.new", "reading", "g n", "go_view('new')", "places"),
    Command("reading.all", "reading", "g a", "go_view('all')", "places"),
    Command("reading.unread", "reading", "g u", "go_view('unread')", "places"),
    Command("reading.saved", "reading", "g s", "go_view('saved')", "places"),
    Command("app.help", "app", "?", "help", "program", _ALL),
    Command("app.palette", "app", "ctrl+p", "command_palette", "program"),
    Command("app.theme", "app", "", "change_theme", "program"),
    Command("app.suspend", "app", "ctrl+z", "suspend_process", "program"),
    Command("app.quit", "app", "q", "quit", "program", _ALL),
)
# fmt: on

_KEY_NAMES = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "↵",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "⇧Tab",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "backspace": "⌫",
    "backslash": "\\",
    "alt+left": "Alt←",
    "alt+right": "Alt→",
}


def bindings_of(scope: Scope) -> "list[BindingType]":
    """Return the bindings of the commands whose keys work in `scope`, with the commands' ids."""
    # The first frame shows the key bar before there is Textual.
    from textual.binding import Binding  # noqa: PLC0415

    return [
        Binding(command.keys, command.action, command.label, show=False, id=command.id)
        for command in COMMANDS
        if command.scope == scope and command.keys
    ]


def commands_of_bar(pane: Pane) -> Iterator[Command]:
    """Yield the commands that the key bar shows while `pane` has the focus."""
    return (command for command in COMMANDS if pane in command.bar)


def key_names(command: Command) -> list[str]:
    """Return the command's keys as they are printed: `↓`, `Ctrl+F`."""
    return [_KEY_NAMES.get(key) or _plain_name(key) for key in command.keys.split(",") if key]


def _plain_name(key: str) -> str:
    modifier, plus, letter = key.rpartition("+")
    return f"{modifier.title()}{plus}{letter.upper()}" if plus else key
