"""Reads the pieces of a page as an article: headline, dateline, lead, body, related teasers."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from reader.errors import NotNews
from reader.model import Article, Dateline, Image, Sighting, Teaser
from reader.parse.classify import phrases
from reader.parse.classify.boxes import furniture_boxes
from reader.parse.classify.furniture import (
    is_chrome,
    is_meta_line,
)
from reader.parse.classify.page_kind import is_stub
from reader.parse.classify.piece_labels import PieceLabel, bare_text, ends_sentence, is_prose
from reader.parse.document import Page, Piece
from reader.parse.explain import Trace
from reader.parse.extract.analysis import Analysis
from reader.parse.extract.blocks import clean_body, read_blocks
from reader.parse.extract.body import Region, body_numbers, is_elsewhere
from reader.parse.extract.people import authors_of
from reader.parse.extract.section import section_of
from reader.parse.extract.teasers import TeaserContext, age_of, read_teasers, without_future
from reader.parse.extract.title import find_headline, find_title, same_title
from reader.parse.html.links import own_address, resolve
from reader.parse.version import PARSER_VERSION
from reader.text.dateline import parse_bare_dateline, split_dateline
from reader.text.dates import find_date, is_clock, is_future, parse_clock, parse_iso

_KICKER_REACH = 4
# The number of pieces at the beginning of a body that may have the dateline.
_DATELINE_REACH = 4
_INTRO_WORDS = frozenset(
    "intro introduction inleiding lead lede standfirst summary samenvatting subtitle subheading "
    "subheadline subhead subtitel ondertitel description deck dek chapo chapeau teaser excerpt "
    "vorspann "
    "untertitel abstract perex ingress bajada sottotitolo occhiello entradilla".split()
)
_MIN_INTRO_WORDS = 4
_MIN_SENTENCE_WORDS = 3
_MIN_LOOSE_WORDS = 6
_MAX_INTRO = 600
_MIN_SAID = 30


def read_article(
    analysis: Analysis,
    related: Sequence[Piece],
    reading: TeaserContext,
    url: str | None,
    trace: Trace,
) -> Article:
    """Return the article on an analysed page; raises NotNews if there is none.

    `related` has the pieces of its related teasers; `reading` has the section that their heading
    names.
    """
    page, above, labels = analysis.page, analysis.pieces, analysis.labels
    at, region = reading.at, analysis.region
    trace.pieces, trace.labels = above, labels
    if region is None:
        region = _short_region(page, above, labels)
    if region is None:
        raise NotNews("no_article")
    title_at = find_title(above, labels, page, region.first)
    title = find_headline(above[title_at] if title_at is not None else None, page)
    if title is None:
        raise NotNews("no_article")
    chosen, trace.dropped = _chosen(page, above, labels, region, title_at=title_at, title=title)
    body, cleared = clean_body(above, labels, chosen)
    trace.dropped |= cleared
    trace.used = {i: labels[i].name for i in body}
    if title_at is not None:
        trace.used[title_at] = "title"
    if is_stub(page, above, labels, body):
        raise NotNews("paywall")
    if is_elsewhere(page, above, body):
        raise NotNews("body_elsewhere")
    dateline, parts = _with_dateline(above, body)
    if not parts:
        raise NotNews("no_article")
    head = above[title_at + 1 if title_at is not None else 0 : body[0]]
    section = reading.section or section_of(page, above, title_at, body[0], reading.known)
    reading = replace(reading, section=section)
    teasers = without_future(read_teasers(related, reading), at) if related else ()
    published = _published(page, above, head, title_at, at)
    base = url or page.meta.url or ""
    return Article(
        Teaser(url, title, section, dateline, "", published),
        read_blocks(parts, page.boxes),
        teasers,
        at,
        authors=authors_of(page, above, labels, title_at, body),
        modified=_modified(page, at),
        image=_image(page, base),
        description=page.meta.description,
        tags=page.meta.tags,
        language=page.meta.language,
        canonical=own_address(page.meta.url or "", base) if base else None,
        parser=PARSER_VERSION,
    )


def _short_region(
    page: Page, above: Sequence[Piece], labels: Sequence[PieceLabel]
) -> Region | None:
    """Return the region of a body that has only short sentences, or None if there is none."""
    furniture = furniture_boxes(page, above, labels)
    first = next(
        (
            i
            for i, piece in enumerate(above)
            if labels[i].name in {"text", "prose"}
            and ends_sentence(piece.text)
            and len(piece.text.split()) > 3
            and not is_chrome(piece.text)
            and not any(box in furniture for box in piece.boxes)
        ),
        None,
    )
    if first is None:
        return None
    return Region(tuple(range(len(above))), first, furniture, None)


def _chosen(
    page: Page,
    above: Sequence[Piece],
    labels: Sequence[PieceLabel],
    region: Region,
    *,
    title_at: int | None,
    title: str,
) -> tuple[list[int], dict[int, str]]:
    """Return the pieces of the body, including its beginning above the region."""
    inside, dropped = body_numbers(page, above, labels, region)
    start = region.first
    opening = _opening(page, above, labels, region, title_at=title_at, inside=inside)
    body = [*opening, *(i for i in inside if i >= start)]
    kept = start if title_at is not None else None
    return [i for i in body if i == kept or not same_title(above[i].text, title)], dropped


def _opening(
    page: Page,
    above: Sequence[Piece],
    labels: Sequence[PieceLabel],
    region: Region,
    *,
    title_at: int | None,
    inside: Sequence[int],
) -> list[int]:
    """Return the pieces of a body between the headline and its first running text.

    These are a standfirst, a first paragraph of few words, and a dateline on a line of its own.
    """
    begin = title_at + 1 if title_at is not None else max(region.first - _KICKER_REACH, 0)
    within = set(inside)
    described = bare_text(page.meta.description or "")
    opening: list[int] = []
    for index in range(begin, region.first):
        piece, label = above[index], labels[index]
        if index not in within and any(
            box in region.furniture and not page.boxes[box].words & _INTRO_WORDS
            for box in piece.boxes
        ):
            continue
        begun = any(labels[i].name == "prose" for i in opening)
        headed = begun and index in within and label.name == "heading" and not piece.href
        if headed or _opens(page, piece, label, described, in_body=index in within):
            opening.append(index)
    return opening


def _opens(page: Page, piece: Piece, label: PieceLabel, described: str, *, in_body: bool) -> bool:
    text = piece.text
    if is_chrome(text) or piece.linked * 2 > len(text) or len(text) > _MAX_INTRO:
        return False
    if is_meta_line(text):
        return False
    if parse_bare_dateline(text) or split_dateline(text)[0]:
        return label.name in {"text", "prose", "heading"}
    if label.name not in {"prose", "text", "heading", "quote", "item"}:
        return False
    words = len(text.split())
    named = any(page.boxes[box].words & _INTRO_WORDS for box in piece.boxes[-4:])
    same = len(bare_text(text)) >= _MIN_SAID and bare_text(text)[:_MIN_SAID] in described
    if named or same:
        return words >= _MIN_INTRO_WORDS
    if label.name == "prose":
        return True
    if label.name == "heading":
        return piece.level > 1 and words >= _MIN_INTRO_WORDS
    if label.name in {"item", "quote"}:
        return in_body
    if in_body and ends_sentence(text) and not piece.href:
        return words >= _MIN_SENTENCE_WORDS
    few = ends_sentence(text) or piece.bold
    return words >= (_MIN_INTRO_WORDS if few else _MIN_LOOSE_WORDS) and (
        in_body or ends_sentence(text)
    )


def _with_dateline(
    above: Sequence[Piece], body: Sequence[int]
) -> tuple[Dateline | None, list[Piece]]:
    """Return the dateline near the beginning of a body, and the pieces of the body without it."""
    pieces = [above[i] for i in body]
    for place, piece in enumerate(pieces[:_DATELINE_REACH]):
        if piece.kind in {"table", "code"}:
            continue
        if sum(map(is_prose, pieces[:place])) > 1:
            break
        bare = parse_bare_dateline(piece.text)
        dateline, text = (None, "") if bare else split_dateline(piece.text)
        if dateline is not None and text:
            cut = len(piece.text) - len(text)
            links = tuple(
                (start - cut, end - cut, url) for start, end, url in piece.links if start >= cut
            )
            pieces[place] = piece._replace(
                text=text, kind="paragraph", level=0, bold=False, glued=False, links=links
            )
            return dateline, _opened(pieces)
        bare = bare or dateline
        if bare and place + 1 < len(pieces) and is_prose(pieces[place + 1]):
            following = pieces[place + 1]
            text = following.text.lstrip("-–—‒− ")
            pieces[place : place + 2] = [following._replace(text=text, glued=False)]
            return bare, _opened(pieces)
    return None, _opened(pieces)


def _opened(pieces: list[Piece]) -> list[Piece]:
    """Return a body in which the pieces before its first running text are not subheadings."""
    for place, piece in enumerate(pieces):
        if is_prose(piece):
            return [
                each._replace(level=0, bold=False, kind="paragraph", glued=False)
                if each.kind in {"heading", "paragraph"}
                else each
                for each in pieces[: place + 1]
            ] + pieces[place + 1 :]
    return pieces


def _modified(page: Page, at: datetime) -> datetime | None:
    """Return the first time of last change (UTC) in the page's head that is not after `at`."""
    stated = (parse_iso(text) for text in page.meta.modified)
    return next((seen.earliest for seen in stated if seen and seen.earliest <= at), None)


