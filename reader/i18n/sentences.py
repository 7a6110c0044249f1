"""Turns the code and arguments of an error into a sentence in the reader's language.

The sentences are in the table `error` of a language's texts. A field in a sentence, `{path}`, is
replaced by the argument of that name. `{task:term}` looks the argument up in the table `term` and
`{errno:errno}` among the operating system's errors, `{headlines:headline}` adds a unit of the table
`unit` to a count, and `{wish:key}` gives the name of a key. An argument that is a reason becomes a
sentence in turn. `pruned-one` is the sentence of `pruned` for a count of one, `http_status-404` and
`http_status-5xx` are more exact ones for a `status`.
"""

import errno
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import Any

from reader.errors import Argument, ReaderError, Reason, reason
from reader.i18n.catalog import decimal, number, texts
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line


def message(error: ReaderError | Reason, language: Language) -> str:
    """Return an error as one clean line that begins with the file or address where it occurred."""
    why = _reason_of(error)
    place = why.arguments.get("place")
    line = sentence(why, language)
    named = place is None or (str(place) in line and _is_named(str(place), why))
    return line if named else clean_line(f"{place}: {line}")


def sentence(error: ReaderError | Reason, language: Language) -> str:
    """Return an error as one clean line; an unknown code is returned itself."""
    return clean_line(_sentence(_reason_of(error), language))


def result(code: str, arguments: Mapping[str, object], language: Language) -> str:
    """Return the result of a command as one clean line; its sentences are in the table `result`."""
    return clean_line(_text("result", reason(code, **arguments), language))


def term(word: str, language: Language) -> str:
    """Return a term of the program, such as `cache`, in a language; unknown ones unchanged."""
    return texts(language).get(f"term.{word}", word)


def _reason_of(error: ReaderError | Reason) -> Reason:
    return error.reason if isinstance(error, ReaderError) else error


def _is_named(place: str, why: Reason) -> bool:
    """Tell whether another argument has the place, so that the sentence names it already."""
    others = (str(value) for key, value in why.arguments.items() if key != "place")
    alone = re.compile(rf"(?<!\w){re.escape(place)}(?!\w)")
    return any(alone.search(other) for other in others)


def _sentence(why: Reason, language: Language) -> str:
    return _text("error", why, language)


def _text(table: str, why: Reason, language: Language) -> str:
    catalog = texts(language)
    found = (catalog.get(f"{table}.{key}") for key in _keys(why))
    text = next((each for each in found if each is not None), None)
    if text is None:
        return str(why)
    return _Filling(language).vformat(text, (), _Given(why.arguments))


def _keys(why: Reason) -> Iterator[str]:
    """Yield the keys of the sentences that fit, the most specific first."""
    status = why.arguments.get("status")
    if isinstance(status, int):
        yield f"{why.code}-{status}"
        yield f"{why.code}-{status // 100}xx"
    if 1 in (why.arguments.get("count"), why.arguments.get("headlines")):
        yield f"{why.code}-one"
    yield why.code


class _Given(dict[str, Argument]):
    """Arguments that may lack some, as those stored by another version of the program do."""

    def __missing__(self, key: str) -> str:
        return "?"


class _Filling(Formatter):
    """Replaces the fields of a sentence."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Reason):
            return _sentence(value, self._language)
        if format_spec == "key":
            return _key_text(value, self._language)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return ", ".join(self.format_field(each, format_spec) for each in value)
        if format_spec == "term":
            return term(str(value), self._language)
        if format_spec == "errno":
            return _system_text(value, self._language)
        if isinstance(value, int):
            return _count(value, format_spec, self._language)
        if isinstance(value, float):
            return decimal(format(value, format_spec), self._language)
        return str(value)


def _key_text(names: object, language: Language) -> str:
    """Return the names of keys as written in a language, or the text for no key."""
    keys = names if isinstance(names, str) else " ".join(map(str, names or ()))  # type: ignore[call-overload]
    catalog = texts(language)
    return keys.replace("Space", catalog["keys.space"]) or catalog["term.no-key"]


def _count(count: int, unit: str, language: Language) -> str:
    """Return a count as text, with a unit if one is given: `1 headline`, `2 headlines`."""
    if not unit:
        return number(count, language)
    text = texts(language).get(f"unit.{unit}-{'one' if count == 1 else 'many'}")
    return format(count, unit) if text is None else text.format(count=number(count, language))


def _system_text(value: object, language: Language) -> str:
    """Return the catalog's text for an error number of the system, else the system's own."""
    if not isinstance(value, int):
        return str(value)
    name = errno.errorcode.get(value, "")
    try:
        return texts(language).get(f"errno.{name}") or os.strerror(value)
    except (ValueError, OverflowError):
        return str(value)
