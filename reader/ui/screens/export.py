"""Asks for the name of the file that an article is written to."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.errors import ReaderError
from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.article_file import free_path, shown_path, typed_path
from reader.ui.commands.bindings import bindings_of
from reader.ui.controllers.program import Write
from reader.ui.screens.dialog import DialogScreen
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.typed_line import TypedLine


class ExportScreen(DialogScreen[Path | None]):
    """Shows the name of the file, and why it cannot be used; returns the path that was written."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("export")

    def __init__(self, proposed: Path, write: Write) -> None:
        super().__init__()
        self._proposed = proposed
        self._write = write

    def compose(self) -> ComposeResult:
        """Lay out the name below a heading, with an explanation."""
        with Vertical(id="export"):
            yield Static(Content(wording.say("export.title")), id="export-title")
            yield TypedLine(shown_path(self._proposed))
            yield Static(id="export-tells")
            yield Static(Content(wording.say("export.hint")), id="export-hint")
        yield KeyBar("export")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show whether the name can be used as it is."""
        try:
            path = typed_path(clean_line(event.value))
            free = free_path(path)
        except ReaderError as error:
            self._tell(wording.reason_text(error), wrong=True)
        else:
            self._tell("" if free == path else wording.say("export.exists", name=free.name))

    def choose(self) -> None:
        """Write the file, or show why that is not possible."""
        try:
            self.dismiss(self._write(typed_path(clean_line(self.query_one(Input).value))))
        except ReaderError as error:
            self._tell(wording.reason_text(error), wrong=True)

    def _tell(self, text: str, *, wrong: bool = False) -> None:
        tells = self.query_one("#export-tells", Static)
        tells.set_class(wrong, "-wrong")
        tells.update(Content(clean_line(text)))
