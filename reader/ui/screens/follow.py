"""The sections of the site, to choose those whose news is fetched."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reader.model import Following
from reader.text.sanitize import clean_line
from reader.ui import words
from reader.ui.commands.table import bindings_of
from reader.ui.controllers.program import Follow
from reader.ui.reasons import reason_text
from reader.ui.screens.dialog import DialogScreen
from reader.ui.typeset.text import SEPARATOR
from reader.ui.widgets.key_bar import KeyBar

_FOLLOWED, _NOT_FOLLOWED = "[x]", "[ ]"


class FollowScreen(DialogScreen[None]):
    """Shows the sections with a box each; what is chosen is stored at once.

    `failures` has the reason of each section whose page could not be had, by its address.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("follow")

    def __init__(
        self, followings: Sequence[Following], failures: Mapping[str, str], follow: Follow
    ) -> None:
        super().__init__()
        self._followed = {each.section.name: each.followed for each in followings}
        self._reasons = {each.section.name: failures.get(each.section.url) for each in followings}
        self._follow = follow

    def compose(self) -> ComposeResult:
        """Lay out the sections below a heading, with what else there is to know."""
        with Vertical(id="follow"):
            yield Static(Content(words.say("follow.title")), id="follow-title")
            options = (Option(self._line(name)) for name in self._followed)
            yield OptionList(*options, id="follow-sections")
            yield Static(Content(words.say("follow.hint")), id="follow-hint")
        yield KeyBar("follow")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Follow the section at the cursor, or no longer."""
        name = list(self._followed)[event.option_index]
        followed = not self._followed[name]
        if self._follow(name, followed):
            self._followed[name] = followed
            event.option_list.replace_option_prompt_at_index(event.option_index, self._line(name))

    def _line(self, name: str) -> Content:
        box = _FOLLOWED if self._followed[name] else _NOT_FOLLOWED
        reason = reason_text(self._reasons[name] or "")
        return Content.assemble(
            (f"{box} {clean_line(name)}", ""),
            (f"{SEPARATOR}{reason}" if reason else "", "$foreground 85%"),
        )
