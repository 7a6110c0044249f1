"""The headlines that a query finds, the best first, at a cost independent of how common words are.

Up to POOL hits are all ranked by bm25. If there are more, those with all words in the title come
first, then the others; of each group the POOL that came into the cache last are ranked. A prefix
that many headlines contain is only looked up in the words above the articles: in titles, places,
agencies and sections.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from reader.model import Term
from reader.store.conversion import seconds_of
from reader.store.source_match import of_source
from reader.store.word_match import match_of
from reader.text.query import Query, make_term

POOL = 3_000
# A prefix is common if more headlines than this contain it. For one or two letters the limit is
# lower, because they begin more words in the running text than in the few words above it.
_COMMON = 1_000
_COMMON_SHORT = 50
_SHORT = 2
_BATCH = 500
_END = 1 << 62

# Weights of title, place, agency, section, lead and body. Scores that differ by less count as
# equal, so that newer headlines come first.
_SCORE = "round(bm25(search, 10, 2, 2, 2, 4, 1), 2)"
_ITEMS = "CROSS JOIN items ON items.id = {0}"
_MATCHING = "WHERE {0} MATCH :match AND {0}.rowid BETWEEN :low AND :high"
# The unary plus makes SQLite scan in index order instead of sorting.
_NEWEST = "SELECT id FROM items WHERE +id BETWEEN :low AND :high"
_IN_HEADS = "IN (SELECT rowid FROM heads WHERE heads MATCH :heads)"


def find(connection: sqlite3.Connection, query: Query, limit: int) -> list[int]:
    """Return the numbers of the headlines that a query finds, the best first."""
    if query.is_empty or limit <= 0:
        return []
    found: dict[int, None] = {}
    # Taken one by one, because later steps may not be needed at all.
    for number in _ordered(connection, query, limit):
        found[number] = None
        if len(found) >= limit:
            break
    return list(found)


def _ordered(connection: sqlite3.Connection, query: Query, limit: int) -> Iterator[int]:
    """Yield the numbers, some more than once."""
    frame = _frame(connection, query)
    *others, last = query.wanted or (None,)
    if last is None:
        yield from _newest(connection, query, frame)
    elif not (last.is_open and _is_common(connection, last)):
        yield from _best(connection, query, frame, limit)
    else:
        rest = replace(query, wanted=tuple(each for each in others if each))
        if len(last.tokens) == 1:
            yield from _begun(connection, rest, last, frame, limit)
        whole = replace(last, is_open=False)
        yield from _best(connection, replace(rest, wanted=(*rest.wanted, whole)), frame, limit)


# The number is that of the tag among the tags of a query.
_TAGGED = """
EXISTS (SELECT 1 FROM item_marks WHERE item = items.id AND mark > 'tag:' AND mark < 'tag;'
    AND value = 1 AND mark = :tag{} COLLATE NOCASE)
