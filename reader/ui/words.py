"""What the screens say, in the reader's language; the texts lie in `data/strings/`."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache

from reader.resources import STRINGS
from reader.text.reltime import Language

_chosen: list[Language] = ["nl"]


def choose(language: Language) -> None:
    """Have everything said in `language` from here on."""
    _chosen[:] = [language]


def language() -> Language:
    """Return the language in which everything is said."""
    return _chosen[0]


def say(key: str, **values: object) -> str:
    """Return the text of `key`, `notice.gone`, with `values` in its places."""
    text = texts(language())[key]
    return text.format(**values) if values else text


def say_count(key: str, count: int, **values: object) -> str:
    """Return the text of `key` for one, `notice.failed-one`, or for `count`, `-many`."""
    return say(f"{key}-{'one' if count == 1 else 'many'}", count=count, **values)


@cache
def texts(language: Language) -> Mapping[str, str]:
    """Return all texts of a language by their keys."""
    with (STRINGS / f"{language}.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file)))


def _flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield above + key, str(value)
