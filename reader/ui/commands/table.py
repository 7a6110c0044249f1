"""The single table of commands: source of bindings, key bar, command palette and help screen."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from reader.ui import wording
from reader.ui.state.panes import PANES, Pane, Scope

if TYPE_CHECKING:
    from reader.ui.controllers.assembly import Controllers

    # Carries out a command; the number is the count typed before its key, or 1.
    Action = Callable[[Controllers, int], object]

CommandGroup = Literal["reading", "places", "marks", "news", "program", "own"]

GROUPS: tuple[CommandGroup, ...] = ("reading", "marks", "news", "places", "program", "own")
# The scopes where an input takes all printable characters.
TYPED_IN: frozenset[Scope] = frozenset(
    (
        "sections",
        "names",
        "ask",
        "export",
        "help",
        "palette",
        *(pane.scope for pane in PANES.values() if pane.is_input),
    )
)
_EVERYWHERE: tuple[Scope, ...] = ("app", "reading")
# Textual needs a key for every binding, even if only the settings give it one.
NO_KEY = "none"
# A dialog hides the keys of all other commands: what these do concerns the terminal.
OVER_DIALOGS = ("app.suspend", "app.redraw")


class Command(Struct, frozen=True):
    """An action of the reader: its keys, its label and help, and where the keys work.

    `written` has the keys separated by commas, and the strokes of a key by spaces: `g g`. `run`
    carries it out, with the count that is typed before the key. `bar` names the panes whose key bar
    shows it. A user's own command has its `own_label` and `own_help` from the settings.
    """

    id: str
    scope: Scope
    written: str
    run: "Action"
    group: CommandGroup
    bar: tuple[Pane, ...] = ()
    own_label: str = ""
    own_help: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return its default keys, which the settings may override."""
        return tuple(self.written.split(",")) if self.written else ()

    @property
    def label(self) -> str:
        """Return its label, in the reader's language."""
        return self.own_label or wording.say(f"commands.{self.id}.label")

    @property
    def help(self) -> str:
        """Return its description, in one sentence."""
        return self.own_help or wording.say(f"commands.{self.id}.help")


# The panes without text input.
_ALL: tuple[Pane, ...] = tuple(pane.id for pane in PANES.values() if not pane.is_input)

