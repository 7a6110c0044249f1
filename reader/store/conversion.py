"""Converts rows to the types of the model, and back."""

import json
import zlib
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from msgspec.json import Decoder, Encoder

from reader.errors import Reason, reason
from reader.jsonform import reason_json, reason_of
from reader.model import Block, Dateline, Headline, Sighting, StorySize, Teaser, TextLink
from reader.text.sanitize import clean_line
from reader.text.slug import words_of

# A higher level takes twice as long and saves only a fiftieth of an article.
_LEVEL = 4
_NO_TAGS = "[]"
# Faster than `json` by five times, for the texts of articles, which are long and many.
_decoder, _encoder = Decoder(list[Any]), Encoder()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The errors that reading a row with nonsensical values may raise.
MISFITS = (TypeError, ValueError, LookupError, AttributeError, OverflowError, zlib.error)

# The columns of `items` that `headline_of` reads. The index is named because SQLite, which has no
# statistics, would choose an unsuitable one.
HEADLINE = """
items.url, title, section, dateline, summary, earliest, latest, items.id, seen, read, saved, cached,
coalesce((SELECT name FROM feeds WHERE feeds.source = items.source), items.source), story,
CASE WHEN story IS NOT NULL THEN (
    SELECT json_array(count(*), sum(other.read = 0), min(other.moment)) FROM items AS other
    WHERE other.story = items.story) END,
(SELECT json_group_array(substr(mark, 5)) FROM item_marks
    WHERE item = items.id AND mark > 'tag:' AND mark < 'tag;' AND value = 1),
CASE WHEN cached = 0 THEN (
    SELECT failure FROM names INDEXED BY names_item JOIN pages ON pages.address = names.name
    WHERE names.item = items.id AND names.kind = 'address' AND failure IS NOT NULL
    LIMIT 1) END,
(SELECT revisions.title FROM read_texts JOIN revisions USING (item)
    WHERE item = items.id AND replaced > read_texts.fetched ORDER BY revisions.fetched LIMIT 1)
"""


def seconds_of(moment: datetime) -> int:
    """Return a moment as whole Unix seconds, rounded down."""
    return (moment - _EPOCH) // timedelta(seconds=1)


def moment_of(seconds: int) -> datetime:
    """Return Unix seconds as a moment in UTC."""
    return _EPOCH + timedelta(seconds=seconds)


def moment_or_none(seconds: int | None) -> datetime | None:
    """Return the moment (UTC) of a column that may be empty."""
    return None if seconds is None else moment_of(seconds)


def stored_reason(why: Reason) -> str:
    """Return the stored form of a reason: JSON with its code and arguments."""
    return json.dumps(reason_json(why), ensure_ascii=False)


def reason_or_none(text: str | None) -> Reason | None:
    """Return the reason in a column that may be empty; text that is no reason is kept as text."""
    if text is None:
        return None
    try:
        return reason_of(json.loads(text))
    except (ValueError, RecursionError):
        return reason("text", text=clean_line(text))


def headline_of(row: tuple[Any, ...]) -> Headline:
    """Return the headline in a row with the columns HEADLINE."""
    earliest, latest, number, seen, read, saved, cached, source, *more = row[5:]
    story, size, tags, failure, title_read = more
    published = None
    if earliest is not None and latest is not None:
        published = Sighting(moment_of(earliest), moment_of(latest))
    teaser = teaser_of(row[:5], published)
    marks = bool(read), bool(saved), bool(cached)
    why = reason_or_none(failure)
    tagged = tuple(json.loads(tags)) if tags != _NO_TAGS else ()
    return Headline(
        number,
        teaser,
        moment_of(seen),
        *marks,
        failure=why,
        source=source,
        story=story,
        story_size=_story_size_of(size),
        tags=tagged,
        retitled=bool(title_read) and words_of(title_read) != words_of(teaser.title or ""),
    )


def _story_size_of(stored: str | None) -> StorySize | None:
    if stored is None:
        return None
    reports, unread, since = json.loads(stored)
    return StorySize(reports, unread, moment_of(since))


def teaser_of(row: tuple[Any, ...], published: Sighting | None = None) -> Teaser:
    """Return the teaser of a row with url, title, section, dateline and summary."""
    url, title, section, dateline, summary = row
    return Teaser(url, title, section, dateline_of(dateline), summary, published)


def columns_of(teaser: Teaser) -> tuple[str | None, ...]:
    """Return url, title, section, dateline and summary of a teaser, as stored."""
    stored = _stored_dateline(teaser.dateline)
    return teaser.url, teaser.title, teaser.section, stored, teaser.summary


def blocks_of(stored: bytes | str) -> tuple[Block, ...]:
    """Return the blocks of an article from their stored form."""
    return tuple(map(_block_of, _blocks_in(stored)))


def packed_blocks(blocks: tuple[Block, ...]) -> bytes:
    """Return the stored form of an article's blocks."""
    return zlib.compress(_encoder.encode(list(map(_stored_block, blocks))), _LEVEL)


def packed(stored: bytes | str) -> bytes:
    """Return the stored form of blocks from the form in older files, which is JSON."""
    return zlib.compress(stored.encode(), _LEVEL) if isinstance(stored, str) else stored


def unpacked(stored: bytes | str) -> str:
    """Return stored blocks as JSON, the form in older files."""
    return zlib.decompress(stored).decode() if isinstance(stored, bytes) else stored


def body_of(stored: bytes | str | None, lead: str) -> str | None:
    """Return the text of stored blocks without the lead, one block per line; None for no blocks.

    Return None for damaged blocks too: the index calls this, and damage must not block a write.
    """
    if stored is None:
        return None
    try:
        texts = [block[1] for block in _blocks_in(stored)]
        return "\n".join(texts[1:] if texts[:1] == [lead] else texts)
    except (ValueError, TypeError, LookupError, zlib.error):
        return None


def _stored_block(block: Block) -> list[Any]:
    """Return kind and text of a block, followed by the fields that only some blocks have."""
    more: dict[str, Any] = {}
    if block.number is not None:
        more["number"] = block.number
    if block.rows:
        more["rows"] = block.rows
    if block.links:
        more["links"] = [(link.start, link.end, link.url) for link in block.links]
    return [block.kind, block.text, more] if more else [block.kind, block.text]


def _block_of(stored: list[Any]) -> Block:
    if len(stored) == 2:
        return Block(*stored)
    kind, text, more = stored
    rows = tuple(tuple(row) for row in more.get("rows", ()))
    links = tuple(TextLink(*link) for link in more.get("links", ()))
    return Block(kind, text, more.get("number"), rows, links)


def _blocks_in(stored: bytes | str) -> list[list[Any]]:
    text = zlib.decompress(stored) if isinstance(stored, bytes) else stored
    return _decoder.decode(text)


@lru_cache(maxsize=1_000)
def _stored_dateline(line: Dateline | None) -> str | None:
    return json.dumps([line.places, line.agencies], ensure_ascii=False) if line else None


@lru_cache(maxsize=1_000)
def dateline_of(stored: str | None) -> Dateline | None:
    """Return the dateline from its stored form, None if there is none."""
    if stored is None:
        return None
    places, agencies = json.loads(stored)
    return Dateline(tuple(places), tuple(agencies))
