"""Values as they stand in a TOML file."""

import json
from collections.abc import Mapping
from typing import Any

_MOST = 60


def written(value: Any) -> str:
    """Return a value as TOML on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list | tuple):
        return f"[{', '.join(written(each) for each in value)}]"
    if isinstance(value, Mapping):
        items = (f"{key_written(key)} = {written(each)}" for key, each in value.items())
        return f"{{ {', '.join(items)} }}" if value else "{}"
    return str(value)


def key_written(key: str) -> str:
    """Return a key as TOML, in quotes where it needs them."""
    bare = key.replace("-", "").replace("_", "")
    return key if bare.isascii() and bare.isalnum() else written(key)


def shortened(value: Any) -> str:
    """Return a value as TOML, cut off where it is long."""
    text = written(value)
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"
