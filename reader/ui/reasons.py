"""Why something failed, in the reader's language: the layers below say it in English.

As with gettext, the English sentence itself is the key to what is shown, so it may go through
pipes, JSON and the cache on its way. It is looked up in `data/strings/reasons/`, where a `{name}`
stands for whatever a sentence has there; of several that fit, the one that says most is meant.
"""

import errno
import os
import re
from collections.abc import Mapping
from functools import cache

from reader.resources import STRINGS
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line
from reader.ui import words

_PLACE = re.compile(r"\{(\w+)\}")

# What is shown for each sentence, by what there is to look up: reasons, or what stands in a place.
Tables = Mapping[str, Mapping[str, str]]


def reason_text(reason: str) -> str:
    """Return why something failed on one clean line, in the reader's language where known."""
    return _told("reason", clean_line(reason))


def cause_text(cause: str) -> str:
    """Return what is told behind a colon, as the operating system's words, in that language too."""
    return _told("cause", clean_line(cause))


@cache
def tables_of(language: Language) -> Tables:
    """Return the tables of a language; those sentences come first that say most by themselves."""
    # Where nothing fails none of this is read.
    import tomllib  # noqa: PLC0415

    with (STRINGS / "reasons" / f"{language}.toml").open("rb") as file:
        tables: dict[str, dict[str, str]] = tomllib.load(file)
    for name, text in tables.pop("errno").items():
        # The system's own sentence for it; not every system has each of them.
        if number := getattr(errno, name, None):
            tables["cause"][os.strerror(number)] = text
    return {
        name: dict(sorted(table.items(), key=lambda item: -len(_PLACE.sub("", item[0]))))
        for name, table in tables.items()
    }


def _told(name: str, said: str) -> str:
    """Return what to show for what is `said`, after the table `name`; itself where it has none."""
    tables = tables_of(words.language())
    for sentence, text in tables.get(name, {}).items():
        values = _values(sentence, said)
        if values is not None:
            return text.format_map({each: _told(each, value) for each, value in values.items()})
    return said


def _values(sentence: str, said: str) -> Mapping[str, str] | None:
    """Return what stands in the places of `sentence`, None where that is not what is said."""
    parts = _PLACE.split(sentence)
    # Most are ruled out so, without a pattern made.
    if not all(literal in said for literal in parts[::2]):
        return None
    pattern = "".join(
        f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts)
    )
    found = re.fullmatch(pattern, said)
    return found and found.groupdict()
