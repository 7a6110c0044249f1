"""A name to type or to choose: a tag, something to mute, the name of a saved search."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.commands.bindings import bindings_of
from reader.ui.controllers.program import NameKind
from reader.ui.screens.dialog import DialogScreen
from reader.ui.state.values import NamedChoice
from reader.ui.typeset.text import SEPARATOR
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.options import Options
from reader.ui.widgets.typed_line import TypedLine

_SET, _UNSET = "[x] ", "[ ] "


class NamesScreen(DialogScreen[str | None]):
    """Shows the names that contain the typed text; returns the chosen one, else the typed text.

    Where there is no name yet, it tells how the first is made.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("names")

    def __init__(self, kind: NameKind, choices: Sequence[NamedChoice]) -> None:
        super().__init__()
        self._kind = kind
        self._choices = choices
        self._shown: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out the input line above the names."""
        with Vertical(id="names"):
            yield Static(Content(wording.say(f"names.{self._kind}-title")), id="names-title")
            yield TypedLine(placeholder=wording.say(f"names.{self._kind}-hint"))
            options = Options(id="names-list")
            # Typed text always goes here, to filter the names.
            options.can_focus = False
            yield options
        yield KeyBar("names")

    def on_mount(self) -> None:
        """Show all names."""
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the names with the typed text, below that text itself if it is a new one."""
        self._show(clean_line(event.value))

    def _show(self, typed: str) -> None:
        found = [each for each in self._choices if typed.casefold() in each.name.casefold()]
        self._shown = [each.name for each in found]
        lines = [_line(each) for each in found]
        if typed and typed.casefold() not in [each.casefold() for each in self._shown]:
            self._shown.insert(0, typed)
            lines.insert(0, Content(wording.say("names.new", name=typed)))
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(line) for line in lines])
        if not lines:
            first = wording.say(f"names.{self._kind}-first")
            options.add_option(Option(Content(first), disabled=True))
        options.highlighted = 0 if lines else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the name that was chosen."""
        if event.option_index < len(self._shown):
            self.dismiss(self._shown[event.option_index])


def _line(choice: NamedChoice) -> Content:
    detail = f"{SEPARATOR}{clean_line(choice.detail)}" if choice.detail else ""
    sign = _SET if choice.is_set else _UNSET
    return Content.assemble(sign, clean_line(choice.name), (detail, "$quiet"))
