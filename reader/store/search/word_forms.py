"""The other forms of the words of a query, as far as the index contains them."""

import sqlite3

from msgspec.structs import replace

from reader.model import Term
from reader.text.query import Query
from reader.text.stemming import ENDING, are_forms, beginnings

# It reads the index and stores nothing itself.
_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, search, row)"
)
# Limits: index words examined per prefix, forms per word, words with forms.
_LOOKED_AT, _MAX_FORMS, _MAX_WORDS = 300, 12, 6
_BEGINNING = f"""
SELECT term FROM (SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ? LIMIT {_LOOKED_AT})
WHERE length(term) <= ?
"""  # noqa: S608
_LAST = "\U0010ffff"


def widen(connection: sqlite3.Connection, query: Query) -> Query:
    """Return the query with the forms of its plain words; the same query if there are none."""
    plain = [term for term in query.wanted if _is_plain(term)][:_MAX_WORDS]
    if not plain:
        return query
    connection.execute(_VOCABULARY)
    forms = {term: _forms(connection, term.tokens[0]) for term in plain}
    return replace(
        query,
        wanted=tuple(replace(term, forms=forms.get(term, ())) for term in query.wanted),
    )


def _is_plain(term: Term) -> bool:
    # A term in quotes, with a column or with other characters is searched for literally.
    return term.column is None and not term.is_quoted and term.text.isalpha()


def _forms(connection: sqlite3.Connection, word: str) -> tuple[str, ...]:
    found = [
        term
        for beginning in beginnings(word)
        for (term,) in connection.execute(
            _BEGINNING, (beginning, beginning + _LAST, len(word) + ENDING)
        )
        if term != word and are_forms(word, term)
    ]
    return tuple(found[:_MAX_FORMS])
