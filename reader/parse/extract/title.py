"""Finds the headline of a page."""

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
from reader.parse.classify.piece_labels import PieceLabel, bare_text
from reader.parse.document import Page, Piece
from reader.text.dateline import split_dateline

_SITE_PART = re.compile(r" [-–—|·:»•] | ?\| ?")
_FRONT = re.compile(r"(?:https?://[^/?#]{1,253})?/?")
_TITLE_WORDS = frozenset("title titel headline heading kop".split())
# The least length of a shortened headline in the page's head that still counts as the same.
_MIN_CUT = 25
_MAX_TITLE = 300
_MIN_NAMED = 12
_WORD = re.compile(r"\w+")
_MIN_SHARED = 2
_MIN_SHARE = 0.5
_MIN_LIKE = 0.4


def find_title(
    pieces: Sequence[Piece], labels: Sequence[PieceLabel], page: Page, first: int
) -> int | None:
    """Return the number of the headline among the pieces above `first`, the first running text.

    In order of precedence: a title of the page's head, h1, a line that occurs twice, the highest
    heading, the first line that is not furniture.
    """
    dated = (
        i
        for i, piece in enumerate(pieces[:first])
        if not piece.level and labels[i].name == "prose" and split_dateline(piece.text)[0]
    )
    limit = next(dated, first)
    able = [i for i in range(limit) if _may_be_title(pieces[i], page)]
    chosen = _by_meta(pieces, able, page)
    if chosen is None:
        chosen = _by_overlap(pieces, able, page)
    if chosen is None:
        chosen = _by_heading(pieces, able, page)
    if chosen is None:
        return None
    text = pieces[chosen].text
    return max(i for i in able if same_title(pieces[i].text, text))


def find_headline(piece: Piece | None, page: Page) -> str | None:
    """Return the headline in a piece, or None.

    If the piece has more text than the headline in the page's head, such as a kicker, the latter
    is returned.
    """
    if piece is None:
        return meta_title(page)
    shown = bare_text(piece.text)
    named = [title for title in page.meta.titles if len(bare_text(title)) >= _MIN_NAMED]
    if named and bare_text(named[0]) == shown:
        # The head may have a space where elements separate words, as after a kicker.
        return max(piece.text, named[0], key=lambda text: len(text.split()))
    if named and bare_text(named[0]) == bare_text(page.meta.headline or ""):
        top = _framed_h1(page, bare_text(named[0]))
        if top is not None:
            return top
    for title in named:
        key = bare_text(title)
        if key != shown and shown.endswith(key):
            return title
    # The page's head may have the name of the site after the headline.
    if any(bare_text(part) == shown for title in named for part in (title, _without_site(title))):
        return piece.text
    if page.meta.headline and _shared(piece.text, page.meta.headline) >= _MIN_LIKE:
        return page.meta.headline
    return piece.text


def _framed_h1(page: Page, wanted: str) -> str | None:
    """Return the h1 in the frame, such as its breadcrumbs, that equals the title of the head.

    `wanted` is that title after `bare_text`.
    """
    tops = (piece.text for piece in page.pieces if piece.level == 1)
    return next((text for text in tops if bare_text(text) == wanted), None)


def _without_site(title: str) -> str:
    parts = _SITE_PART.split(title)
    return title[: -len(parts[-1])].rstrip(" -–—|·:»•") if len(parts) > 1 else title


def _shared(text: str, other: str) -> float:
    """Return the share of the words of the shorter of two lines that the other has."""
    words, others = set(_WORD.findall(text.casefold())), set(_WORD.findall(other.casefold()))
    return len(words & others) / max(1, min(len(words), len(others)))


def meta_title(page: Page) -> str | None:
    """Return the headline in the page's head, without the site's name."""
    for title in page.meta.titles:
        part = _SITE_PART.split(title)[0].strip()
        if part and not is_chrome(part) and not is_section(part):
            return part
    return None


def same_title(text: str, other: str) -> bool:
    """Tell whether two lines differ only in case and punctuation."""
    # A long paragraph with few letters is not a title.
    return len(text) <= 2 * len(other) + _MIN_CUT and bare_text(text) == bare_text(other)


def _by_meta(pieces: Sequence[Piece], able: Sequence[int], page: Page) -> int | None:
    """Return the first line that equals a title of the page's head, else one that is part of it."""
    lines = [(i, bare_text(pieces[i].text)) for i in able if not is_section(pieces[i].text)]
    titles = [(title, bare_text(title)) for title in page.meta.titles]
    for _, whole in titles:
        if (same := next((i for i, line in lines if line == whole), None)) is not None:
            return same
    for title, whole in titles:
        parts = _SITE_PART.split(title)
        names = {bare_text(" - ".join(parts[:n])) for n in range(1, len(parts))}
        found = next((i for i, line in lines if line in names), None)
        if found is None and len(whole) >= _MIN_CUT:
            cut = bare_text(title.rstrip(".… "))
            found = next((i for i, line in lines if line.startswith(cut)), None)
            # A kicker may precede it.
            found = found or next(
                (i for i, line in lines if pieces[i].level and line.endswith(whole)), None
            )
        if found is not None:
            return found
    return None


def _by_overlap(pieces: Sequence[Piece], able: Sequence[int], page: Page) -> int | None:
    """Return the heading that shares most words with a title of the page's head."""
    best: tuple[float, int] | None = None
    wanted = [set(_WORD.findall(title.casefold())) for title in page.meta.titles]
    for i in able:
        words = set(_WORD.findall(pieces[i].text.casefold()))
        if not pieces[i].level or len(words) < _MIN_SHARED:
            continue
        share = max((len(words & title) / len(words | title) for title in wanted), default=0.0)
        if share >= _MIN_SHARE and (best is None or share > best[0]):
            best = share, i
    return best[1] if best else None


def _by_heading(pieces: Sequence[Piece], able: Sequence[int], page: Page) -> int | None:
    if not page.is_html:
        return able[0] if able else None
    able = [i for i in able if not is_meta_line(pieces[i].text)]
    tops = [i for i in able if pieces[i].level == 1]
    if tops:
        return tops[-1]
    texts = Counter(bare_text(pieces[i].text) for i in able)
    twice = [
        i
        for i in able
        if texts[bare_text(pieces[i].text)] > 1
        and len(pieces[i].text.split()) > 1
        and not pieces[i].href
    ]
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
    """Tell whether an element close around a line has a name of headlines."""
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
        or _leads_to_front(piece)
        or len(text) > _MAX_TITLE
        or (_is_numeric(text) and not piece.level)
        or (is_caption(text) and not piece.level)
        or (is_notice(text) and not piece.level)
    )


def _leads_to_front(piece: Piece) -> bool:
    """Tell whether a line is a link to the front page, like the name of a site."""
    return piece.href is not None and _FRONT.fullmatch(piece.href) is not None


def _is_numeric(text: str) -> bool:
    """Tell whether a line has no more letters than digits, like the length of a video."""
    return sum(map(str.isalpha, text)) <= sum(map(str.isdigit, text))
