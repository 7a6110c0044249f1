"""Reads the pieces of a page as a listing: teasers, ticker (`Net binnen`), sections, next page."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from reader.model import Listing, Section, Teaser
from reader.parse.classify.boxes import Facts, without_foreign
from reader.parse.classify.furniture import (
    SECTIONS,
    has_words,
    is_chrome,
    is_own_section,
    is_section,
    section_keys,
    section_name,
)
from reader.parse.classify.piece_labels import PieceLabel, bare_text, is_prose, weight
from reader.parse.document import Link, Page, Piece
from reader.parse.extract.analysis import Analysis
from reader.parse.extract.body import Region
from reader.parse.extract.teasers import (
    TeaserContext,
    age_of,
    read_teasers,
    trailing_age,
    without_future,
)
from reader.parse.extract.tiles import read_tiles
from reader.parse.extract.units import group_units
from reader.text.dateline import split_dateline
from reader.text.dates import is_clock, parse_clock, parse_date
from reader.text.slug import slug_of_url, slugify

_SECTION_FOLDER = "/nieuws/"
_SECTION_PATH = re.compile(r"/nieuws/(regio/)?[\w-]+/?")
_SECTION_NAME = re.compile(r"[\w’'‘&-]+(?: [\w’'‘&-]+){0,2}")
_TICKER_LABEL = re.compile(r"net binnen\s*:?", re.IGNORECASE)
_TICKER_LINE = re.compile(r"(?:(\S.{1,40}?)\s+)?(\d{1,2}[:.]\d{2})\s+(\S.*)")
_NEXT_TEXT = re.compile(r"(volgende|oudere?|next)\b.{0,20}|[›»>→]+", re.IGNORECASE)
_EDITION = re.compile(r"editie(:.*)?|(editie:? )?nl & wereld.*", re.IGNORECASE)
_NOT_SECTIONS = frozenset(
    "nieuws zeeland home meer alle archief zoeken contact overzicht weer video foto's foto rss "
    "nieuwsbrief agenda podcast podcasts tip redactie".split()
)
_MAX_SPACES = 2
_MIN_TEASERS = 2
_MAX_TICKER = 50
_MAX_SECTIONS = 50
# The least number of tiles, or lines of headlines, of a listing; and the running text (characters)
# beside them that makes the page an article.
_MIN_TILES = 3
_MIN_LINES = 6
_MIN_ARTICLE = 400
_MAX_TILE = 900
_TITLE_WORDS = 4
_MIN_PROSE = 4
# The least length of running text, longer than a title, in characters.
_MIN_RUNNING = 80


def known_sections(page: Page) -> list[Section]:
    """Return the sections in the page's own navigation, in order."""
    sections: dict[str, Section] = {}
    names: set[str] = set()
    for link in page.links:
        # A cheap check first: most links are headlines, which are longer than names of sections.
        if _SECTION_FOLDER not in link.url or link.text.count(" ") > _MAX_SPACES:
            continue
        if not _SECTION_NAME.fullmatch(link.text):
            continue
        path = urlsplit(link.url).path
        if not _SECTION_PATH.fullmatch(path) or not _names_section(page, link, path):
            continue
        if link.url not in sections and link.text.casefold() not in names:
            sections[link.url] = Section(section_name(link.text), link.url)
            names.add(link.text.casefold())
    return list(sections.values())[:_MAX_SECTIONS]


def is_listing(
    analysis: Analysis, url: str | None, at: datetime, sections: Sequence[Section]
) -> bool:
    """Tell whether a page is a listing, by its address or heading, else by its structure.

    By its structure it is one if most of its running text belongs to teasers, each with an age or
    in a box with a headline that leads elsewhere, or if it has little but such headlines.
    """
    page, pieces, region = analysis.page, analysis.pieces, analysis.region
    if _is_at_section(url, sections) or _is_headed_by_section(pieces, sections):
        return True
    if page.meta.is_article and region and _is_running(pieces, analysis.labels, region):
        return False
    inside = region.pieces if region else range(len(pieces))
    within = frozenset(id(pieces[i]) for i in inside)
    return _is_aged(page, without_foreign(pieces), at, within) or _is_tiled(analysis)


