"""Pure drawing of the rule above a pane: labels from its beginning, and a figure near its end."""

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len

from reader.ui.typeset.text import fit
from reader.ui.widgets.headline_lines import Line

THIN, HEAVY = "─", "━"
BACKWARD, ONWARD = "‹", "›"
# Between a label and the beginning, and between the figure and the end (cells).
_BEFORE, AFTER = 1, 2
_LEAST_LABEL = 6


class RuleText(Struct, frozen=True):
    """A text in a rule, from the cell `x` on; `strong` if it belongs to the focused pane.

    The first of `shorter` that fits is shown if there is no room for the text.
    """

    text: str
    x: int = 0
    strong: bool = False
    shorter: tuple[str, ...] = ()

    def in_room(self, room: int) -> str:
        """Return the fullest text that fits into `room` cells; the last is cut if none does."""
        texts = (self.text, *self.shorter)
        return next((each for each in texts if cell_len(each) <= room), fit(texts[-1], room))


def rule_line(
    labels: Sequence[RuleText], figure: str, width: int, *, focused: bool, accent: bool = False
) -> Line:
    """Return the rule, exactly `width` cells; heavy if the pane has the focus.

    A figure that does not fit beside the last label is left out. With `accent`, a strong label has
    the accent colour.
    """
    stroke, part = (HEAVY, "focus") if focused else (THIN, "rule")
    ending = f" {figure} " if figure else ""
    end = width - AFTER - cell_len(ending) if ending else width
    if labels and labels[-1].x + _BEFORE + 1 + _LEAST_LABEL > end:
        ending, end = "", width
    line: Line = []
    place = 0
    for number, label in enumerate(labels):
        start = label.x + _BEFORE
        limit = labels[number + 1].x if number + 1 < len(labels) else end
        room = limit - start - 2
        if not label.text or start < place or room < 1:
            continue
        text = label.in_room(room)
        line.append((stroke * (start - place), part))
        strong = "here" if accent else "strong"
        line.append((f" {text} ", strong if label.strong else "label"))
        place = start + cell_len(text) + 2
    line.append((stroke * max(end - place, 0), part))
    if ending:
        line.append((ending, "strong" if focused else "label"))
        line.append((stroke * AFTER, part))
    return line


def turn_at(figure: str, width: int, x: int) -> int:
    """Return the direction of the sign at a cell of the rule: 1 forward, -1 back, 0 for no sign.

    Such signs begin or end a figure: `‹ 3–4 van 15 ›`.
    """
    end = width - AFTER - 1
    start = end - cell_len(figure)
    if figure.endswith(ONWARD) and x in (end - 1, end):
        return 1
    return -1 if figure.startswith(BACKWARD) and x in (start - 1, start) else 0
