"""Checks whether a file is as this program wrote it: its structure, and the values of its rows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from reader.model import Teaser
from reader.store.article_conversion import COLUMNS, article_of
from reader.store.conversion import HEADLINE, MISFITS, headline_of
from reader.store.fingerprint import fingerprint_of
from reader.store.migrations import version_of
from reader.store.opening import DATABASE_ERRORS, code_of, open_read_only
from reader.store.schema import APPLICATION_ID, VERSION
from reader.store.schema_shape import is_of_version

# Obstacles to opening a file that are not damage, by SQLite's codes.
_HINDRANCES = (
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
)
# The bytes of the header that give the format versions for writing and reading.
_FORMS = slice(18, 20)
_HEADLINES = f"SELECT {HEADLINE} FROM items"  # noqa: S608 - no value is in it
_ARTICLES = f"SELECT {COLUMNS}, own_title, digest FROM articles"  # noqa: S608
_COLUMNS = """
SELECT m.name, p.name, p.type FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS p
WHERE m.type = 'table' AND p.type IN ('INTEGER', 'TEXT', 'BLOB')
"""
# Triggers maintain these counts and rely on them.
_MISCOUNTED = """
SELECT count(*) FROM (
    SELECT coalesce(section, '') COLLATE NOCASE AS section, read, saved, cached, muted,
        count(*) AS number
    FROM items GROUP BY 1, 2, 3, 4, 5
    EXCEPT SELECT section, read, saved, cached, muted, headlines FROM tallies)
"""
# Texts that are stored compressed, in a column declared for plain ones.
PACKED = ("articles", "blocks")


def is_of_known_form(path: Path) -> bool:
    """Tell whether the header of a file allows SQLite to write to it; raises OSError."""
    with path.open("rb") as file:
        return set(file.read(_FORMS.stop)[_FORMS]) <= {1, 2}


def is_sound(path: Path) -> bool:
    """Tell whether the file at `path` is a sound cache of this or an older version.

    The file is read from end to end. A file that cannot be opened at all, for example for lack of
    rights, counts as sound, because nothing is known about it.
    """
    try:
        with closing(open_read_only(path)) as connection:
            return is_sound_cache(connection)
    except DATABASE_ERRORS as error:
        return code_of(error) in _HINDRANCES
    except OSError:
        return True


def damaged_rows(connection: sqlite3.Connection) -> int:
    """Return how many rows hold values that their columns never have, or cannot be decoded.

    SQLite's own check does not examine that.
    """
    factory = connection.text_factory
    connection.text_factory = _text_or_bytes
    try:
        misfits = sum(
            int(connection.execute(counting).fetchone()[0])
            for counting in (_MISCOUNTED, *_misfits(connection))
        )
        items = sum(not _is_whole_item(row) for row in connection.execute(_HEADLINES))
        articles = sum(not _is_whole_article(row) for row in connection.execute(_ARTICLES))
    finally:
        connection.text_factory = factory
    return misfits + items + articles


def is_sound_cache(connection: sqlite3.Connection) -> bool:
    """Tell whether an open file is a sound cache of this or an older version."""
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    version = version_of(connection)
    return (
        owner == APPLICATION_ID
        and 0 < version <= VERSION
        and connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
        and not connection.execute("PRAGMA foreign_key_check").fetchall()
        and is_of_version(connection, version)
        and not (version == VERSION and damaged_rows(connection))
    )


def _misfits(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield one statement per table that counts the rows with a value of an impossible type."""
    tables: dict[str, list[str]] = {}
    for table, column, kind in connection.execute(_COLUMNS).fetchall():
        kinds = "'text', 'blob'" if (table, column) == PACKED else f"'{kind.lower()}', 'null'"
        tables.setdefault(table, []).append(f'typeof("{column}") NOT IN ({kinds})')
    for table, conditions in tables.items():
        yield f'SELECT count(*) FROM "{table}" WHERE {" OR ".join(conditions)}'  # noqa: S608


def _text_or_bytes(data: bytes) -> str | bytes:
    """Return valid text as a string, anything else as bytes."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def _is_whole_item(row: tuple[Any, ...]) -> bool:
    try:
        headline = headline_of(row)
    except MISFITS:
        return False
    teaser = headline.teaser
    texts = (teaser.url, teaser.title, teaser.section, teaser.summary, headline.source)
    return all(isinstance(text, str | None) for text in texts)


def _is_whole_article(row: tuple[Any, ...]) -> bool:
    """Tell whether an article can be read and matches its digest, if there is one."""
    *columns, title, digest = row
    try:
        article = article_of(Teaser(None, None), tuple(columns))
        return digest is None or digest == fingerprint_of(title, article.blocks)
    except MISFITS:
        return False
