"""The older texts of articles, each stored as a delta from the text that followed it."""

import sqlite3
import zlib
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from reader.model import Article, Revision, Teaser
from reader.store.article_conversion import article_of, replace_text
from reader.store.conversion import moment_of, packed, unpacked

_LEVEL = 9
# The separator of blocks and details; neither contains it.
_BETWEEN = b"\0"
# Deflate uses no more of a dictionary than its window holds.
_WINDOW = 32_768
_ROWS = """
SELECT fetched, replaced, parser, title, data FROM revisions
WHERE item = ? ORDER BY replaced DESC, fetched DESC
"""
_CURRENT = "SELECT blocks, details FROM articles WHERE item = ?"
_KEEP = """
INSERT OR REPLACE INTO revisions (item, fetched, replaced, parser, title, data)
VALUES (?, ?, ?, ?, ?, ?)
"""
# The revisions of saved articles are kept forever.
_DROP = """
DELETE FROM revisions WHERE replaced < ?
    AND EXISTS (SELECT 1 FROM items WHERE id = revisions.item AND saved = 0)
"""


def keep_revision(
    connection: sqlite3.Connection, item: int, old: "StoredText", *, replaced: int
) -> None:
    """Keep a text that the present one replaced at `replaced` (Unix seconds)."""
    data = _encode(old.plain, _current(connection, item))
    row = (item, old.fetched, replaced, old.parser, old.title, data)
    connection.execute(_KEEP, row)


def rebase_newest(connection: sqlite3.Connection, item: int, old: "StoredText") -> None:
    """Store the newest older text again after the text that follows it was changed from `old`."""
    rows = connection.execute(_ROWS, (item,)).fetchmany(1)
    for fetched, replaced, parser, title, data in rows:
        plain = _decode(data, old.plain)
        again = _encode(plain, _current(connection, item))
        connection.execute(_KEEP, (item, fetched, replaced, parser, title, again))


def restore_newest(connection: sqlite3.Connection, item: int) -> bool:
    """Restore the newest older text of an article as its present one; tell whether there is one."""
    text = next(_texts(connection, item), None)
    if text is None:
        return False
    blocks, details = text.columns
    columns = (text.fetched, packed(blocks), details, text.parser)
    connection.execute("DELETE FROM revisions WHERE (item, fetched) = (?, ?)", (item, text.fetched))
    replace_text(connection, item, columns, text.title)
    connection.execute(
        "UPDATE items SET title = coalesce(?, title) WHERE id = ?", (text.title, item)
    )
    return True


def load_revisions(connection: sqlite3.Connection, item: int) -> list[Revision]:
    """Return a description of each older text of an article, the newest first."""
    rows = enumerate(connection.execute(_ROWS, (item,)), 1)
    return [
        Revision(number, title, moment_of(fetched), moment_of(replaced))
        for number, (fetched, replaced, _, title, _) in rows
    ]


def load_revision(
    connection: sqlite3.Connection, item: int, number: int, teaser: Teaser
) -> Article | None:
    """Return an older text with the article's current teaser, or None if there is none."""
    for place, text in enumerate(_texts(connection, item), 1):
        if place == number:
            row = (text.fetched, *text.columns, text.parser)
            return article_of(replace(teaser, title=text.title), row)
    return None


def drop_revisions(connection: sqlite3.Connection, before: int) -> int:
    """Delete texts of unsaved articles replaced before a moment (Unix seconds); return how many."""
    return connection.execute(_DROP, (before,)).rowcount


class StoredText(Struct, frozen=True):
    """A text as stored: `plain` is blocks and details as JSON, in bytes."""

    fetched: int
    parser: int
    title: str | None
    plain: bytes

    @property
    def columns(self) -> tuple[str, str | None]:
        """Return blocks and details as JSON."""
        blocks, _, details = self.plain.partition(_BETWEEN)
        return blocks.decode(), details.decode() or None


def plain_text(blocks: bytes | str, details: str | None) -> bytes:
    """Return blocks and details from their columns as the bytes of a revision."""
    return unpacked(blocks).encode() + _BETWEEN + (details or "").encode()


def _current(connection: sqlite3.Connection, item: int) -> bytes:
    row = connection.execute(_CURRENT, (item,)).fetchone()
    return plain_text(*row) if row else b""


def _texts(connection: sqlite3.Connection, item: int) -> Iterator[StoredText]:
    after = _current(connection, item)
    for fetched, _, parser, title, data in connection.execute(_ROWS, (item,)).fetchall():
        after = _decode(data, after)
        yield StoredText(fetched, parser, title, after)


def _encode(older: bytes, newer: bytes) -> bytes:
    maker = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15, zdict=newer[-_WINDOW:])
    return maker.compress(older) + maker.flush()


def _decode(data: bytes, newer: bytes) -> bytes:
    maker = zlib.decompressobj(-15, zdict=newer[-_WINDOW:])
    return maker.decompress(data) + maker.flush()
