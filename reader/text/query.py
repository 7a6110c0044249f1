"""Parses search queries: words, phrases, fields, dates; pure.

No query is an error: text that is not a known field or date is searched for as words. Where that
looks like a mistake, the query has a reason for doubt, which the reader is told.
"""

import re
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import Reason, reason
from reader.model import SearchColumn, Term
from reader.text.dates import SITE_ZONE, parse_date, parse_iso
from reader.text.sanitize import clean_line
from reader.text.slug import words_of

# The states of a headline, named as the columns of its row.
State = Literal["read", "saved", "cached", "muted"]

# Bounds on pasted text: characters that are read, and terms that are searched for.
_MAX_QUERY = 1_000
_MAX_TERMS = 24
_QUOTES = str.maketrans("“”„«»", '"""""')
# A sign for "not", a field's name, and a phrase (its closing quote may be missing) or a word.
_PART = re.compile(r'(-?)(?:([^\W\d_]{1,20}):)?(?:"([^"]*)"?|([^\s"]+))')
_COLUMNS: dict[str, SearchColumn] = {
    "title": "title", "titel": "title", "kop": "title", "place": "place", "plaats": "place",
    "agency": "agency", "bureau": "agency", "bron": "agency", "section": "section",
    "sectie": "section", "rubriek": "section",
}  # fmt: skip
_MARKS: dict[str, tuple[State, bool]] = {
    "unread": ("read", False), "ongelezen": ("read", False), "read": ("read", True),
    "gelezen": ("read", True), "saved": ("saved", True), "bewaard": ("saved", True),
    "offline": ("cached", True), "muted": ("muted", True), "gedempt": ("muted", True),
}  # fmt: skip
_STORY, _SOURCE = {"story", "verhaal"}, {"source", "feed"}
_TAG = {"tag", "label"}
_BEFORE, _AFTER, _IS = {"before", "voor"}, {"after", "na", "sinds", "since"}, {"is"}
_FIELDS = _COLUMNS.keys() | _STORY | _SOURCE | _TAG | _BEFORE | _AFTER | _IS
_DAYS_BACK = {
    "vandaag": 0, "today": 0, "gisteren": 1, "yesterday": 1, "eergisteren": 2,
}  # fmt: skip
_WEEKDAYS = (
    ("maandag", "ma", "monday", "mon"), ("dinsdag", "di", "tuesday", "tue"),
    ("woensdag", "wo", "wednesday", "wed"), ("donderdag", "do", "thursday", "thu"),
    ("vrijdag", "vr", "friday", "fri"), ("zaterdag", "za", "saturday", "sat"),
    ("zondag", "zo", "sunday", "sun"),
)  # fmt: skip
_WEEKDAY = {name: day for day, names in enumerate(_WEEKDAYS) for name in names}
_UNITS = {
    name: unit
    for names, unit in (
        ("u uur h hour hours", timedelta(hours=1)),
        ("d dag dagen day days", timedelta(days=1)),
        ("w week weken weeks", timedelta(weeks=1)),
        ("j jaar y year years", timedelta(days=365)),
    )
    for name in names.split()
}
_SPAN = re.compile(rf"(\d{{1,5}})({'|'.join(sorted(_UNITS, reverse=True))})")
_NUMBER = re.compile(r"[0-9]{1,15}")
_MONTH = re.compile(r"(\d{4})(?:-(\d{1,2}))?")


