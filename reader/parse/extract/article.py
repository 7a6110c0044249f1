"""A page's pieces to an article: headline, dateline, lead, body, related teasers."""

from collections.abc import Sequence
from datetime import datetime

from reader.errors import NotNews
from reader.model import Article, Dateline, Sighting, Teaser
from reader.parse.classify import phrases
from reader.parse.classify.boxes import Inserts, main_part, without_inserts
from reader.parse.classify.furniture import (
    is_chrome,
    is_meta_line,
    is_section,
    meta_parts,
    section_name,
    without_in,
)
from reader.parse.document import Page, Piece
from reader.parse.extract.body import is_prose, read_blocks
from reader.parse.extract.related import Related
from reader.parse.extract.teasers import Reading, age_of, read_teasers
from reader.parse.extract.title import find_titles, meta_title, same_title
from reader.text.dateline import parse_bare_dateline, split_dateline
from reader.text.dates import find_date, is_clock, parse_clock, parse_iso

# A lead stands at most so many prose pieces after its headline: captions and the like.
_MAX_PROSE_BEFORE_DATELINE = 2
_KICKER_REACH = 4
# Names in the edition switch and the menu that say nothing of an article.
_NOT_LABELS = frozenset(["nieuws", "zeeland", "regio"])


def read_article(
    page: Page,
    pieces: Sequence[Piece],
    related: Related | None,
    url: str | None,
    *,
    at: datetime,
    known: frozenset[str],
) -> Article:
    """Return the article that `pieces` of a page fetched at `at` hold; raises NotNews if none."""
    above = _above(pieces, related)
    titles = find_titles(above, page)
    start = titles[-1] + 1 if titles else 0
    lead_at = _find_lead(page, above, start, known)
    title = above[titles[-1]].text if titles else meta_title(page)
    if lead_at is None or title is None:
        raise NotNews("no article was found in it: no headline with text below it")
    dateline, lead = _read_lead(above, lead_at)
    head = above[titles[0] + 1 if titles else 0 : lead_at]
    section = related.section if related else _section(page, above, titles, lead_at, known)
    blocks = read_blocks([lead, *_body(page, above, lead_at, title)])
    reading = Reading(at, section, known)
    teasers = read_teasers(pieces[related.first : related.end], reading) if related else ()
    published = _published(page, above, head, titles, at)
    return Article(Teaser(url, title, section, dateline, "", published), blocks, teasers, at)


def _above(pieces: Sequence[Piece], related: Related | None) -> list[Piece]:
    """Return the pieces of the article itself; an aside with teasers may stand before it."""
    if related is None:
        return list(pieces)
    before = list(pieces[: related.start])
    if any(is_prose(piece) and not is_chrome(piece.text) for piece in before):
        return before
    return [*before, *pieces[related.end :]]


def _find_lead(page: Page, above: Sequence[Piece], start: int, known: frozenset[str]) -> int | None:
    """Return where the lead stands: at the first dateline, else at the first prose."""
    below = above[start:]
    inserts = Inserts(page, below, None)
    prose: list[int] = []
    for index, piece in enumerate(below, start):
        if is_meta_line(piece.text, known) or inserts.hold(piece):
            continue
        bare = parse_bare_dateline(piece.text) is not None
        if bare and any(map(is_prose, above[index + 1 : index + 2])):
            return index + 1
        if split_dateline(piece.text)[0]:
            return index
        if is_prose(piece):
            prose.append(index)
        if len(prose) > _MAX_PROSE_BEFORE_DATELINE:
            break
    return prose[0] if prose else _first_sentence(below, inserts, start)


def _first_sentence(below: Sequence[Piece], inserts: Inserts, start: int) -> int | None:
    """Return where a body of short sentences alone begins."""
    for index, piece in enumerate(below, start):
        if (
            piece.text.endswith((".", "!", "?"))
            and len(piece.text.split()) > 3
            and not inserts.hold(piece)
        ):
            return index
    return None


def _read_lead(above: Sequence[Piece], lead_at: int) -> tuple[Dateline | None, Piece]:
    piece = above[lead_at]
    dateline, text = split_dateline(piece.text)
    if dateline is None and lead_at:
        dateline = parse_bare_dateline(above[lead_at - 1].text)
        if dateline:
            text = text.lstrip("-–—‒− ")
    return dateline, piece._replace(text=text, kind="paragraph", level=0, bold=False, glued=False)


def _body(page: Page, above: Sequence[Piece], lead_at: int, title: str) -> list[Piece]:
    lead = above[lead_at]
    pieces = without_inserts(page, above[lead_at:], lead)
    pieces = main_part(page, pieces, lead)
    return [piece for piece in pieces[1:] if not same_title(piece.text, title)]


def _section(
    page: Page, above: Sequence[Piece], titles: Sequence[int], lead_at: int, known: frozenset[str]
) -> str | None:
    """Return the section that a label near the headline names, else that of the page's head."""
    start = max(titles[0] - _KICKER_REACH, 0) if titles else 0
    named: list[tuple[int, str]] = []
    for index in range(start, lead_at):
        text = above[index].text
        if above[index].kind == "item":
            continue
        for part in map(without_in, meta_parts(text, known) if is_meta_line(text, known) else ()):
            if is_section(part, known) and part.casefold() not in _NOT_LABELS:
                named.append((index, section_name(part)))
                break
    # Several section names in a row are a menu, not a label.
    labels = [
        name
        for index, name in named
        if not any(abs(index - other) == 1 for other, found in named if found != name)
    ]
    return page.meta.section or (labels[-1] if labels else None)


def _shown_at(piece: Piece, at: datetime) -> Sighting | None:
    if phrases.UPDATED.fullmatch(piece.text):
        return None
    found = age_of(piece, at) or find_date(piece.text, at)
    return found or (parse_clock(piece.text, at) if is_clock(piece.text) else None)


def _published(
    page: Page, above: Sequence[Piece], head: Sequence[Piece], titles: Sequence[int], at: datetime
) -> Sighting | None:
    """Return the narrowest of what the page's head and the lines around its headline say."""
    said = [sighting for text in page.meta.published if (sighting := parse_iso(text))]
    shown = [seen for piece in head if (seen := _shown_at(piece, at))]
    if not shown and titles:
        kicker = above[max(titles[0] - _KICKER_REACH, 0) : titles[0]]
        # A whole day above the headline is today's date, not the article's.
        shown = [
            sighting
            for piece in kicker
            if (sighting := age_of(piece, at)) and (sighting.latest - sighting.earliest).days < 1
        ]
    return min((*said[:1], *shown[:1]), key=lambda s: s.latest - s.earliest, default=None)