"""


class _Frame(Struct, frozen=True):
    """The condition for marks and times that a statement needs, and its values."""

    condition: str
    values: dict[str, str | int]

    def within(self, heads: str) -> "_Frame":
        """Return the frame limited to matches in the index of heads."""
        # The unary plus keeps SQLite from querying the other index once for each row.
        condition = f"{self.condition} AND +items.id {_IN_HEADS}"
        return replace(self, condition=condition, values=self.values | {"heads": heads})

    def between(self, low: int, high: int) -> "_Frame":
        """Return the frame limited to numbers from `low` to `high`."""
        return replace(self, values=self.values | {"low": low, "high": high})


def _frame(connection: sqlite3.Connection, query: Query) -> _Frame:
    conditions = [f"{mark} = {int(is_set)}" for mark, is_set in sorted(query.marks)]
    values: dict[str, str | int] = {"low": 0, "high": _END}
    for number, (tag, is_set) in enumerate(query.tags):
        conditions.append(f"{'' if is_set else 'NOT '}{_TAGGED.format(number)}")
        values[f"tag{number}"] = f"tag:{tag}"
    if query.start:
        conditions.append("moment >= :start")
        values["start"] = seconds_of(query.start)
    if query.end:
        conditions.append("moment < :end")
        values["end"] = seconds_of(query.end)
    if query.story is not None:
        conditions.append("story = :story")
        values["story"] = query.story
    if query.in_story is not None:
        conditions.append(f"story IS {'NOT ' * query.in_story}NULL")
    wanted = [(name, "") for name in query.sources]
    unwanted = [(name, "NOT ") for name in query.other_sources]
    for place, (name, sign) in enumerate((*wanted, *unwanted)):
        conditions.append(f"{sign}({of_source(f':source{place}')})")
        values[f"source{place}"] = name
    if not conditions:
        return _Frame("", values)
    where = " AND ".join(conditions)
    # If there are few, they are looked up before the words are.
    few = f"SELECT id FROM items WHERE {where} LIMIT {POOL + 1}"  # noqa: S608
    numbers = [row[0] for row in connection.execute(few, values)]
    if len(numbers) <= POOL:
        values |= {"few": json.dumps(numbers), "low": min(numbers, default=0)}
        values["high"] = max(numbers, default=0)
        return _Frame("AND +items.id IN (SELECT value FROM json_each(:few))", values)
    if query.start or query.end:
        span = f"SELECT min(id), max(id) FROM items WHERE {where}"  # noqa: S608
        values["low"], values["high"] = connection.execute(span, values).fetchone()
    return _Frame(f"AND {where}", values)


def _is_common(connection: sqlite3.Connection, term: Term) -> bool:
    """Tell whether too many words begin like the one that is being typed."""
    token = term.tokens[-1]
    bound = _COMMON_SHORT if len(token) <= _SHORT else _COMMON
    (number,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM heads WHERE heads MATCH ? LIMIT {bound + 1})",  # noqa: S608
        (f'"{token}"*',),
    ).fetchone()
    return bool(number > bound)


def _begun(
    connection: sqlite3.Connection, rest: Query, last: Term, frame: _Frame, limit: int
) -> Iterator[int]:
    """Yield the hits of `rest` with a word in the head that begins with `last`, titles first."""
    above = [term for term in rest.wanted if term.column and len(term.tokens) == 1]
    rest = replace(rest, wanted=tuple(term for term in rest.wanted if term not in above))
    for column in dict.fromkeys((last.column or "title", last.column)):
        within = frame.within(_heads_expression([*above, replace(last, column=column)]))
        if rest.wanted:
            yield from _best(connection, rest, within, limit)
        else:
            yield from _newest(connection, rest, within)


def _best(connection: sqlite3.Connection, query: Query, frame: _Frame, limit: int) -> Iterator[int]:
    """Yield the best hits, from all or from the newest of them."""
    ranked, count = _ranked(connection, _expression(query.wanted, query.unwanted), frame, limit)
    if count == POOL:
        titles = [replace(each, column=each.column or "title") for each in query.wanted]
        in_titles = _expression(titles, query.unwanted)
        yield from _ranked(connection, in_titles, _with_titles(connection, titles, frame), limit)[0]
    yield from ranked


def _with_titles(connection: sqlite3.Connection, titles: Sequence[Term], frame: _Frame) -> _Frame:
    """Return the frame from the first to the last headline that may have the terms in its head.

    The small index soon shows if there are few or none.
    """
    if not all(token.isascii() for term in titles for token in term.tokens):
        return frame
    joined = _ITEMS.format("heads.rowid") if frame.condition else ""
    low, high = connection.execute(
        "SELECT min(number), max(number) FROM (SELECT heads.rowid AS number"  # noqa: S608
        f" FROM heads {joined} {_MATCHING.format('heads')} {frame.condition}"
        f" ORDER BY heads.rowid DESC LIMIT {POOL})",
        frame.values | {"match": _heads_expression(titles)},
    ).fetchone()
    return frame.between(low or 0, high or -1)


def _ranked(
    connection: sqlite3.Connection, match: str, frame: _Frame, limit: int
) -> tuple[list[int], int]:
    """Return the best `limit` of the newest hits, at most POOL, and the number of those hits."""
    joined = _ITEMS.format("search.rowid") if frame.condition else ""
    rows = connection.execute(
        f"SELECT number, count(*) OVER () FROM (SELECT search.rowid AS number, {_SCORE} AS score"  # noqa: S608
        f" FROM search {joined} {_MATCHING.format('search')} {frame.condition}"
        f" ORDER BY search.rowid DESC LIMIT {POOL}) {_ITEMS.format('number')}"
        " ORDER BY score, moment DESC, number DESC LIMIT :limit",
        frame.values | {"match": match, "limit": limit},
    ).fetchall()
    return [row[0] for row in rows], rows[0][1] if rows else 0


def _newest(connection: sqlite3.Connection, query: Query, frame: _Frame) -> Iterator[int]:
    """Yield the newest headlines in the frame that have no unwanted terms."""
    rows = connection.execute(
        f"{_NEWEST} {frame.condition} ORDER BY moment DESC, id DESC", frame.values
    )
    while batch := [row[0] for row in islice(rows, _BATCH)]:
        unwanted = _having(connection, query.unwanted, batch)
        yield from (number for number in batch if number not in unwanted)


def _having(connection: sqlite3.Connection, terms: Iterable[Term], numbers: list[int]) -> set[int]:
    """Return the `numbers` that have any of the terms; the result may contain others too."""
    match = " OR ".join(map(match_of, terms))
    if not match:
        return set()
    rows = connection.execute(
        "SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?",
        (match, min(numbers), max(numbers)),
    )
    return {row[0] for row in rows}


def _heads_expression(terms: Iterable[Term]) -> str:
    """Return the expression for all words of the terms; this index does not know their order."""
    return " AND ".join(match_of(word) for term in terms for word in _words(term))


def _words(term: Term) -> list[Term]:
    *others, last = term.tokens or (term.text,)
    words = [make_term(word, term.column) for word in others]
    return [*words, replace(term, text=last)]


def _expression(wanted: Iterable[Term], unwanted: Iterable[Term]) -> str:
    match = " AND ".join(map(match_of, wanted))
    excluded = " OR ".join(map(match_of, unwanted))
    return f"({match}) NOT ({excluded})" if excluded else match
