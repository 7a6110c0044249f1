"""A reader's corrections of stories, as the machines exchange them: by the names of reports.

Story numbers differ between machines. The choice `split` of a report therefore names another report
of the story that it was taken out of, and `join` one of the story that it was added to; null undoes
it. The last choice about a report counts.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from reader.model import JOIN, SPLIT
from reader.store.choices import store_choice
from reader.store.clock import raise_clock, stamp_of_present
from reader.text.url import address

CorrectionField = Literal["split", "join"]
# Of several addresses the present one, since a machine may have seen no other.
_NAME = """
SELECT kind || ':' || name FROM names JOIN items ON items.id = item
WHERE item = ? AND sample = 0
ORDER BY CASE kind WHEN 'address' THEN iif(name = address_of(items.url), 1, 2)
    WHEN 'slug' THEN 3 ELSE 4 END, names.id LIMIT 1
"""
_CHOSEN = f"""
SELECT name, field, value, stamp, coalesce(device, '') FROM choices
WHERE field IN ('{SPLIT}', '{JOIN}')
ORDER BY stamp, coalesce(device, ''), field
"""  # noqa: S608 - the names of two fields
_ADDRESSES = "SELECT 'address:' || name FROM names WHERE item = ? AND kind = 'address' ORDER BY id"
_SAID_AT = f"""
SELECT name, field, value, stamp FROM choices
WHERE field IN ('{SPLIT}', '{JOIN}') AND name IN (SELECT value FROM json_each(?))
ORDER BY stamp
"""  # noqa: S608 - the names of two fields
_NAMING = f"""
SELECT name, field, value, stamp FROM choices
WHERE field IN ('{SPLIT}', '{JOIN}') AND value IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - the names of two fields
_COUNT = f"SELECT count(*) FROM choices WHERE field IN ('{SPLIT}', '{JOIN}')"  # noqa: S608
_SAID = (
    "SELECT name, value FROM choices WHERE field = ? AND name IN (SELECT value FROM json_each(?))"
)
_NAMED = """
SELECT item FROM names JOIN items ON items.id = item
WHERE kind = ? AND name = ? AND sample = 0 ORDER BY names.id LIMIT 1
"""
_STORY = "SELECT story FROM items WHERE id = ?"
_MOVE = "UPDATE items SET story = ? WHERE id = ?"
_FREE = "DELETE FROM story_hands WHERE item = ? AND story = ? AND belongs = 0"
_BEFORE = """
SELECT before FROM story_hands WHERE item = ? AND story = ? AND belongs = 1
ORDER BY act DESC LIMIT 1
"""


class _Correction(NamedTuple):
    """The last choice about a report: its time, and the other report that it names."""

    rank: tuple[int, str]
    field: str
    other: int | None


def note_corrections(
    connection: sqlite3.Connection, field: CorrectionField, items: Iterable[tuple[int, int | None]]
) -> None:
    """Store choices about reports for other machines, each with the other report that it names.

    None undoes the choice about a report. It runs in the caller's transaction.
    """
    for item, other in items:
        name = _name_of(connection, item)
        named = None if other is None else _name_of(connection, other)
        if name is not None and (named is not None or other is None):
            # It takes the place of what was said under an earlier address.
            earlier = corrections_of(connection, field, _addresses_of(connection, item))
            for each in dict.fromkeys((name, *earlier)):
                stamp = stamp_of_present(connection)
                store_choice(connection, each, field, _value_of(named), stamp)


def rename_report(connection: sqlite3.Connection, item: int) -> None:
    """Store the choices that have an earlier address of a report with its present name.

    Those about it stay under the earlier one, too. They are hardly later than before, so that what
    another machine chose since counts.
    """
    present = _name_of(connection, item)
    names = [name for name in _addresses_of(connection, item) if name != present]
    if present is None or not names:
        return
    said = connection.execute(_SAID_AT, (json.dumps([*names, present]),)).fetchall()
    last = {field: (name, value, stamp) for name, field, value, stamp in said}
    found = [
        (present, field, value, stamp)
        for field, (name, value, stamp) in last.items()
        if name != present and _name_in(value)
    ]
    values = json.dumps([_value_of(name) for name in names])
    for name, field, _, stamp in connection.execute(_NAMING, (values,)).fetchall():
        found.append((name, field, _value_of(present), stamp))
    for name, field, value, stamp in found:
        store_choice(connection, name, field, value, stamp + 1)
        raise_clock(connection, stamp + 1)


