"""What the screens say, in the reader's language; the texts lie in `data/strings/`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from string import Formatter
from typing import Any

from reader.resources import STRINGS
from reader.text.relative_time import Language

_chosen: list[Language] = ["nl"]
# Between the thousands of a number.
_SEPARATOR: Mapping[Language, str] = {"nl": ".", "en": ","}


class _Filling(Formatter):
    """Fills the places of a text: one with a command's id, `{reading.sync}`, with its key."""

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        if "." not in field_name:
            return super().get_field(field_name, args, kwargs)
        # It knows the commands, and those what they are called.
        from reader.ui.commands.key_map import said_key  # noqa: PLC0415

        return said_key(field_name), field_name

    def format_field(self, value: Any, format_spec: str) -> Any:
        if isinstance(value, int) and not format_spec:
            return number(value)
        return super().format_field(value, format_spec)


_FILLING = _Filling()


def choose(language: Language) -> None:
    """Have everything said in `language` from here on."""
    _chosen[:] = [language]


def language() -> Language:
    """Return the language in which everything is said."""
    return _chosen[0]


def number(count: int) -> str:
    """Return a number as it is written in the reader's language: `100.000` or `100,000`."""
    return f"{count:,}".replace(",", _SEPARATOR[language()])


def say(key: str, **values: object) -> str:
    """Return the text of `key`, `notice.gone`, with `values` and keys in its places."""
    text = texts(language())[key]
    return _FILLING.vformat(text, (), values) if "{" in text else text


def say_count(key: str, count: int, **values: object) -> str:
    """Return the text of `key` for one, `notice.failed-one`, or for `count`, `-many`."""
    return say(f"{key}-{'one' if count == 1 else 'many'}", count=count, **values)


@cache
def texts(language: Language) -> Mapping[str, str]:
    """Return all texts of a language by their keys."""
    # JSON, since it is read before the first headlines are shown, and takes no time.
    text = (STRINGS / f"{language}.json").read_text(encoding="utf-8")
    return dict(_flat(json.loads(text)))


def _flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield above + key, str(value)
