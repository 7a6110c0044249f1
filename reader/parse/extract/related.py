"""Finds the heading `Meer uit <Section>` on a page and the pieces of its teasers."""

import re
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from reader.parse.classify.furniture import NO_SECTIONS, is_chrome, is_foreign_label, is_section
from reader.parse.classify.piece_labels import is_prose
from reader.parse.document import Piece
from reader.parse.extract.teasers import age_of, trailing_age

_HEADING = re.compile(
    r"Meer (?:nieuws )?uit (?:de |het )?([\w’'‘.-]+(?: [\w’'‘.&-]+){0,3})\s*[:›»>→]*"
)
_HALF = re.compile(r"Meer (?:nieuws )?uit:?")
_MORE = "Meer"
_LOOK_AHEAD = 12


class Related(Struct, frozen=True):
    """The section named by `Meer uit`, the place of its heading, and the pieces of its teasers."""

    section: str
    start: int
    end: int
    first: int


def find_related(
    pieces: Sequence[Piece], at: datetime, known: frozenset[str] = NO_SECTIONS
) -> Related | None:
    """Return the related teasers in `pieces`, or None.

    A subheading or a paragraph of the body may begin with `Meer uit` too, so the last such heading
    that is followed by an age counts, else the last that names a section.
    """
    found: list[tuple[bool, bool, int, str, int]] = []
    for index in [i for i, piece in enumerate(pieces) if piece.text.startswith(_MORE)]:
        name, first = _heading_at(pieces, index)
        if name:
            ahead = pieces[first : first + _LOOK_AHEAD]
            dated = any(age_of(each, at) or trailing_age(each) for each in ahead)
            found.append((dated, is_section(name, known), index, name, first))
    usable = [each for each in found if each[0] or each[1]]
    if not usable:
        return None
    _, _, index, name, first = max(usable, key=lambda each: (each[0], each[1], each[2]))
    return Related(name, index, _end(pieces, index, first, at), first)


def above_related(pieces: Sequence[Piece], related: Related | None) -> list[Piece]:
    """Return the pieces of the article itself; teasers in an aside may precede it."""
    if related is None:
        return list(pieces)
    before = list(pieces[: related.start])
    if any(is_prose(piece) and not is_chrome(piece.text) for piece in before):
        return before
    return [*before, *pieces[related.end :]]


def _heading_at(pieces: Sequence[Piece], index: int) -> tuple[str | None, int]:
    """Return the section named by a heading at `index`, and the place of the piece after it."""
    text = pieces[index].text
    match = _HEADING.fullmatch(text)
    if match and match[1][0].isupper():
        return match[1].rstrip("."), index + 1
    if _HALF.fullmatch(text) and index + 1 < len(pieces):
        name = pieces[index + 1].text
        if len(name.split()) <= 4 and name[:1].isupper():
            return name, index + 2
    return None, index + 1


def _end(pieces: Sequence[Piece], index: int, first: int, at: datetime) -> int:
    """Return the end of the teasers: that of their box, or the heading of the next box."""
    ages = (
        i for i in range(first, len(pieces)) if age_of(pieces[i], at) or trailing_age(pieces[i])
    )
    end, age = len(pieces), next(ages, None)
    if pieces[index].boxes and age is not None:
        end = _end_of_box(pieces, index, age)
    level = pieces[index].level
    for i, piece in enumerate(pieces[first:end], first):
        if not piece.href and (is_foreign_label(piece.text) or 0 < piece.level < level):
            return i
    return end


def _end_of_box(pieces: Sequence[Piece], index: int, age: int) -> int:
    """Return the end of the smallest box with the heading and the first age after it."""
    inner = [box for box in pieces[index].boxes if box in pieces[age].boxes]
    if not inner:
        return len(pieces)
    return next(
        (i for i in range(age, len(pieces)) if inner[-1] not in pieces[i].boxes), len(pieces)
    )
