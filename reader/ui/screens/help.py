"""The help screen: every key and what it does, from the command table."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.ui import words
from reader.ui.commands import COMMANDS, GROUPS, Command, Scope
from reader.ui.keymap import key_names
from reader.ui.typeset import fit

_KEYS_WIDTHS = (9, 16)
_WHERE: dict[Scope, str] = {
    "app": "",
    "reading": "",
    "list": "where.list",
    "article": "where.article",
    "strip": "where.strip",
    "filter": "where.filter",
    "search": "where.search",
    "follow": "where.follow",
    "help": "where.help",
}
_LEGEND = (
    ("●", "legend.unread"),
    ("○", "legend.headline-only"),
    ("✕", "legend.failed"),
    ("★", "legend.saved"),
    ("≈", "legend.approximate"),
)


class HelpScreen(ModalScreen[None]):
    """Shows the commands with their keys, narrowed by what is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("up", "scroll('up')", show=False),
        Binding("down", "scroll('down')", show=False),
        Binding("pageup", "scroll('page_up')", show=False),
        Binding("pagedown", "scroll('page_down')", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the filter above the commands."""
        with Vertical(id="help"):
            yield Static(Content(words.say("help.title")), id="help-title")
            typed = Input(placeholder=words.say("help.filter"), compact=True, id="help-filter")
            typed.cursor_blink = False
            yield typed
            with VerticalScroll(id="help-commands", can_focus=False):
                yield Static(id="help-text")

    def on_resize(self) -> None:
        """Lay the commands out for the new width."""
        self.call_after_refresh(self._show)

    def on_input_changed(self) -> None:
        """Show the commands that match what was typed."""
        self._show()

    def action_scroll(self, direction: str) -> None:
        """Scroll the commands: `up`, `down`, `page_up` or `page_down`."""
        commands = self.query_one("#help-commands", VerticalScroll)
        getattr(commands, f"scroll_{direction}")(animate=False)

    def _show(self) -> None:
        wanted = self.query_one("#help-filter", Input).value.casefold().split()
        commands = [command for command in COMMANDS if _matches(command, wanted)]
        width = self.query_one("#help-commands").scrollable_content_region.width
        lines = [line for group in GROUPS for line in _group_lines(group, commands, width)]
        if not wanted:
            lines += [_heading(words.say("help.legend"))]
            lines += [
                line for sign, tells in _LEGEND for line in _line(sign, words.say(tells), width)
            ]
        shown = Content("\n").join(lines) if lines else Content(words.say("help.nothing"))
        self.query_one("#help-text", Static).update(shown)


def _matches(command: Command, wanted: list[str]) -> bool:
    text = f"{command.label} {command.help} {' '.join(key_names(command))}".casefold()
    return all(word in text for word in wanted)


def _group_lines(group: str, commands: list[Command], width: int) -> list[Content]:
    lines = []
    for command in commands:
        if command.group == group:
            where = _WHERE[command.scope]
            tells = f"{command.help}  ({words.say(where)})" if where else command.help
            lines += _line("  ".join(key_names(command)[:3]), tells, width)
    return [_heading(words.say(f"group.{group}")), *lines, Content()] if lines else []


def _heading(text: str) -> Content:
    return Content.styled(text, "bold")


def _line(keys: str, tells: str, width: int) -> list[Content]:
    """Return what `keys` do, wrapped beside them to `width` cells."""
    aside = min(max(width // 4, _KEYS_WIDTHS[0]), _KEYS_WIDTHS[1])
    wrapped = Content(tells).wrap(max(width - aside, 8))
    heads = [Content.styled(fit(keys, aside - 1) + " ", "$text-accent")]
    heads += [Content(" " * aside)] * (len(wrapped) - 1)
    return [head + line for head, line in zip(heads, wrapped, strict=True)]
