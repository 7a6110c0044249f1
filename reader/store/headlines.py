"""The headlines: their lists and counts, and the lookup by URL."""

import json
import sqlite3
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec.json import Decoder
from msgspec.structs import replace

from reader.model import EVERYTHING, Counts, Headline, SectionCount, Selection
from reader.store.connection import Database
from reader.store.conversion import HEADLINE, headline_of, moment_of, seconds_of
from reader.text.sanitize import clean_line
from reader.text.slug import slug_of_url
from reader.text.url import address

# A condition on items, and its values.
Condition = tuple[str, Sequence[str | int]]

HEADLINES = " ".join(
    ("SELECT", HEADLINE, "FROM json_each(:numbers) AS wanted JOIN items ON items.id = wanted.value")
)
_SECTIONS = """
SELECT tallies.section, sum(headlines) AS number, sum(headlines * (read = 0)) FROM (
    SELECT section, read, headlines FROM tallies WHERE muted = 0
) AS tallies
LEFT JOIN (
    SELECT name, max(followed) AS followed, min(source <> 'zeelandnet') AS foreign_source,
        min(position) AS position FROM sections GROUP BY name COLLATE NOCASE
) AS known ON tallies.section = known.name
WHERE tallies.section <> '' GROUP BY tallies.section HAVING number > 0
ORDER BY coalesce(followed, 0) DESC, known.position IS NULL, foreign_source, known.position, (
    SELECT min(coalesce(feeds.position, 100000 + id)) FROM feeds
    WHERE feeds.section = tallies.section
), tallies.section
"""
_STORIES = """
SELECT json_group_array(id), json_group_array(story) FROM items INDEXED BY items_story
WHERE story IS NOT NULL
"""
_STORIES_OF = """
SELECT json_group_array(id), json_group_array(story) FROM items
WHERE id IN (SELECT value FROM json_each(?)) AND +story IS NOT NULL
"""
_OTHER_REPORTS = """
id NOT IN (SELECT value FROM json_each(?)) AND story IN (SELECT value FROM json_each(?))
"""
# The reports of stories are looked up by their number up to so many headlines.
_FEW = 1_000
# So many headlines at the beginning of a list are searched for words first.
_FIRST = 3_000
# Words that more than one in so many of them have are not rare.
_RARE = 100
_NUMBERS = Decoder(list[int])
_SINCE = "SELECT id FROM items WHERE moment >= ? ORDER BY moment DESC, id DESC"
_MOMENTS = """
SELECT items.id, moment FROM json_each(?) AS wanted JOIN items ON items.id = wanted.value
"""
_UNREAD_AMONG = """
SELECT items.id FROM json_each(?) AS wanted JOIN items ON items.id = wanted.value
WHERE +items.read = 0 AND items.muted = 0 AND items.cached >= ?
"""
_TAGGED = """
id IN (SELECT item FROM item_marks
    WHERE mark > 'tag:' AND mark < 'tag;' AND value = 1 AND mark = ? COLLATE NOCASE)
"""
# The index of muted items is small, and the lists keep using their own index.
_NOT_MUTED = "id NOT IN (SELECT id FROM items INDEXED BY items_muted WHERE muted = 1)"


