"""Words as typed by a reader, in the query language of the word indexes."""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from reader.model import Term
from reader.text.query import make_term
from reader.text.sanitize import clean_line
from reader.text.slug import searchable

# The number of words in a filter that count, and the most letters of one that is looked for in the
# small index.
_MAX_WORDS = 24
_SHORT_WORD = 3
# Fewer items than this are few.
_MANY = 5_000


def match_of(term: Term, *, whole: bool = False) -> str:
    """Return a term in the language of FTS5; an open term as a complete word if `whole` is set."""
    text = searchable(term.text).replace('"', " ")
    column = f"{term.column} : " if term.column else ""
    matches = [f'"{text}"{"*" if term.is_open and not whole else ""}']
    matches += [f'"{form}"' for form in term.forms]
    return f"{column}({' OR '.join(matches)})" if term.forms else column + matches[0]


def word_conditions(
    words: str, among: range | None = None
) -> Iterator[tuple[str, list[str | int]]]:
    """Yield the conditions for the words of a filter, with their values.

    A headline must have a word that begins with each of them; in the lead, a short word must match
    completely. If only headlines with numbers `among` these are wanted, others are not looked up.
    """
    bounds = [] if among is None else [among.start, among.stop - 1]
    for lookups in _lookups(words):
        yield _condition(lookups, bounds)


def looked_up(connection: sqlite3.Connection, words: str) -> Iterator[tuple[str, list[str | int]]]:
    """Yield the conditions for the words of a filter; one of them has the numbers of items.

    It stands for the words that few items have, so that only these items are read.
    """
    few: set[int] | None = None
    for lookups in _lookups(words):
        found: set[int] = set()
        for index, match in lookups:
            if len(found) < _MANY:
                rows = connection.execute(f"{_found_in(index)} LIMIT ?", (match, _MANY))
                found.update(row[0] for row in rows)
        if len(found) >= _MANY:
            yield _condition(lookups)
        else:
            few = found if few is None else few & found
    if few is not None:
        yield "id IN (SELECT value FROM json_each(?))", [json.dumps(list(few))]


def _lookups(words: str) -> Iterator[list[tuple[str, str]]]:
    """Yield for each word of a filter the indexes in which it may be, and the query in each."""
    terms = [make_term(word, is_open=True) for word in clean_line(words).split()[:_MAX_WORDS]]
    for term in filter(lambda term: term.tokens, terms):
        if len(term.tokens) == 1 and len(term.tokens[0]) <= _SHORT_WORD:
            yield [("heads", match_of(term)), ("search", f"lead : {match_of(term, whole=True)}")]
        else:
            yield [("search", f"- body : {match_of(term)}")]


def _condition(
    lookups: Sequence[tuple[str, str]], bounds: Sequence[int] = ()
) -> tuple[str, list[str | int]]:
    """Return the condition that one of the lookups finds an item, within bounds of its number."""
    found = [f"+id IN ({_found_in(index, bounded=bool(bounds))})" for index, _ in lookups]
    values: list[str | int] = []
    for _, match in lookups:
        values += [match, *bounds]
    return f"({' OR '.join(found)})", values


def _found_in(index: str, *, bounded: bool = False) -> str:
    """Return the statement for the items found in an index of words, in order of number."""
    found = " ".join(["SELECT rowid FROM", index, "WHERE", index, "MATCH ?"])
    return f"{found} AND rowid BETWEEN ? AND ?" if bounded else found