def _is_running(pieces: Sequence[Piece], labels: Sequence[PieceLabel], region: Region) -> bool:
    """Tell whether the region of a body has the running text of an article."""
    prose = [pieces[i] for i in region.pieces if labels[i].name == "prose" and not pieces[i].href]
    return len(prose) >= _MIN_PROSE and sum(len(piece.text) for piece in prose) >= _MIN_ARTICLE * 2


def _is_aged(page: Page, pieces: Sequence[Piece], at: datetime, inside: frozenset[int]) -> bool:
    """Tell whether most of the running text on a page is followed by an age."""
    ages = [bool(age_of(piece, at) or trailing_age(piece)) for piece in pieces]
    if sum(ages) < _MIN_TEASERS:
        return False
    prose = [
        i
        for i, piece in enumerate(pieces)
        if split_dateline(piece.text)[0]
        or (is_prose(piece) and len(piece.text) >= _MIN_RUNNING and not is_chrome(piece.text))
    ]
    if len(prose) < _MIN_TEASERS:
        # One paragraph above a box of headlines with ages is still an article.
        directly = all(any(ages[start : start + 3]) for start in prose)
        return directly and not page.meta.is_article
    bounds = [*prose[1:], len(pieces)]
    held = [
        any(ages[start:end])
        for start, end in zip(prose, bounds, strict=True)
        if id(pieces[start]) in inside
    ]
    return sum(held) >= len(held) * 0.6


def _is_tiled(analysis: Analysis) -> bool:
    """Tell whether a page has little but headlines that lead elsewhere, with their summaries."""
    page, pieces, labels = analysis.page, analysis.pieces, analysis.labels
    judged = analysis.judged
    if _is_headed_by_own(analysis) or (analysis.region is None and page.meta.is_article):
        return False
    foreign = {box for box, why in judged.furniture.items() if why.startswith("headed ")}
    shown = [
        i
        for i, piece in enumerate(pieces)
        if not page.is_framed(piece) and foreign.isdisjoint(piece.boxes)
    ]
    titles = [i for i in shown if _leads(pieces[i], labels[i])]
    loose = [
        pieces[i].text
        for i in shown
        if labels[i].name == "prose" and not _is_carded(page, pieces[i], judged.facts)
    ]
    length = sum(map(weight, loose))
    if page.meta.is_article and length >= _MIN_ARTICLE:
        return False
    headed = sum(pieces[i].level > 0 for i in titles)
    return (headed >= _MIN_TILES or len(titles) >= _MIN_LINES) and (
        length < _MIN_ARTICLE or (len(loose) < headed and length < _MIN_ARTICLE * 2)
    )


def _is_headed_by_own(analysis: Analysis) -> bool:
    """Tell whether running text with a time or a dateline follows the page's own title."""
    page, pieces, labels = analysis.page, analysis.pieces, analysis.labels
    names = {bare_text(title) for title in page.meta.titles}
    top = next(
        (
            i
            for i, piece in enumerate(pieces)
            if piece.level and piece.linked * 2 < len(piece.text) and bare_text(piece.text) in names
        ),
        None,
    )
    if analysis.region is None or top is None:
        return False
    first = next((i for i in analysis.region.pieces if i > top and labels[i].name == "prose"), None)
    between = range(top + 1, first) if first is not None else ()
    if first is None or any(_leads(pieces[i], labels[i]) for i in between):
        return False
    timed = any(labels[i].name in {"time", "byline"} for i in between)
    return timed or split_dateline(pieces[first].text)[0] is not None


def _leads(piece: Piece, label: PieceLabel) -> bool:
    """Tell whether a piece is a headline that leads elsewhere."""
    linked = piece.linked * 2 > len(piece.text) > 0
    return linked and (
        (piece.level > 0 and label.name == "heading") or len(piece.text.split()) >= _TITLE_WORDS
    )


def _is_carded(page: Page, piece: Piece, facts: Mapping[int, Facts]) -> bool:
    """Tell whether a text is in a box with one headline that leads elsewhere."""
    return any(
        facts[box].titles == 1 and facts[box].length < _MAX_TILE and page.boxes[box].tag != "body"
        for box in piece.boxes
    ) or piece.linked * 2 > len(piece.text)


