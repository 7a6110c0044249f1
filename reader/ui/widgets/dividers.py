"""Pure drawing of the lines between rows of a list: days, and the end of the fresh headlines."""

from rich.cells import cell_len

from reader.ui.state.rows import Dividing
from reader.ui.typeset.text import fit
from reader.ui.widgets.headline_lines import BEFORE_MEMBER, GUTTER, Line, blank_line

FRESH, RULE = "▲", "─"
_TEXT_AT = 3


def divider_line(dividing: Dividing, width: int) -> Line:
    """Return the line, exactly `width` cells: its text, and a rule up to the end."""
    if dividing.kind == "story":
        return blank_line(width)
    if dividing.kind == "more":
        text = fit(dividing.text, max(width - len(BEFORE_MEMBER) - GUTTER, 0))
        return [((" " + BEFORE_MEMBER + " " * (GUTTER - 1) + text)[:width], "quiet")]
    room = max(width - _TEXT_AT - 1, 0)
    fresh = dividing.kind == "fresh"
    texts = (f"{dividing.text} ", f"{dividing.short or dividing.text} ")
    text = next((each for each in texts if cell_len(each) <= room), fit(texts[1], room))
    sign = f" {FRESH} " if fresh else " " * _TEXT_AT
    rule = RULE * (room - cell_len(text))
    return [
        (sign[:width], "fresh" if fresh else "day"),
        (text, "fresh" if fresh else "day"),
        (rule, "fresh" if fresh else "rule"),
        (" " * max(width - _TEXT_AT - room, 0), "day"),
    ]
