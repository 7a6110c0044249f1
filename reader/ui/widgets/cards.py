"""Pure drawing of related headlines as cards, side by side or stacked."""

from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from reader.model import DEFAULT_SOURCE, Headline
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line
from reader.ui.typeset.text import (
    ends,
    headline_text,
    joined,
    origin_of,
    places_text,
    short_age_text,
    wrap,
)
from reader.ui.widgets.headline_lines import BLANK_PART, Line, failure_text, lead_text, mark_signs

# The preferred width of a card with the gap after it (cells), and the most cards in a row.
_CARD, _MOST = 31, 4
_GAP = 1
# The cells of a card before its text, and after it.
BEFORE_TEXT, _AFTER = 4, 1
# The largest number of lines of a title.
_TITLE_LINES = 2
_DRAWN_CARDS = 64


class CardPlace(Struct, frozen=True):
    """The position of a card in the strip, and its width (cells)."""

    x: int
    width: int


def places(width: int, count: int) -> list[CardPlace]:
    """Return the places of whole cards in `width` cells: as many of `count` as fit."""
    number = max(1, min(_MOST, count, (width + _GAP) // _CARD))
    each, more = divmod(width - (number - 1) * _GAP, number)
    widths = [each + (index < more) for index in range(number)]
    return [CardPlace(sum(widths[:index]) + index * _GAP, own) for index, own in enumerate(widths)]


# A card is drawn a line at a time, and requested for each of them.
@lru_cache(_DRAWN_CARDS)
def card_lines(
    headline: Headline, width: int, height: int, now: datetime, language: Language
) -> list[Line]:
    """Return a card of `height` lines of `width` cells: title, lead, then place and age.

    The title has at most two lines, and the lead fills the remaining ones.
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
    marks = dict(enumerate(mark_signs(headline)))
    lines: list[Line] = []
    for number, text in enumerate(texts):
        mark = marks.get(number, (" ", part))
        lines.append([(" ", "bar"), (" ", part), mark, (" ", part), *text, (" ", part)])
    return lines + [[(" " * width, BLANK_PART)]] * (height - len(lines))


def _about(headline: Headline) -> str:
    """Return the feed, the place or the section; if the article is missing, the reason."""
    origin = clean_line(origin_of(headline))
    place = places_text(headline.teaser.dateline)
    if headline.source != DEFAULT_SOURCE:
        return failure_text(headline) or joined(origin, place)
    return failure_text(headline) or place or origin
