"""The input line of a dialog."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class TypedLine(Input, inherit_bindings=False):
    """An input that leaves Enter to its dialog, whose command may have another key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        each for each in Input.BINDINGS if isinstance(each, Binding) and each.action != "submit"
    ]

    def __init__(self, value: str = "", *, placeholder: str = "") -> None:
        super().__init__(value, placeholder=placeholder, compact=True, select_on_focus=False)
        self.cursor_blink = False
