"""Reads pieces as teasers: title, dateline, summary and age, in any order."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from reader.model import Dateline, Sighting, Teaser
from reader.parse.classify.furniture import (
    MAX_META_LINE,
    NO_SECTIONS,
    has_words,
    is_caption,
    is_meta_line,
    is_more_link,
    is_notice,
    is_section,
    meta_parts,
    section_name,
    without_in,
    without_more_link,
)
from reader.parse.document import Piece
from reader.parse.extract.units import group_units
from reader.text.dateline import parse_bare_dateline, split_dateline
from reader.text.dates import find_date, is_future, may_hold_date, parse_iso
from reader.text.relative_time import Age, may_hold_age, parse_age, split_trailing_age

MAX_TEASERS = 200
# The longest title, without dateline and final stop, in characters.
_MAX_TITLE = 140
# The longest line around a time element, in characters.
_MAX_TIME_LINE = 80
_CACHED_LINES = 8192
_ENDED = re.compile(r"[.!?…\"'”’»)·|•([–-]\s*$")
_STOPS = (".", "!", "?", "…")
_CREDIT = "ANP "


class TeaserContext(Struct, frozen=True):
    """The context of teasers: when the page was fetched, its section, the sections it names."""

    at: datetime
    section: str | None
    known: frozenset[str] = NO_SECTIONS
    credited: bool = False


def read_teasers(pieces: Sequence[Piece], reading: TeaserContext) -> tuple[Teaser, ...]:
    """Return the teasers in `pieces`, in page order."""
    pieces = [part for piece in pieces for part in _split_age(piece)]
    teasers = []
    units = group_units(pieces, lambda piece: age_of(piece, reading.at) is not None)
    texts = [_texts(unit, reading) for unit in units]
    titled = _most_have_titles(units, texts, reading)
    for unit, words in islice(zip(units, texts, strict=True), MAX_TEASERS):
        teaser = _teaser(unit, words, reading, titled=titled)
        if teaser:
            teasers.append(teaser)
    distinct = {(teaser.url, teaser.title, teaser.summary) for teaser in teasers}
    # Whole teasers are compared only if titles repeat, since that is slow and rarely needed.
    return tuple(teasers if len(distinct) == len(teasers) else dict.fromkeys(teasers))


def without_future(teasers: Sequence[Teaser], at: datetime) -> tuple[Teaser, ...]:
    """Return teasers of a page fetched at `at`, without times in the future."""
    return tuple(
        replace(teaser, published=None)
        if teaser.published and is_future(teaser.published, at)
        else teaser
        for teaser in teasers
    )


def age_of(piece: Piece, at: datetime) -> Sighting | None:
    """Return the time stated by a piece that is an age, a date or a time element, else None."""
    if len(piece.text) > MAX_META_LINE:
        return None
    return _age_of(piece.text, piece.moment, at)


# Cached, since each step asks it for each line, and the pages of one run repeat lines.
@lru_cache(_CACHED_LINES)
def _age_of(text: str, moment: str | None, at: datetime) -> Sighting | None:
    if (may_hold_date(text) or may_hold_age(text)) and is_meta_line(text):
        for part in meta_parts(text):
            age = parse_age(part.strip("()[]"))
            stated = age.sighting(at) if age else find_date(part, at)
            if stated:
                exact = parse_iso(moment) if moment else None
                return _narrower(exact, stated)
    if moment and len(text) < _MAX_TIME_LINE:
        return parse_iso(moment)
    return None


def trailing_age(piece: Piece) -> tuple[str, Age] | None:
    """Return the text before an age at a piece's end, and the age.

    The text before must be complete, by the end of a link or otherwise, since a headline may end
    in `reed 150 jaar geleden`.
    """
    split = split_trailing_age(piece.text)
    if split is None:
        return None
    ended = _ENDED.search(split[0]) or any(end == len(split[0]) for _, end, _ in piece.links)
    return split if ended else None


def _split_age(piece: Piece) -> list[Piece]:
    """Split an age from the end of a text."""
    split = trailing_age(piece)
    if not split or is_meta_line(piece.text):
        return [piece]
    text = split[0].rstrip(" ·|•-–,([")
    age = piece.text[len(split[0]) :].strip()
    later = piece._replace(text=age, glued=True, inner_href=None, links=())
    return [piece._replace(text=text, moment=None), later]


def _teaser(
    unit: Sequence[Piece], texts: Sequence[Piece], reading: TeaserContext, *, titled: bool
) -> Teaser | None:
    published = next((age for piece in unit if (age := age_of(piece, reading.at))), None)
    section = _own_section(unit, reading) or reading.section
    url = _address(texts) or _address(unit)
    dateline, summary, title = None, "", None
    index = _summary_index(texts, titled=titled)
    if index is not None:
        dateline, summary = _lead(texts, index)
        texts = [piece for piece in texts[:index] if parse_bare_dateline(piece.text) is None] or [
            piece
            for piece in texts[index + 1 :]
            if titled and parse_bare_dateline(piece.text) is None
        ]
    if titled and texts:
        title = _title(texts, reading)
    if not (title or summary) or not (published or dateline or (url and title)):
        return None
    if not published and not dateline and not _is_article_link(url, title):
        return None
    return Teaser(url, title, section, dateline, without_more_link(summary), published)


def _texts(unit: Sequence[Piece], reading: TeaserContext) -> list[Piece]:
    """Return the pieces of a unit without times, labels and buttons."""
    texts = []
    for piece in unit:
        text, level = piece.text, piece.level
        if not level and is_meta_line(text, reading.known):
            continue
        if age_of(piece, reading.at) or not has_words(text):
            continue
        if not level and is_more_link(text) and (piece.href or len(text) < 25):
            continue
        titled = level or (piece.href is not None and len(text.split()) > 3)
        if not titled and (is_notice(text) or is_caption(text)):
            continue
        texts.append(piece)
    return texts


def _summary_index(texts: Sequence[Piece], *, titled: bool) -> int | None:
    """Return the index of the summary in `texts`: the text after a dateline, else a sentence."""
    for index, piece in enumerate(texts):
        if split_dateline(piece.text)[0] and not piece.level:
            return index
    for index, piece in enumerate(texts[:-1]):
        if parse_bare_dateline(piece.text) and not piece.level and (index or not titled):
            return index + 1
    if not titled:
        return len(texts) - 1 if texts else None
    if len(texts) > 1:
        headed = max(range(len(texts)), key=lambda i: (bool(texts[i].level), -i))
        others = [
            index for index in range(len(texts)) if index != (headed if texts[headed].level else 0)
        ]
        return max(others, key=lambda i: len(texts[i].text))
    if texts and not texts[0].level and (len(texts[0].text) > _MAX_TITLE):
        return 0
    return None


def _lead(texts: Sequence[Piece], index: int) -> tuple[Dateline | None, str]:
    dateline, summary = split_dateline(texts[index].text)
    if dateline is None and index and (bare := parse_bare_dateline(texts[index - 1].text)):
        return bare, summary.lstrip("-–— ")
    return dateline, summary


def _title(texts: Sequence[Piece], reading: TeaserContext) -> str:
    """Return the title among the texts before a summary: a heading, else a link, else the last."""
    best = max(
        texts,
        key=lambda piece: (
            piece.level > 0,
            piece.href is not None and len(piece.text) > 12,
            piece.bold,
            texts.index(piece),
        ),
    )
    text = best.text
    if reading.credited and text.startswith(_CREDIT) and len(text) > len(_CREDIT) + 3:
        text = text[len(_CREDIT) :]
    return text


def _is_article_link(url: str | None, title: str | None) -> bool:
    """Tell whether a title without dateline or age leads to an article of the site."""
    return (
        bool(url and title)
        and "/nieuws/" in urlsplit(url or "").path
        and len((title or "").split()) > 2
    )


def _own_section(unit: Sequence[Piece], reading: TeaserContext) -> str | None:
    for piece in unit:
        if not is_meta_line(piece.text, reading.known):
            continue
        parts = map(without_in, meta_parts(piece.text, reading.known))
        named = [part for part in parts if is_section(part, reading.known)]
        # Several names in one line are a menu.
        if len(named) == 1 and named[0].casefold() != "nieuws":
            return section_name(named[0])
    return None


def _address(unit: Sequence[Piece]) -> str | None:
    """Return the link of a unit: that of its title or summary rather than of a label."""
    linked = [piece for piece in unit if piece.href and not is_section(piece.text)]
    best = max(linked, key=lambda piece: (piece.level > 0, len(piece.text)), default=None)
    if best:
        return best.href
    return next((piece.inner_href for piece in unit if piece.inner_href), None)


def _most_have_titles(
    units: Sequence[Sequence[Piece]], texts: Sequence[Sequence[Piece]], reading: TeaserContext
) -> bool:
    """Tell whether most teasers have titles; then a single text is a title, not a summary."""
    counted = titled = 0
    for unit, words in zip(units, texts, strict=True):
        if not words or not any(age_of(piece, reading.at) for piece in unit):
            continue
        counted += 1
        first = words[0]
        short = not split_dateline(first.text)[0] and parse_bare_dateline(first.text) is None
        alone = len(words) == 1 and (first.text.endswith(_STOPS) or len(first.text) > _MAX_TITLE)
        titled += short and not alone
    return titled * 2 > counted or counted == 0


def _narrower(exact: Sighting | None, other: Sighting) -> Sighting:
    if exact is None:
        return other
    return min(exact, other, key=lambda sighting: sighting.latest - sighting.earliest)
