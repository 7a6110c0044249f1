"""All content of the cache except raw pages, as the lines of an export."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import get_args

from reader.jsonform import Json, body_json, reason_json, teaser_json, time_json
from reader.model import Mark, Teaser
from reader.store.archive.format import BUNDLE_HEADER, header
from reader.store.article_conversion import COLUMNS, article_of
from reader.store.articles import load_place
from reader.store.conversion import moment_of, reason_or_none
from reader.store.ingest import items
from reader.store.marks import marks_of
from reader.store.story_choices import all_corrections
from reader.text.tags import tag_of_mark

_PAGES = """
SELECT url, etag, modified, article, checked, fetched, failure, failed, tries FROM pages
{} ORDER BY id
"""
_EVERY_PAGE = _PAGES.format("")
# The requested pages that belong to exported headlines.
_PAGES_OF = _PAGES.format("""WHERE address IN (
    SELECT name FROM json_each(?) CROSS JOIN names INDEXED BY names_item ON item = value
    WHERE kind = 'address')""")
_SECTIONS = """
SELECT source, name, url, followed, position, seen FROM sections ORDER BY source, position, name
"""

_WATCHED = "SELECT 1 FROM items JOIN stories ON number = story WHERE id = ? AND watched = 1"
# Mutes from the settings are left out: they belong to the settings.
_MUTES = """
SELECT iif(kind = 'section', 'section:', '') || name FROM mutes WHERE origin = 'reader' ORDER BY id
"""

# The items that came in since a moment, or whose article did.
_CAME = """
SELECT id FROM items LEFT JOIN articles ON articles.item = items.id
WHERE sample = 0 AND (seen >= :since OR fetched >= :since) ORDER BY id
"""
_UNDER = """
SELECT DISTINCT item FROM related WHERE article IN (SELECT value FROM json_each(:articles))
"""
# The keys of a headline that are personal to one reader.
_OWN = frozenset([*get_args(Mark), "place", "tags", "watched"])


def every_line(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the lines of an export of everything but the sample edition."""
    rows = connection.execute("SELECT id FROM items WHERE sample = 0 ORDER BY id")
    numbers = [row[0] for row in rows]
    yield _line(header(cache_id(connection)))
    for source, name, url, followed, position, seen in connection.execute(_SECTIONS):
        yield _line(
            {"kind": "section", "source": source, "name": name, "url": url,
             "followed": bool(followed), "position": position, "seen": _time(seen)}
        )  # fmt: skip
    # Before the headlines, which are then muted when they are imported.
    for (name,) in connection.execute(_MUTES):
        yield _line({"kind": "mute", "name": name})
    yield from _headlines(connection, numbers)
    yield from _pages(connection.execute(_EVERY_PAGE))
    for (article,) in connection.execute("SELECT item FROM articles ORDER BY item").fetchall():
        yield from _related(connection, article)
    # After the headlines, so that those a search finds on import do not count as new.
    for name, query in connection.execute("SELECT name, query FROM searches ORDER BY id"):
        yield _line({"kind": "search", "name": name, "query": query})
    for report, field, other in all_corrections(connection):
        yield _line({"kind": "story", "report": report, "said": field, "other": other})


def lines_of(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[str]:
    """Yield the lines of an export of these headlines, and of the articles they are related to."""
    yield _line(header(cache_id(connection)))
    yield from _headlines(connection, numbers)
    yield from _pages(connection.execute(_PAGES_OF, (json.dumps(list(numbers)),)))
    # Including the articles they are related to, so that they can be restored there too.
    under: set[int] = set(numbers)
    for number in numbers:
        rows = connection.execute("SELECT article FROM related WHERE item = ?", (number,))
        under.update(row[0] for row in rows)
    for article in sorted(under):
        yield from _related(connection, article)


def bundle_lines(connection: sqlite3.Connection, since: int | None) -> Iterator[str]:
    """Yield the lines for all that came in since a moment, for any reader: without marks.

    Related headlines of its articles are included, even if they are older.
    """
    numbers = [row[0] for row in connection.execute(_CAME, {"since": since or 0})]
    under = [row[0] for row in connection.execute(_UNDER, {"articles": json.dumps(numbers)})]
    yield _line(BUNDLE_HEADER)
    for source, name, url, _, position, seen in connection.execute(_SECTIONS):
        yield _line(
            {"kind": "section", "source": source, "name": name, "url": url,
             "position": position, "seen": _time(seen)}
        )  # fmt: skip
    for number in sorted({*numbers, *under}):
        line = _headline(connection, number, with_article=number in set(numbers))
        yield _line({key: value for key, value in line.items() if key not in _OWN})
    for article in numbers:
        yield from _related(connection, article)


def cache_id(connection: sqlite3.Connection) -> str:
    """Return the id of a cache, which its exports carry; copies of it have the same id."""
    return str(connection.execute("SELECT name FROM identity").fetchone()[0])


def _headlines(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[str]:
    for number in numbers:
        yield _line(_headline(connection, number))


def _headline(connection: sqlite3.Connection, number: int, *, with_article: bool = True) -> Json:
    """Return all data about a headline."""
    item, marks = items.load(connection, number), marks_of(connection, number)
    names = connection.execute(
        "SELECT kind, name, id FROM names WHERE item = ? ORDER BY id", (number,)
    )
    teaser = teaser_json(item.teaser)
    del teaser["published"]
    return (
        {"kind": "headline", "id": number} | teaser
        | {"seen": _time(item.seen), "updated": _time(item.updated)}
        | {mark: mark in marks for mark in get_args(Mark)}
        | {"watched": connection.execute(_WATCHED, (number,)).fetchone() is not None}
        | {"tags": sorted(filter(None, map(tag_of_mark, marks)))}
        | {"source": item.source, "names": names.fetchall(),
           "sightings": [list(map(_time, each))
                         for each in sorted(items.sightings_of(connection, number))],
           "article": _article(connection, number) if with_article else None,
           "place": load_place(connection, number) or None}
    )  # fmt: skip


def _article(connection: sqlite3.Connection, number: int) -> Json | None:
    row = connection.execute(
        f"SELECT {COLUMNS} FROM articles WHERE item = ?",  # noqa: S608
        (number,),
    ).fetchone()
    if row is None:
        return None
    return body_json(article_of(Teaser(None, None), row))


def _related(connection: sqlite3.Connection, article: int) -> Iterator[str]:
    rows = connection.execute(
        "SELECT fetched, related.item FROM related JOIN articles ON articles.item = article"
        " WHERE article = ? ORDER BY position",
        (article,),
    ).fetchall()
    if rows:
        fetched = _time(rows[0][0])
        yield _line(
            {"kind": "related", "article": article, "fetched": fetched,
             "items": [row[1] for row in rows]}
        )  # fmt: skip


def _failure(text: str | None) -> Json | None:
    why = reason_or_none(text)
    return None if why is None else reason_json(why)


def _pages(rows: sqlite3.Cursor) -> Iterator[str]:
    for row in rows:
        url, etag, modified, article, checked, fetched, failure, failed, tries = row
        yield _line(
            {"kind": "page", "url": url, "etag": etag, "modified": modified,
             "article": bool(article), "checked": _time(checked), "fetched": _time(fetched),
             "failure": _failure(failure), "failed": _time(failed), "tries": tries}
        )  # fmt: skip


def _time(seconds: int | None) -> str | None:
    return None if seconds is None else time_json(moment_of(seconds))


def _line(document: Json) -> str:
    return json.dumps(document, ensure_ascii=False)
