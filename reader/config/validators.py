"""What a setting's value may be: a test for it, and the same in words."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

_WEB_SITE = re.compile(r"https?://[^\s/?#\[\]:,]+(?::(\d{1,5}))?(?=[/?#]|$)")
_PORTS = 65_535
_NAME = re.compile(r"[a-z0-9-]*")


def _same(value: Any) -> Any:
    return value


def _is_address(value: Any) -> bool:
    found = _WEB_SITE.match(value) if isinstance(value, str) else None
    return found is not None and int(found[1] or 1) <= _PORTS


@dataclass(frozen=True, slots=True)
class Kind:
    """What `allows` a value, which is so in `words`, and how the program will `take` it.

    A table allows its items one by one: their `names`, where not just any will do, and their
    values by the kind of an `item`.
    """

    allows: Callable[[Any], bool]
    words: str
    take: Callable[[Any], Any] = _same
    names: Collection[str] = ()
    item: "Kind | None" = None


def choice(*names: str) -> Kind:
    """Return the kind of what is one of some names."""
    quoted = [f'"{name}"' for name in names]
    return Kind(lambda value: value in names, f"{', '.join(quoted[:-1])} or {quoted[-1]}")


def whole(least: int, most: int, of: str = "") -> Kind:
    """Return the kind of a whole number from `least` to `most`."""
    return Kind(
        lambda value: (
            isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        ),
        f"a number{of and f' of {of}'} from {least} to {most}",
    )


def either(first: Kind, other: Kind) -> Kind:
    """Return the kind of what one of two kinds allows."""
    return Kind(
        lambda value: first.allows(value) or other.allows(value),
        f"{first.words}, or {other.words}".replace(" or ", ", ", first.words.count(" or ")),
    )


def table(words: str, item: Kind, names: Collection[str] = ()) -> Kind:
    """Return the kind of a table whose items are all of one kind."""
    return Kind(lambda value: isinstance(value, dict), words, names=names, item=item)


FLAG = Kind(lambda value: isinstance(value, bool), "true or false")
TEXT = Kind(lambda value: isinstance(value, str) and bool(value.strip()), "a text in quotes")
NAME = Kind(
    lambda value: isinstance(value, str) and _NAME.fullmatch(value) is not None,
    'a name in quotes, or ""',
)
SECONDS = Kind(
    lambda value: (
        isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 60
    ),
    "seconds from 0 to 60",
    take=float,
)
TEXTS = Kind(
    lambda value: isinstance(value, list) and all(TEXT.allows(each) for each in value),
    'a list of names, as ["Sport", "Tholen"]',
    take=tuple,
)
ADDRESS = Kind(
    _is_address,
    "an address such as https://www.zeelandnet.nl/",
    take=lambda value: value.rstrip("/") + "/",
)
# Keys of one command: one, several, or none.
_STROKES = Kind(
    lambda value: isinstance(value, str) or (value == [] or TEXTS.allows(value)),
    'keys in quotes, as "S" or ["S", "ctrl+s"]',
)
KEYS = Kind(
    lambda value: isinstance(value, dict),
    "a table of keys by command",
    take=lambda value: {
        command: tuple(filter(None, [keys] if isinstance(keys, str) else keys))
        for command, keys in value.items()
    },
    item=_STROKES,
)
