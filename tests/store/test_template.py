"""The copied cache of tests is the one that the program creates."""

from pathlib import Path

import pytest

from reader.store import Store

from .builders import rows_of
from .template import copy_new_caches

_ASKED = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name",
    "SELECT * FROM sections",
    "SELECT * FROM tallies",
    "SELECT * FROM state",
    "PRAGMA user_version",
    "PRAGMA application_id",
    "PRAGMA auto_vacuum",
    "PRAGMA journal_mode",
    "PRAGMA page_size",
)
_NAME = "SELECT name FROM identity"


@pytest.mark.real_creation
def test_a_copied_cache_is_as_a_new_one_under_a_name_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, *copies = [tmp_path / str(number) / "cache.sqlite3" for number in range(3)]
    Store(made).close()
    copy_new_caches(monkeypatch)
    for each in copies:
        Store(each).close()
        assert [rows_of(each, sql) for sql in _ASKED] == [rows_of(made, sql) for sql in _ASKED]
        assert each.stat().st_mode == made.stat().st_mode
        assert {file.name for file in each.parent.iterdir()} == {"cache.sqlite3"}
    assert len({rows_of(each, _NAME)[0] for each in (made, *copies)}) == 3