# fmt: off
COMMANDS: tuple[Command, ...] = (
    Command("list.open", "list", "enter,right,l",
            lambda c, _: c.reading.open_at_cursor(), "reading", ("list", "hits")),
    Command("strip.open", "strip", "enter",
            lambda c, _: c.reading.open_related(), "reading", ("strip",)),
    Command("reading.on", "reading", "space",
            lambda c, _: c.panes.go_on(), "reading", _ALL),
    Command("reading.next-unread", "reading", "n",
            lambda c, _: c.reading.open_unread(1), "reading", _ALL),
    Command("search.open", "search", "enter",
            lambda c, _: c.search.settle(), "reading", ("search",)),
    Command("search.down", "search", "down",
            lambda c, _: c.search.move(1), "places", ("search",)),
    Command("search.up", "search", "up",
            lambda c, _: c.search.move(-1), "places", ("search",)),
    Command("search.page-down", "search", "pagedown",
            lambda c, _: c.search.page(1), "places"),
    Command("search.page-up", "search", "pageup",
            lambda c, _: c.search.page(-1), "places"),
    Command("filter.settle", "filter", "enter,down",
            lambda c, _: c.filter.settle(), "places", ("filter",)),
    Command("find.next", "find", "down",
            lambda c, n: c.find.step(n), "places", ("find",)),
    Command("find.previous", "find", "up",
            lambda c, n: c.find.step(-n), "places", ("find",)),
    Command("find.settle", "find", "enter",
            lambda c, _: c.find.settle(), "places"),
    Command("reading.leave", "reading", "escape",
            lambda c, _: c.panes.leave(),
            "places", ("hits", "article", "strip", "filter", "search", "find")),
    Command("reading.previous-unread", "reading", "p",
            lambda c, _: c.reading.open_unread(-1), "reading"),
    Command("reading.back", "reading", "b,backspace,alt+left",
            lambda c, _: c.panes.back(), "reading", ("article", "strip")),
    Command("reading.forward", "reading", "f,alt+right",
            lambda c, _: c.reading.forward(), "reading"),
    Command("article.fetch", "article", "enter",
            lambda c, n: c.panes.enter(n), "reading"),
    Command("article.accept", "article", "R",
            lambda c, _: c.sync.accept_opened(), "reading"),
    Command("article.go-to-place", "article", "P",
            lambda c, _: c.devices.go_to_place(), "reading"),
    Command("article.full-text", "article", "X",
            lambda c, _: c.feeds.toggle_text(), "reading"),
    Command("reading.browser", "reading", "o",
            lambda c, _: c.sharing.open_in_browser(), "reading", ("article",)),
    Command("reading.links", "reading", "L",
            lambda c, _: c.links.begin(), "reading"),
    Command("reading.copy-link", "reading", "y",
            lambda c, _: c.links.copy(), "reading"),
    Command("reading.copy-article", "reading", "Y",
            lambda c, _: c.sharing.copy_article(), "reading"),
    Command("reading.export", "reading", "e",
            lambda c, _: c.sharing.export(), "reading"),
    Command("reading.save", "reading", "s",
            lambda c, _: c.marks.toggle_saved(), "marks", ("list", "hits", "article")),
    Command("reading.toggle-read", "reading", "u",
            lambda c, _: c.marks.toggle_read(), "marks"),
    Command("reading.story", "reading", "t",
            lambda c, _: c.stories.toggle(), "reading"),
    Command("reading.apart", "reading", "T",
            lambda c, _: c.stories.toggle_apart(), "reading"),
    Command("reading.changes", "reading", "v",
            lambda c, _: c.changes.toggle(), "reading"),
    Command("article.older-version", "article", "(",
            lambda c, n: c.changes.step(-n), "reading"),
    Command("article.newer-version", "article", ")",
            lambda c, n: c.changes.step(n), "reading"),
    Command("reading.not-here", "reading", "x",
            lambda c, _: c.stories.split(), "marks"),
    Command("reading.join", "reading", "J",
            lambda c, _: c.stories.join(), "marks"),
    Command("reading.story-read", "reading", "m",
            lambda c, _: c.stories.mark_read(), "marks"),
    Command("reading.watch", "reading", "w",
            lambda c, _: c.stories.toggle_watched(), "marks"),
    Command("reading.fresh", "reading", ".",
            lambda c, _: c.navigation.go_to_fresh(), "places", ("list",)),
    Command("reading.search", "reading", "/",
            lambda c, _: c.search.begin(), "places", ("list", "hits")),
    Command("reading.quick-filter", "reading", "\\",
            lambda c, _: c.panes.look_for(), "places"),
    Command("reading.next-section", "reading", "]",
            lambda c, n: c.navigation.next_view(n), "places", ("list",)),
    Command("reading.previous-section", "reading", "[",
            lambda c, n: c.navigation.next_view(-n), "places"),
    Command("article.list", "article", "left,h",
            lambda c, _: c.panes.up(), "places"),
    Command("strip.article", "strip", "up,k",
            lambda c, n: c.panes.up_from_cards(n), "places"),
    Command("strip.down", "strip", "down,j",
            lambda c, n: c.navigation.move_down_cards(n), "places"),
    Command("reading.next-pane", "reading", "tab",
            lambda c, _: c.panes.next_pane(1), "places"),
    Command("reading.previous-pane", "reading", "shift+tab",
            lambda c, _: c.panes.next_pane(-1), "places"),
    Command("list.down", "list", "down,j",
            lambda c, n: c.navigation.move(n), "places"),
    Command("list.up", "list", "up,k",
            lambda c, n: c.navigation.move(-n), "places"),
    Command("list.page-down", "list", "pagedown,ctrl+f",
            lambda c, n: c.navigation.page(n), "places"),
    Command("list.page-up", "list", "pageup,ctrl+b",
            lambda c, n: c.navigation.page(-n), "places"),
    Command("list.top", "list", "home,g g",
            lambda c, _: c.navigation.top(), "places"),
    Command("reading.zoom", "reading", "z",
            lambda c, _: c.layout.zoom(), "places"),
    Command("reading.narrower", "reading", "<",
            lambda c, _: c.layout.widen(-1), "places"),
    Command("reading.wider", "reading", ">",
            lambda c, _: c.layout.widen(1), "places"),
    Command("reading.usual-layout", "reading", "=",
            lambda c, _: c.layout.reset(), "places"),
    Command("reading.density", "reading", "D",
            lambda c, _: c.layout.next_density(), "places"),
    Command("list.bottom", "list", "end,G",
            lambda c, _: c.navigation.bottom(), "places"),
    Command("article.down", "article", "down,j",
            lambda c, n: c.reading.scroll(n), "places"),
    Command("article.up", "article", "up,k",
            lambda c, n: c.reading.scroll(-n), "places"),
    Command("article.page-down", "article", "pagedown,ctrl+f",
            lambda c, n: c.reading.page(n), "places"),
    Command("article.page-up", "article", "pageup,ctrl+b",
            lambda c, n: c.reading.page(-n), "places"),
    Command("article.top", "article", "home,g g",
            lambda c, _: c.reading.go_to_start(), "places"),
    Command("article.bottom", "article", "end,G",
            lambda c, _: c.reading.go_to_end(), "places"),
    Command("strip.right", "strip", "right,l",
            lambda c, n: c.navigation.move_card(n), "places"),
    Command("strip.left", "strip", "left,h",
            lambda c, n: c.panes.left_of_cards(n), "places"),
    Command("reading.sync", "reading", "r",
            lambda c, _: c.sync.sync(), "news", ("list",)),
    Command("reading.everything", "reading", "O",
            lambda c, _: c.sync.fetch_everything(), "news"),
    Command("reading.offline", "reading", "ctrl+o",
            lambda c, _: c.sync.toggle_offline(), "news"),
    Command("reading.stop", "reading", "ctrl+x",
            lambda c, _: c.sync.stop(), "news"),
    Command("reading.follow", "reading", "F",
            lambda c, _: c.feeds.choose(), "news"),
    Command("reading.all-read", "reading", "A",
            lambda c, _: c.marks.mark_all_read(), "marks"),
    Command("reading.above-read", "reading", "",
            lambda c, _: c.marks.mark_above_read(), "marks"),
    Command("reading.below-read", "reading", "",
            lambda c, _: c.marks.mark_below_read(), "marks"),
    Command("reading.older-read", "reading", "",
            lambda c, _: c.marks.mark_older_read(), "marks"),
    Command("reading.pick", "reading", "V",
            lambda c, _: c.picking.begin(), "marks"),
    Command("reading.tag", "reading", "#",
            lambda c, _: c.tags.tag(), "marks"),
    Command("reading.mute", "reading", "M",
            lambda c, _: c.mutes.mute(), "marks"),
    Command("reading.keep-search", "reading", "ctrl+t",
            lambda c, _: c.saved_searches.save(), "places"),
    Command("reading.order", "reading", "i",
            lambda c, _: c.navigation.next_order(), "places"),
    Command("reading.undo", "reading", "U",
            lambda c, _: c.marks.undo(), "marks"),
    Command("reading.sections", "reading", "S",
            lambda c, _: c.feeds.choose_view(), "places"),
    Command("reading.new", "reading", "g n",
            lambda c, _: c.navigation.go_to_named("new"), "places"),
    Command("reading.all", "reading", "g a",
            lambda c, _: c.navigation.go_to_named("all"), "places"),
    Command("reading.unread", "reading", "g u",
            lambda c, _: c.navigation.go_to_named("unread"), "places"),
    Command("reading.saved", "reading", "g s",
            lambda c, _: c.navigation.go_to_named("saved"), "places"),
    Command("reading.available", "reading", "g o",
            lambda c, _: c.navigation.go_to_named("offline"), "places"),
    Command("reading.tags", "reading", "g t",
            lambda c, _: c.tags.choose_tag(), "places"),
    Command("reading.muted", "reading", "",
            lambda c, _: c.navigation.go_to_named("muted"), "places"),
    Command("reading.digest", "reading", "g d",
            lambda c, _: c.stories.show_digest(), "places"),
    Command("reading.watched", "reading", "g w",
            lambda c, _: c.navigation.go_to_named("watched"), "places"),
    Command("follow.choose", "follow", "space",
            lambda c, _: c.program.dialog.choose(), "news", ("follow",)),
    Command("follow.all", "follow", "a",
            lambda c, _: c.program.dialog.choose_all(), "news", ("follow",)),
    Command("follow.add", "follow", "n",
            lambda c, _: c.feeds.add(), "news", ("follow",)),
    Command("follow.filter", "follow", "/,\\",
            lambda c, _: c.program.dialog.begin_filter(), "places", ("follow",)),
    Command("follow.rename", "follow", "e",
            lambda c, _: c.feeds.rename(), "news", ("follow",)),
    Command("follow.regroup", "follow", "g",
            lambda c, _: c.feeds.regroup(), "news"),
    Command("follow.full-text", "follow", "t",
            lambda c, _: c.feeds.next_full_text(), "news"),
    Command("follow.unsubscribe", "follow", "d,delete",
            lambda c, _: c.feeds.unsubscribe(), "news", ("follow",)),
    Command("follow.undo", "follow", "U",
            lambda c, _: c.feeds.undo(), "news"),
    Command("follow.settle", "follow", "enter",
            lambda c, _: c.program.dialog.settle_filter(), "places", ("follow",)),
    Command("follow.down", "follow", "down,j",
            lambda c, _: c.program.dialog.move(1), "places"),
    Command("follow.up", "follow", "up,k",
            lambda c, _: c.program.dialog.move(-1), "places"),
    Command("follow.page-down", "follow", "pagedown",
            lambda c, _: c.program.dialog.page(1), "places"),
    Command("follow.page-up", "follow", "pageup",
            lambda c, _: c.program.dialog.page(-1), "places"),
    Command("follow.close", "follow", "escape,q,F",
            lambda c, _: c.program.dialog.close(), "places", ("follow",)),
    Command("sections.open", "sections", "enter",
            lambda c, _: c.program.dialog.choose(), "places", ("sections",)),
    Command("sections.down", "sections", "down,tab",
            lambda c, _: c.program.dialog.move(1), "places", ("sections",)),
    Command("sections.up", "sections", "up,shift+tab",
            lambda c, _: c.program.dialog.move(-1), "places", ("sections",)),
    Command("sections.page-down", "sections", "pagedown",
            lambda c, _: c.program.dialog.page(1), "places"),
    Command("sections.page-up", "sections", "pageup",
            lambda c, _: c.program.dialog.page(-1), "places"),
    Command("sections.close", "sections", "escape",
            lambda c, _: c.program.dialog.close(), "places", ("sections",)),
    Command("names.choose", "names", "enter",
            lambda c, _: c.program.dialog.choose(), "marks", ("names",)),
    Command("names.down", "names", "down,tab",
            lambda c, _: c.program.dialog.move(1), "places", ("names",)),
    Command("names.up", "names", "up,shift+tab",
            lambda c, _: c.program.dialog.move(-1), "places", ("names",)),
    Command("names.page-down", "names", "pagedown",
            lambda c, _: c.program.dialog.page(1), "places"),
    Command("names.page-up", "names", "pageup",
            lambda c, _: c.program.dialog.page(-1), "places"),
    Command("names.close", "names", "escape",
            lambda c, _: c.program.dialog.close(), "places", ("names",)),
    Command("export.keep", "export", "enter",
            lambda c, _: c.program.dialog.choose(), "reading", ("export",)),
    Command("export.close", "export", "escape",
            lambda c, _: c.program.dialog.close(), "places", ("export",)),
    Command("digest.open", "digest", "enter",
            lambda c, _: c.program.dialog.choose(), "reading", ("digest",)),
    Command("digest.down", "digest", "down,j,space",
            lambda c, _: c.program.dialog.move(1), "places", ("digest",)),
    Command("digest.up", "digest", "up,k",
            lambda c, _: c.program.dialog.move(-1), "places", ("digest",)),
    Command("digest.page-down", "digest", "pagedown,ctrl+f",
            lambda c, _: c.program.dialog.page(1), "places"),
    Command("digest.page-up", "digest", "pageup,ctrl+b",
            lambda c, _: c.program.dialog.page(-1), "places"),
    Command("digest.close", "digest", "escape,q",
            lambda c, _: c.program.dialog.close(), "places", ("digest",)),
    Command("ask.keep", "ask", "enter",
            lambda c, _: c.program.dialog.choose(), "news", ("ask",)),
    Command("ask.close", "ask", "escape",
            lambda c, _: c.program.dialog.close(), "places", ("ask",)),
    Command("help.run", "help", "enter",
            lambda c, _: c.program.dialog.choose(), "program", ("help",)),
    Command("help.down", "help", "down",
            lambda c, _: c.program.dialog.move(1), "places", ("help",)),
    Command("help.up", "help", "up",
            lambda c, _: c.program.dialog.move(-1), "places", ("help",)),
    Command("help.page-down", "help", "pagedown",
            lambda c, _: c.program.dialog.page(1), "places"),
    Command("help.page-up", "help", "pageup",
            lambda c, _: c.program.dialog.page(-1), "places"),
    Command("help.close", "help", "escape",
            lambda c, _: c.program.dialog.close(), "places", ("help",)),
    Command("menu.choose", "menu", "enter",
            lambda c, _: c.program.dialog.choose(), "program", ("menu",)),
    Command("menu.down", "menu", "down,j",
            lambda c, _: c.program.dialog.move(1), "places", ("menu",)),
    Command("menu.up", "menu", "up,k",
            lambda c, _: c.program.dialog.move(-1), "places", ("menu",)),
    Command("menu.page-down", "menu", "pagedown",
            lambda c, _: c.program.dialog.page(1), "places"),
    Command("menu.page-up", "menu", "pageup",
            lambda c, _: c.program.dialog.page(-1), "places"),
    Command("menu.close", "menu", "escape,q",
            lambda c, _: c.program.dialog.close(), "places", ("menu",)),
    Command("palette.run", "palette", "enter",
            lambda c, _: c.program.dialog.choose(), "program", ("palette",)),
    Command("palette.down", "palette", "down",
            lambda c, _: c.program.dialog.move(1), "places", ("palette",)),
    Command("palette.up", "palette", "up",
            lambda c, _: c.program.dialog.move(-1), "places", ("palette",)),
    Command("palette.page-down", "palette", "pagedown",
            lambda c, _: c.program.dialog.page(1), "places"),
    Command("palette.page-up", "palette", "pageup",
            lambda c, _: c.program.dialog.page(-1), "places"),
    Command("palette.close", "palette", "escape",
            lambda c, _: c.program.dialog.close(), "places", ("palette",)),
    Command("app.help", "app", "?",
            lambda c, _: c.program.show_help(), "program", _ALL),
    Command("app.palette", "app", "ctrl+p",
            lambda c, _: c.program.show_palette(), "program"),
    Command("app.theme", "app", "",
            lambda c, _: c.program.choose_theme(), "program"),
    Command("app.notices", "app", "",
            lambda c, _: c.program.show_notices(), "program"),
    Command("app.suspend", "app", "ctrl+z",
            lambda c, _: c.program.suspend(), "program"),
    Command("app.redraw", "app", "ctrl+l",
            lambda c, _: c.program.redraw(), "program"),
    Command("app.quit", "app", "q",
            lambda c, _: c.panes.quit(), "program", _ALL),
)
# fmt: on


def where_text(scope: Scope) -> str:
    """Return the name of a scope's place; empty for the whole main screen."""
    return "" if scope in _EVERYWHERE else wording.say(f"where.{scope}")


def action_of(command: Command) -> str:
    """Return the action, in Textual's notation, that runs a command."""
    return f"app.run_command({command.id!r})"


def commands_of_bar(pane: Pane) -> Iterator[Command]:
    """Yield the commands that the key bar shows while `pane` has the focus."""
    return (command for command in COMMANDS if pane in command.bar)
