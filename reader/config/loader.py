"""Reads the settings file; invalid parts are left out and become problems."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from reader.config.feeds import FollowedFeed
from reader.config.kinds import Kind
from reader.config.removed import REMOVED_COMMANDS, REMOVED_SETTINGS, RENAMED_COMMANDS
from reader.config.settings import Setting, table_of_settings
from reader.config.toml_values import shortened, written
from reader.errors import Reason, os_reason, reason
from reader.files import may_exist, read_beginning

# The largest settings file, in bytes; anything larger is some other file.
_MAX_SIZE = 50_000
_MAX_FEEDS_SIZE = 5_000_000
_MAX_PROBLEMS = 20
_MAX_PARTS = 50
_LINE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class StoredSettings(Struct, frozen=True):
    """The content of a settings file: the valid values, and the reasons why others are invalid."""

    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Reason, ...] = ()


class StoredFeeds(Struct, frozen=True):
    """The feeds in a list, and the errors in it."""

    feeds: tuple[FollowedFeed, ...] = ()
    problems: tuple[Reason, ...] = ()


def read_settings(path: Path, defaults: Mapping[str, Any]) -> StoredSettings:
    """Return the content of the file at `path`; `defaults` override those of the table."""
    return _read_file(path, defaults, table_of_settings(), _MAX_SIZE)


def read_feeds(path: Path) -> StoredFeeds:
    """Return the feeds in the file at `path`, or none if there is no file."""
    if not may_exist(path):
        return StoredFeeds()
    stored = _read_file(path, {}, _feeds_alone(), _MAX_FEEDS_SIZE)
    return StoredFeeds(stored.values.get("feeds", ()), stored.problems)


def feeds_in(text: str) -> tuple[FollowedFeed, ...]:
    """Return the feeds in a text that `feed_list` made."""
    found = _read_text(text, Path("feeds.toml"), {}, _feeds_alone())
    feeds: tuple[FollowedFeed, ...] = found.values.get("feeds", ())
    return feeds


def _feeds_alone() -> Mapping[str, Setting]:
    return {"feeds": table_of_settings()["feeds"]}


def _read_file(
    path: Path, defaults: Mapping[str, Any], known: Mapping[str, Setting], most: int
) -> StoredSettings:
    """Return the `known` settings in the file at `path`, which has at most `most` bytes."""
    try:
        data = read_beginning(path, most + 1)
        if len(data) > most:
            return _unusable(path, reason("settings_too_large", most=most // 1000))
        return _read_text(data.decode("utf-8-sig"), path, defaults, known)
    except OSError as error:
        return _unusable(path, reason("settings_unreadable", cause=os_reason(error)))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _unusable(path, reason("not_utf8"), line)


def _read_text(
    text: str, path: Path, defaults: Mapping[str, Any], known: Mapping[str, Setting]
) -> StoredSettings:
    if _has_vast_key(text):
        return _unusable(path, reason("nested_values"))
    try:
        parsed = tomllib.loads(text)
    except RecursionError:
        return _unusable(path, reason("nested_values"))
    except tomllib.TOMLDecodeError as error:
        return _no_toml(path, text, str(error))
    except ValueError:
        # Python refuses to read a number of thousands of digits.
        return _unusable(path, reason("vast_number"))
    values: dict[str, Any] = {}
    flaws = list(_flaws(parsed, defaults, known, values))
    problems = [flaw.at(path) for flaw in flaws[:_MAX_PROBLEMS]]
    if len(flaws) > _MAX_PROBLEMS:
        problems.append(reason("settings_more", count=len(flaws) - _MAX_PROBLEMS, place=path))
    return StoredSettings(values, tuple(problems))


def _has_vast_key(text: str) -> bool:
    """Tell whether a key seems to have unreasonably many parts.

    The time to read such a key grows with the square of the number of parts.
    """
    return any(
        part.count(".") > _MAX_PARTS and ".." not in part
        for line in text.splitlines()
        for part in line.partition("#")[0].split("=")
    )


def _flaws(
    parsed: Mapping[str, Any],
    defaults: Mapping[str, Any],
    known: Mapping[str, Setting],
    values: dict[str, Any],
) -> Iterator[Reason]:
    """Add the valid settings of a file to `values`; yield why the others are invalid."""
    for key, value in parsed.items():
        setting = known.get(key)
        if setting is None:
            if key not in REMOVED_SETTINGS:
                yield _unknown(key, known)
        elif not setting.kind.allows(value):
            yield reason(
                "setting_wrong",
                setting=key,
                allowed=setting.kind.description,
                value=shortened(value),
                used=written(defaults.get(key, setting.default)),
            )
        elif setting.kind.columns is not None:
            tables = [dict(table) for table in value]
            for number, cells in enumerate(tables, 1):
                place = f"{setting.name}[{number}]"
                yield from _wrong_cells(place, setting.kind.columns, cells)
            values[key] = setting.kind.take(list(filter(None, tables)))
        elif setting.kind.item is not None:
            items = _present_commands(value) if key == "keys" else dict(value)
            yield from _take_wrong_items(setting, setting.kind.item, items)
            values[key] = setting.kind.take(items)
        else:
            values[key] = setting.kind.take(value)


def _present_commands(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table `keys` without removed commands, and with renamed ones under their names."""
    renamed = {RENAMED_COMMANDS[name]: each for name, each in keys.items()
               if name in RENAMED_COMMANDS}  # fmt: skip
    gone = REMOVED_COMMANDS | set(RENAMED_COMMANDS)
    return renamed | {name: each for name, each in keys.items() if name not in gone}


