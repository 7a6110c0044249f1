"""The help screen: every command with its keys and what it does, from the command table."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reader.ui import wording
from reader.ui.commands.bindings import bindings_of
from reader.ui.commands.key_map import all_commands, command_of, is_offered, key_names, keys_of
from reader.ui.commands.key_names import key_of
from reader.ui.commands.table import GROUPS, Command, where_text
from reader.ui.screens.dialog import DialogScreen
from reader.ui.state.panes import SCOPES_OF, Pane
from reader.ui.typeset.text import fit
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.options import Options
from reader.ui.widgets.typed_line import TypedLine

_KEYS_WIDTHS = (9, 16)
_BETWEEN_KEYS = "  "
_LEGEND = (
    ("●", "legend.unread"),
    ("○", "legend.headline-only"),
    ("✕", "legend.failed"),
    ("★", "legend.saved"),
    ("≈", "legend.approximate"),
)


class HelpScreen(DialogScreen[Command | None]):
    """Shows the commands, those of `pane` first, filtered by typed text; returns the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("help")

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self._pane = pane
        self._here = SCOPES_OF[pane][0]

    def compose(self) -> ComposeResult:
        """Lay out the filter above the commands."""
        with Vertical(id="help"):
            yield Static(Content(wording.say("help.title")), id="help-title")
            yield TypedLine(placeholder=wording.say("help.filter"))
            commands = Options(id="help-commands")
            # Typed text always goes here, to filter the commands.
            commands.can_focus = False
            yield commands
        yield KeyBar("help")

    def on_resize(self) -> None:
        """Lay the commands out for the new width."""
        self.call_after_refresh(self._show)

    def on_input_changed(self) -> None:
        """Show the commands that match what was typed."""
        self._show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close, and run the chosen command."""
        if chosen := command_of(event.option_id):
            self.dismiss(chosen)

    @property
    def _list(self) -> Options:
        return self.query_one(Options)

    def _show(self) -> None:
        typed = self.query_one(Input).value.strip()
        width = self._list.text_width
        options = list(self._options(list(_matching(typed)), width))
        if not typed:
            options += _legend(width)
        self._list.clear_options()
        self._list.add_options(options or [_text(wording.say("help.nothing"))])
        self._list.action_first()

    def _options(self, commands: Iterable[Command], width: int) -> Iterator[Option]:
        """Yield the commands below their headings."""
        commands = list(commands)
        here = [command for command in commands if command.scope == self._here]
        if here:
            where = where_text(self._here)
            yield _heading(wording.say("help.here", where=where), first=True)
            yield from (self._option(command, width, tells_where=False) for command in here)
        for number, group in enumerate(GROUPS):
            others = [each for each in commands if each.group == group and each not in here]
            if others:
                yield _heading(wording.say(f"group.{group}"), first=not here and not number)
                yield from (self._option(command, width, tells_where=True) for command in others)

    def _option(self, command: Command, width: int, *, tells_where: bool) -> Option:
        where = where_text(command.scope) if tells_where else ""
        tells = f"{command.help}  ({where})" if where else command.help
        shown = _lines(key_names(command), tells, width)
        return Option(shown, command.id, disabled=not is_offered(command, self._pane))


def _matching(typed: str) -> Iterator[Command]:
    """Yield the commands that have the typed key, or else all that match the words."""
    if key := key_of(typed):
        having = [each for each in all_commands() if key in keys_of(each)]
        if having:
            yield from having
            return
    wanted = typed.casefold().split()
    for command in all_commands():
        names = [*key_names(command), *keys_of(command), command.id]
        text = f"{command.label} {command.help} {' '.join(names)}".casefold()
        if all(word in text for word in wanted):
            yield command


def _legend(width: int) -> list[Option]:
    signs = (_text(_lines([sign], wording.say(tells), width)) for sign, tells in _LEGEND)
    return [_heading(wording.say("help.legend")), *signs]


def _heading(text: str, *, first: bool = False) -> Option:
    return _text(Content("" if first else "\n") + Content.styled(text, "bold"))


def _text(text: Content | str) -> Option:
    return Option(Content(text) if isinstance(text, str) else text, disabled=True)


def _lines(keys: Sequence[str], tells: str, width: int) -> Content:
    """Return the effect of `keys`, wrapped beside them to `width` cells; no key is cut."""
    usual = min(max(width // 4, _KEYS_WIDTHS[0]), _KEYS_WIDTHS[1])
    aside = max(usual, *(cell_len(key) + 1 for key in keys), 0)
    wrapped = Content(tells).wrap(max(width - aside, 8))
    beside = zip_longest(_stacked(keys, aside - 1), wrapped, fillvalue=None)
    return Content("\n").join(
        Content.styled(fit(head or "", aside), "$text-accent") + (line or "")
        for head, line in beside
    )


def _stacked(keys: Sequence[str], room: int) -> list[str]:
    """Return the keys on as few lines of at most `room` cells as possible."""
    lines: list[str] = []
    for key in keys:
        if lines and cell_len(longer := f"{lines[-1]}{_BETWEEN_KEYS}{key}") <= room:
            lines[-1] = longer
        else:
            lines.append(key)
    return lines
