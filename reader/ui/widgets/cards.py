"""Pure drawing of related headlines as cards, beside each other or one below the other."""

from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from reader.model import Headline
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line
from reader.ui.typeset.text import (
    ends,
    headline_text,
    origin_of,
    places_text,
    short_age_text,
    wrap,
)
from reader.ui.widgets.lines import BLANK_PART, Line, failure_text, lead_text, marks_of

# A good card with the gap after it (cells), and the most beside each other.
_CARD, _MOST = 31, 4
_GAP = 1
# Of a card: what stands before its text, and after it.
BEFORE_TEXT, _AFTER = 4, 1
# The lines of a title at most.
_TITLE_LINES = 2
_DRAWN_CARDS = 64


class Place(Struct, frozen=True):
    """Where a card stands in the strip, and how wide it is (cells)."""

    x: int
    width: int


def places(width: int, count: int) -> list[Place]:
    """Return where whole cards stand in `width` cells: as many of `count` as there is room for."""
    number = max(1, min(_MOST, count, (width + _GAP) // _CARD))
    each, more = divmod(width - (number - 1) * _GAP, number)
    widths = [each + (index < more) for index in range(number)]
    return [Place(sum(widths[:index]) + index * _GAP, own) for index, own in enumerate(widths)]


# A card is drawn a line at a time, and asked for with each.
@lru_cache(_DRAWN_CARDS)
def card_lines(
    headline: Headline, width: int, height: int, now: datetime, language: Language
) -> list[Line]:
    """Return a card of `height` lines of `width` cells: title, lead, then place and age.

    The title has two lines at most, and the lead fills what it leaves.
    """
    room = max(width - BEFORE_TEXT - _AFTER, 0)
    part = "read" if headline.read else "title"
    title = wrap(headline_text(headline.teaser), room, min(_TITLE_LINES, max(height - 1, 1)))
    lead = wrap(lead_text(headline), room, height - 1 - len(title)) if lead_text(headline) else []
    age = short_age_text(headline, now, language)
    about, age = ends(_about(headline), age, room)
    texts: list[Line] = [
        *([(text, part)] for text in title),
        *([(text, "quiet")] for text in lead),
        *([[(about, "quiet"), (age, "quiet")]] if height > 1 else ()),
    ]
    marks = dict(enumerate(marks_of(headline)))
    lines: list[Line] = []
    for number, text in enumerate(texts):
        mark = marks.get(number, (" ", part))
        lines.append([(" ", "bar"), (" ", part), mark, (" ", part), *text, (" ", part)])
    return lines + [[(" " * width, BLANK_PART)]] * (height - len(lines))


def _about(headline: Headline) -> str:
    """Return the place, or the section; where the article is missing, why."""
    teaser = headline.teaser
    return failure_text(headline) or places_text(teaser.dateline) or clean_line(origin_of(headline))
