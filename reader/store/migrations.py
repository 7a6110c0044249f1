"""Brings a file of an older version up to date, and keeps a copy of the original."""

import sqlite3
from contextlib import closing
from pathlib import Path

from reader.errors import CacheTooNew
from reader.files import written_whole
from reader.store.schema import MIGRATIONS, VERSION

# Another process may be copying a large file.
_PATIENCE_SECONDS = 60
# A version number higher than the known ones by more than this is probably damage.
_NEAR = 100


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Take all steps that the file at `path` lacks, or none; raises CacheTooNew.

    The original is first copied to `<file>.v<version>.backup`, which is kept.
    """
    version = version_of(connection)
    if version < VERSION:
        (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
        connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_SECONDS * 1000}")
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            # Another process may have migrated the file while this one waited.
            version = version_of(connection)
            if 0 < version < VERSION:
                _back_up(path, path.with_name(f"{path.name}.v{version}.backup"))
            take_steps(connection, version)
        connection.execute(f"PRAGMA busy_timeout = {patience}")
    if version > VERSION:
        raise too_new(path, version)


def version_of(connection: sqlite3.Connection) -> int:
    """Return how many steps the file has taken; 0 for a new file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def too_new(path: Path, version: int) -> CacheTooNew:
    """Return the error for a file with more steps than this program knows."""
    return CacheTooNew("cache_too_new", place=path, version=version, known=VERSION)


def is_likely(version: int) -> bool:
    """Tell whether a file that has tables may have this version, known or not."""
    return 0 < version < VERSION + _NEAR


def take_steps(connection: sqlite3.Connection, version: int) -> None:
    """Take the steps after `version` in the current transaction of `connection`."""
    for step in MIGRATIONS[version:]:
        for statement in step:
            connection.execute(statement)
    if version < VERSION:
        connection.execute(f"PRAGMA user_version = {VERSION}")


def make_tables(connection: sqlite3.Connection, version: int) -> None:
    """Create the tables of a version in an empty file."""
    for statement in (each for step in MIGRATIONS[:version] for each in step):
        connection.execute(statement)


def copy_database(source: sqlite3.Connection, part: Path) -> None:
    """Copy all that `source` sees to the empty file `part`, which then needs no log."""
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        # An interrupted copy is started again, so it needs no journal, and must not leave one.
        copy.execute("PRAGMA journal_mode = OFF")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _back_up(path: Path, target: Path) -> None:
    """Copy the cache at `path` to `target`, all or nothing; others must not write to it."""
    # A connection in a transaction cannot be the source of a copy, so a second one reads.
    source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    with closing(source), written_whole(target) as part:
        copy_database(source, part)