def read_listing(
    page: Page, pieces: Sequence[Piece], url: str | None, at: datetime, sections: Sequence[Section]
) -> Listing:
    """Return the listing in `pieces` of a page fetched at `at`."""
    known = section_keys(section.name for section in sections)
    section = _own_section(page, pieces, url, sections)
    ticker, rest = _split_ticker(pieces, at, known)
    body = [piece for piece in _below_heading(without_foreign(rest), known) if not _is_head(piece)]
    reading = TeaserContext(at, section, known, credited=True)
    teasers = tuple(
        teaser for teaser in read_teasers(body, reading) if teaser.published or teaser.dateline
    )
    tiles = read_tiles(page, rest, reading)
    if len(tiles) > len(teasers) and not any(teaser.dateline for teaser in teasers):
        teasers = tiles
    teasers = without_future(teasers, at)
    return Listing(section, teasers, ticker, tuple(sections), _next_page(page, url), at)


def _names_section(page: Page, link: Link, path: str) -> bool:
    text = link.text
    if text.casefold() in _NOT_SECTIONS:
        return False
    if is_own_section(text):
        return True
    in_menu = any(
        page.boxes[box].tag == "nav" or page.boxes[box].words & {"nav", "menu", "navigation"}
        for box in link.boxes
    )
    return slugify(text) == slug_of_url(path).lower() and (in_menu or "/regio/" in path)


def _is_at_section(url: str | None, sections: Sequence[Section]) -> bool:
    """Tell whether the page's address is that of a section in its navigation."""
    path = urlsplit(url).path.rstrip("/") if url else None
    return any(urlsplit(section.url).path.rstrip("/") == path for section in sections)


def _is_headed_by_section(pieces: Sequence[Piece], sections: Sequence[Section]) -> bool:
    """Tell whether the only top heading of a page is the name of a section."""
    tops = [piece.text for piece in pieces if piece.level == 1]
    known = section_keys(section.name for section in sections)
    named = len(tops) == 1 and is_section(tops[0], known)
    return named and tops[0].casefold() not in _NOT_SECTIONS


def _own_section(
    page: Page, pieces: Sequence[Piece], url: str | None, sections: Sequence[Section]
) -> str | None:
    names = [section.name for section in sections]
    known = section_keys(names)
    titled = sorted((p for p in pieces if p.level), key=lambda piece: piece.level)
    for piece in titled:
        if is_section(piece.text, known) and piece.text.casefold() not in _NOT_SECTIONS:
            return section_name(piece.text)
    own_path = urlsplit(url).path.rstrip("/") if url else None
    for section in sections:
        if own_path and urlsplit(section.url).path.rstrip("/") == own_path:
            return section.name
    if own_path and (slug := own_path.rpartition("/")[2]):
        for name in (*SECTIONS, *names):
            if slugify(name) == slug:
                return name
    for index, piece in enumerate(pieces[:40]):
        after_edition = index and _EDITION.fullmatch(pieces[index - 1].text)
        lone = is_section(piece.text, known) and not piece.href
        if (
            lone
            and (after_edition or not page.is_html)
            and piece.text.casefold() not in _NOT_SECTIONS
        ):
            return section_name(piece.text)
    text = " ".join((*page.meta.titles, *(piece.text for piece in titled[:1])))
    found = [name for name in (*names, *SECTIONS) if re.search(rf"\b{re.escape(name)}\b", text)]
    return found[0] if found else None


def _is_head(piece: Piece) -> bool:
    """Tell whether a piece belongs to the head of a listing: date, edition, section, menu."""
    text = piece.text
    return (
        is_chrome(text)
        or _EDITION.fullmatch(text) is not None
        or (parse_date(text) is not None and piece.moment is None)
        or (is_section(text) and piece.level > 0)
    )


def _below_heading(pieces: Sequence[Piece], known: frozenset[str]) -> list[Piece]:
    """Return the pieces after the section's heading, without menus (several sections in a row)."""
    first = next((i for i, p in enumerate(pieces) if split_dateline(p.text)[0]), len(pieces))
    heads = [i for i in range(first) if pieces[i].level and is_section(pieces[i].text, known)]
    below = list(pieces[heads[0] + 1 if heads else 0 :])
    named = [is_section(piece.text, known) and not piece.level for piece in below]
    return [
        piece
        for i, piece in enumerate(below)
        if not (named[i] and (named[i - 1 : i] == [True] or named[i + 1 : i + 2] == [True]))
    ]