def all_corrections(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Yield the choices about reports: each report's name, the field, the other report's name."""
    for name, field, value, *_ in _last_chosen(connection):
        yield name, field, _name_in(value)


def add_correction(
    connection: sqlite3.Connection, field: CorrectionField, name: str, other: str
) -> bool:
    """Store what was said elsewhere of a report, by names, unless something was said of it here.

    Return whether it was stored. The stories change with the next `apply_corrections`.
    """
    if name in corrections_of(connection, field, [name]):
        return False
    store_choice(connection, name, field, _value_of(other), stamp_of_present(connection))
    return True


def count_corrections(connection: sqlite3.Connection) -> int:
    """Return how many choices of stories are stored."""
    return int(connection.execute(_COUNT).fetchone()[0])


def apply_corrections(connection: sqlite3.Connection) -> None:
    """Update the stories by the choices about those reports that are in the cache."""
    corrections = _corrections(connection)
    for item, correction in corrections.items():
        other = correction.other
        if other is None or other == item or _is_overtaken(correction, corrections):
            continue
        own, others = _story_of(connection, item), _story_of(connection, other)
        if correction.field == SPLIT and own is not None and own == others:
            connection.execute(_MOVE, (None, item))
        elif correction.field == JOIN and (own is None or own != others):
            story = others or own or new_story(connection)
            connection.executemany(_MOVE, [(story, item), (story, other)])


def barred(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Yield the reports that were taken out of a story, each with the number of that story."""
    corrections = _corrections(connection)
    for item, correction in corrections.items():
        if (
            correction.field == SPLIT
            and correction.other is not None
            and not _is_overtaken(correction, corrections)
        ):
            story = _story_of(connection, correction.other)
            if story is not None:
                yield item, story


def corrections_of(
    connection: sqlite3.Connection, field: CorrectionField, names: Sequence[str]
) -> dict[str, str]:
    """Return the choices about the reports with these names, as JSON."""
    return dict(connection.execute(_SAID, (field, json.dumps(names))))


def take_back(
    connection: sqlite3.Connection, field: CorrectionField, before: Mapping[str, str]
) -> None:
    """Undo the choices in `before`, as JSON by report names, that no longer hold."""
    present = corrections_of(connection, field, list(before))
    for name, value in before.items():
        item, other = _item_named(connection, name), _item_named(connection, _name_in(value))
        if present.get(name) != "null" or value == "null" or item is None or other is None:
            continue
        own, others = _story_of(connection, item), _story_of(connection, other)
        if field == SPLIT and own is None and others is not None:
            connection.execute(_FREE, (item, others))
            connection.execute(_MOVE, (others, item))
        elif field == JOIN and own is not None and own == others:
            row = connection.execute(_BEFORE, (item, own)).fetchone()
            connection.execute(_MOVE, (row[0] if row else None, item))


def new_story(connection: sqlite3.Connection) -> int:
    """Return the number of a new story, which was never given before."""
    return int(connection.execute("INSERT INTO stories DEFAULT VALUES").lastrowid or 0)


def _corrections(connection: sqlite3.Connection) -> dict[int, _Correction]:
    """Return the last choice about each report in the cache, the oldest first."""
    found: dict[int, _Correction] = {}
    for name, field, value, stamp, device in _last_chosen(connection):
        item = _item_named(connection, name)
        if item is not None:
            found.pop(item, None)
            found[item] = _Correction(
                (stamp, device), field, _item_named(connection, _name_in(value))
            )
    return found


def _last_chosen(connection: sqlite3.Connection) -> list[tuple[str, str, str, int, str]]:
    """Return the choices that hold, the oldest first.

    A report may be named by several addresses; of these choices of a field the last one counts.
    """
    last: dict[tuple[str | int, str], tuple[str, str, str, int, str]] = {}
    for row in connection.execute(_CHOSEN).fetchall():
        name, field = row[:2]
        key = _item_named(connection, name) or name, field
        last.pop(key, None)
        last[key] = row
    return [row for row in last.values() if _name_in(row[2])]


def _addresses_of(connection: sqlite3.Connection, item: int) -> list[str]:
    return [row[0] for row in connection.execute(_ADDRESSES, (item,))]


def _value_of(name: str | None) -> str:
    """Return the value of a choice that names another report, or none."""
    return json.dumps(name, ensure_ascii=False)


def _is_overtaken(correction: _Correction, corrections: Mapping[int, _Correction]) -> bool:
    """Tell whether there is a later choice about the named report."""
    later = corrections.get(correction.other or 0)
    return later is not None and later.rank > correction.rank


def _name_of(connection: sqlite3.Connection, item: int) -> str | None:
    row = connection.execute(_NAME, (item,)).fetchone()
    return row[0] if row else None


def _name_in(value: str) -> str:
    name = json.loads(value)
    return name if isinstance(name, str) else ""


def _item_named(connection: sqlite3.Connection, name: str) -> int | None:
    kind, _, text = name.partition(":")
    text = address(text) if kind == "address" else text
    row = connection.execute(_NAMED, (kind, text)).fetchone()
    return row[0] if row else None


def _story_of(connection: sqlite3.Connection, item: int) -> int | None:
    row = connection.execute(_STORY, (item,)).fetchone()
    return row[0] if row else None
