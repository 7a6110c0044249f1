"""Recognises texts on a news page that are not news: labels, notices, credits, buttons."""

import re
from collections.abc import Iterable

from reader.parse.classify import phrases
from reader.text.dates import is_clock, is_date
from reader.text.memoize import memoized
from reader.text.relative_time import parse_age

# The site's names of its sections and regions.
SECTIONS = (
    "Binnenland",
    "Buitenland",
    "Financieel",
    "Sport",
    "Voetbal",
    "Politiek",
    "Beveland",
    "Middelburg",
    "Vlissingen",
    "Tholen",
)
# Names of sections on similar news sites.
_OTHER_SECTIONS = (
    "Economie",
    "Regio",
    "Regionaal",
    "Zeeland",
    "Nieuws",
    "Algemeen",
    "Cultuur",
    "Landelijk",
    "Media",
    "Wetenschap",
    "Wielrennen",
    "Tennis",
    "Terneuzen",
    "Goes",
)
_SPELLING = {name.casefold(): name for name in SECTIONS}
_SECTION_KEYS = frozenset(_SPELLING) | {name.casefold() for name in _OTHER_SECTIONS}
NO_SECTIONS: frozenset[str] = frozenset()
# Greatest length in characters, and in words.
_MAX_NOTICE = 300
MAX_META_LINE = 200
_MAX_META_WORDS = 10
_MAX_BYLINE_WORDS = 9
_MAX_MORE_LINK = 50
_MAX_LAST_WORD = 14
_WORD = re.compile(r"\w")


def section_keys(names: Iterable[str]) -> frozenset[str]:
    """Return a page's own section names as the keys that the functions of this module take."""
    return frozenset(name.casefold() for name in names) - _SECTION_KEYS


def section_name(text: str) -> str:
    """Return a section's name in the site's own spelling; other names unchanged."""
    return _SPELLING.get(text.casefold(), text)


def is_own_section(text: str) -> bool:
    """Tell whether `text` is the name of one of the site's own sections."""
    return text.casefold() in _SPELLING


def is_section(text: str, known: frozenset[str] = NO_SECTIONS) -> bool:
    """Tell whether `text` is the name of a section, one of the site's or of `known` ones."""
    folded = text.strip().casefold()
    return folded in _SECTION_KEYS or folded in known


@memoized
def is_chrome(text: str) -> bool:
    """Tell whether `text` belongs to the header of every page of the site."""
    return phrases.CHROME.fullmatch(text) is not None


@memoized
def is_box_label(text: str) -> bool:
    """Tell whether `text` is the heading of a box that is not part of the text around it."""
    return phrases.BOX_LABEL.fullmatch(text) is not None


@memoized
def heads_comments(text: str) -> bool:
    """Tell whether `text` is the heading of readers' comments."""
    return phrases.COMMENTS.fullmatch(text) is not None


@memoized
def is_foreign_label(text: str) -> bool:
    """Tell whether `text` is the heading of a box of other headlines, not of one advertisement."""
    return is_box_label(text) and phrases.PASSING_LABEL.fullmatch(text) is None


@memoized
def is_notice(text: str) -> bool:
    """Tell whether `text` is a line of an advertisement, newsletter, cookie or sharing box."""
    return len(text) < _MAX_NOTICE and (
        phrases.NOTICE.match(text) is not None
        or is_box_label(text)
        or phrases.NOTICE_WITHIN.fits(text)
    )


@memoized
def is_credit(text: str) -> bool:
    """Tell whether `text` is a source line or the credit of a picture."""
    return (
        phrases.CREDIT.fullmatch(text) is not None or phrases.AGENCIES.fullmatch(text) is not None
    )


@memoized
def is_caption(text: str) -> bool:
    """Tell whether `text` is the caption of a picture: it ends in a credit."""
    return len(text) < _MAX_NOTICE and phrases.CAPTION.fits(text)


@memoized
def is_byline(text: str) -> bool:
    """Tell whether `text` is a byline."""
    few_words = len(text.split()) <= _MAX_BYLINE_WORDS
    return few_words and phrases.BYLINE.fullmatch(text) is not None


@memoized
def is_button(text: str) -> bool:
    """Tell whether `text` is the text of a button or of a sharing link."""
    return phrases.BUTTON.fullmatch(text) is not None


