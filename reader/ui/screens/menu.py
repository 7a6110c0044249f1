"""A menu: a few items to choose from, in the middle of the screen or at the mouse."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.geometry import Offset
from textual.timer import Timer
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reader.text.sanitize import clean_line
from reader.ui.commands.bindings import bindings_of
from reader.ui.screens.dialog import DialogScreen
from reader.ui.state.values import NamedChoice
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.options import Options

_PRESENT, _OTHER = "● ", "  "
_GAP = 3
# Border and padding of the box (cells), its scrollbar, and the sign of the cursor.
_EDGES = 7
_REST_SECONDS = 0.15


class MenuScreen(DialogScreen[int | None]):
    """Shows names, one of which may be set already; returns the index of the chosen one.

    It is placed at the cell `at` of the screen, if given. Once the cursor rests on another name,
    `rested` is called with its index.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("menu")

    def __init__(
        self,
        title: str,
        choices: Sequence[NamedChoice],
        *,
        at: Offset | None = None,
        rested: Callable[[int], object] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._at = at
        self._rested = rested
        self._timer: Timer | None = None
        self._marks = any(each.is_set for each in choices)

    def compose(self) -> ComposeResult:
        """Lay out the names below a heading."""
        with Vertical(id="menu"):
            if self._title:
                yield Static(Content(self._title), id="menu-title")
            yield Options(*(Option(line) for line in self._lines()), id="menu-options")
        yield KeyBar("menu")

    def on_mount(self) -> None:
        """Put the cursor on the present name, and the menu at the mouse."""
        options = self.query_one(OptionList)
        present = (place for place, each in enumerate(self._choices) if each.is_set)
        options.highlighted = next(present, 0) if self._choices else None
        options.focus()
        if self._at is not None:
            self._put_at(self._at)

    def _put_at(self, at: Offset) -> None:
        box = self.query_one(Vertical)
        width = max(map(cell_len, (line.plain for line in self._lines())), default=0) + _EDGES
        height = len(self._choices) + 2
        screen = self.app.size
        box.add_class("-at")
        self.styles.align = ("left", "top")
        box.styles.width = min(width, screen.width)
        box.styles.offset = (
            max(min(at.x, screen.width - width), 0),
            max(min(at.y, screen.height - 1 - height), 0),
        )

    def _lines(self) -> list[Content]:
        names = [f"{self._sign(each)}{clean_line(each.name)}" for each in self._choices]
        widest = max(map(cell_len, names), default=0) + _GAP
        return [
            Content.assemble(name, (" " * (widest - cell_len(name)) + each.detail, "$quiet"))
            if each.detail
            else Content(name)
            for name, each in zip(names, self._choices, strict=True)
        ]

    def _sign(self, choice: NamedChoice) -> str:
        return "" if not self._marks else _PRESENT if choice.is_set else _OTHER

    def on_click(self, event: Click) -> None:
        """Close when the mouse is clicked beside the menu."""
        if event.widget is self:
            self.close()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Call `rested` once the cursor rests."""
        if self._timer is not None:
            self._timer.stop()
        if self._rested is not None:
            rested, place = self._rested, event.option_index
            self._timer = self.set_timer(_REST_SECONDS, lambda: rested(place))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the index of the name."""
        if self._timer is not None:
            self._timer.stop()
        self.dismiss(event.option_index)
