"""Pure drawing of the lines between rows of a list: days, and the end of the fresh headlines."""

from functools import lru_cache

from rich.cells import cell_len

from reader.text.relative_time import Language
from reader.ui import wording
from reader.ui.state.rows import Day, Dividing
from reader.ui.typeset.text import day_text, fit, joined
from reader.ui.widgets.headline_lines import BEFORE_MEMBER, GUTTER, Line, blank_line

FRESH, RULE = "▲", "─"
_TEXT_AT = 3
# More days than the tallest terminal shows.
_DRAWN_DAYS = 256


def divider_line(dividing: Dividing, width: int) -> Line:
    """Return the line, exactly `width` cells: its text, and a rule up to the end."""
    if dividing.kind == "story":
        return blank_line(width)
    if dividing.kind == "more":
        text = fit(dividing.text, max(width - len(BEFORE_MEMBER) - GUTTER, 0))
        return [((" " + BEFORE_MEMBER + " " * (GUTTER - 1) + text)[:width], "quiet")]
    room = max(width - _TEXT_AT - 1, 0)
    fresh = dividing.kind == "fresh"
    texts = [f"{each} " for each in texts_of(dividing)]
    text = next((each for each in texts if cell_len(each) <= room), fit(texts[1], room))
    sign = f" {FRESH} " if fresh else " " * _TEXT_AT
    rule = RULE * (room - cell_len(text))
    return [
        (sign[:width], "fresh" if fresh else "day"),
        (text, "fresh" if fresh else "day"),
        (rule, "fresh" if fresh else "rule"),
        (" " * max(width - _TEXT_AT - room, 0), "day"),
    ]


def texts_of(dividing: Dividing) -> tuple[str, str]:
    """Return the text of a line between rows, and a shorter one for a narrow list."""
    if dividing.day is None:
        return dividing.text, dividing.short or dividing.text
    return _day_texts(dividing.day, wording.language())


@lru_cache(_DRAWN_DAYS)
def _day_texts(day: Day, language: Language) -> tuple[str, str]:
    """Return the text above a day, and a shorter one; they depend on the `language`."""
    del language
    count = "" if day.count is None else wording.number(day.count)
    whole, short = (day_text(day.day, day.today, short=each) for each in (False, True))
    return joined(whole, count), joined(short, count)