def is_time(text: str) -> bool:
    """Tell whether `text` is an age, a date or a clock time."""
    text = text.strip("()[]")
    return parse_age(text) is not None or is_date(text) or is_clock(text)


def is_meta_line(text: str, known: frozenset[str] = NO_SECTIONS) -> bool:
    """Tell whether every part of `text` is a section, time, credit, byline, button or mark."""
    return _is_meta_line(text, known) if known else _is_plain_meta_line(text)


@memoized
def _is_plain_meta_line(text: str) -> bool:
    return _is_meta_line(text, NO_SECTIONS)


def meta_parts(text: str, known: frozenset[str] = NO_SECTIONS) -> tuple[str, ...]:
    """Return the parts of a line such as `Buitenland · 2 uur geleden`, the whole line first."""
    return _meta_parts(text, known) if known else _plain_meta_parts(text)


@memoized
def _plain_meta_parts(text: str) -> tuple[str, ...]:
    return _meta_parts(text, NO_SECTIONS)


def _meta_parts(text: str, known: frozenset[str]) -> tuple[str, ...]:
    parts = _parts(text, known) if len(text) <= MAX_META_LINE else ()
    return (text, *(part for part in parts if part != text))


@memoized
def is_more_link(text: str) -> bool:
    """Tell whether `text` is only an invitation to read on: `Lees meer`, `Alle berichten`."""
    return len(text) < _MAX_MORE_LINK and phrases.MORE_LINK.fullmatch(text) is not None


def without_in(text: str) -> str:
    """Return `text` without a preposition before a section: `in Buitenland`."""
    return phrases.IN_SECTION.sub("", text)


@memoized
def without_more_link(text: str) -> str:
    """Return `text` without an invitation to read on at its end."""
    end = text[-_MAX_MORE_LINK:].lower()
    if not any(word in end for word in phrases.MORE_WORDS):
        return text
    # Only the end is searched, since the pattern could begin at each of many signs.
    return text[:-_MAX_MORE_LINK] + phrases.TRAILING_MORE.sub("", text[-_MAX_MORE_LINK:])


@memoized
def has_words(text: str) -> bool:
    """Tell whether `text` holds a letter or a digit."""
    return _WORD.search(text) is not None


def _is_meta_line(text: str, known: frozenset[str]) -> bool:
    if len(text) > MAX_META_LINE:
        return False
    return _is_meta(text, known) or all(_is_meta(part, known) for part in _parts(text, known))


def _parts(text: str, known: frozenset[str]) -> tuple[str, ...]:
    marked = [part for part in phrases.SEPARATOR.split(text) if part]
    return tuple(part for whole in marked for part in _by_time(whole, known)) or (text,)


def _by_time(text: str, known: frozenset[str]) -> list[str]:
    """Return a section and a time that are separated by a space, or `text` alone."""
    words = text.split()
    if len(words) <= _MAX_META_WORDS and _may_hold_time(text) and not _is_meta(text, known):
        for cut in range(1, len(words)):
            first, rest = " ".join(words[:cut]), " ".join(words[cut:])
            timed = is_time(first) or is_time(rest)
            if timed and _is_meta(first, known) and _is_meta(rest, known):
                return [first, rest]
    return [text]


def _may_hold_time(text: str) -> bool:
    """Tell cheaply whether a line may begin or end with a time."""
    end = text[-_MAX_LAST_WORD:].lower().rstrip(" .)]")
    return (
        end[-1:].isdigit()
        or end.endswith(phrases.TIME_ENDS)
        or phrases.TIME_BEGINS.match(text) is not None
    )


def _is_meta(text: str, known: frozenset[str]) -> bool:
    return (
        is_section(without_in(text), known)
        or is_chrome(text)
        or is_time(text)
        or is_credit(text)
        or is_button(text)
        or is_byline(text)
        or is_box_label(text)
        or phrases.READING_TIME.fullmatch(text) is not None
        or phrases.ONLY_MARKS.fullmatch(text) is not None
        or is_updated(text)
    )


def is_updated(text: str) -> bool:
    """Tell whether `text` states when the page was last changed."""
    match = phrases.UPDATED.fullmatch(text)
    return match is not None and is_time(match[1])
