"""Turns rows into the types of the model, and back."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from reader.model import Block, Dateline, Headline, Sighting, Teaser
from reader.text.slug import fold

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# The columns that `headline_of` reads of `items`. The index is named because SQLite, which counts
# no rows, would take another one that is of no use here.
HEADLINE = """
items.url, title, section, dateline, summary, earliest, latest, items.id, seen, read, saved, cached,
CASE WHEN cached = 0 THEN (
    SELECT failure FROM names INDEXED BY names_item JOIN pages ON pages.address = names.name
    WHERE names.item = items.id AND names.kind = 'address') END
"""


def seconds_of(moment: datetime) -> int:
    """Return a moment as whole Unix seconds, rounded down."""
    return (moment - _EPOCH) // timedelta(seconds=1)


def moment_of(seconds: int) -> datetime:
    """Return Unix seconds as a moment in UTC."""
    return _EPOCH + timedelta(seconds=seconds)


def moment_or_none(seconds: int | None) -> datetime | None:
    """Return the moment of a column that may be empty."""
    return None if seconds is None else moment_of(seconds)


def headline_of(row: tuple[Any, ...]) -> Headline:
    """Return the headline of a row with the columns HEADLINE."""
    earliest, latest, number, seen, read, saved, cached, failure = row[5:]
    published = None
    if earliest is not None and latest is not None:
        published = Sighting(moment_of(earliest), moment_of(latest))
    teaser = teaser_of(row[:5], published)
    marks = bool(read), bool(saved), bool(cached)
    return Headline(number, teaser, moment_of(seen), *marks, failure)


def teaser_of(row: tuple[Any, ...], published: Sighting | None = None) -> Teaser:
    """Return the teaser of a row with url, title, section, dateline and summary."""
    url, title, section, dateline, summary = row
    return Teaser(url, title, section, _dateline_of(dateline), summary, published)


def columns_of(teaser: Teaser) -> tuple[str | None, ...]:
    """Return url, title, section, dateline, summary and words of a teaser, as stored."""
    line = teaser.dateline
    stored = json.dumps([line.places, line.agencies], ensure_ascii=False) if line else None
    places = (*line.places, *line.agencies) if line else ()
    texts = (teaser.title or "", teaser.section or "", *places, teaser.summary)
    words = fold("\n".join(text for text in texts if text))
    return teaser.url, teaser.title, teaser.section, stored, teaser.summary, words


def blocks_of(stored: str) -> tuple[Block, ...]:
    """Return the blocks of an article from their stored form."""
    return tuple(Block(kind, text) for kind, text in json.loads(stored))


def blocks_text(blocks: tuple[Block, ...]) -> str:
    """Return the stored form of an article's blocks."""
    return json.dumps([[block.kind, block.text] for block in blocks], ensure_ascii=False)


def _dateline_of(stored: str | None) -> Dateline | None:
    if stored is None:
        return None
    places, agencies = json.loads(stored)
    return Dateline(tuple(places), tuple(agencies))
