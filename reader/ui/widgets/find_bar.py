"""The bar in place of the key bar, for typing the text to find in the article."""

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from reader.ui import wording
from reader.ui.commands.bindings import bindings_of
from reader.ui.commands.table import Command
from reader.ui.messages import RIGHT
from reader.ui.state.matches import Finding, Sought
from reader.ui.widgets.filter_bar import WordsBar
from reader.ui.widgets.headline_lines import Line, line_width, piece_at
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.key_bar_line import fitting_keys, key_line

# The minimum width of the input (cells); the keys are dropped to keep it.
_LEAST_TYPED = 14
_GAP = "  "
# A terminal narrower than this (cells) has the short label, which leaves room for a key.
_WITH_WHOLE_LABEL = 60


def _label(width: int) -> str:
    """Return the label of the bar in a terminal of this width (cells)."""
    return wording.say("find.title" if width >= _WITH_WHOLE_LABEL else "find.short")


class FindInput(WordsBar):
    """Posts Asked at every key."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("find")

    class Asked(Message):
        """The text to find changed."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    def __init__(self) -> None:
        super().__init__("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Post Asked."""
        event.stop()
        self.post_message(self.Asked(self.words))


class FindLabel(Widget):
    """The label of the bar, before the input."""

    def get_content_width(self, *_: object) -> int:
        """Return the width of its words."""
        return cell_len(self._text)

    def render(self) -> Content:
        """Return the words."""
        return Content(self._text)

    @property
    def _text(self) -> str:
        return f" {_label(self.screen.size.width)}"


class FindTail(Widget):
    """The number of the present match, the number of matches, and the keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"find--key", "find--label", "find--place"}

    sought: reactive[Sought] = reactive(Sought(), layout=True)
    finding: reactive[Finding] = reactive(Finding(), layout=True)

    def get_content_width(self, *_: object) -> int:
        """Return the width of the text, and of the keys that fit."""
        return line_width(self._line())

    def render(self) -> Content:
        """Return the count and the keys."""
        parts = ("key", "label", "place")
        styles = {part: self.get_visual_style(f"find--{part}") for part in parts}
        return Content.assemble(*((text, styles.get(part, "")) for text, part in self._line()))

    def on_click(self, event: Click) -> None:
        """Run the command whose key is under the mouse."""
        place: tuple[Command | None, Line] = (None, [(self._place + _GAP, "place")])
        command = piece_at([place, *fitting_keys("find", self._room)], event.x)
        if command is not None and event.button != RIGHT:
            self.post_message(KeyBar.Pressed(command))

    @property
    def _place(self) -> str:
        if self.finding.count:
            number = self.finding.current + 1
            return wording.say("find.place", number=number, count=self.finding.count)
        return wording.say("find.none") if self.sought else ""

    @property
    def _room(self) -> int:
        width = self.screen.size.width
        texts = cell_len(_label(width)) + cell_len(self._place) + 2 * len(_GAP)
        return max(width - _LEAST_TYPED - texts, 0)

    def _line(self) -> Line:
        return [(self._place + _GAP, "place"), *key_line("find", self._room)]


class FindBar(Horizontal):
    """The whole bar: its label, the input, and the result."""

    def __init__(self, typed: FindInput) -> None:
        super().__init__()
        self.typed = typed
        self.tail = FindTail()

    def compose(self) -> ComposeResult:
        """Yield its three parts."""
        yield FindLabel()
        yield self.typed
        yield self.tail
