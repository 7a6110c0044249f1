"""The texts of the screens in the reader's language, from `data/strings/`."""

from collections.abc import Callable, Mapping, Sequence
from string import Formatter
from typing import Any

from reader.errors import ReaderError, Reason
from reader.i18n import catalog, sentence
from reader.text.relative_time import Language

_chosen: list[Language] = ["nl"]
# Set by the key map, which needs this module for the labels of commands.
_key_text: list[Callable[[str], str]] = [str]


class _Filling(Formatter):
    """Fills the fields of a text: one with a command's id, `{reading.sync}`, with its key."""

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        if "." not in field_name:
            return super().get_field(field_name, args, kwargs)
        return _key_text[0](field_name), field_name

    def format_field(self, value: Any, format_spec: str) -> Any:
        if isinstance(value, int) and not format_spec:
            return number(value)
        return super().format_field(value, format_spec)


_FILLING = _Filling()


def set_language(language: Language) -> None:
    """Set the language of all texts from here on."""
    _chosen[:] = [language]


def name_keys(key_text: Callable[[str], str]) -> None:
    """Write the keys in all texts from here on as `key_text` returns them for a command's id."""
    _key_text[:] = [key_text]


def language() -> Language:
    """Return the language of all texts."""
    return _chosen[0]


def number(count: int) -> str:
    """Return a number in the format of the reader's language: `100.000` or `100,000`."""
    return catalog.number(count, language())


def out_of(place: int, total: int) -> str:
    """Return a number out of a total: `3/26`."""
    return f"{number(place)}/{number(total)}"


def say(key: str, **values: object) -> str:
    """Return the text of `key`, such as `notice.gone`, with `values` and keys filled in."""
    return fill(catalog.texts(language())[key], **values)


def fill(text: str, /, **values: object) -> str:
    """Return a text of the catalog with `values` and keys filled in."""
    return _FILLING.vformat(text, (), values) if "{" in text else text


def key_of_command(command_id: str) -> str:
    """Return the key of a command as texts name it, or its label in quotes if it has none."""
    return _key_text[0](command_id)


def say_count(key: str, count: int, **values: object) -> str:
    """Return the text of `key` for one, `notice.failed-one`, or for `count`, `-many`."""
    return say(f"{key}-{'one' if count == 1 else 'many'}", count=count, **values)


def reason_text(reason: ReaderError | Reason) -> str:
    """Return why something failed, on one clean line in the reader's language."""
    return sentence(reason, language())