class Query(Struct, frozen=True):
    """A query: all of `wanted`, `marks` and `tags`, none of `unwanted`, from `start`, before `end`.

    `start` and `end` are moments in UTC, or None for no bound. `story` is the story of all hits;
    `in_story` tells whether they are in any story. The name of their source has each of `sources`
    in it, in lower case, and none of `other_sources`. `doubts` has a reason for each part that
    looks like a field but is none: `query_date`, `query_mark`, `query_story` or `query_value` for a
    field whose value is not valid, and `query_field` for a name that is unknown.
    """

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    marks: frozenset[tuple[State, bool]] = frozenset()
    tags: tuple[tuple[str, bool], ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    story: int | None = None
    in_story: bool | None = None
    sources: tuple[str, ...] = ()
    other_sources: tuple[str, ...] = ()
    doubts: tuple[Reason, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether the query has no condition."""
        return self == Query()


def parse_query(text: str, now: datetime) -> Query:
    """Return the query of `text`, typed at `now`; its last word is a prefix unless a space follows.

    Dates are in the site's time zone.
    """
    text = text[:_MAX_QUERY].translate(_QUOTES)
    query, opened = Query(), False
    for part in islice(_PART.finditer(clean_line(text)), _MAX_TERMS):
        before, query = query, _with_part(query, part, now)
        opened = query.wanted != before.wanted and part[4] is not None
    if opened and not text[-1].isspace():
        *others, last = query.wanted
        query = replace(query, wanted=(*others, replace(last, is_open=True)))
    return query


def take_sources(text: str) -> tuple[str, Query]:
    """Return a text without its fields for sources, and a query of those fields only."""
    text, query, rest = text[:_MAX_QUERY].translate(_QUOTES), Query(), []
    for part in islice(_PART.finditer(clean_line(text)), _MAX_TERMS):
        value = (part[4] if part[3] is None else part[3]).lower()
        if part[2] is None and value.endswith(":") and value[:-1] in _SOURCE:
            # The name of the source is not typed yet.
            continue
        if (part[2] or "").lower() not in _SOURCE:
            rest.append(part[0])
        elif value and part[1]:
            query = replace(query, other_sources=(*query.other_sources, value))
        elif value:
            query = replace(query, sources=(*query.sources, value))
    return " ".join(rest), query


def has_fields(text: str) -> bool:
    """Tell whether a text has fields of a query, other than those for sources."""
    parts = islice(_PART.finditer(clean_line(text[:_MAX_QUERY])), _MAX_TERMS)
    return any((part[2] or "").lower() in _FIELDS - _SOURCE for part in parts)


def make_term(
    text: str, column: SearchColumn | None = None, *, is_open: bool = False, is_quoted: bool = False
) -> Term:
    """Return the term of a word or phrase."""
    return Term(text, tuple(words_of(text)), column, is_open, is_quoted)


def _with_part(query: Query, part: re.Match[str], now: datetime) -> Query:
    """Return the query with one more field, word or phrase."""
    unwanted, name, phrase, word = bool(part[1]), (part[2] or "").lower(), part[3], part[4]
    value = word if phrase is None else phrase
    column = _COLUMNS.get(name)
    if column and make_term(value).tokens:
        terms = [make_term(value, column)]
    elif narrowed := _narrowed(query, name, value.lower(), now, unwanted=unwanted):
        return narrowed
    else:
        # An unknown field is searched for as words.
        if doubt := _doubt_about(part):
            query = replace(query, doubts=(*query.doubts, doubt))
        terms = [make_term(each, is_quoted=phrase is not None) for each in (name, value)]
    terms = [term for term in terms if term.tokens]
    if unwanted:
        return replace(query, unwanted=(*query.unwanted, *terms))
    return replace(query, wanted=(*query.wanted, *terms))


def _doubt_about(part: re.Match[str]) -> Reason | None:
    """Return why words may have been meant as a field, or None if nothing suggests that."""
    written, name, value = part[0], (part[2] or "").lower(), part[4] if part[3] is None else part[3]
    if not name:
        is_field = part[3] is None and value.endswith(":") and value[:-1].lower() in _FIELDS
        # At the end, the value is not typed yet.
        is_cut = is_field and part.end() < len(part.string)
        return reason("query_value", part=written) if is_cut else None
    if name not in _FIELDS:
        # An address is not a field.
        return None if value.startswith("//") else reason("query_field", field=name)
    if name in _BEFORE | _AFTER and value:
        return reason("query_date", part=written, field=name)
    if name in _IS and value:
        return reason("query_mark", part=written, field=name)
    if name in _STORY and value:
        return reason("query_story", part=written, field=name)
    return reason("query_value", part=written)


def _narrowed(
    query: Query, name: str, value: str, now: datetime, *, unwanted: bool
) -> Query | None:
    """Return the query with the condition of a field, or None if there is no such field."""
    if name in _IS and value in _MARKS:
        mark, is_set = _MARKS[value]
        return replace(query, marks=query.marks | {(mark, is_set != unwanted)})
    if name in _TAG and value:
        return replace(query, tags=(*query.tags, (value, not unwanted)))
    if name in _IS and value in _STORY:
        return replace(query, in_story=not unwanted)
    if name in _STORY and _NUMBER.fullmatch(value) and not unwanted:
        return replace(query, story=int(value))
    if name in _SOURCE and value and unwanted:
        return replace(query, other_sources=(*query.other_sources, value))
    if name in _SOURCE and value:
        return replace(query, sources=(*query.sources, value))
    if name not in _BEFORE | _AFTER:
        return None
    moment = _moment(value, now.astimezone(SITE_ZONE))
    if moment is None:
        return None
    if (name in _AFTER) != unwanted:
        return replace(query, start=max(query.start or moment, moment))
    return replace(query, end=min(query.end or moment, moment))


def parse_moment(text: str, now: datetime) -> datetime | None:
    """Return the moment (UTC) of a text such as `2d`, a day or a time; None for any other text."""
    return _moment(text.strip().lower(), now.astimezone(SITE_ZONE))


def _moment(text: str, local: datetime) -> datetime | None:
    """Return the moment (UTC) at which the day, month, year or span of `text` begins, or None."""
    try:
        today = local.replace(hour=0, minute=0, second=0, microsecond=0)
        if text in _DAYS_BACK:
            return (today - timedelta(days=_DAYS_BACK[text])).astimezone(UTC)
        if text in _WEEKDAY:
            back = (today.weekday() - _WEEKDAY[text]) % 7
            return (today - timedelta(days=back)).astimezone(UTC)
        if span := _SPAN.fullmatch(text):
            return local.astimezone(UTC) - int(span[1]) * _UNITS[span[2]]
        if month := _MONTH.fullmatch(text):
            return datetime(int(month[1]), int(month[2] or 1), 1, tzinfo=SITE_ZONE).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    printed = parse_date(text) or parse_iso(text)
    return printed.earliest if printed else None
