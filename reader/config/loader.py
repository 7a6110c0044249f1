"""Reads the settings file; what is wrong in it is left out and becomes a problem."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from reader.config.removed import REMOVED_COMMANDS, REMOVED_SETTINGS
from reader.config.settings import Setting, table_of_settings
from reader.config.toml_values import shortened, written

# Bytes: beyond this it is some other file.
_MAX_SIZE = 50_000
_MAX_PROBLEMS = 20
_LINE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Stored:
    """What a settings file holds: the values that may be used, and what is wrong with others."""

    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_settings(path: Path, defaults: Mapping[str, Any]) -> Stored:
    """Return what the file at `path` holds; some `defaults` are not those of the table."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_SIZE + 1)
        if len(data) > _MAX_SIZE:
            return _unusable(path, f"it is larger than {_MAX_SIZE // 1000} kB")
        return _read_text(data.decode("utf-8-sig"), path, defaults)
    except OSError as error:
        return _unusable(path, f"it cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _unusable(path, "this is not UTF-8", line)


def _read_text(text: str, path: Path, defaults: Mapping[str, Any]) -> Stored:
    try:
        parsed = tomllib.loads(text)
    except RecursionError:
        return _unusable(path, "its values are nested too deeply")
    except ValueError as error:
        reason, end = str(error), len(text.rstrip("\n").split("\n"))
        if found := _LINE.search(reason):
            line, column = found.groups()
            reason = reason[: found.start()] + (f" in column {column}" if column else "")
            return _unusable(path, f"this is no TOML: {reason}", int(line or end))
        return _unusable(path, f"this is no TOML: {reason}")
    values: dict[str, Any] = {}
    flaws = list(_flaws(parsed, defaults, values))
    problems = [f"{path}: {flaw}" for flaw in flaws[:_MAX_PROBLEMS]]
    if len(flaws) > _MAX_PROBLEMS:
        problems.append(f"{path}: {len(flaws) - _MAX_PROBLEMS} more settings are wrong")
    return Stored(values, tuple(problems))


def _flaws(
    parsed: Mapping[str, Any], defaults: Mapping[str, Any], values: dict[str, Any]
) -> Iterator[str]:
    """Take into `values` what may be used of a file; yield why the rest may not."""
    known = table_of_settings()
    for key, value in parsed.items():
        setting = known.get(key)
        if setting is None:
            if key not in REMOVED_SETTINGS:
                yield _unknown("setting", key, known)
        elif not setting.kind.allows(value):
            yield (
                f"{key} must be {setting.kind.words}, not {shortened(value)}; "
                f"{written(defaults.get(key, setting.default))} is used"
            )
        elif setting.kind.item is not None:
            removed = REMOVED_COMMANDS if key == "keys" else ()
            items = {name: each for name, each in value.items() if name not in removed}
            for name, flaw in list(_wrong_items(setting, items)):
                del items[name]
                yield flaw
            values[key] = setting.kind.take(items)
        else:
            values[key] = setting.kind.take(value)


def _wrong_items(setting: Setting, items: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kind, names = setting.kind.item, setting.kind.names
    for name, value in items.items():
        if names and name not in names:
            yield name, _unknown(f"key of [{setting.name}]", name, names)
        elif kind is not None and not kind.allows(value):
            what = f"{setting.name}.{name} must be {kind.words}"
            yield name, f"{what}, not {shortened(value)}; it is left out"


def _unknown(what: str, name: str, known: Collection[str]) -> str:
    close = get_close_matches(name, known, n=1)
    meant = f", perhaps {close[0]}" if close else ""
    return f"unknown {what} {shortened(name)}{meant}; there are {', '.join(known)}"


def _unusable(path: Path, reason: str, line: int | None = None) -> Stored:
    return Stored(
        problems=(f"{_where(path, line)}: {reason}; none of the file's settings is used",)
    )


def _where(path: Path, line: int | None) -> str:
    return f"{path}:{line}" if line else str(path)
