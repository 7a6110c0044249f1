"""Rows on the whole pages of a damaged cache are saved, of every table."""

from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.errors import reason
from reader.model import LastVisit, Section, SyncState
from reader.store import Store
from reader.store.maintenance.repair import repair
from reader.store.maintenance.salvage import find_rows
from reader.store.maintenance.saved_tables import Table, roots_of_model, saved_tables
from reader.store.opening import open_read_only
from reader.store.soundness import is_sound

from .builders import (
    NOON,
    article,
    connect,
    hours_old,
    later,
    linked,
    origin,
    rows_of,
    show_sections,
)

_PAGE = 4096
_NUMBER = 150
_INNER = (2, 5)
_SAMPLES = {"TEXT": "tekst", "BLOB": b"bytes", "REAL": 0.5}
_FILLED = {
    "items", "names", "articles", "sightings", "related", "pages", "raw_pages", "sections",
    "state", "places", "visits", "item_marks", "revisions",
}  # fmt: skip

Rows = Mapping[str, set[tuple[Any, ...]]]


def _fill(cache: Store) -> None:
    names = [f"Plaats {number}" for number in range(20)]
    show_sections(
        cache, [Section(name, f"https://www.zeelandnet.nl/{name}") for name in names], NOON
    )
    for number in range(_NUMBER):
        title = f"Bericht {number} over de haven"
        under = tuple(
            linked(f"Bericht {max(number - each, 0)} over de haven") for each in (1, 2, 3)
        )
        for version, fetched in enumerate((NOON, later(2))):
            text = (f"Schip {number} vaart uit. " * 9, f"Alinea {number} van {version}. " * 30)
            teaser = linked(title, section=names[number % 20], age=hours_old(3, fetched))
            page = article(teaser, *text, related=under, fetched=fetched)
            cache.pages.add(page, origin=origin(title, data=str(page).encode()))
        (item,) = (found for found in [cache.headlines.find(origin(title).url)] if found)
        cache.articles.keep_place(item, number + 1, NOON)
        cache.marks.set("saved", [item], later(3), value=number % 2 == 0)
        cache.marks.set("read", [item], later(3), value=number % 3 == 0)
    cache.sources.note_sync(SyncState(NOON, later(1), reason("no_answer"), False))
    cache.visits.note(LastVisit(NOON + timedelta(days=1), _NUMBER))


def _fill_others(path: Path) -> None:
    """Put a row into each table that has none yet, of whatever its columns hold."""
    with closing(connect(path)) as connection:
        for table in saved_tables(connection).values():
            if not connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]:  # noqa: S608
                row = [_SAMPLES.get(kind, 1) for kind in table.kinds.values()]
                places = ", ".join("?" * len(row))
                columns = ", ".join(table.columns)
                connection.execute(
                    f"INSERT OR IGNORE INTO {table.name} ({columns}) VALUES ({places})",  # noqa: S608
                    row,
                )


def _kept(table: Table) -> list[str]:
    """Return the columns but those by which a feed would not be sent again."""
    forgotten = {"etag", "modified", "digest"} if table.name == "feeds" else set()
    return [column for column in table.columns if column not in forgotten]


def _rows(path: Path) -> Rows:
    with closing(open_read_only(path)) as connection:
        tables = saved_tables(connection)
    return {
        name: set(rows_of(path, f"SELECT {', '.join(_kept(table))} FROM {name}"))  # noqa: S608
        for name, table in tables.items()
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "cache.sqlite3"
    with Store(path) as cache:
        _fill(cache)
    _fill_others(path)
    return path


def _repaired(whole: Path, path: Path, *pages: int) -> Rows:
    data = bytearray(whole.read_bytes())
    for page in pages:
        data[(page - 1) * _PAGE : page * _PAGE] = bytes(_PAGE)
    path.write_bytes(data)
    repair(path, NOON)
    assert is_sound(path)
    return _rows(path)


def _lost(before: Rows, after: Rows) -> dict[str, int]:
    return {name: gone for name, rows in before.items() if (gone := len(rows - after[name]))}


def test_without_its_first_page_all_is_found(whole: Path, tmp_path: Path) -> None:
    before, after = _rows(whole), _repaired(whole, tmp_path / "cache.sqlite3", 1)
    assert {name for name, rows in before.items() if rows} >= _FILLED
    assert _lost(before, after) == {}


def test_without_what_leads_to_its_pages_all_is_found(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    inner = [page for page in roots_of_model() if data[(page - 1) * _PAGE] in _INNER]
    assert len(inner) > len("items names articles pages raw_pages sightings related".split())
    before, after = _rows(whole), _repaired(whole, tmp_path / "cache.sqlite3", 1, *inner)
    lost = _lost(before, after)
    assert sum(lost.values()) <= sum(map(len, before.values())) // 100, lost


def test_what_is_said_of_the_pages_themselves_may_be_lost_as_well(
    whole: Path, tmp_path: Path
) -> None:
    before, after = _rows(whole), _repaired(whole, tmp_path / "cache.sqlite3", 1, 2)
    main = {"items", "names", "articles", "pages", "item_marks"}
    assert not main & _lost(before, after).keys()


def test_rows_of_a_table_are_told_from_those_of_its_indexes(whole: Path) -> None:
    with closing(open_read_only(whole)) as connection:
        tables = saved_tables(connection)
    found = [row for row in find_rows(whole.read_bytes(), b"", tables) if row.table == "related"]
    assert {row.values for row in found} == _rows(whole)["related"]
