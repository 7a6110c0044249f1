"""A blank Textual application to compare the reader with: one line that answers a key."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive
from textual.widgets import Static

READY, ANSWERED = "blank 0", "blank 1"


class Blank(App[None]):
    """Counts how often `j` was pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [("j", "count"), ("q", "quit")]
    count = reactive(0)

    def compose(self) -> ComposeResult:
        """Lay out the one line."""
        yield Static("blank 0")

    def watch_count(self, count: int) -> None:
        """Show the count."""
        self.query_one(Static).update(f"blank {count}")

    def action_count(self) -> None:
        """Count one key more."""
        self.count += 1


if __name__ == "__main__":
    Blank().run()
