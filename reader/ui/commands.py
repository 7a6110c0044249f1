"""The one table of commands: bindings, key bar, command palette and help screen come from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from textual.binding import BindingType

# Where a command's keys work: everywhere, on the reading screen, or in one of its panes.
Scope = Literal["app", "reading", "list", "article", "strip", "filter", "search"]
# The hits of a search stand in the list's place, and have its keys.
Pane = Literal["list", "hits", "article", "strip", "filter", "search"]
Group = Literal["Reading", "Going places", "Marks", "News", "Program"]

GROUPS: tuple[Group, ...] = ("Reading", "Marks", "News", "Going places", "Program")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a reader can do: its keys, what it is called, and where the keys work.

    `bar` names the panes whose key bar shows it. A command without keys is in the palette only.
    """

    id: str
    scope: Scope
    keys: str
    action: str
    label: str
    help: str
    group: Group
    bar: tuple[Pane, ...] = ()


_ALL: tuple[Pane, ...] = ("list", "hits", "article", "strip")

# fmt: off
COMMANDS: tuple[Command, ...] = (
    Command("list.open", "list", "enter,right,l", "open", "Open",
            "Open the headline at the cursor and mark it read.", "Reading", ("list", "hits")),
    Command("strip.open", "strip", "enter", "open", "Open",
            "Open the related headline at the cursor.", "Reading", ("strip",)),
    Command("reading.on", "reading", "space", "read_on", "Read on",
            "Page the article down; at its end open the next unread one.", "Reading", _ALL),
    Command("reading.next-unread", "reading", "n", "unread(1)", "Next unread",
            "Open the next unread headline of the list.", "Reading", _ALL),
    Command("search.open", "search", "enter", "submit", "Open",
            "Open the hit at the cursor.", "Reading", ("search",)),
    Command("search.down", "search", "down", "screen.hit('move', 1)", "Down",
            "Go to the next hit.", "Going places", ("search",)),
    Command("search.up", "search", "up", "screen.hit('move', -1)", "Up",
            "Go to the previous hit; without any, take what was searched for last.", "Going places",
            ("search",)),
    Command("search.page-down", "search", "pagedown", "screen.hit('page', 1)", "Page down",
            "Go down a screen of hits.", "Going places"),
    Command("search.page-up", "search", "pageup", "screen.hit('page', -1)", "Page up",
            "Go up a screen of hits.", "Going places"),
    Command("filter.settle", "filter", "enter,down", "submit", "To the list",
            "Go on to the filtered list.", "Going places", ("filter",)),
    Command("reading.leave", "reading", "escape", "leave", "Leave",
            "Stop fetching the article, else go up a level: strip, article, list.", "Going places",
            ("hits", "article", "strip", "filter", "search")),
    Command("reading.previous-unread", "reading", "p", "unread(-1)", "Previous unread",
            "Open the previous unread headline of the list.", "Reading"),
    Command("reading.back", "reading", "b,backspace,alt+left", "back", "Back",
            "Go back to the article that was open before, where it was left.", "Reading",
            ("article", "strip")),
    Command("reading.forward", "reading", "f,alt+right", "forward", "Forward", "Go forward again.",
            "Reading"),
    Command("article.fetch", "article", "enter", "screen.fetch", "Fetch",
            "Fetch the article where it is not offline yet.", "Reading"),
    Command("reading.browser", "reading", "o", "browser", "Browser",
            "Open the page in the web browser.", "Reading", ("article",)),
    Command("reading.save", "reading", "s", "save", "Save",
            "Save the headline for later, or no longer.", "Marks",
            ("list", "hits", "article")),
    Command("reading.toggle-read", "reading", "u", "toggle_read", "Read or unread",
            "Mark the headline unread, or read again.", "Marks"),
    Command("reading.fresh", "reading", ".", "fresh", "New ones",
            "Go to the newest of the headlines that just came in.", "Going places", ("list",)),
    Command("reading.search", "reading", "/", "search", "Search",
            "Search all headlines and articles, as you type.", "Going places", ("list", "hits")),
    Command("reading.quick-filter", "reading", "backslash", "filter", "Filter",
            "Show only headlines of this list with these words, as you type.", "Going places"),
    Command("reading.next-section", "reading", "]", "view(1)", "Next section",
            "Go to the next section: all, unread, saved, then each section.", "Going places",
            ("list",)),
    Command("reading.previous-section", "reading", "[", "view(-1)", "Previous section",
            "Go to the previous section.", "Going places"),
    Command("article.list", "article", "left,h", "screen.up", "To the list",
            "Go from the article to the list.", "Going places"),
    Command("strip.article", "strip", "up,k", "screen.up", "To the article",
            "Go from the related headlines to the article.", "Going places"),
    Command("reading.next-pane", "reading", "tab", "app.focus_next", "Next pane",
            "Go round list, article and related headlines.", "Going places"),
    Command("reading.previous-pane", "reading", "shift+tab", "app.focus_previous", "Previous pane",
            "Go round the other way.", "Going places"),
    Command("list.down", "list", "down,j", "move(1)", "Down", "Go to the next headline.",
            "Going places"),
    Command("list.up", "list", "up,k", "move(-1)", "Up", "Go to the previous headline.",
            "Going places"),
    Command("list.page-down", "list", "pagedown,ctrl+f", "page(1)", "Page down",
            "Go down a screen of headlines.", "Going places"),
    Command("list.page-up", "list", "pageup,ctrl+b", "page(-1)", "Page up",
            "Go up a screen of headlines.", "Going places"),
    Command("list.top", "list", "home,g", "top", "Newest", "Go to the newest headline.",
            "Going places"),
    Command("list.bottom", "list", "end,G", "bottom", "Oldest", "Go to the oldest headline.",
            "Going places"),
    Command("article.down", "article", "down,j", "scroll_down", "Line down",
            "Scroll the article down a line.", "Going places"),
    Command("article.up", "article", "up,k", "scroll_up", "Line up",
            "Scroll the article up a line.", "Going places"),
    Command("article.page-down", "article", "pagedown,ctrl+f", "page(1)", "Screen down",
            "Scroll the article down a screen.", "Going places"),
    Command("article.page-up", "article", "pageup,ctrl+b", "page(-1)", "Screen up",
            "Scroll the article up a screen.", "Going places"),
    Command("article.top", "article", "home,g", "scroll_home", "Beginning",
            "Go to the beginning of the article.", "Going places"),
    Command("article.bottom", "article", "end,G", "scroll_end", "End",
            "Go to the end of the article.", "Going places"),
    Command("strip.right", "strip", "right,l", "move(1)", "Right",
            "Go to the next related headline.", "Going places"),
    Command("strip.left", "strip", "left,h", "move(-1)", "Left",
            "Go to the previous related headline.", "Going places"),
    Command("reading.sync", "reading", "r", "sync", "Sync",
            "Fetch the news now; in an article that is not offline, that one.", "News", ("list",)),
    Command("reading.everything", "reading", "O", "everything", "Make everything offline",
            "Fetch every article of which only the headline is offline.", "News"),
    Command("reading.offline", "reading", "ctrl+o", "offline", "Offline mode",
            "Touch no network at all, or end that again.", "News"),
    Command("reading.stop", "reading", "ctrl+x", "stop", "Stop fetching",
            "Stop what is being fetched; what has come in stays.", "News"),
    Command("reading.follow", "reading", "F", "follow", "Sections to follow",
            "Choose the sections whose news is fetched.", "News"),
    Command("app.help", "app", "?", "help", "Keys", "Show every key and what it does.", "Program",
            _ALL),
    Command("app.palette", "app", "ctrl+p", "command_palette", "Commands",
            "Find a command by its name.", "Program"),
    Command("app.theme", "app", "", "change_theme", "Change theme", "Choose other colours.",
            "Program"),
    Command("app.suspend", "app", "ctrl+z", "suspend_process", "Suspend",
            "Go to the shell; fg comes back.", "Program"),
    Command("app.quit", "app", "q", "quit", "Quit", "Leave the reader.", "Program", _ALL),
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
