"""The lines of an export, one JSON object each: parsed, checked and made harmless; pure.

The first line is the header. Times are ISO 8601 in UTC, missing values are null. `id` numbers a
headline within its file; `related` lines, which come after all headlines, refer to it.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import ReaderError, Reason, reason
from reader.jsonform import Json, reason_of
from reader.model import (
    DEFAULT_SOURCE,
    Article,
    Block,
    BlockKind,
    Dateline,
    Image,
    Mark,
    Teaser,
    TextLink,
)
from reader.store.conversion import moment_of, seconds_of
from reader.store.ingest.identity import ItemName
from reader.store.ingest.items import Item
from reader.store.ingest.publication_time import MAX_SIGHTINGS, Seen
from reader.store.story_choices import CorrectionField
from reader.text.sanitize import clean_line, clean_text
from reader.text.tags import tag_of
from reader.text.url import address

FORMAT, VERSION = "znreader-export", 1
# An edition for many readers: the same lines without anything personal.
BUNDLE = "znreader-bundle"
BUNDLE_HEADER: Json = {"format": BUNDLE, "version": VERSION}
_MAX_ID = 64
# Headline numbers come from counting; larger ones would leave none for the next headline.
_MAX_NUMBER = 2**40
_FIRST_YEAR, _LAST_YEAR = 1000, 9998
_MAX_TEXT = 1_000_000
_MAX_LINE = 4_000
_MAX_LANGUAGE = 40
_MAX_MANY = 20_000
_SURROGATE = re.compile("[\ud800-\udfff]")


class HeadlineLine(Struct, frozen=True):
    """A headline with its marks, tags, names (with their order), sightings and article.

    The related teasers of the article are in a line of their own. `place` is the reading position
    in the article, 0 if it was not begun; old exports lack it. `watched` tells that its story is
    watched, whose number is not the same everywhere.
    """

    id: int
    item: Item
    marks: tuple[Mark, ...]
    names: tuple[tuple[int, ItemName], ...]
    sightings: tuple[Seen, ...]
    article: Article | None
    place: int
    tags: tuple[str, ...] = ()
    watched: bool = False


class RelatedLine(Struct, frozen=True):
    """The related headlines of an article that was fetched at a given time, in page order."""

    article: int
    fetched: int
    items: tuple[int, ...]


class PageLine(Struct, frozen=True):
    """The data about a requested address; the fields are the columns of `pages`."""

    url: str
    etag: str | None
    modified: str | None
    article: bool
    checked: int | None
    fetched: int | None
    failure: Reason | None
    failed: int | None
    tries: int


class SectionLine(Struct, frozen=True):
    """A section of the site; the fields are the columns of `sections`."""

    source: str
    name: str
    url: str
    followed: bool
    position: int
    seen: int


class MuteLine(Struct, frozen=True):
    """A mute of the reader, as written: a phrase, or `section:Name`."""

    name: str


class SearchLine(Struct, frozen=True):
    """A saved search of the reader; the fields are columns of `searches`."""

    name: str
    query: str


class StoryLine(Struct, frozen=True):
    """A reader's correction about a report: `split` or `join`, and the other report it names.

    Both are identified by names with their kind before a colon, as in `address:`.
    """

    report: str
    field: CorrectionField
    other: str


ExportLine = HeadlineLine | RelatedLine | PageLine | SectionLine | MuteLine | SearchLine | StoryLine


class Origin(Struct, frozen=True):
    """The origin of a file of lines: the id of the cache, None if it is not given."""

    is_bundle: bool
    cache: str | None


class WrongLine(ReaderError, ValueError):
    """A line of a file cannot be used."""


def parse_line(text: bytes) -> ExportLine:
    """Return the content of a line after the header; raises WrongLine if it has none."""
    document = _json(text)
    kind = document.get("kind")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise WrongLine("not_export_line")
    return _KINDS[kind](document)


def header(cache: str) -> Json:
    """Return the first line of an export of a cache with this id."""
    return {"format": FORMAT, "version": VERSION, "cache": cache}


def export_origin(text: bytes) -> Origin:
    """Return the origin that a first line gives; raises WrongLine if the line is invalid."""
    document = _json(text)
    if document.get("format") not in {FORMAT, BUNDLE}:
        raise WrongLine("not_export")
    if document.get("version") != VERSION:
        raise WrongLine("export_version")
    cache = document.get("cache")
    is_id = isinstance(cache, str) and len(cache) <= _MAX_ID
    return Origin(document["format"] == BUNDLE, cache if is_id else None)


def is_marked(line: HeadlineLine) -> bool:
    """Tell whether a reader marked or tagged a headline, or watches its story."""
    return bool(line.marks or line.tags or line.watched)


def without_marks(line: ExportLine) -> ExportLine | None:
    """Return a line without anything personal to a reader, None if nothing is left.

    Personal are marks, tags, reading positions, followed and muted things, saved searches, watched
    stories and corrections of stories.
    """
    if isinstance(line, MuteLine | SearchLine | StoryLine):
        return None
    if isinstance(line, HeadlineLine):
        return replace(line, marks=(), place=0, tags=(), watched=False)
    return replace(line, followed=True) if isinstance(line, SectionLine) else line


def _json(text: bytes) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongLine("not_json") from None
    if not isinstance(document, dict):
        raise WrongLine("not_object")
    return document


def _headline(document: dict[str, Any]) -> HeadlineLine:
    teaser = Teaser(
        _url(document["url"]) if document.get("url") is not None else None,
        _text(document, "title", none=True),
        _text(document, "section", none=True),
        _dateline(document.get("dateline")),
        _text(document, "summary", most=_MAX_TEXT) or "",
    )
    item = Item(
        teaser, _time(document, "seen"), _time(document, "updated"), source=_source(document)
    )
    marks = tuple(mark for mark in get_args(Mark) if mark in document and _flag(document, mark))
    names = tuple(map(_name, _many(document, "names")))
    # Only entries of feeds may have none, because they have no link of their own.
    if not names and item.source == DEFAULT_SOURCE:
        raise WrongLine("field_empty", field="names")
    sightings = tuple(map(_sighting, _many(document, "sightings")[:MAX_SIGHTINGS]))
    article = None if document.get("article") is None else _article(document["article"], teaser)
    place = 0 if document.get("place") is None else _number(document, "place")
    number = _number(document, "id", 1)
    tags = tuple(dict.fromkeys(filter(None, map(tag_of, _texts(document, "tags")))))
    watched = "watched" in document and _flag(document, "watched")
    return HeadlineLine(number, item, marks, names, sightings, article, place, tags, watched)


def _source(document: dict[str, Any]) -> str:
    """Return the name of a source, which older exports lack."""
    return _text(document, "source", none=True) or DEFAULT_SOURCE


def _related(document: dict[str, Any]) -> RelatedLine:
    items = tuple(_number({"items": each}, "items", 1) for each in _many(document, "items"))
    return RelatedLine(_number(document, "article", 1), _time(document, "fetched"), items)


def _page(document: dict[str, Any]) -> PageLine:
    return PageLine(
        url=_url(document.get("url")),
        etag=_text(document, "etag", none=True),
        modified=_text(document, "modified", none=True),
        article=_flag(document, "article"),
        checked=_time_or_none(document, "checked"),
        fetched=_time_or_none(document, "fetched"),
        failure=_failure(document.get("failure")),
        failed=_time_or_none(document, "failed"),
        tries=_number(document, "tries"),
    )


def _failure(document: object) -> Reason | None:
    """Return why a page failed; an export of an older version has a plain sentence."""
    if document is None:
        return None
    if isinstance(document, str):
        return reason("text", text=clean_line(document[:_MAX_LINE]))
    return reason_of(document)


def _section(document: dict[str, Any]) -> SectionLine:
    name = _text(document, "name")
    if not name:
        raise WrongLine("field_empty", field="name")
    return SectionLine(
        source=_source(document),
        name=name,
        url=_url(document.get("url")),
        followed="followed" not in document or _flag(document, "followed"),
        position=_number(document, "position"),
        seen=_time(document, "seen"),
    )


def _mute(document: dict[str, Any]) -> MuteLine:
    return MuteLine(_required(document, "name"))


def _search(document: dict[str, Any]) -> SearchLine:
    return SearchLine(_required(document, "name"), _required(document, "query"))


def _story(document: dict[str, Any]) -> StoryLine:
    fields: tuple[CorrectionField, ...] = get_args(CorrectionField)
    field = next((each for each in fields if each == document.get("said")), None)
    if field is None:
        raise WrongLine("field_wrong", field="said")
    return StoryLine(_required(document, "report"), field, _required(document, "other"))


def _required(document: dict[str, Any], key: str) -> str:
    """Return a text that must not be empty; raises WrongLine."""
    text = _text(document, key)
    if not text:
        raise WrongLine("field_empty", field=key)
    return text


_KINDS: dict[str, Callable[[dict[str, Any]], ExportLine]] = {
    "headline": _headline,
    "related": _related,
    "page": _page,
    "section": _section,
    "mute": _mute,
    "search": _search,
    "story": _story,
}


def _article(document: object, teaser: Teaser) -> Article:
    """Return an article; older exports have only the time of its fetch and its blocks."""
    if not isinstance(document, dict):
        raise WrongLine("field_wrong", field="article")
    blocks = tuple(map(_block, _many(document, "blocks")))
    if not blocks:
        raise WrongLine("field_empty", field="blocks")
    modified = _time_or_none(document, "modified")
    return Article(
        teaser,
        blocks,
        (),
        moment_of(_time(document, "fetched")),
        authors=_texts(document, "authors"),
        modified=None if modified is None else moment_of(modified),
        image=None if document.get("image") is None else _image(document["image"]),
        description=_text(document, "description", none=True),
        tags=_texts(document, "tags"),
        language=_text(document, "language", none=True, most=_MAX_LANGUAGE),
    )


def _block(document: object) -> Block:
    if not isinstance(document, dict) or document.get("kind") not in get_args(BlockKind):
        raise WrongLine("field_wrong", field="blocks")
    text = document.get("text")
    if not isinstance(text, str) or len(text) > _MAX_TEXT:
        raise WrongLine("field_too_long", field="text")
    cleaned = clean_text(text)
    number = None if document.get("number") is None else _number(document, "number")
    links = () if cleaned != text or document.get("links") is None else _links(document, len(text))
    rows = () if document.get("rows") is None else tuple(map(_row, _many(document, "rows")))
    return Block(document["kind"], cleaned, number, rows, links)


def _links(document: dict[str, Any], length: int) -> tuple[TextLink, ...]:
    """Return the links in a text of a length, which are in order and do not overlap."""
    links, free = list[TextLink](), 0
    for each in _many(document, "links"):
        if not isinstance(each, list) or len(each) != 3:
            raise WrongLine("field_wrong", field="links")
        start, end = (_number({"links": place}, "links") for place in each[:2])
        if not free <= start < end <= length:
            raise WrongLine("field_wrong", field="links")
        links.append(TextLink(start, end, _url(each[2])))
        free = end
    return tuple(links)


def _row(document: object) -> tuple[str, ...]:
    return _texts({"rows": document}, "rows", most=_MAX_TEXT)


def _image(document: object) -> Image:
    if not isinstance(document, dict):
        raise WrongLine("field_wrong", field="image")
    caption, credit = (_text(document, key, none=True) for key in ("caption", "credit"))
    return Image(_url(document.get("url")), caption, credit)


def _texts(document: dict[str, Any], key: str, most: int = _MAX_LINE) -> tuple[str, ...]:
    """Return the texts of a list, one line each; none if there is no such list."""
    if document.get(key) is None:
        return ()
    return tuple(_text({key: each}, key, most=most) or "" for each in _many(document, key))


def _dateline(document: object) -> Dateline | None:
    if document is None:
        return None
    if not isinstance(document, dict):
        raise WrongLine("field_wrong", field="dateline")
    places, agencies = (
        tuple(_text({key: each}, key) or "" for each in _many(document, key))
        for key in ("places", "agencies")
    )
    return Dateline(places, agencies)


def _name(document: object) -> tuple[int, ItemName]:
    if (
        not isinstance(document, list)
        or len(document) != 3
        or document[0] not in ("address", "slug", "lead")
    ):
        raise WrongLine("field_wrong", field="names")
    text = document[1]
    if not isinstance(text, str) or not 0 < len(text) <= _MAX_LINE or _SURROGATE.search(text):
        raise WrongLine("field_too_long", field="names")
    # A name is compared and never shown; cleaning could change it. An older version wrote addresses
    # differently.
    name = address(text) if document[0] == "address" else text
    return _number({"names": document[2]}, "names", 1), ItemName(document[0], name)


def _sighting(document: object) -> Seen:
    if not isinstance(document, list) or len(document) != 3:
        raise WrongLine("field_wrong", field="sightings")
    seen = Seen(*(_time({"sightings": each}, "sightings") for each in document))
    if seen.earliest > seen.latest:
        raise WrongLine("field_wrong", field="sightings")
    return seen


def _many(document: dict[str, Any], key: str) -> list[Any]:
    value = document.get(key)
    if not isinstance(value, list) or len(value) > _MAX_MANY:
        raise WrongLine("field_too_long", field=key)
    return value


def _text(
    document: dict[str, Any], key: str, *, none: bool = False, most: int = _MAX_LINE
) -> str | None:
    value = document.get(key)
    if value is None and none:
        return None
    if not isinstance(value, str) or len(value) > most:
        raise WrongLine("field_too_long", field=key)
    return clean_line(value) or (None if none else "")


def _url(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_LINE:
        raise WrongLine("field_too_long", field="url")
    url = clean_line(value)
    if not url.lower().startswith(("http://", "https://")):
        raise WrongLine("field_wrong", field="url")
    return url


def _flag(document: dict[str, Any], key: str) -> bool:
    if not isinstance(document.get(key), bool):
        raise WrongLine("field_wrong", field=key)
    return bool(document[key])


def _number(document: dict[str, Any], key: str, least: int = 0) -> int:
    value = document.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value < _MAX_NUMBER:
        raise WrongLine("field_too_long", field=key)
    return value


def _time(document: dict[str, Any], key: str) -> int:
    value = document.get(key)
    if not isinstance(value, str) or len(value) > 40:
        raise WrongLine("field_wrong", field=key)
    try:
        moment = datetime.fromisoformat(value)
        seconds = seconds_of(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        # Where it is shown, it is in any time zone, with the days beside it.
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise ValueError
        return seconds
    except (ValueError, OverflowError):
        raise WrongLine("field_wrong", field=key) from None


def _time_or_none(document: dict[str, Any], key: str) -> int | None:
    return None if document.get(key) is None else _time(document, key)
