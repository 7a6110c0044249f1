"""Values as written in a TOML file."""

import json
from collections.abc import Mapping
from typing import Any

from reader.text.url import without_password

_MOST = 60


def written(value: Any) -> str:
    """Return a value as TOML on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "".join(map(_escaped, json.dumps(value, ensure_ascii=False)))
    if isinstance(value, list | tuple):
        return f"[{', '.join(written(each) for each in value)}]"
    if isinstance(value, Mapping):
        items = (f"{key_written(key)} = {written(each)}" for key, each in value.items())
        return f"{{ {', '.join(items)} }}" if value else "{}"
    return str(value)


def _escaped(character: str) -> str:
    """Return a character as allowed in a TOML string: an unprintable one as its code.

    Half of a surrogate pair, which TOML cannot express, becomes the replacement character.
    """
    code = ord(character)
    if character.isprintable():
        return character
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def key_written(key: str) -> str:
    """Return a key as TOML, in quotes if it needs them."""
    bare = key.replace("-", "").replace("_", "")
    return key if bare.isascii() and bare.isalnum() else written(key)


def shortened(value: Any) -> str:
    """Return a value as TOML to be shown: without passwords, and cut off where it is long."""
    text = written(_without_passwords(value))
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"


def _without_passwords(value: Any) -> Any:
    if isinstance(value, str):
        return without_password(value) if "://" in value else value
    if isinstance(value, list | tuple):
        return [_without_passwords(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _without_passwords(each) for key, each in value.items()}
    return value
