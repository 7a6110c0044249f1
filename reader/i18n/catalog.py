"""The catalog of texts of each language, from `data/strings/`."""

import json
from collections.abc import Iterator, Mapping
from functools import cache

from reader.resources import STRINGS
from reader.text.relative_time import Language

# The separator of thousands in a number, and the sign before its decimals.
_SEPARATOR: Mapping[Language, str] = {"nl": ".", "en": ","}
_DECIMAL: Mapping[Language, str] = {"nl": ",", "en": "."}


@cache
def texts(language: Language) -> Mapping[str, str]:
    """Return all texts of a language by their keys, `notice.gone`."""
    # JSON is quick to read, and this delays the first headlines.
    text = (STRINGS / f"{language}.json").read_text(encoding="utf-8")
    return dict(_flat(json.loads(text)))


def number(count: int, language: Language) -> str:
    """Return a number as written in a language: `100.000` or `100,000`."""
    return f"{count:,}".replace(",", _SEPARATOR[language])


def decimal(written: str, language: Language) -> str:
    """Return a number, given with a decimal point, as written in a language: `1,5` or `1.5`."""
    return written.replace(".", _DECIMAL[language])


def _flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield above + key, str(value)
