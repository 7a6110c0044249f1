"""Which piece of a page is its headline."""

import re
from collections import Counter
from collections.abc import Sequence

from reader.parse.classify.furniture import (
    is_caption,
    is_chrome,
    is_credit,
    is_meta_line,
    is_notice,
    is_section,
    is_time,
)
from reader.parse.document import Page, Piece
from reader.text.dateline import split_dateline
from reader.text.remember import remembered

_SITE_PART = re.compile(r" [-–—|·:»•] | ?\| ?")
_TITLE_WORDS = frozenset("title titel headline heading kop".split())
_NOT_WORDS = re.compile(r"\W+")
# A headline cut short in the page's head counts as the same from so many characters on.
_MIN_CUT = 25
_MAX_TITLE = 300


def find_titles(pieces: Sequence[Piece], page: Page) -> list[int]:
    """Return where the headline stands above the lead, in order; it may stand there twice.

    What the page's head calls it decides, then h1, then a line that stands there twice, then the
    highest heading, then the first line that is no furniture.
    """
    dated = (
        i for i, piece in enumerate(pieces) if not piece.level and split_dateline(piece.text)[0]
    )
    limit = next(dated, len(pieces))
    able = [i for i in range(limit) if _may_be_title(pieces[i], page)]
    chosen = _by_meta(pieces, able, page) or _by_heading(pieces, able, page)
    if chosen is None:
        return []
    text = pieces[chosen].text
    return [i for i in range(limit) if same_title(pieces[i].text, text)]


def meta_title(page: Page) -> str | None:
    """Return the headline that the page's head gives, without the site's name."""
    for title in page.meta.titles:
        part = _SITE_PART.split(title)[0].strip()
        if part and not is_chrome(part) and not is_section(part):
            return part
    return None


def same_title(text: str, other: str) -> bool:
    """Tell whether two lines are the same but for case and punctuation."""
    # A paragraph is no title, whatever is left of it.
    return len(text) <= 2 * len(other) + _MIN_CUT and _key(text) == _key(other)


def _by_meta(pieces: Sequence[Piece], able: Sequence[int], page: Page) -> int | None:
    for title in page.meta.titles:
        parts = _SITE_PART.split(title)
        names = {_key(title)} | {_key(" - ".join(parts[:n])) for n in range(1, len(parts))}
        same = [i for i in able if _key(pieces[i].text) in names]
        found = [i for i in same if not is_section(pieces[i].text)]
        if not found and len(_key(title)) >= _MIN_CUT:
            cut = _key(title.rstrip(".… "))
            found = [i for i in able if _key(pieces[i].text).startswith(cut)]
        if found:
            return found[0]
    return None


def _by_heading(pieces: Sequence[Piece], able: Sequence[int], page: Page) -> int | None:
    if not page.is_html:
        return able[0] if able else None
    able = [i for i in able if not is_meta_line(pieces[i].text)]
    tops = [i for i in able if pieces[i].level == 1]
    if tops:
        return tops[-1]
    texts = Counter(_key(pieces[i].text) for i in able)
    twice = [i for i in able if texts[_key(pieces[i].text)] > 1 and len(pieces[i].text.split()) > 1]
    if twice:
        return twice[0]
    headings = [i for i in able if pieces[i].level]
    if headings:
        return min(headings, key=lambda i: (pieces[i].level, -i))
    named = [i for i in able if _is_named_title(pieces[i], page)]
    if named:
        return named[-1]
    loose = [i for i in able if not pieces[i].href and len(pieces[i].text.split()) > 2]
    if loose:
        return next((i for i in loose if pieces[i].bold), loose[0])
    return able[0] if able else None


def _is_named_title(piece: Piece, page: Page) -> bool:
    """Tell whether an element close around a line is named as a headline's."""
    return len(piece.text.split()) > 1 and any(
        page.boxes[box].words & _TITLE_WORDS for box in piece.boxes[-2:]
    )


def _may_be_title(piece: Piece, page: Page) -> bool:
    text = piece.text
    if not page.is_html:
        return not is_chrome(text) and not is_time(text)
    return not (
        is_chrome(text)
        or is_credit(text)
        or len(text) > _MAX_TITLE
        or (is_caption(text) and not piece.level)
        or (is_notice(text) and not piece.level)
    )


@remembered
def _key(text: str) -> str:
    return _NOT_WORDS.sub("", text.casefold())
