"""New caches are copies of one, since the schema's steps take most of the time of a short test.

What a test makes is the same as the program makes, byte for byte but for the cache's name. Tests
that are about making a file are marked `real_creation`, and so take all steps.
"""

import os
import secrets
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from reader.store import Store, opening
from reader.store.side_files import log_of


def copy_new_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the store begin a new cache as a copy of an empty one."""
    connect = opening._connect

    def connect_to_copy(path: Path, mode: str, *, change: bool = False) -> sqlite3.Connection:
        if change and not path.stat().st_size and not log_of(path).exists():
            _fill(path)
        return connect(path, mode, change=change)

    monkeypatch.setattr(opening, "_connect", connect_to_copy)


def _fill(path: Path) -> None:
    """Write a new cache to the empty file at `path`; write nothing where that is not possible."""
    template, name = _template()
    data = template.replace(name, secrets.token_hex(len(name) // 2).encode())
    try:
        path.write_bytes(data)
    except OSError:
        # The store meets the same obstacle, and tells it in its own way.
        os.truncate(path, 0)


@cache
def _template() -> tuple[bytes, bytes]:
    """Return the bytes of an empty cache, and its name in them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cache.sqlite3"
        with pytest.MonkeyPatch.context() as plain:
            plain.setattr(opening, "_connect", _CONNECT)
            Store(path).close()
        with closing(sqlite3.connect(path)) as connection:
            (name,) = connection.execute("SELECT name FROM identity").fetchone()
        return path.read_bytes(), name.encode()


_CONNECT = opening._connect