def _image(page: Page, base: str) -> Image | None:
    picture = page.meta.image
    url = resolve(picture.url, base) if picture else None
    return Image(url, picture.caption, picture.credit) if picture and url else None


def _shown_at(piece: Piece, at: datetime) -> Sighting | None:
    if phrases.UPDATED.fullmatch(piece.text):
        return None
    found = age_of(piece, at) or find_date(piece.text, at)
    return found or (parse_clock(piece.text, at) if is_clock(piece.text) else None)


def _published(
    page: Page, above: Sequence[Piece], head: Sequence[Piece], title_at: int | None, at: datetime
) -> Sighting | None:
    """Return the narrowest time of publication in the page's head and around its headline."""
    stated = [sighting for text in page.meta.published if (sighting := parse_iso(text))]
    shown = [seen for piece in head if (seen := _shown_at(piece, at))]
    if not shown and title_at is not None:
        kicker = above[max(title_at - _KICKER_REACH, 0) : title_at]
        # A date without a time above the headline is today's date, not the article's.
        shown = [
            sighting
            for piece in kicker
            if (sighting := age_of(piece, at)) and (sighting.latest - sighting.earliest).days < 1
        ]
    stated = [seen for seen in stated if not is_future(seen, at)]
    shown = [seen for seen in shown if not is_future(seen, at)]
    return min((*stated[:1], *shown[:1]), key=lambda s: s.latest - s.earliest, default=None)
