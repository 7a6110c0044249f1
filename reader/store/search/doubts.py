"""The parts of a query that mean nothing, or name what does not exist."""

import sqlite3
from collections.abc import Iterator

from reader.errors import Reason, reason
from reader.model import DEFAULT_SOURCE, Term
from reader.store.source_match import of_source
from reader.store.word_match import match_of
from reader.text.query import Query
from reader.text.slug import words_of

_MATCH = "SELECT EXISTS (SELECT 1 FROM search WHERE search MATCH ?)"
_SECTIONS = "SELECT DISTINCT name FROM sections"
_TAG = """
SELECT EXISTS (SELECT 1 FROM item_marks INDEXED BY item_tags
    WHERE mark > 'tag:' AND mark < 'tag;' AND value = 1 AND mark = ? COLLATE NOCASE)
"""
_FEED = "SELECT EXISTS (SELECT 1 FROM feeds WHERE instr(lower(coalesce(name, source)), ?))"
_ITEM_OF = f"SELECT EXISTS (SELECT 1 FROM items WHERE {of_source('?')})"  # noqa: S608
_STORY = "SELECT EXISTS (SELECT 1 FROM items WHERE story = ?)"


def doubts_of(
    connection: sqlite3.Connection, query: Query, *, has_hits: bool
) -> tuple[Reason, ...]:
    """Return the reasons for doubt about a query, in no particular order.

    An unknown field may well be text, so it is left out if the query `has_hits`.
    """
    doubts = (each for each in query.doubts if not (has_hits and each.code == "query_field"))
    return (*doubts, *_unknown_names(connection, query))


def _unknown_names(connection: sqlite3.Connection, query: Query) -> Iterator[Reason]:
    """Yield a reason for each section, tag, source and story that does not exist."""
    for term in (*query.wanted, *query.unwanted):
        if term.column == "section" and not _has_section(connection, term):
            yield reason("unknown_section", section=term.text)
    for tag, _ in query.tags:
        if not _exists(connection, _TAG, f"tag:{tag}"):
            yield reason("unknown_tag", tag=tag)
    for name in (*query.sources, *query.other_sources):
        if not _has_source(connection, name):
            yield reason("unknown_source", source=name)
    if query.story is not None and not _exists(connection, _STORY, query.story):
        yield reason("unknown_story", number=query.story)


def _exists(connection: sqlite3.Connection, statement: str, *values: str | int) -> bool:
    return bool(connection.execute(statement, values).fetchone()[0])


def _has_section(connection: sqlite3.Connection, term: Term) -> bool:
    """Tell whether a headline is in such a section, or a source has one without headlines yet."""
    wanted = " ".join(term.tokens)
    return _exists(connection, _MATCH, match_of(term)) or any(
        f" {wanted} " in f" {' '.join(words_of(name))} "
        for (name,) in connection.execute(_SECTIONS)
    )


def _has_source(connection: sqlite3.Connection, name: str) -> bool:
    return (
        name in DEFAULT_SOURCE
        or _exists(connection, _FEED, name)
        or _exists(connection, _ITEM_OF, name, name, name)
    )
