"""What is asked of the cache, each in one read."""

import json
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reader.model import Article, Counts, Headline, LastVisit, Mark, SectionCount, Selection
from reader.store.bodies import COLUMNS, article_of
from reader.store.pages import count_uncached
from reader.store.rows import (
    HEADLINE,
    headline_of,
    moment_of,
    moment_or_none,
    seconds_of,
)
from reader.text.sanitize import clean_line
from reader.text.slug import slug_of_url
from reader.text.url import address

HEADLINES = " ".join(
    ("SELECT", HEADLINE, "FROM json_each(:numbers) AS wanted JOIN items ON items.id = wanted.value")
)
_SECTIONS = """
SELECT section, sum(headlines) AS number, sum(headlines * (read = 0))
FROM tallies WHERE section <> '' GROUP BY section HAVING number > 0 ORDER BY number DESC, section
"""
_UNREAD_AMONG = """
SELECT items.id FROM json_each(?) AS wanted JOIN items ON items.id = wanted.value
WHERE +items.read = 0
"""
_COUNTS = """
SELECT (SELECT count(*) FROM items), (SELECT count(*) FROM articles),
       (SELECT count(*) FROM items WHERE read = 0), (SELECT count(*) FROM items WHERE saved = 1),
       (SELECT min(moment) FROM items), (SELECT max(moment) FROM items),
       (SELECT count(DISTINCT items.id) FROM pages
        JOIN names ON names.kind = 'address' AND names.name = pages.address
        JOIN items ON items.id = names.item
        WHERE pages.failure IS NOT NULL AND items.cached = 0),
       (SELECT count(*) FROM raw_pages), (SELECT coalesce(sum(length(data)), 0) FROM raw_pages)
"""
# By the mark, since a statement has no place for the name of a column.
_OTHERWISE_MARKED: dict[Mark, str] = {
    "read": "SELECT json_group_array(items.id) FROM json_each(?) AS wanted"
    " JOIN items ON items.id = wanted.value WHERE +items.read <> ?",
    "saved": "SELECT json_group_array(items.id) FROM json_each(?) AS wanted"
    " JOIN items ON items.id = wanted.value WHERE +items.saved <> ?",
}
_MARK: dict[Mark, str] = {
    "read": "UPDATE items SET read = ? WHERE id IN (SELECT value FROM json_each(?))",
    "saved": "UPDATE items SET saved = ? WHERE id IN (SELECT value FROM json_each(?))",
}


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the cache file; `size` in bytes with its log, `check` is `ok` or a complaint.

    `raw_bytes`, a part of `size`, is what the pages kept as they were fetched take, compressed;
    `failed` counts headlines whose article could not be had, a part of the `uncached` ones.
    """

    path: Path
    size: int
    version: int
    headlines: int
    articles: int
    unread: int
    saved: int
    oldest: datetime | None
    newest: datetime | None
    uncached: int
    failed: int
    raw_pages: int
    raw_bytes: int
    check: str


def ids_query(selection: Selection, limit: int | None) -> tuple[str, list[str | int]]:
    """Return the statement, with its values, that gives the selected numbers, newest first."""
    where, values = _where(selection)
    values.append(-1 if limit is None else min(max(limit, 0), sys.maxsize))
    order = "ORDER BY moment DESC, id DESC LIMIT ?"
    return " ".join(["SELECT id FROM items", where, order]), values


def _where(selection: Selection) -> tuple[str, list[str | int]]:
    """Return the condition that holds for what is selected, with its values."""
    conditions: list[str] = []
    values: list[str | int] = []
    if selection.section is not None:
        conditions.append("section = ?")
        values.append(selection.section)
    if selection.after:
        conditions.append("id > ?")
        values.append(selection.after)
    if selection.unread:
        conditions.append("read = 0")
    if selection.saved:
        conditions.append("saved = 1")
    if selection.words:
        # What understands a query takes its time to import, and a plain list needs none of it.
        from reader.store.ranking import word_conditions  # noqa: PLC0415

        for condition, matches in word_conditions(selection.words):
            conditions.append(condition)
            values += matches
    return ("WHERE " + " AND ".join(conditions) if conditions else ""), values


def ids(connection: sqlite3.Connection, selection: Selection, limit: int | None) -> list[int]:
    """Return the numbers of the selected headlines, newest first."""
    statement, values = ids_query(selection, limit)
    # In one row, since a hundred thousand rows take Python longer than SQLite.
    statement = " ".join(["SELECT json_group_array(id) FROM (", statement, ")"])
    numbers: list[int] = json.loads(connection.execute(statement, values).fetchone()[0])
    return numbers


def counts(connection: sqlite3.Connection, selection: Selection) -> Counts:
    """Return how many headlines are selected, and how many of them are unread."""
    unread = _count(connection, replace(selection, unread=True))
    return Counts(unread if selection.unread else _count(connection, selection), unread)


def _count(connection: sqlite3.Connection, selection: Selection) -> int:
    where, values = _where(selection)
    # The tallies know nothing of a single headline.
    tallied = not (selection.words or selection.after)
    counting = "coalesce(sum(headlines), 0) FROM tallies" if tallied else "count(*) FROM items"
    (number,) = connection.execute(" ".join(["SELECT", counting, where]), values).fetchone()
    return int(number)


def last_id(connection: sqlite3.Connection) -> int:
    """Return the number of the headline that came in last, 0 where there is none."""
    (number,) = connection.execute("SELECT coalesce(max(id), 0) FROM items").fetchone()
    return int(number)


def unread_among(connection: sqlite3.Connection, numbers: Sequence[int]) -> set[int]:
    """Return those of `numbers` whose headlines are unread."""
    rows = connection.execute(_UNREAD_AMONG, [json.dumps(list(numbers))])
    return {row[0] for row in rows}


def headlines(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Headline]:
    """Return the headlines with these numbers, in this order, without those that vanished."""
    rows = connection.execute(HEADLINES, {"numbers": json.dumps(list(dict.fromkeys(numbers)))})
    found = {headline.id: headline for headline in map(headline_of, rows)}
    return [found[number] for number in numbers if number in found]


def mark_all(
    connection: sqlite3.Connection, mark: Mark, numbers: Sequence[int], *, value: bool
) -> list[int]:
    """Set or clear a mark of these headlines; return the numbers of those that it changed."""
    changed = connection.execute(_OTHERWISE_MARKED[mark], [json.dumps(list(numbers)), value])
    ids: list[int] = json.loads(changed.fetchone()[0])
    connection.execute(_MARK[mark], [value, json.dumps(ids)])
    return ids


def place(connection: sqlite3.Connection, number: int) -> int:
    """Return where an article was left, 0 where it was not begun or was read to its end."""
    row = connection.execute("SELECT characters FROM places WHERE item = ?", (number,)).fetchone()
    return int(row[0]) if row else 0


def keep_place(connection: sqlite3.Connection, number: int, characters: int) -> None:
    """Store where an article was left, 0 to forget it."""
    if characters > 0:
        connection.execute(
            "INSERT OR REPLACE INTO places (item, characters) SELECT id, ? FROM items WHERE id = ?",
            (min(characters, sys.maxsize), number),
        )
    else:
        connection.execute("DELETE FROM places WHERE item = ?", (number,))


def last_visit(connection: sqlite3.Connection) -> LastVisit | None:
    """Return when the reader was last used, None where it never was."""
    row = connection.execute("SELECT at, item FROM visits").fetchone()
    return LastVisit(moment_of(row[0]), row[1]) if row else None


def note_visit(connection: sqlite3.Connection, visit: LastVisit) -> None:
    """Store when the reader was last used, in place of what was stored."""
    connection.execute(
        "INSERT OR REPLACE INTO visits (id, at, item) VALUES (1, ?, ?)",
        (seconds_of(visit.at), visit.newest),
    )


def find(connection: sqlite3.Connection, url: str) -> int | None:
    """Return the number of the headline at `url`, which may be only what a URL ends in."""
    url = clean_line(url)
    row = connection.execute(
        "SELECT item FROM names WHERE kind = 'address' AND name = ?", (address(url),)
    ).fetchone()
    if row is None:
        # A headline without a URL is where the site would put its title.
        row = connection.execute(
            "SELECT item FROM names JOIN items ON items.id = names.item WHERE kind = 'slug'"
            " AND name = ? AND (items.url IS NULL OR ?) ORDER BY names.id LIMIT 1",
            (slug_of_url(url), "://" not in url),
        ).fetchone()
    return row[0] if row else None


def article(connection: sqlite3.Connection, number: int) -> Article | None:
    """Return the article of a headline, or None where only the headline is cached."""
    row = connection.execute(
        f"SELECT {COLUMNS} FROM articles WHERE item = ?",  # noqa: S608
        (number,),
    ).fetchone()
    if row is None:
        return None
    (own,) = headlines(connection, [number])
    teasers = tuple(each.teaser for each in related(connection, number))
    return article_of(own.teaser, row, teasers)


def related(connection: sqlite3.Connection, number: int) -> list[Headline]:
    """Return the headlines under an article, in page order, each once."""
    rows = connection.execute(
        "SELECT item FROM related WHERE article = ? ORDER BY position", (number,)
    )
    return headlines(connection, list(dict.fromkeys(row[0] for row in rows)))


def sections(connection: sqlite3.Connection) -> list[SectionCount]:
    """Return the sections with their counts, the fullest first."""
    return [SectionCount(*row) for row in connection.execute(_SECTIONS)]


def is_sample(connection: sqlite3.Connection) -> bool:
    """Tell whether there are items and all of them are of the sample edition."""
    (some,) = connection.execute("SELECT EXISTS (SELECT 1 FROM items WHERE sample = 1)").fetchone()
    return bool(some) and not has_real(connection)


def has_real(connection: sqlite3.Connection) -> bool:
    """Tell whether there are items that are not of the sample edition."""
    (some,) = connection.execute("SELECT EXISTS (SELECT 1 FROM items WHERE sample = 0)").fetchone()
    return bool(some)


def health(connection: sqlite3.Connection, path: Path) -> Health:
    """Return the state of the cache; reads the whole file."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    complaints = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
    number, articles, unread, saved, oldest, newest, *more = connection.execute(_COUNTS).fetchone()
    failed, raw_pages, raw_bytes = more
    files = (path, path.with_name(path.name + "-wal"))
    return Health(
        path=path,
        size=sum(file.stat().st_size for file in files if file.exists()),
        version=version,
        headlines=number,
        articles=articles,
        unread=unread,
        saved=saved,
        oldest=moment_or_none(oldest),
        newest=moment_or_none(newest),
        uncached=count_uncached(connection),
        failed=failed,
        raw_pages=raw_pages,
        raw_bytes=raw_bytes,
        check="; ".join(complaints),
    )
