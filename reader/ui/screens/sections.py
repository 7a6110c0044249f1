"""The list of all sections with their counts, to choose one."""

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
from reader.ui.screens.dialog import DialogScreen
from reader.ui.state.values import View, ViewChoice
from reader.ui.typeset.text import SEPARATOR
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.options import Options
from reader.ui.widgets.typed_line import TypedLine


class SectionsScreen(DialogScreen[View | None]):
    """Shows the views that contain all typed words; returns the chosen one, or None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("sections")

    def __init__(self, choices: Sequence[ViewChoice], present: View) -> None:
        super().__init__()
        self._choices = choices
        self._present = present
        self._shown: Sequence[ViewChoice] = ()

    def compose(self) -> ComposeResult:
        """Lay out the input line above the sections."""
        with Vertical(id="sections"):
            yield Static(Content(wording.say("sections.title")), id="sections-title")
            yield TypedLine(placeholder=wording.say("sections.filter"))
            options = Options(id="sections-views")
            # Typed text always goes here, to filter the sections.
            options.can_focus = False
            yield options
        yield KeyBar("sections")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the sections with these words, starting at the one that is open."""
        wanted = event.value.casefold().split()
        self._shown = [
            each for each in self._choices
            if all(word in each.view.name.casefold() for word in wanted)
        ]  # fmt: skip
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(_line(each)) for each in self._shown)
        views = [each.view for each in self._shown]
        present = views.index(self._present) if self._present in views else 0
        options.highlighted = present if views else None
        if not views:
            options.add_option(Option(Content(wording.say("sections.nothing")), disabled=True))

    def on_mount(self) -> None:
        """Show all sections."""
        self.on_input_changed(Input.Changed(self.query_one(Input), ""))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the chosen section."""
        if event.option_index < len(self._shown):
            self.dismiss(self._shown[event.option_index].view)


def _line(choice: ViewChoice) -> Content:
    counts = choice.counts
    line = wording.say("status.unread-of", unread=counts.unread, total=counts.total)
    if choice.age:
        line = f"{line}{SEPARATOR}{choice.age}"
    if choice.failure:
        line = f"{line}{SEPARATOR}{wording.reason_text(choice.failure)}"
    indent = "  " * choice.depth
    style = "bold" if counts.unread else ""
    return Content.assemble(
        (indent + clean_line(choice.view.name), style), (f"{SEPARATOR}{line}", "$quiet")
    )