class Headlines:
    """The queries about headlines, each a single read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # The sections, and the state of the file of which they are.
        self._sections: tuple[object, Sequence[SectionCount]] | None = None

    def ids(self, selection: Selection = EVERYTHING, limit: int | None = None) -> "array[int]":
        """Return the numbers of the selected headlines, in order, at most `limit`."""
        if selection.order == "unread":
            return self._unread_first(selection, limit)
        if selection.words:
            with self._database.reading() as connection:
                return _with_words(connection, selection, limit)
        with self._database.using("read") as connection:
            return _numbers(connection, *ids_query(selection, limit))

    def other_reports(self, selection: Selection, stories: Mapping[int, int]) -> dict[int, int]:
        """Return the other selected headlines of these stories, each with its story.

        `stories` has the known headlines, each with its story. The others are in the order of the
        list, by time.
        """
        if not stories:
            return {}
        known = [json.dumps(list(each)) for each in (stories, set(stories.values()))]
        with self._database.reading() as connection:
            if not selection.words:
                return _other_reports(connection, selection, known)
            # Words are looked up only among the few that may be wanted.
            others = _other_reports(connection, replace(selection, words="", query=""), known)
            if not others:
                return {}
            among = range(min(others), max(others) + 1)
            return _other_reports(connection, selection, known, among)

    def stories(self, ids: Sequence[int]) -> dict[int, int]:
        """Return the stories of those of `ids` that have one.

        Other headlines may be included if there are more than a thousand.
        """
        # Many are looked up more slowly than all reports of stories are read from their index.
        few = len(ids) <= _FEW
        statement, values = (_STORIES_OF, (json.dumps(list(ids)),)) if few else (_STORIES, ())
        with self._database.using("read") as connection:
            items, stories = map(_NUMBERS.decode, connection.execute(statement, values).fetchone())
            return dict(zip(items, stories, strict=True))

    def _unread_first(self, selection: Selection, limit: int | None) -> "array[int]":
        by_time = replace(selection, order="newest")
        unread = self.ids(replace(by_time, unread=True), limit)
        if limit is not None and len(unread) >= limit:
            return unread
        first = set(unread)
        every = self.ids(by_time, None if limit is None else limit + len(unread))
        unread.extend(number for number in every if number not in first)
        return unread[:limit]

    def counts(self, selection: Selection = EVERYTHING) -> Counts:
        """Return how many headlines are selected, and how many of them are unread."""
        with self._database.reading() as connection:
            unread = _count(connection, replace(selection, unread=True))
            return Counts(unread if selection.unread else _count(connection, selection), unread)

    def tags(self) -> list[str]:
        """Return the tags that are in use, by name."""
        with self._database.using("read") as connection:
            rows = connection.execute(
                "SELECT DISTINCT substr(mark, 5) FROM item_marks INDEXED BY item_tags"
                " WHERE mark > 'tag:' AND mark < 'tag;' AND value = 1 ORDER BY 1"
            )
            return [row[0] for row in rows]

    def since(self, moment: datetime) -> list[int]:
        """Return the headlines published at a moment or later, newest first."""
        with self._database.using("read") as connection:
            return [row[0] for row in connection.execute(_SINCE, (seconds_of(moment),))]

    def last_id(self) -> int:
        """Return the number of the headline that came in last, 0 if there is none."""
        with self._database.using("read") as connection:
            (number,) = connection.execute("SELECT coalesce(max(id), 0) FROM items").fetchone()
            return int(number)

    def unread_among(self, ids: Sequence[int], *, cached: bool = False) -> set[int]:
        """Return those of `ids` that are unread, and have an article if `cached` is set."""
        with self._database.using("read") as connection:
            rows = connection.execute(_UNREAD_AMONG, [json.dumps(list(ids)), cached])
            return {row[0] for row in rows}

    def moments(self, ids: Sequence[int]) -> dict[int, datetime]:
        """Return the time (UTC) that orders the lists, for each of these headlines that exists."""
        with self._database.using("read") as connection:
            rows = connection.execute(_MOMENTS, (json.dumps(list(ids)),))
            return {number: moment_of(moment) for number, moment in rows}

    def load(self, ids: Sequence[int]) -> list[Headline]:
        """Return the headlines with these numbers, in this order; missing ones are left out."""
        with self._database.using("read") as connection:
            return load_headlines(connection, ids)

    def find(self, url: str) -> int | None:
        """Return the number of the headline whose URL is `url` or ends in it, or None."""
        with self._database.using("read") as connection:
            return _find(connection, clean_line(url))

    def sections(self) -> Sequence[SectionCount]:
        """Return the sections with headlines: the followed ones first, in the order of the site.

        Sections of other sources follow those of the site, in their own order; sections that are in
        no navigation come last, by name. They are read once for each state of the file.
        """
        with self._database.using("read") as connection:
            state = self._database.state()
            if state is not None and self._sections is not None and self._sections[0] == state:
                return self._sections[1]
            sections = tuple(SectionCount(*row) for row in connection.execute(_SECTIONS))
            self._sections = None if state is None else (state, sections)
            return sections

    def is_sample(self) -> bool:
        """Tell whether the store holds the bundled sample edition."""
        with self._database.reading() as connection:
            (some,) = connection.execute(
                "SELECT EXISTS (SELECT 1 FROM items WHERE sample = 1)"
            ).fetchone()
            return bool(some) and not has_real(connection)


def load_headlines(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Headline]:
    """Return the headlines with these numbers, in this order; missing ones are left out."""
    rows = connection.execute(HEADLINES, {"numbers": json.dumps(list(dict.fromkeys(numbers)))})
    found = {headline.id: headline for headline in map(headline_of, rows)}
    return [found[number] for number in numbers if number in found]


def has_real(connection: sqlite3.Connection) -> bool:
    """Tell whether there are items outside the sample edition."""
    (some,) = connection.execute("SELECT EXISTS (SELECT 1 FROM items WHERE sample = 0)").fetchone()
    return bool(some)


def _other_reports(
    connection: sqlite3.Connection,
    selection: Selection,
    known: Sequence[str],
    among: range | None = None,
) -> dict[int, int]:
    """Return the selected headlines that are in the stories but not among the known, by time.

    `known` has the numbers of both as JSON: of the headlines, and of the stories.
    """
    where, values = _where(selection, (_OTHER_REPORTS, known), among=among)
    # By its own index, as there are few of them in a section.
    table = "SELECT id, story FROM items INDEXED BY items_story"
    statement = " ".join([table, where, _by_time(selection)])
    return dict(connection.execute(statement, values).fetchall())


def _numbers(
    connection: sqlite3.Connection, statement: str, values: Sequence[str | int]
) -> "array[int]":
    return array("q", (row[0] for row in connection.execute(statement, values)))


def _with_words(
    connection: sqlite3.Connection, selection: Selection, limit: int | None
) -> "array[int]":
    """Return the numbers of the selected headlines with the words of the selection, in order.

    Common words are in enough of the first headlines of the list, so that no others are looked up.
    Rare ones are in few headlines at all, so that these are looked up, and not the whole list.
    """
    # The parser of queries takes long to import.
    from reader.store.query_match import rare_conditions

    found = 0
    if limit is not None:
        first = _numbers(connection, *_first_query(connection, selection, limit))
        if len(first) == limit:
            return first
        found = len(first)
    if found > _FIRST // _RARE:
        return _numbers(connection, *ids_query(selection, limit))
    others = rare_conditions(connection, selection.words)
    return _numbers(connection, *ids_query(replace(selection, words=""), limit, *others))


def _first_query(
    connection: sqlite3.Connection, selection: Selection, limit: int
) -> tuple[str, list[str | int]]:
    """Return the statement for those of the first `_FIRST` headlines that have the words."""
    where, values = _where(replace(selection, words="", query=""))
    first = ["SELECT id, moment FROM items", where, _by_time(selection), "LIMIT ?"]
    ends = " ".join(["SELECT min(id), max(id), min(moment), max(moment) FROM (", *first, ")"])
    low, high, *moments = connection.execute(ends, [*values, _FIRST]).fetchone()
    if low is None:
        return ids_query(selection, 0)
    # At the moment of the last of them there may be others.
    is_oldest = selection.order == "oldest"
    within = ("moment < ?", moments[1:]) if is_oldest else ("moment > ?", moments[:1])
    return ids_query(selection, limit, within, among=range(low, high + 1))


def ids_query(
    selection: Selection, limit: int | None, *others: Condition, among: range | None = None
) -> tuple[str, list[str | int]]:
    """Return the statement, with its values, for the selected numbers ordered by time.

    If the selection has words, all of them must be `among` these numbers, if that is given.
    """
    where, values = _where(selection, *others, among=among)
    values.append(-1 if limit is None else min(max(limit, 0), sys.maxsize))
    # What came in since a visit or a run is mostly little, and is sorted. In the order of an index,
    # SQLite would look for it among all headlines.
    moment = "+moment" if selection.after and limit is None else "moment"
    return " ".join(["SELECT id FROM items", where, _by_time(selection, moment), "LIMIT ?"]), values


def _by_time(selection: Selection, moment: str = "moment") -> str:
    way = "" if selection.order == "oldest" else " DESC"
    return f"ORDER BY {moment}{way}, id{way}"


def _where(
    selection: Selection,
    *others: Condition,
    among: range | None = None,
    tallied: bool = False,
) -> tuple[str, list[str | int]]:
    """Return the condition for the selected headlines, with its values.

    It applies to the items, or to the `tallied` counts of them. Words are looked up only `among`
    these numbers, if that is given.
    """
    pairs = [*_states(selection, tallied), *_places(selection), *_words(selection, among), *others]
    conditions = [condition for condition, _ in pairs]
    values = [value for _, its_values in pairs for value in its_values]
    return ("WHERE " + " AND ".join(conditions) if conditions else ""), values


def _states(selection: Selection, tallied: bool) -> Iterator[Condition]:
    """Yield the conditions for marks, and for offline and muted headlines."""
    if selection.unread:
        yield "read = 0", []
    if selection.saved:
        yield "saved = 1", []
    if selection.cached:
        yield "cached = 1", []
    if selection.muted:
        yield "muted = 1", []
    elif not (selection.saved or selection.tag or selection.story is not None):
        yield "muted = 0" if tallied else _NOT_MUTED, []


def _places(selection: Selection) -> Iterator[Condition]:
    """Yield the conditions for the section and source of headlines, and for when they came in."""
    if selection.section is not None:
        yield "section = ?", [selection.section]
    if selection.source is not None:
        yield "source = ?", [selection.source]
    if selection.after:
        yield "id > ?", [selection.after]
    if selection.late:
        yield "id IN (SELECT item FROM late_items)", []
    if selection.before is not None:
        yield "moment < ?", [seconds_of(selection.before)]
    if selection.story is not None:
        yield "story = ?", [selection.story]
    if selection.watched:
        yield "story IN (SELECT number FROM stories WHERE watched = 1)", []
    if selection.tag:
        yield _TAGGED, [f"tag:{selection.tag}"]


def _words(selection: Selection, among: range | None = None) -> Iterator[Condition]:
    """Yield the conditions for the words of headlines, and for a full query."""
    if not selection.words and not selection.query:
        return
    # The query parser takes long to import, and a plain list does not need it.
    from reader.store.query_match import filter_conditions, query_conditions

    if selection.words:
        yield from filter_conditions(selection.words, among)
    if selection.query and selection.at:
        yield from query_conditions(selection.query, selection.at)


def _count(connection: sqlite3.Connection, selection: Selection) -> int:
    # The tallies do not count single headlines.
    tallied = not (
        selection.words
        or selection.after
        or selection.late
        or selection.source
        or selection.tag
        or selection.query
        or selection.before
        or selection.watched
        or selection.story is not None
    )
    where, values = _where(selection, tallied=tallied)
    counting = "coalesce(sum(headlines), 0) FROM tallies" if tallied else "count(*) FROM items"
    (number,) = connection.execute(" ".join(["SELECT", counting, where]), values).fetchone()
    return int(number)


def _find(connection: sqlite3.Connection, url: str) -> int | None:
    """Return the number of the headline at `url`, which may be only the end of a URL."""
    row = connection.execute(
        "SELECT item FROM names WHERE kind = 'address' AND name = ?", (address(url),)
    ).fetchone()
    if row is None:
        # A headline without a URL is found by the slug that the site would make of its title.
        row = connection.execute(
            "SELECT item FROM names JOIN items ON items.id = names.item WHERE kind = 'slug'"
            " AND name = ? AND (items.url IS NULL OR ?) ORDER BY names.id LIMIT 1",
            (slug_of_url(url), "://" not in url),
        ).fetchone()
    return row[0] if row else None
