"""The typed beginning of a command, and the keys that complete it."""

from collections.abc import Sequence
from math import ceil
from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from reader.ui.commands.key_map import continuations, printed
from reader.ui.commands.table import Command
from reader.ui.messages import RIGHT
from reader.ui.state.linking import Linking
from reader.ui.state.panes import Pane
from reader.ui.state.pending import Pending
from reader.ui.widgets.headline_lines import Line, line_width, piece_at

# A reader who types on at once needs no hint.
_HINT_SECONDS = 0.3
# The gaps after the typed strokes, and between columns (cells).
_INDENT, _BETWEEN = 2, 3
# A line in pieces, each with the command that it runs.
Pieces = list[tuple[Command | None, Line]]


class WhichKey(Widget):
    """Shows a pending prefix, a moment after it was typed, and its continuations in `pane`.

    While links have numbers, a notice shows the digits that were typed.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"which--typed", "which--key", "which--label"}

    pending: reactive[Pending] = reactive(Pending(), layout=True)
    pane: reactive[Pane] = reactive("list")
    linking: reactive[Linking] = reactive(Linking(), repaint=False)

    class Pressed(Message):
        """The reader clicked on a key that continues the command."""

        def __init__(self, command: Command) -> None:
            self.command = command
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._moment: Timer | None = None

    def watch_pending(self, pending: Pending) -> None:
        """Appear after a moment, and disappear at once."""
        if self._moment is not None:
            self._moment.stop()
            self._moment = None
        if not pending or (self.linking and not pending.prefix):
            self.display = False
        elif not self.display:
            self._moment = self.set_timer(_HINT_SECONDS, self._appear)

    def _appear(self) -> None:
        self.display = True

    def render(self) -> Content:
        """Return the typed strokes and the keys that continue them, on as many lines as needed."""
        styles = {
            part: self.get_visual_style(f"which--{part}") for part in ("typed", "key", "label")
        }
        shown = (
            Content.assemble(
                *((text, styles.get(part, "")) for _, line in pieces for text, part in line)
            )
            for pieces in self._lines
        )
        return Content("\n").join(shown)

    @property
    def _lines(self) -> list[Pieces]:
        width = self.content_size.width or self.app.size.width
        return hint_lines(self.pane, self.pending, width)

    def on_click(self, event: Click) -> None:
        """Run the command whose key is under the mouse."""
        offset = event.get_content_offset(self)
        lines = self._lines
        if offset is None or event.button == RIGHT or offset.y >= len(lines):
            return
        command = piece_at(lines[offset.y], offset.x)
        if command is not None:
            self.post_message(self.Pressed(command))


def hint_lines(pane: Pane, pending: Pending, width: int) -> list[Pieces]:
    """Return the lines, of at most `width` cells, that show the pending strokes in `pane`.

    The keys that continue them are listed in columns, from the top down, in as many as fit.
    """
    typed = f"{pending.count or ''}{printed(pending.prefix)}"
    keys: list[tuple[Command, Line]] = (
        [
            (command, [(printed(stroke), "key"), (f" {command.label}", "label")])
            for stroke, command in continuations(pane, pending.prefix)
        ]
        if pending.prefix
        else []
    )
    indent = cell_len(typed) + _INDENT
    columns = _columns([line_width(line) for _, line in keys], width - indent)
    lines: list[Pieces] = []
    for row in range(max(len(columns[0]) if columns else 0, 1)):
        lead: Line = [((typed if row == 0 else "").ljust(indent), "typed")]
        pieces: Pieces = [(None, lead)]
        for column in columns:
            if row < len(column):
                command, line = keys[column[row]]
                widest = max(line_width(keys[each][1]) for each in column)
                gap = " " * (widest - line_width(line) + _BETWEEN)
                pieces += [(command, line), (None, [(gap, "gap")])]
        lines.append(pieces)
    return lines


def _columns(widths: Sequence[int], room: int) -> list[range]:
    """Return the indices of items of these widths by column, in as many columns as fit."""
    count = len(widths)
    for number in range(count, 0, -1):
        height = ceil(count / number)
        columns = [range(start, min(start + height, count)) for start in range(0, count, height)]
        needed = sum(max(widths[each] for each in column) + _BETWEEN for column in columns)
        if needed - _BETWEEN <= room or number == 1:
            return columns
    return []
