"""Pure drawing of one headline as lines of (text, part); parts are names of component styles."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from itertools import chain, repeat
from typing import TypeVar

from rich.cells import cell_len

from reader.glyphs import FAILED, SAVED, unread_sign
from reader.model import Headline
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line
from reader.ui import words
from reader.ui.state.folding import Fold
from reader.ui.typeset.text import (
    clock_text,
    ends,
    fit,
    headline_text,
    joined,
    origin_of,
    places_text,
    short_age_text,
    wrap,
)

Line = list[tuple[str, str]]
_Meaning = TypeVar("_Meaning")

CURSOR, OPENED = "▌", "│"
# Before a story that is closed, or open, and before the older reports of one that is.
CLOSED, OPEN, _MEMBER = "▸", "▾", "│"
# What the style of a whole row may be.
ROWS = ("cursor", "even", "odd")
_GUTTER = 3
# Narrower than this (cells) a title needs a second line, if there is height for it (lines).
_ROOMY_WIDTH = 72
_ROOMY_HEIGHT = 15
_DRAWN_ROWS = 256


def line_width(line: Line) -> int:
    """Return the width of a line (cells)."""
    return sum(cell_len(text) for text, _ in line)


def piece_at(pieces: Iterable[tuple[_Meaning, Line]], x: int) -> _Meaning | None:
    """Return what the piece of a drawn line at the cell `x` stands for, None where none is."""
    for meaning, line in pieces:
        x -= line_width(line)
        if x < 0:
            return meaning
    return None


def row_height(width: int, height: int, title_lines: int) -> int:
    """Return how many lines a row takes in a list of so many cells and lines.

    Titles get up to `title_lines`, where they need them and the list has the height.
    """
    return 1 + (1 if width >= _ROOMY_WIDTH or height < _ROOMY_HEIGHT else title_lines)


def row_part(index: int, cursor: int) -> str:
    """Return the part whose style the whole row `index` has: at the cursor, or striped."""
    return "cursor" if index == cursor else ("even", "odd")[index % 2]


# A row or card is drawn a line at a time, and asked for with each.
@lru_cache(_DRAWN_ROWS)
def row_lines(
    headline: Headline,
    width: int,
    height: int,
    now: datetime,
    language: Language,
    *,
    fold: Fold | None = None,
) -> list[Line]:
    """Return a list row of `height` lines of `width` cells: the title, then section, place, age.

    A title shorter than its room leaves the last line empty, so rows stay apart; that of a story
    says how much there is of it, in place of section and place where there is no room below.
    """
    room = width - _GUTTER - 1
    title = wrap(headline_text(headline.teaser), room, height - 1)
    part = "read" if headline.read else "title"
    mark = _mark_part(headline)
    star = SAVED if headline.saved else " "
    gutters = chain(
        [_gutter(unread_sign(headline), mark), _gutter(star, "mark")], repeat(_gutter(" ", part))
    )
    lines: list[Line] = [[*next(gutters), (text + " ", part)] for text in title]
    about, age = _about(headline, room, now, language)
    told = ""
    if fold and len(lines) + 1 < height:
        told = story_text(headline, fold, now, room)
    elif fold:
        short_age = short_age_text(headline, now, language)
        size = story_text(headline, fold, now, room - cell_len(short_age) - 2)
        if size:
            about, age = ends(size, short_age, room)
    lines.append([*next(gutters), (about, "quiet"), (age + " ", "age")])
    if told:
        lines.append([*_gutter(" ", part), (fit(told, room + 1), "quiet")])
    blank = [*_gutter(" ", part), (" " * (room + 1), "quiet")]
    lines += [blank] * (height - len(lines))
    if fold and fold.kind == "member":
        return [[*line[:2], (_MEMBER, "quiet"), *line[3:]] for line in lines]
    return lines


def story_text(headline: Headline, fold: Fold, now: datetime, width: int) -> str:
    """Return how much there is of the story of a row: `▸ 7 berichten, 3 ongelezen, sinds wo`.

    It is as much of that as fits into `width` cells.
    """
    size = headline.story_size
    if fold.kind == "member" or size is None:
        return ""
    elsewhere = size.reports - fold.here
    parts = []
    if fold.here > 1:
        parts.append(words.say_count("list.reports", fold.here))
        if not elsewhere:
            parts.append(words.say("list.unread", count=size.unread) if size.unread else "")
        parts.append(words.say("list.since", clock=clock_text(size.since, now)))
    if elsewhere > 0 and fold.in_section:
        parts.append(words.say("list.elsewhere", count=elsewhere))
    parts = list(filter(None, parts))
    sign = OPEN if fold.kind == "open" else CLOSED
    while len(parts) > 1 and cell_len(", ".join(parts)) + 2 > width:
        parts.pop()
    return f"{sign} {', '.join(parts)}" if parts else ""


@lru_cache(_DRAWN_ROWS)
def card_lines(
    headline: Headline, width: int, height: int, now: datetime, language: Language
) -> list[Line]:
    """Return a card of `height` lines of `width` cells: title, then place and age at its foot."""
    room = width - 3
    mark = (unread_sign(headline) + " ", _mark_part(headline))
    part = "read" if headline.read else "title"
    title = wrap(headline_text(headline.teaser), room, max(height - 1, 1))
    lines: list[Line] = [[mark, (title[0] + " ", part)]]
    lines += [[("  ", part), (text + " ", part)] for text in title[1:]]
    if height > 1:
        lines += [[(" " * width, part)]] * (height - 1 - len(lines))
        about, age = _about(headline, room, now, language, card=True)
        star = (f"{SAVED} " if headline.saved else "  ", "mark")
        lines.append([star, (about, "quiet"), (age + " ", "age")])
    return lines


def _mark_part(headline: Headline) -> str:
    if headline.read:
        return "quiet"
    return "failed" if unread_sign(headline) == FAILED else "mark"


def _gutter(mark: str, part: str) -> Line:
    return [(" ", "bar"), (mark, part), (" ", part)]


def _about(
    headline: Headline, width: int, now: datetime, language: Language, *, card: bool = False
) -> tuple[str, str]:
    """Return section and place, filled up to the age at the right end of `width` cells.

    On a card, beside others of its section, the place has the room. Where the article could not be
    had, the reason stands in its place.
    """
    section = clean_line(origin_of(headline))
    if headline.failure and not headline.cached:
        reason = words.reason_text(headline.failure)
        return ends(reason, short_age_text(headline, now, language), width)
    place = places_text(headline.teaser.dateline)
    age = short_age_text(headline, now, language)
    about = section if place.casefold() == section.casefold() else joined(section, place)
    if card and place:
        return ends(place, age, width)
    # A cut place says less than the section alone.
    if cell_len(about) > width - cell_len(age) - 2 and section:
        about = section
    return ends(about, age, width) if age else (fit(about, width), "")
