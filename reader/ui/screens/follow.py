"""The sections of all sources, to choose those whose news is fetched."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reader.errors import Reason
from reader.model import Following
from reader.text.sanitize import clean_line
from reader.ui import words
from reader.ui.commands.table import bindings_of
from reader.ui.controllers.program import Follow
from reader.ui.screens.dialog import DialogScreen
from reader.ui.typeset.text import SEPARATOR
from reader.ui.widgets.key_bar import KeyBar

_FOLLOWED, _NOT_FOLLOWED = "[x]", "[ ]"


class FollowScreen(DialogScreen[None]):
    """Shows the sections with a box each; what is chosen is stored at once.

    `failures` has the reason of each section whose page could not be fetched, by its address.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("follow")

    def __init__(
        self, followings: Sequence[Following], failures: Mapping[str, Reason], follow: Follow
    ) -> None:
        super().__init__()
        self._sections = [each.section for each in followings]
        self._followed = [each.followed for each in followings]
        self._failures = failures
        self._names = Counter(section.name for section in self._sections)
        self._follow = follow

    def compose(self) -> ComposeResult:
        """Lay out the sections below a heading, with what else there is to know."""
        with Vertical(id="follow"):
            yield Static(Content(words.say("follow.title")), id="follow-title")
            options = (Option(self._line(number)) for number in range(len(self._sections)))
            yield OptionList(*options, id="follow-sections")
            yield Static(Content(words.say("follow.hint")), id="follow-hint")
        yield KeyBar("follow")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Follow the section at the cursor, or no longer."""
        number = event.option_index
        followed = not self._followed[number]
        if self._follow(self._sections[number], followed):
            self._followed[number] = followed
            event.option_list.replace_option_prompt_at_index(number, self._line(number))

    def _line(self, number: int) -> Content:
        section = self._sections[number]
        box = _FOLLOWED if self._followed[number] else _NOT_FOLLOWED
        name = clean_line(section.name)
        if self._names[section.name] > 1:
            name = f"{name} ({clean_line(section.source)})"
        why = self._failures.get(section.url)
        reason = words.reason_text(why) if why else ""
        return Content.assemble(
            (f"{box} {name}", ""),
            (f"{SEPARATOR}{reason}" if reason else "", "$foreground 85%"),
        )
