"""Saves the readable content of a damaged cache to a new file; the damaged one is kept."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import CacheCorrupt, CacheError
from reader.files import fsync_path
from reader.store.archive import Archive
from reader.store.archive.format import (
    ExportLine,
    HeadlineLine,
    RelatedLine,
    SectionLine,
    parse_line,
)
from reader.store.connection import Database
from reader.store.conversion import packed, seconds_of
from reader.store.failures import cache_error_of
from reader.store.headlines import Headlines
from reader.store.maintenance.backup import bring_up_to_date, check, require_file, set_aside
from reader.store.maintenance.damaged_rows import Row, rows_around
from reader.store.maintenance.row_mending import mended
from reader.store.maintenance.salvage import SalvagedRow, find_rows
from reader.store.maintenance.saved_tables import Table, drop_orphans, paused_triggers, saved_tables
from reader.store.migrations import is_likely, make_tables, too_new, version_of
from reader.store.opening import DATABASE_ERRORS, bare_connection, open_read_only
from reader.store.schema import (
    APPLICATION_ID,
    CLOCK_OF_ALL,
    MARKS_OF_COLUMNS,
    PAGE_BYTES,
    VERSION,
)
from reader.store.schema_shape import (
    has_more_than_known,
    table_columns,
    tables_of,
    version_by_shape,
)
from reader.store.side_files import companions_of, copy_of, log_of
from reader.store.soundness import is_of_known_form, is_sound
from reader.store.word_index import sync_fts

_WORDS = 13
_HEADER_BYTES = 100
# No row is smaller, so a file has at most its size divided by this many rows.
_ROW_BYTES = 32
# The reader's choices about other things than headlines.
_CHOSEN = ("sections", "choices", "mutes", "searches", "feeds", "feed_list")
# Makes each feed be sent in full again, because its items may be lost.
_FORGET_FEEDS = "UPDATE feeds SET etag = NULL, modified = NULL, digest = NULL"
# Run after a loss: restores references between rows, and drops validators of lost content.
_TIDY = (
    # A headline has its address as a name, even if the row that says so was lost.
    "INSERT OR IGNORE INTO names (kind, name, item)"
    " SELECT 'address', address_of(url), id FROM items"
    " WHERE url IS NOT NULL AND id NOT IN (SELECT item FROM names WHERE kind = 'address')",
    # Triggers recorded them with an article whose item is lost.
    "DELETE FROM unplaced WHERE item NOT IN (SELECT id FROM items)",
    # No story number is used again.
    "INSERT OR IGNORE INTO stories (number) SELECT DISTINCT story FROM items"
    " WHERE story IS NOT NULL",
    MARKS_OF_COLUMNS,
    # As the triggers do, because an item may have been added after its mark.
    "UPDATE items SET read = value FROM item_marks"
    " WHERE item = items.id AND mark = 'read' AND read <> value",
    "UPDATE items SET saved = value FROM item_marks"
    " WHERE item = items.id AND mark = 'saved' AND saved <> value",
    CLOCK_OF_ALL,
    "UPDATE items SET cached = id IN (SELECT item FROM articles)"
    " WHERE cached <> (id IN (SELECT item FROM articles))",
    "UPDATE pages SET etag = NULL, modified = NULL WHERE article = 0",
    _FORGET_FEEDS,
)
_MARKED = {
    "saved": "SELECT id FROM items INDEXED BY items_saved WHERE saved = 1",
    "unread": "SELECT id FROM items INDEXED BY items_unread WHERE read = 0",
}


class Salvaged(Struct, frozen=True):
    """The result of repairing a cache, and where the files are; `kept` is None if it was sound.

    `lost` counts headlines that are known to be missing; for `rebuilt` ones only address and marks
    were left, and a run fetches the rest.
    """

    kept: Path | None
    headlines: int = 0
    articles: int = 0
    saved: int = 0
    lost: int = 0
    rebuilt: int = 0


def repair(path: Path, now: datetime) -> Salvaged:
    """Save the readable content of the cache at `path` to a new file there; return the counts.

    The damaged file is renamed. Raises CacheError if nothing can be saved, and CacheTooNew for a
    newer file; the cache is then unchanged. Other programs must not have it open.
    """
    require_file(path)
    fresh = path.with_name(path.name + ".repaired")
    bare = path.with_name(path.name + ".headless")
    try:
        _refuse_newer(path)
        if is_of_known_form(path) and is_sound(path):
            return Salvaged(None)
        fresh.unlink(missing_ok=True)
        lost, rebuilt = _saved(path, bare, fresh, now)
        _add_from_copy(fresh, copy_of(path), now)
        counts = _counted(fresh)
        fsync_path(fresh)
        kept = set_aside(path, "damaged", now)
        fresh.replace(path)
        fsync_path(path.parent)
        return Salvaged(kept, *counts, lost, rebuilt)
    except (OSError, *DATABASE_ERRORS) as error:
        raise cache_error_of(error, path, "repaired") from error
    finally:
        for file in (fresh, *companions_of(fresh), bare, *companions_of(bare)):
            with suppress(OSError):
                file.unlink(missing_ok=True)


def _add_from_copy(fresh: Path, copy: Path, now: datetime) -> None:
    """Add the content of the last good copy that was no longer readable, with its marks."""
    if not copy.is_file():
        return
    try:
        check(copy)
        with closing(Database(copy)) as source, closing(Database(fresh)) as target:
            Archive(target).import_lines(_missing(source, target), now, own=True)
        _add_choices(fresh, copy)
    except (CacheError, OSError, *DATABASE_ERRORS):
        # The content that was read from the damaged file itself is there in any case.
        return


def _add_choices(fresh: Path, copy: Path) -> None:
    """Add the reader's choices that no export contains, for each kind that is entirely lost."""
    with closing(open_read_only(copy)) as source, closing(bare_connection(fresh)) as target:
        target.execute("BEGIN")
        tables = saved_tables(target)
        with paused_triggers(target):
            for table in map(tables.__getitem__, _CHOSEN):
                columns = ", ".join(table.columns)
                if target.execute(f"SELECT 1 FROM {table.name}").fetchone():  # noqa: S608
                    # The copy may still contain choices that were undone since.
                    continue
                for row in source.execute(f"SELECT {columns} FROM {table.name}"):  # noqa: S608
                    _add(target, table, row)
        target.execute(_FORGET_FEEDS)
        target.execute("COMMIT")


