"""Asks for the name of the file that an article is written to, or for the folder of several."""

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
from reader.ui.article_file import (
    free_path,
    is_folder,
    shown_path,
    typed_folder,
    typed_path,
)
from reader.ui.commands.bindings import bindings_of
from reader.ui.controllers.program import Write
from reader.ui.screens.dialog import DialogScreen
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.typed_line import TypedLine


class ExportScreen(DialogScreen[Path | None]):
    """Shows the name of the file, and why it cannot be used; returns the path that was written.

    With a `count`, that many files are written to a folder, whose name it asks for.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("export")

    def __init__(self, proposed: Path, write: Write, count: int | None = None) -> None:
        super().__init__()
        self._proposed = proposed
        self._write = write
        self._count = count

    def compose(self) -> ComposeResult:
        """Lay out the name below a heading, with an explanation."""
        with Vertical(id="export"):
            yield Static(Content(self._title), id="export-title")
            yield TypedLine(shown_path(self._proposed))
            yield Static(id="export-tells")
            hint = "export.hint" if self._count is None else "export.folder-hint"
            yield Static(Content(wording.say(hint)), id="export-hint")
        yield KeyBar("export")

    @property
    def _title(self) -> str:
        if self._count is None:
            return wording.say("export.title")
        return wording.say("export.folder-title", count=self._count)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show whether the name can be used as it is."""
        try:
            self._tell(self._remark(clean_line(event.value)))
        except ReaderError as error:
            self._tell(wording.reason_text(error), wrong=True)

    def _remark(self, typed: str) -> str:
        """Return what will differ from the typed name, or be made for it; raises ReaderError."""
        if self._count is not None:
            return "" if is_folder(typed_folder(typed)) else wording.say("export.new-folder")
        path = typed_path(typed)
        free = free_path(path)
        return "" if free == path else wording.say("export.exists", name=free.name)

    def choose(self) -> None:
        """Write the file, or show why that is not possible."""
        typed = clean_line(self.query_one(Input).value)
        try:
            path = typed_path(typed) if self._count is None else typed_folder(typed)
            self.dismiss(self._write(path))
        except ReaderError as error:
            self._tell(wording.reason_text(error), wrong=True)

    def _tell(self, text: str, *, wrong: bool = False) -> None:
        tells = self.query_one("#export-tells", Static)
        tells.set_class(wrong, "-wrong")
        tells.update(Content(clean_line(text)))
