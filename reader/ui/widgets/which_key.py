"""The typed beginning of a command, and the keys that complete it."""

from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from reader.ui.commands.key_map import continuations, printed
from reader.ui.state.panes import Pane
from reader.ui.state.pending import Pending
from reader.ui.typeset.text import SEPARATOR
from reader.ui.widgets.lines import Line, line_width

# A reader who goes on at once needs no hint.
_HINT_SECONDS = 0.3


class WhichKey(Widget):
    """Shows what is pending, a moment after it was typed, and what may follow in `pane`."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"which--typed", "which--key", "which--label"}

    pending: reactive[Pending] = reactive(Pending(), layout=True)
    pane: reactive[Pane] = reactive("list")

    def __init__(self) -> None:
        super().__init__()
        self._moment: Timer | None = None

    def watch_pending(self, pending: Pending) -> None:
        """Appear after a moment, and disappear at once."""
        if self._moment is not None:
            self._moment.stop()
            self._moment = None
        if not pending:
            self.display = False
        elif not self.display:
            self._moment = self.set_timer(_HINT_SECONDS, self._appear)

    def _appear(self) -> None:
        self.display = True

    def render(self) -> Content:
        """Return what was typed and the keys that go on, on as many lines as they need."""
        lines = hint_lines(self.pane, self.pending, self.content_size.width or self.app.size.width)
        styles = {
            part: self.get_visual_style(f"which--{part}") for part in ("typed", "key", "label")
        }
        shown = (
            Content.assemble(*((text, styles.get(part, "")) for text, part in line))
            for line in lines
        )
        return Content("\n").join(shown)


def hint_lines(pane: Pane, pending: Pending, width: int) -> list[Line]:
    """Return the lines, of at most `width` cells, that tell what is pending in `pane`."""
    typed = f"{pending.count or ''}{printed(pending.prefix)}"
    lines: list[Line] = [[(typed, "typed")]]
    if not pending.prefix:
        return lines
    room = width - cell_len(typed)
    gap, indent = "  ", " " * cell_len(typed)
    for stroke, command in continuations(pane, pending.prefix):
        key: Line = [(gap, "gap"), (printed(stroke), "key"), (f" {command.label}", "label")]
        needed = line_width(key)
        if needed > room and len(lines[-1]) > 1:
            lines.append([(indent, "gap")])
            room = width - cell_len(indent)
            gap = "  "
        lines[-1] += key
        room -= needed + cell_len(SEPARATOR)
        gap = SEPARATOR
    return lines