def _missing(source: Database, target: Database) -> Iterator[ExportLine]:
    """Yield the lines of content that the other cache lacks; its own marks stay."""
    headlines = Headlines(target)
    for text in Archive(source).export_lines():
        with suppress(ValueError):
            line = parse_line(text.encode())
            if isinstance(line, HeadlineLine):
                known = headlines.load([line.id])
                if not known:
                    yield line
                elif line.article is not None and not known[0].cached:
                    yield replace(line, marks=())
            elif isinstance(line, SectionLine | RelatedLine):
                yield line


def _counted(fresh: Path) -> tuple[int, int, int]:
    """Return how many headlines, articles and saved marks a file has."""
    with closing(bare_connection(fresh)) as connection:
        headlines, articles, saved = connection.execute(
            "SELECT count(*), coalesce(sum(cached), 0), coalesce(sum(saved), 0) FROM items"
        ).fetchone()
    return int(headlines), int(articles), int(saved)


def _saved(path: Path, bare: Path, fresh: Path, now: datetime) -> tuple[int, int]:
    """Write the readable content to a new file, even if SQLite can read nothing at all.

    Return how many headlines are lost, and how many were rebuilt.
    """
    try:
        damaged = _open_damaged(path, bare)
    except (CacheCorrupt, *DATABASE_ERRORS):
        damaged = sqlite3.connect(":memory:")
    try:
        with closing(damaged):
            return _save(damaged, fresh, path, now)
    except CacheCorrupt:
        copy = copy_of(path)
        if not copy.is_file():
            raise
        check(copy)
        shutil.copyfile(copy, fresh)
        return 0, 0


def _refuse_newer(path: Path) -> None:
    """Raise CacheTooNew for a file of a newer version, which has tables unknown to this one.

    A damaged version number is ignored.
    """
    with suppress(*DATABASE_ERRORS), closing(open_read_only(path)) as connection:
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        version = version_of(connection)
        is_newer = version > VERSION and (is_likely(version) or has_more_than_known(connection))
        if owner == APPLICATION_ID and is_newer:
            raise too_new(path, version)


def _open_damaged(path: Path, bare: Path) -> sqlite3.Connection:
    """Open a damaged file for reading; if its header is lost, a copy of it with a new header."""
    with suppress(*DATABASE_ERRORS):
        if connection := _open_lenient(path):
            return connection
    shutil.copyfile(path, bare)
    with suppress(FileNotFoundError):
        shutil.copyfile(log_of(path), log_of(bare))
    with bare.open("r+b") as file:
        file.write(_header(bare.stat().st_size))
    if connection := _open_lenient(bare):
        return connection
    raise CacheCorrupt("nothing_to_save", place=path)


def _open_lenient(path: Path) -> sqlite3.Connection | None:
    """Open a file for reading that may be too short and contain invalid text.

    Return None if it has no table.
    """
    with ExitStack() as unless_read:
        connection = unless_read.enter_context(closing(open_read_only(path)))
        connection.execute("PRAGMA writable_schema = ON")
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        if tables_of(connection):
            unless_read.pop_all()
            return connection
    return None


