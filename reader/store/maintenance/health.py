"""The state of the file, in the form that `doctor` reports."""

import sqlite3
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from reader.store.conversion import moment_or_none
from reader.store.pages import count_uncached
from reader.store.side_files import log_of
from reader.store.soundness import damaged_rows, is_sound_cache

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


class Health(Struct, frozen=True):
    """The state of the cache file.

    `size` is in bytes and includes the log; `check` is `ok` or an error message. `raw_bytes`, a
    part of `size`, is the space of the raw pages, compressed; `failed` counts headlines whose
    article could not be fetched, a part of the `uncached` ones.
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


def health_of(connection: sqlite3.Connection, path: Path) -> Health:
    """Return the state of the cache; this reads the whole file."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    complaints = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
    if complaints == ["ok"] and not is_sound_cache(connection):
        complaints = [f"the content is damaged ({damaged_rows(connection)} rows)"]
    number, articles, unread, saved, oldest, newest, *more = connection.execute(_COUNTS).fetchone()
    failed, raw_pages, raw_bytes = more
    files = (path, log_of(path))
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
