"""Asks for one line of text: the address of a feed, its name, its group."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.commands.bindings import bindings_of
from reader.ui.controllers.program import Ask
from reader.ui.screens.dialog import DialogScreen
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.typed_line import TypedLine


class AskScreen(DialogScreen[str | None]):
    """Shows an input line below the question; returns the typed or pasted text."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("ask")

    def __init__(self, what: Ask, proposed: str) -> None:
        super().__init__()
        self._what = what
        self._proposed = proposed

    def compose(self) -> ComposeResult:
        """Lay out the input line below a heading, with an explanation."""
        with Vertical(id="ask"):
            yield Static(Content(wording.say(f"ask.{self._what}")), id="ask-title")
            yield TypedLine(self._proposed)
            yield Static(Content(wording.say(f"ask.{self._what}-hint")), id="ask-hint")
        yield KeyBar("ask")

    def on_mount(self) -> None:
        """Select the proposed text, so that typing replaces it."""
        line = self.query_one(Input)
        line.selection = Selection(0, len(line.value))

    def choose(self) -> None:
        """Return the line."""
        self.dismiss(clean_line(self.query_one(Input).value))
