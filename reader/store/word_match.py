"""Words as typed by a reader, in the query language of the word indexes."""

from collections.abc import Iterator

from reader.model import Term
from reader.text.query import make_term
from reader.text.sanitize import clean_line
from reader.text.slug import searchable

# The number of words in a filter that count, and the most letters of one that is looked for in the
# small index.
_MAX_WORDS = 24
_SHORT_WORD = 3
_HAS_HEAD = "IN (SELECT rowid FROM heads WHERE heads MATCH ?)"
_HAS_WORD = "IN (SELECT rowid FROM search WHERE search MATCH ?)"


def match_of(term: Term, *, whole: bool = False) -> str:
    """Return a term in the language of FTS5; an open term as a complete word if `whole` is set."""
    text = searchable(term.text).replace('"', " ")
    column = f"{term.column} : " if term.column else ""
    matches = [f'"{text}"{"*" if term.is_open and not whole else ""}']
    matches += [f'"{form}"' for form in term.forms]
    return f"{column}({' OR '.join(matches)})" if term.forms else column + matches[0]


def word_conditions(words: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the conditions for the words of a filter, with their values.

    A headline must have a word that begins with each of them; in the lead, a short word must match
    completely.
    """
    terms = [make_term(word, is_open=True) for word in clean_line(words).split()[:_MAX_WORDS]]
    for term in filter(lambda term: term.tokens, terms):
        if len(term.tokens) == 1 and len(term.tokens[0]) <= _SHORT_WORD:
            whole = f"lead : {match_of(term, whole=True)}"
            yield f"(+id {_HAS_HEAD} OR +id {_HAS_WORD})", [match_of(term), whole]
        else:
            yield f"+id {_HAS_WORD}", [f"- body : {match_of(term)}"]
