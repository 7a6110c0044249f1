"""The command palette: Textual's own, with the keys of its commands in a bar below it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.widgets import Input

from reader.ui.commands.bindings import bindings_of
from reader.ui.widgets.key_bar import KeyBar


class PaletteScreen(CommandPalette):
    """Finds a command by its name, and runs the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("palette")

    # Whether the cursor moved to a command since the last typed key.
    is_choosing = False

    def compose(self) -> ComposeResult:
        """Lay out the palette above its keys."""
        yield from super().compose()
        yield KeyBar("palette")

    def choose(self) -> None:
        """Run the command at the cursor, or the first one."""
        self.call_next(self.query_one(Input).action_submit)

    def choose_all(self) -> None:
        """Do nothing: only one command is run."""

    def begin_filter(self) -> None:
        """Do nothing: what is typed always filters the commands."""

    def settle_filter(self) -> None:
        """Do nothing: the cursor goes to the commands from the typed words as well."""

    def move(self, rows: int) -> None:
        """Move the cursor by `rows`."""
        self.is_choosing = True
        action = "cursor_down" if rows > 0 else "command_list('cursor_up')"
        for _ in range(abs(rows)):
            self.call_next(self.run_action, action)

    def page(self, pages: int) -> None:
        """Move the cursor by `pages` screenfuls of rows."""
        self.is_choosing = True
        action = "page_down" if pages > 0 else "page_up"
        for _ in range(abs(pages)):
            self.call_next(self.run_action, f"command_list('{action}')")

    @on(Input.Changed)
    def _go_to_words(self) -> None:
        self.is_choosing = False

    def close(self) -> None:
        """Close without doing anything."""
        self.call_next(self.run_action, "escape")