def _take_wrong_items(setting: Setting, kind: Kind, items: dict[str, Any]) -> Iterator[Reason]:
    """Remove invalid items from a table whose items are all of one kind, and yield the reasons."""
    for name, flaw in list(_wrong_items(setting, items)):
        del items[name]
        yield flaw
    if kind.columns is None:
        return
    for name, value in list(items.items()):
        items[name] = cells = dict(value)
        yield from _wrong_cells(f"{setting.name}.{name}", kind.columns, cells)
        if not cells:
            del items[name]


def _wrong_items(setting: Setting, items: Mapping[str, Any]) -> Iterator[tuple[str, Reason]]:
    kind, names = setting.kind.item, setting.kind.names
    for name, value in items.items():
        if names and name not in names:
            yield name, _unknown(name, names, setting.name)
        elif kind is not None and not kind.allows(value):
            yield (
                name,
                reason(
                    "setting_item_wrong",
                    setting=f"{setting.name}.{name}",
                    allowed=kind.description,
                    value=shortened(value),
                ),
            )


def _wrong_cells(
    place: str, columns: Mapping[str, Kind], cells: dict[str, Any]
) -> Iterator[Reason]:
    """Remove invalid cells from the table at `place`, and yield the reasons.

    The table is emptied if it lacks its first column, or if that is invalid.
    """
    if not cells:
        return
    required = next(iter(columns))
    was_given = required in cells
    for name, value in list(cells.items()):
        column = columns.get(name)
        if column is None:
            yield _unknown(name, columns, place)
        elif not column.allows(value):
            yield reason(
                "setting_item_wrong",
                setting=f"{place}.{name}",
                allowed=column.description,
                value=shortened(value),
            )
        else:
            continue
        del cells[name]
    if required not in cells:
        cells.clear()
        if not was_given:
            yield reason("setting_item_lacking", setting=place, name=required)


def _unknown(name: str, known: Collection[str], table: str = "") -> Reason:
    """Return the reason for an unknown name, that of a setting or of a key in its table."""
    shown, names = shortened(name), tuple(known)
    close = get_close_matches(name, known, n=1)
    if table and close:
        return reason("key_unknown_near", name=shown, table=table, near=close[0], known=names)
    if table:
        return reason("key_unknown", name=shown, table=table, known=names)
    if close:
        return reason("setting_unknown_near", name=shown, near=close[0], known=names)
    return reason("setting_unknown", name=shown, known=names)


def _no_toml(path: Path, text: str, why: str) -> StoredSettings:
    """Return the reason for a file that the TOML parser refuses with the message `said`."""
    found = _LINE.search(why)
    if found is None:
        return _unusable(path, reason("not_toml", detail=why))
    (line, column), detail = found.groups(), why[: found.start()]
    if column is None:
        last = len(text.rstrip("\n").split("\n"))
        return _unusable(path, reason("not_toml", detail=detail), last)
    return _unusable(path, reason("not_toml_column", detail=detail, column=int(column)), int(line))


def _unusable(path: Path, why: Reason, line: int | None = None) -> StoredSettings:
    return StoredSettings(
        problems=(reason("settings_unusable", cause=why, place=_where(path, line)),)
    )


def _where(path: Path, line: int | None) -> str:
    return f"{path}:{line}" if line else str(path)
