"""Pure parsing: the bytes of a page to pieces, and pieces to an article or a listing."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice

from reader.config import DEFAULT_SITE
from reader.errors import NotNews
from reader.model import Article, Listing
from reader.parse.classify.boxes import without_frame
from reader.parse.classify.furniture import is_chrome, section_keys
from reader.parse.classify.piece_labels import is_prose
from reader.parse.document import Page, Piece
from reader.parse.encoding import MAX_PAGE_BYTES, decode_page
from reader.parse.explain import Explanation, Trace
from reader.parse.extract.analysis import analyse
from reader.parse.extract.article import read_article
from reader.parse.extract.listing import is_listing, known_sections, read_listing
from reader.parse.extract.related import above_related, find_related
from reader.parse.extract.teasers import TeaserContext, age_of
from reader.parse.html.links import resolve
from reader.parse.html.tree import read_html
from reader.parse.plaintext import read_text
from reader.text.dateline import split_dateline

__all__ = ["MAX_PAGE_BYTES", "explain_page", "parse_page", "parse_text", "survey_page"]

_TAGS = re.compile(
    r"<(?:!doctype|html|head|body|div|p|span|article|h[1-6]|a|br|table)\b[^<>]*>", re.IGNORECASE
)
_MIN_TAGS = 3
_BEGINS_HTML = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)
_MAX_AGE_BOX = 3


def parse_page(
    data: bytes,
    at: datetime,
    url: str | None = None,
    site: str | None = None,
    selectors: Mapping[str, str] | None = None,
    *,
    charset: str | None = None,
) -> Article | Listing:
    """Return the article or listing on a page of HTML or text, fetched at `at` (UTC) from `url`.

    Links are resolved against `url`, else the page's own address, else `site`; `selectors` are the
    user's CSS selectors for elements that the parser does not recognise; `charset` is the encoding
    that the HTTP header declares.

    Raises UnreadablePage if the page is not text, and NotNews if it is not a page of news.
    """
    return parse_text(decode_page(data, charset), at, url, site, selectors)


def parse_text(
    text: str,
    at: datetime,
    url: str | None = None,
    site: str | None = None,
    selectors: Mapping[str, str] | None = None,
) -> Article | Listing:
    """Return the result of `parse_page` for a decoded page, with the same arguments and errors."""
    page = _read(text, url, site or DEFAULT_SITE, selectors)
    return _read_page(page, at, url, site or DEFAULT_SITE, Trace())


def explain_page(
    data: bytes,
    at: datetime,
    url: str | None = None,
    site: str | None = None,
    selectors: Mapping[str, str] | None = None,
    *,
    charset: str | None = None,
) -> Explanation:
    """Return each piece of a page with its label, the reason for it, and its use.

    Raises UnreadablePage if the page is not text.
    """
    page = _read(decode_page(data, charset), url, site or DEFAULT_SITE, selectors)
    trace = Trace()
    try:
        _read_page(page, at, url, site or DEFAULT_SITE, trace)
    except NotNews as error:
        trace.outcome = str(error)
    return trace.explained(page)


def _read_page(
    page: Page, at: datetime, url: str | None, site: str, trace: Trace
) -> Article | Listing:
    sections = known_sections(page)
    known = section_keys(section.name for section in sections)
    pieces = without_frame(page, lambda held: _is_news(held, at, known))
    if not page.is_html and not _is_news_text(pieces, at):
        raise NotNews("not_news")
    related = find_related(pieces, at, known)
    above = above_related(pieces, related)
    analysis = analyse(page, above)
    if related is None and is_listing(analysis, url, at, sections):
        trace.note_listing(page, pieces)
        return read_listing(page, pieces, url, at, sections)
    own = url or (resolve(page.meta.url, site) if page.meta.url else None)
    reading = TeaserContext(at, related.section if related else None, known)
    teasers = pieces[related.first : related.end] if related else ()
    return read_article(analysis, teasers, reading, own, trace)


def survey_page(
    data: bytes, at: datetime, selectors: Mapping[str, str] | None = None
) -> Mapping[str, int]:
    """Return the number of pieces of each kind on a page, for one that could not be parsed."""
    page = _read(decode_page(data), None, DEFAULT_SITE, selectors)
    return {
        "lines": len(page.pieces),
        "headings": sum(piece.level > 0 for piece in page.pieces),
        "sentences": sum(map(is_prose, page.pieces)),
        "datelines": sum(split_dateline(piece.text)[0] is not None for piece in page.pieces),
        "ages": sum(age_of(piece, at) is not None for piece in page.pieces),
        "links": len(page.links),
    }


def _read(text: str, url: str | None, site: str, selectors: Mapping[str, str] | None) -> Page:
    tags = islice(_TAGS.finditer(text), _MIN_TAGS)
    is_html = _BEGINS_HTML.match(text) is not None or len(list(tags)) == _MIN_TAGS
    return read_html(text, url, site, selectors) if is_html else read_text(text)


def _is_news(pieces: Sequence[Piece], at: datetime, known: frozenset[str]) -> bool:
    """Tell whether the pieces of a box are news, so that the box is not navigation."""
    if find_related(pieces, at, known):
        return True
    if any(split_dateline(piece.text)[0] for piece in pieces):
        return True
    # The footer of a teaser may hold its age.
    return len(pieces) <= _MAX_AGE_BOX and any(age_of(piece, at) for piece in pieces)


def _is_news_text(pieces: Sequence[Piece], at: datetime) -> bool:
    """Tell whether a text page has at least one sign of the site's news."""
    return (
        any(
            is_chrome(piece.text) or age_of(piece, at) or split_dateline(piece.text)[0]
            for piece in pieces
        )
        or find_related(pieces, at) is not None
    )
