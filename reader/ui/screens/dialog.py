"""What the dialogs have in common: their commands work on the one list that they show."""

from typing import TypeVar

from textual.screen import ModalScreen
from textual.widgets import OptionList

_Result = TypeVar("_Result")


class DialogScreen(ModalScreen[_Result]):
    """A dialog that may have a list of options; it closes with what was chosen, or with None."""

    def choose(self) -> None:
        """Carry out the dialog; by default, choose the option at the cursor."""
        self.query_one(OptionList).action_select()

    def choose_all(self) -> None:
        """Choose all that there is to choose; by default there is nothing but the options."""

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""
        options = self.query_one(OptionList)
        for _ in range(abs(rows)):
            if rows > 0:
                options.action_cursor_down()
            else:
                options.action_cursor_up()

    def page(self, pages: int) -> None:
        """Move the cursor by views of rows."""
        options = self.query_one(OptionList)
        for _ in range(abs(pages)):
            if pages > 0:
                options.action_page_down()  # type: ignore[no-untyped-call]
            else:
                options.action_page_up()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Close without doing anything."""
        self.dismiss(None)
