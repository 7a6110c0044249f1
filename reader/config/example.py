"""Complete settings files: an example with every key, and the settings in force."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from reader.config.feeds import feed_table
from reader.config.settings import Setting, Settings, table_of_settings
from reader.config.toml_values import key_written, written
from reader.files import may_exist
from reader.i18n import sentence
from reader.text.sanitize import clean_line

_WIDTH = 78
_COLUMN = 40
_INTRODUCTION = (
    "The settings of znreader. Each line that begins with # and no space is a setting at its"
    " default: take the # away and change it. `znreader config` tells which are in force, and what"
    " is wrong in this file."
)


def example_of() -> str:
    """Return a usable settings file with every key at its default."""
    parts = [_commented(_INTRODUCTION), *(_entry(each) for each in table_of_settings().values())]
    return "\n".join(f"{part}\n" for part in parts)


def in_force(settings: Settings) -> str:
    """Return the settings as a file with these values, and with the origin of each."""
    there = "" if may_exist(settings.config_path) else ", which is not there"
    lines = [f"# The settings file is {clean_line(str(settings.config_path))}{there}"]
    for name, each in table_of_settings().items():
        value, origin = getattr(settings, name), clean_line(settings.origins.get(name, "default"))
        if each.kind.columns is not None:
            tables = "\n".join(map(feed_table, value)).splitlines()
            lines += ["", *(tables or [f"{f'{name} = []':<{_COLUMN}}# {origin}"])]
        elif each.kind.item is None:
            lines.append(f"{f'{name} = {written(value)}':<{_COLUMN}}# {origin}")
        else:
            lines += ["", f"{f'[{name}]':<{_COLUMN}}# {origin}", *_items(value)]
    return "".join(f"{line}\n" for line in lines)


def _entry(setting: Setting) -> str:
    allowed = sentence(setting.kind.description, "en")
    comment = _commented(setting.comment) + f"\n# Allowed: {allowed}."
    if setting.kind.columns is not None:
        return f"{comment}\n#[[{setting.name}]]\n# {setting.example}"
    if setting.kind.item is None:
        return f"{comment}\n#{setting.name} = {written(setting.default)}"
    return f"{comment}\n#[{setting.name}]\n# {setting.example}"


def _items(table: dict[str, Any]) -> Iterator[str]:
    return (f"{key_written(key)} = {written(_plain(each))}" for key, each in table.items())


def _plain(value: Any) -> Any:
    """Return a value as in a settings file: a record without the fields at their default."""
    if not isinstance(value, Struct):
        return value
    pairs = ((each.name, getattr(value, each.name), each.default) for each in fields(value))
    return {name: each for name, each, default in pairs if each != default}


def _commented(text: str) -> str:
    return "\n".join(f"# {line}" for line in wrap(text, _WIDTH, break_on_hyphens=False))
