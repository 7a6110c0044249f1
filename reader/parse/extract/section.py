"""Finds the section of an article on a page without `Meer uit`."""

import re
from collections.abc import Sequence

from reader.parse.classify.furniture import (
    is_meta_line,
    is_section,
    meta_parts,
    section_name,
    without_in,
)
from reader.parse.document import Page, Piece

_KICKER_REACH = 4
_MAX_WORDS = 3
# Names in the edition switch and the menu, which do not describe an article.
_NOT_LABELS = frozenset(["nieuws", "zeeland", "regio"])
_CRUMB_WORDS = frozenset(["breadcrumb", "breadcrumbs", "kruimelpad", "crumb", "crumbs"])
_CATEGORY_WORDS = frozenset(
    "category categories categorie rubriek section kicker tag bovenkop overline".split()
)
_CATEGORY = re.compile(
    r"(?:categorie|rubriek|sectie|category|section)\s*:\s*(\S.{1,40})", re.IGNORECASE
)


def section_of(
    page: Page, above: Sequence[Piece], title_at: int | None, lead_at: int, known: frozenset[str]
) -> str | None:
    """Return the section of a label near the headline, else that of the page's head."""
    start = max(title_at - _KICKER_REACH, 0) if title_at is not None else 0
    named: dict[int, str] = {}
    for index in range(start, lead_at):
        text = above[index].text
        if above[index].kind == "item":
            continue
        for part in map(without_in, meta_parts(text, known) if is_meta_line(text, known) else ()):
            if is_section(part, known) and part.casefold() not in _NOT_LABELS:
                named[index] = section_name(part)
                break
    # Several section names in a row are a menu, not a label.
    labels = [
        name
        for index, name in named.items()
        if all(named.get(near, name) == name for near in (index - 1, index + 1))
    ]
    if page.meta.section or labels:
        return page.meta.section or labels[-1]
    return _crumb(page) or _kicker(page, above, start, lead_at, title_at)


def _crumb(page: Page) -> str | None:
    """Return the section in the page's breadcrumbs: the link after that to the front page."""
    crumbs = [
        piece.text
        for piece in page.pieces
        if piece.href and any(page.boxes[box].words & _CRUMB_WORDS for box in piece.boxes)
    ]
    names = [text for text in crumbs[1:] if 0 < len(text.split()) <= _MAX_WORDS]
    return section_name(names[0]) if names else None


def _kicker(
    page: Page, above: Sequence[Piece], start: int, lead_at: int, title_at: int | None
) -> str | None:
    """Return the category in a line near the headline."""
    menu = {link.text for link in page.links if len(link.text.split()) <= _MAX_WORDS}
    for index in range(start, lead_at):
        piece = above[index]
        if match := _CATEGORY.fullmatch(piece.text):
            return match[1]
        if piece.level or len(piece.text.split()) > _MAX_WORDS or not piece.text[:1].isupper():
            continue
        words = [page.boxes[box].words for box in piece.boxes[-2:]]
        named = any(each & _CATEGORY_WORDS for each in words)
        if named or (index + 1 == title_at and not piece.href and piece.text in menu):
            return section_name(piece.text)
    return None
