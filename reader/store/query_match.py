"""A search query as conditions on items, for a list of all matches by time."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from reader.store.conversion import seconds_of
from reader.store.source_match import of_source
from reader.store.word_match import looked_up, match_of, word_conditions
from reader.text.query import Query, parse_query, take_sources

_IN_SEARCH = "(SELECT rowid FROM search WHERE search MATCH ?)"
_TAGGED = """
EXISTS (SELECT 1 FROM item_marks WHERE item = items.id AND mark > 'tag:' AND mark < 'tag;'
    AND value = 1 AND mark = ? COLLATE NOCASE)
"""


def query_conditions(text: str, at: datetime) -> Iterator[tuple[str, list[str | int]]]:
    """Yield the conditions of a query at a moment, with their values."""
    # Nobody is typing, so the last word is complete.
    query = parse_query(f"{text} ", at)
    for term in query.wanted:
        yield f"+id IN {_IN_SEARCH}", [match_of(term)]
    for term in query.unwanted:
        yield f"+id NOT IN {_IN_SEARCH}", [match_of(term)]
    for mark, is_set in sorted(query.marks):
        yield f"{mark} = ?", [int(is_set)]
    for tag, is_set in query.tags:
        yield _TAGGED if is_set else f"NOT {_TAGGED}", [f"tag:{tag}"]
    yield from _source_conditions(query)
    if query.story is not None:
        yield "story = ?", [query.story]
    if query.in_story is not None:
        yield f"story IS {'NOT ' * query.in_story}NULL", []
    if query.start:
        yield "moment >= ?", [seconds_of(query.start)]
    if query.end:
        yield "moment < ?", [seconds_of(query.end)]


def filter_conditions(
    words: str, among: range | None = None
) -> Iterator[tuple[str, list[str | int]]]:
    """Yield the conditions for the words of a filter, and for the sources that it names.

    They hold for no headline whose number is not `among` these, if that is given.
    """
    rest, query = _parts(words)
    yield from word_conditions(rest, among)
    yield from _source_conditions(query)


def rare_conditions(
    connection: sqlite3.Connection, words: str
) -> Iterator[tuple[str, list[str | int]]]:
    """Yield the conditions of a filter, those for rare words as the headlines that have them."""
    rest, query = _parts(words)
    yield from looked_up(connection, rest)
    yield from _source_conditions(query)


def _parts(words: str) -> tuple[str, Query]:
    """Return the words of a filter, and a query with the sources that it names."""
    return take_sources(words) if ":" in words else (words, Query())


def _source_conditions(query: Query) -> Iterator[tuple[str, list[str | int]]]:
    condition = f"({of_source('?')})"
    for name in query.sources:
        yield condition, [name] * 3
    for name in query.other_sources:
        yield f"NOT {condition}", [name] * 3