def _header(size: int) -> bytes:
    """Return the first bytes of a database of this size (bytes), without free pages."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("CREATE TABLE some (x)")
        header = bytearray(connection.serialize()[:_HEADER_BYTES])
    # In write-ahead mode, so that a log beside it is read.
    header[18:20] = b"\2\2"
    header[28:32] = (size // PAGE_BYTES).to_bytes(4)
    header[92:96] = header[24:28]
    return bytes(header)


def _save(damaged: sqlite3.Connection, fresh: Path, path: Path, now: datetime) -> tuple[int, int]:
    """Write the readable content to a new file; return how many are lost, and how many rebuilt."""
    present = tables_of(damaged)
    version = version_by_shape(damaged) if present else VERSION
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(bare_connection(fresh)) as copy:
        copy.execute("PRAGMA auto_vacuum = INCREMENTAL")
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("BEGIN")
        make_tables(copy, version)
        copy.execute(f"PRAGMA user_version = {version}")
        with paused_triggers(copy):
            for name, table in saved_tables(copy).items():
                if name in present:
                    _fill(copy, table, damaged, _most(damaged, path))
        copy.execute("COMMIT")
    bring_up_to_date(fresh)
    with closing(bare_connection(fresh)) as copy:
        copy.execute("BEGIN")
        with paused_triggers(copy):
            _add_salvaged(copy, path)
        lost, rebuilt = _rebuild(copy, damaged, now)
        drop_orphans(copy)
        for statement in _TIDY:
            copy.execute(statement)
        sync_fts(copy)
        copy.execute("COMMIT")
    headlines, *_ = _counted(fresh)
    if not headlines:
        raise CacheCorrupt("nothing_to_save", place=path)
    return lost - rebuilt, rebuilt


def _most(damaged: sqlite3.Connection, path: Path) -> int:
    """Return an upper bound for the row numbers of the file."""
    last = 0
    with suppress(TypeError, *DATABASE_ERRORS):
        (last,) = damaged.execute("SELECT max(seq) FROM sqlite_sequence").fetchone()
    return max(int(last or 0), path.stat().st_size // _ROW_BYTES)


def _fill(copy: sqlite3.Connection, table: Table, damaged: sqlite3.Connection, most: int) -> None:
    """Copy the rows that can be read and that the new table accepts."""
    for row in rows_around(damaged, table, most):
        _add(copy, table, row[1:])


def _add_salvaged(copy: sqlite3.Connection, path: Path) -> None:
    """Add the rows on intact pages that were not found through the file's own tables."""
    log = log_of(path)
    tables = saved_tables(copy)
    data = path.read_bytes(), log.read_bytes() if log.is_file() else b""
    for row in find_rows(*data, tables):
        _add(copy, tables[row.table], _as_stored_now(row))


def _add(copy: sqlite3.Connection, table: Table, values: Row) -> None:
    """Add the valid values of a row, unless the new table already has it or rejects it."""
    # A row that is older than a column lacks it; the first versions had other columns.
    row = mended(table, dict(zip(table.columns, values, strict=False)))
    if row is None:
        return
    places = ", ".join("?" * len(row))
    statement = f"INSERT OR IGNORE INTO {table.name} ({', '.join(row)}) VALUES ({places})"  # noqa: S608
    # A number may be too large for SQLite.
    with suppress(sqlite3.IntegrityError, OverflowError):
        copy.execute(statement, tuple(row.values()))


def _as_stored_now(row: SalvagedRow) -> Row:
    """Return the values of a row in the form of the current tables."""
    values = row.values
    if row.table == "items" and len(values) > _WORDS and isinstance(values[_WORDS], str):
        # The first versions stored the searchable words in this column.
        return (*values[:_WORDS], *values[_WORDS + 1 :])
    if row.table == "articles":
        return (*values[:2], packed(values[2]), *values[3:])
    return values


def _rebuild(
    copy: sqlite3.Connection, damaged: sqlite3.Connection, now: datetime
) -> tuple[int, int]:
    """Rebuild lost headlines from the data about them in other tables and indexes.

    Return how many are lost, and how many were rebuilt, with address and marks.
    """
    marked = {name: set(_ids(damaged, statement)) for name, statement in _MARKED.items()}
    gone = {row[0] for row in copy.execute(
        "SELECT item FROM names WHERE item NOT IN (SELECT id FROM items) UNION"
        " SELECT item FROM articles WHERE item NOT IN (SELECT id FROM items)"
    )}  # fmt: skip
    needed = [name for name in ("words", "summary") if name in table_columns(copy, "items")]
    columns = ", ".join(("id", "url", "title", "read", "saved", "seen", "updated", *needed))
    rebuilt = 0
    for number in sorted(gone):
        url, slug = (_name(copy, number, kind) for kind in ("address", "slug"))
        if not (url or slug):
            continue
        read = bool(marked["unread"]) and number not in marked["unread"]
        link = f"https://www.{url}" if url else None
        title = slug.replace("-", " ").capitalize() or None
        marks = read, number in marked["saved"]
        values = (number, link, title, *marks, seconds_of(now), 0, *("" for _ in needed))
        places = ", ".join("?" * len(values))
        copy.execute(f"INSERT INTO items ({columns}) VALUES ({places})", values)  # noqa: S608
        rebuilt += 1
    return len(gone), rebuilt


def _ids(damaged: sqlite3.Connection, statement: str) -> Iterator[int]:
    with suppress(*DATABASE_ERRORS):
        for row in damaged.execute(statement):
            yield row[0]


def _name(copy: sqlite3.Connection, number: int, kind: str) -> str:
    row = copy.execute(
        "SELECT name FROM names WHERE item = ? AND kind = ? ORDER BY id LIMIT 1", (number, kind)
    ).fetchone()
    return str(row[0]) if row else ""
