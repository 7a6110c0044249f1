"""The one table of commands: bindings, key bar, command palette and help screen come from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from reader.ui import words

if TYPE_CHECKING:
    from textual.binding import BindingType

# Where a command's keys work: everywhere, on the reading screen, in one of its panes, in a dialog.
Dialog = Literal["follow", "sections", "export", "help"]
Scope = Literal["app", "reading", "list", "article", "strip", "filter", "search", Dialog]
# The hits of a search stand in the list's place, and have its keys.
Pane = Literal["list", "hits", "article", "strip", "filter", "search", Dialog]
Group = Literal["reading", "places", "marks", "news", "program"]

GROUPS: tuple[Group, ...] = ("reading", "marks", "news", "places", "program")
# The scopes whose keys work where the focus is, the nearest first; a dialog hides all else.
SCOPES_OF: dict[Pane, tuple[Scope, ...]] = {
    "list": ("list", "reading", "app"),
    "hits": ("list", "reading", "app"),
    "article": ("article", "reading", "app"),
    "strip": ("strip", "reading", "app"),
    "filter": ("filter", "reading", "app"),
    "search": ("search", "reading", "app"),
    "follow": ("follow",),
    "sections": ("sections",),
    "export": ("export",),
    "help": ("help",),
}
DIALOGS: frozenset[Scope] = frozenset(get_args(Dialog))
# What a scope is called where commands of several stand together; the texts' keys.
WHERE: dict[Scope, str] = {
    "app": "",
    "reading": "",
    "list": "where.list",
    "article": "where.article",
    "strip": "where.strip",
    "filter": "where.filter",
    "search": "where.search",
    "follow": "where.follow",
    "sections": "where.sections",
    "export": "where.export",
    "help": "where.help",
}
# Where an input takes all that can be printed.
TYPED_IN: frozenset[Scope] = frozenset(("filter", "search", "sections", "export", "help"))
# Textual wants a key of every binding, also of one that has none until the settings give it one.
NO_KEY = "none"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a reader can do: its keys, what it is called, and where the keys work.

    `written` has the keys with commas between, and a key of several strokes with spaces: `g g`.
    `bar` names the panes whose key bar shows it. The numbers of a `counted` action are multiplied
    by the count that is typed before its key.
    """

    id: str
    scope: Scope
    written: str
    action: str
    group: Group
    bar: tuple[Pane, ...] = ()
    counted: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Return its keys, unless the settings want others."""
        return tuple(self.written.split(",")) if self.written else ()

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
    Command("reading.copy-link", "reading", "y", "copy_link", "reading"),
    Command("reading.copy-article", "reading", "Y", "copy_article", "reading"),
    Command("reading.export", "reading", "e", "export", "reading"),
    Command("reading.save", "reading", "s", "save", "marks", ("list", "hits", "article")),
    Command("reading.toggle-read", "reading", "u", "toggle_read", "marks"),
    Command("reading.fresh", "reading", ".", "fresh", "places", ("list",)),
    Command("reading.search", "reading", "/", "search", "places", ("list", "hits")),
    Command("reading.quick-filter", "reading", "\\", "filter", "places"),
    Command("reading.next-section", "reading", "]", "view(1)", "places", ("list",), counted=True),
    Command("reading.previous-section", "reading", "[", "view(-1)", "places", counted=True),
    Command("article.list", "article", "left,h", "screen.up", "places"),
    Command("strip.article", "strip", "up,k", "screen.up", "places"),
    Command("reading.next-pane", "reading", "tab", "next_pane(1)", "places"),
    Command("reading.previous-pane", "reading", "shift+tab", "next_pane(-1)", "places"),
    Command("list.down", "list", "down,j", "move(1)", "places", counted=True),
    Command("list.up", "list", "up,k", "move(-1)", "places", counted=True),
    Command("list.page-down", "list", "pagedown,ctrl+f", "page(1)", "places", counted=True),
    Command("list.page-up", "list", "pageup,ctrl+b", "page(-1)", "places", counted=True),
    Command("list.top", "list", "home,g g", "top", "places"),
    Command("reading.zoom", "reading", "z", "zoom", "places"),
    Command("reading.narrower", "reading", "<", "widen(-1)", "places"),
    Command("reading.wider", "reading", ">", "widen(1)", "places"),
    Command("reading.usual-layout", "reading", "=", "usual_layout", "places"),
    Command("list.bottom", "list", "end,G", "screen.bottom", "places"),
    Command("article.down", "article", "down,j", "line(1)", "places", counted=True),
    Command("article.up", "article", "up,k", "line(-1)", "places", counted=True),
    Command("article.page-down", "article", "pagedown,ctrl+f", "page(1)", "places", counted=True),
    Command("article.page-up", "article", "pageup,ctrl+b", "page(-1)", "places", counted=True),
    Command("article.top", "article", "home,g g", "scroll_home", "places"),
    Command("article.bottom", "article", "end,G", "scroll_end", "places"),
    Command("strip.right", "strip", "right,l", "move(1)", "places", counted=True),
    Command("strip.left", "strip", "left,h", "move(-1)", "places", counted=True),
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
    Command("follow.choose", "follow", "space", "choose", "news", ("follow",)),
    Command("follow.down", "follow", "down,j", "move('down')", "places"),
    Command("follow.up", "follow", "up,k", "move('up')", "places"),
    Command("follow.close", "follow", "escape,q,F", "dismiss", "places", ("follow",)),
    Command("sections.open", "sections", "enter", "open", "places", ("sections",)),
    Command("sections.down", "sections", "down,tab", "move('cursor_down')",
            "places", ("sections",)),
    Command("sections.up", "sections", "up,shift+tab", "move('cursor_up')",
            "places", ("sections",)),
    Command("sections.page-down", "sections", "pagedown", "move('page_down')", "places"),
    Command("sections.page-up", "sections", "pageup", "move('page_up')", "places"),
    Command("sections.close", "sections", "escape", "dismiss", "places", ("sections",)),
    Command("export.keep", "export", "enter", "keep", "reading", ("export",)),
    Command("export.close", "export", "escape", "dismiss", "places", ("export",)),
    Command("help.run", "help", "enter", "run", "program", ("help",)),
    Command("help.down", "help", "down", "go('cursor_down')", "places", ("help",)),
    Command("help.up", "help", "up", "go('cursor_up')", "places", ("help",)),
    Command("help.page-down", "help", "pagedown", "go('page_down')", "places"),
    Command("help.page-up", "help", "pageup", "go('page_up')", "places"),
    Command("help.close", "help", "escape", "dismiss", "places", ("help",)),
    Command("app.help", "app", "?", "help", "program", _ALL),
    Command("app.palette", "app", "ctrl+p", "command_palette", "program"),
    Command("app.theme", "app", "", "change_theme", "program"),
    Command("app.suspend", "app", "ctrl+z", "suspend_process", "program"),
    Command("app.quit", "app", "q", "quit", "program", _ALL),
)
# fmt: on


# What a dialog can do, it can do only while it is open.
OFFERED = tuple(command for command in COMMANDS if command.scope not in DIALOGS)


def bindings_of(scope: Scope) -> "list[BindingType]":
    """Return the bindings of the commands whose keys work in `scope`, with the commands' ids."""
    # The first frame shows the key bar before there is Textual.
    from textual.binding import Binding  # noqa: PLC0415

    return [
        Binding(command.written or NO_KEY, command.action, command.label, show=False, id=command.id)
        for command in COMMANDS
        if command.scope == scope
    ]


def commands_of_bar(pane: Pane) -> Iterator[Command]:
    """Yield the commands that the key bar shows while `pane` has the focus."""
    return (command for command in COMMANDS if pane in command.bar)
