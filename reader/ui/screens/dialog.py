"""The common base of the dialogs: their commands work on the single list that they show."""

from typing import ClassVar, TypeVar

from textual import on
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from reader.ui.commands.bindings import bindings_over_dialogs

_Result = TypeVar("_Result")


class DialogScreen(ModalScreen[_Result]):
    """A dialog that may have a list of options; it closes with the chosen value, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_over_dialogs()

    # Whether the cursor moved to an option since the last typed key.
    is_choosing = False

    def choose(self) -> None:
        """Carry out the dialog; by default, choose the option at the cursor."""
        self.query_one(OptionList).action_select()

    def choose_all(self) -> None:
        """Choose everything; by default there is nothing to choose but the options."""

    def begin_filter(self) -> None:
        """Show the line that filters the options; by default it is always there, or never."""

    def settle_filter(self) -> None:
        """Go to the options that are left; by default there is nothing to leave."""

    def move(self, rows: int) -> None:
        """Move the cursor by `rows`."""
        options = self._options_to_choose()
        for _ in range(abs(rows)):
            if rows > 0:
                options.action_cursor_down()
            else:
                options.action_cursor_up()

    def page(self, pages: int) -> None:
        """Move the cursor by `pages` screenfuls of rows; scroll on where it can go no further."""
        options = self._options_to_choose()
        for _ in range(abs(pages)):
            before = options.highlighted
            if pages > 0:
                options.action_page_down()  # type: ignore[no-untyped-call]
            else:
                options.action_page_up()  # type: ignore[no-untyped-call]
            if options.highlighted in (before, None):
                options.highlighted = before
                # Below the last option there may be text that cannot be chosen.
                scroll = options.scroll_end if pages > 0 else options.scroll_home
                scroll(animate=False)

    def _options_to_choose(self) -> OptionList:
        """Return the options, which the cursor goes to from a line in which words are typed."""
        options = self.query_one(OptionList)
        if not self.is_choosing:
            self.is_choosing = True
            # The terminal's cursor goes along with a paint, also if there is only one option.
            options.refresh()
        return options

    @on(Input.Changed)
    def _typed(self) -> None:
        self.is_choosing = False

    def close(self) -> None:
        """Close without doing anything."""
        self.dismiss(None)
