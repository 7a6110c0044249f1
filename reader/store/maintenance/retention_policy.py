"""Decides which headlines may be removed, and removes them; times are Unix seconds.

The related headlines of an article that stays also stay. Headlines that the site showed lately
stay, because the next run would fetch them again, unread.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct

from reader.store.conversion import moment_or_none

DAY = 86_400
# The only definition of headlines that only the reader removes, however old they are.
_TREASURED = "(saved = 1 OR sample = 1)"
_OLD = f"""
SELECT id, moment, cached, read, updated FROM items
WHERE moment < :before AND updated < :shown AND NOT {_TREASURED}
"""  # noqa: S608
_DUE = f"""
WITH old AS MATERIALIZED ({_OLD}), due AS (
    SELECT * FROM old WHERE NOT EXISTS (
        SELECT 1 FROM related WHERE related.item = old.id
        AND article NOT IN (SELECT id FROM old)))
"""  # noqa: S608
_COUNT = f"{_DUE} SELECT count(*), sum(cached), min(moment), max(moment) FROM due"  # noqa: S608
_LIST = f"{_DUE} SELECT id, read, updated FROM due ORDER BY id"  # noqa: S608
# A headline that changed since it was listed is not removed.
_STILL = f"id = :id AND read = :read AND updated = :updated AND NOT {_TREASURED}"
# The index is named because SQLite, which has no statistics, would choose another.
_DROP_PAGES = f"""
DELETE FROM pages WHERE address IN (
    SELECT name FROM names INDEXED BY names_item
    WHERE kind = 'address' AND item = (SELECT id FROM items WHERE {_STILL}))
"""  # noqa: S608
_DROP = f"DELETE FROM items WHERE {_STILL}"  # noqa: S608
_NEWEST = """
SELECT moment FROM items WHERE cached = 1 AND sample = 0
ORDER BY moment DESC, id DESC LIMIT 1 OFFSET :number
"""
_LIST_AMONG = """
SELECT id, read, updated FROM items
WHERE id IN (SELECT value FROM json_each(?)) AND saved = 0 AND sample = 0 ORDER BY moment, id
"""


class Bounds(Struct, frozen=True):
    """The limits: headlines from before `before`, last shown on a page fetched before `shown`."""

    before: int
    shown: int


class Due(Struct, frozen=True):
    """How many headlines are due, how many of them have an article, and their time span."""

    headlines: int
    articles: int
    oldest: datetime | None
    newest: datetime | None


class Listed(NamedTuple):
    """A headline that is due, in its state at the time of listing."""

    id: int
    read: int
    updated: int


def before_of(connection: sqlite3.Connection, now: int, days: int, articles: int) -> int | None:
    """Return the time before which headlines are due, by age and by number; None if none are.

    0 days or articles set no bound.
    """
    found = [now - days * DAY] if days else []
    if articles:
        row = connection.execute(_NEWEST, {"number": articles - 1}).fetchone()
        found += [row[0]] if row else []
    return max(found, default=None)


def due(connection: sqlite3.Connection, bounds: Bounds) -> Due:
    """Return how many headlines are due."""
    headlines, articles, oldest, newest = connection.execute(_COUNT, _values(bounds)).fetchone()
    return Due(headlines, articles or 0, moment_or_none(oldest), moment_or_none(newest))


def listed(connection: sqlite3.Connection, bounds: Bounds) -> list[Listed]:
    """Return the headlines that are due."""
    return [Listed(*row) for row in connection.execute(_LIST, _values(bounds))]


def listed_among(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Listed]:
    """Return those of the given headlines that are not saved."""
    rows = connection.execute(_LIST_AMONG, (json.dumps(list(ids)),))
    return [Listed(*row) for row in rows]


def drop(connection: sqlite3.Connection, going: Sequence[Listed]) -> int:
    """Delete these headlines with all their data; return how many were still due."""
    rows = [each._asdict() for each in going]
    connection.executemany(_DROP_PAGES, rows)
    return connection.executemany(_DROP, rows).rowcount


def _values(bounds: Bounds) -> dict[str, int]:
    return {"before": bounds.before, "shown": bounds.shown}


class Announcement(Struct, frozen=True):
    """The announcement of a run: when it was made, and the time before which headlines are due."""

    at: int
    before: int


def announcement_text(announcement: Announcement) -> str:
    """Return the stored form of an announcement."""
    return json.dumps({"at": announcement.at, "before": announcement.before})


def announcement_of(text: str) -> Announcement | None:
    """Return an announcement from its stored form, None if it is invalid."""
    try:
        document = json.loads(text)
        at, before = document["at"], document["before"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Announcement(at, before) if type(at) is type(before) is int else None