def _split_ticker(
    pieces: Sequence[Piece], at: datetime, known: frozenset[str]
) -> tuple[tuple[Teaser, ...], list[Piece]]:
    """Return the teasers of the ticker, and the pieces outside of it."""
    labels = [i for i, piece in enumerate(pieces) if _TICKER_LABEL.fullmatch(piece.text)]
    if not labels:
        return (), list(pieces)
    start = labels[0]
    end = start + 1
    last_clock = start
    while end < len(pieces):
        piece = pieces[end]
        if split_dateline(piece.text)[0] or (age_of(piece, at) and not is_clock(piece.text)):
            break
        if is_clock(piece.text) or _TICKER_LINE.fullmatch(piece.text):
            last_clock = end
        elif end - last_clock > 3:
            break
        end += 1
    inside = _ticker_pieces(pieces[start + 1 : end], pieces[start], pieces[last_clock])
    apart = sum(is_clock(piece.text) for piece in inside) > 1
    units = group_units(
        inside,
        lambda piece: (
            is_clock(piece.text) if apart else _TICKER_LINE.fullmatch(piece.text) is not None
        ),
    )
    rest = [*pieces[:start], *pieces[start + 1 + len(inside) :]]
    return _ticker(units, at, known), rest


def _ticker_pieces(pieces: Sequence[Piece], label: Piece, last: Piece) -> list[Piece]:
    """Return the pieces up to the last line with a clock time, and the rest of its unit."""
    index = next(i for i, piece in enumerate((label, *pieces)) if piece is last)
    line = _TICKER_LINE.fullmatch(last.text)
    inner = [box for box in last.boxes if box not in label.boxes]
    end = index
    while end < len(pieces) and not line:
        piece = pieces[end]
        if (inner and inner[0] not in piece.boxes) or is_clock(piece.text):
            break
        end += 1
        if not inner and len(piece.text.split()) > 2:
            break
    return list(pieces[:end])


def _ticker(
    units: Sequence[Sequence[Piece]], at: datetime, known: frozenset[str]
) -> tuple[Teaser, ...]:
    teasers: list[Teaser] = []
    not_after = at
    for unit in units[:_MAX_TICKER]:
        entry = _ticker_entry(unit, known)
        published = parse_clock(entry[1], not_after) if entry else None
        if entry is None or published is None:
            continue
        not_after = min(not_after, published.earliest)
        hrefs = (piece.href or piece.inner_href for piece in reversed(unit))
        href = next((found for found in hrefs if found), None)
        teasers.append(Teaser(href, entry[2], entry[0], None, "", published))
    return tuple(teasers)


def _ticker_entry(
    unit: Sequence[Piece], known: frozenset[str]
) -> tuple[str | None, str, str] | None:
    """Return the section, the clock time and the title of one line of the ticker."""
    clock = next((piece.text for piece in unit if is_clock(piece.text)), None)
    texts = [piece.text for piece in unit if piece.text != clock and has_words(piece.text)]
    if clock is None:
        match = _TICKER_LINE.fullmatch(" ".join(texts))
        return (match[1], match[2], match[3]) if match else None
    if not texts:
        return None
    section = None
    if len(texts) > 1 and (is_section(texts[0], known) or len(texts[0].split()) <= 3):
        section, texts = texts[0], texts[1:]
    return section, clock, " ".join(texts)


def _next_page(page: Page, url: str | None) -> str | None:
    for link in page.links:
        if "next" in link.rel.split():
            return link.url
    current = _page_number(url) or 1
    for link in page.links:
        if _NEXT_TEXT.fullmatch(link.text) and _page_number(link.url) not in {None, current - 1}:
            return link.url
    own = urlsplit(url).path if url else None
    for link in page.links:
        number = _page_number(link.url)
        if number == current + 1 and (own is None or urlsplit(link.url).path == own):
            return link.url
    return None


def _page_number(url: str | None) -> int | None:
    values = parse_qs(urlsplit(url).query).get("page") if url else None
    return int(values[0]) if values and values[0].isdecimal() and len(values[0]) < 8 else None
