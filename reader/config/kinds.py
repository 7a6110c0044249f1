"""The kinds of values of settings: a test for each, and its description in the catalog."""

import re
import shlex
from collections.abc import Callable, Collection, Mapping
from ipaddress import IPv6Address
from typing import Any

from msgspec import Struct

from reader.errors import Reason, reason
from reader.text.sanitize import clean_line
from reader.text.url import encode_link, has_password

_WEB_SITE = re.compile(
    r"https?://(?:[^\s/?#\[\]:,]+|\[([\da-fA-F:.]+)\])(?::(\d{1,5}))?(?=[/?#]|$)", re.ASCII
)
_PORTS = 65_535
_MOST_SECONDS = 60
_LONGEST_LABEL = 300
_NAME = re.compile(r"[a-z0-9-]*")


def _same(value: Any) -> Any:
    return value


def _is_address(value: Any) -> bool:
    found = _WEB_SITE.match(value) if isinstance(value, str) else None
    if found is None or int(found[2] or 1) > _PORTS:
        return False
    return found[1] is None or _is_ipv6(found[1])


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


class Kind(Struct, frozen=True):
    """A kind of value: `allows` tests it, `take` converts it, `description` has its sentence.

    A table is checked item by item: the keys against `names`, if not all are allowed, and the
    values against the kind of an `item`. Repeated tables, in a list or as the items of a table,
    have `columns`, each with its kind; the first column is required.
    """

    allows: Callable[[Any], bool]
    description: Reason
    take: Callable[[Any], Any] = _same
    names: Collection[str] = ()
    item: "Kind | None" = None
    columns: "Mapping[str, Kind] | None" = None


def choice(*names: str) -> Kind:
    """Return the kind whose value is one of these names."""
    quoted = [f'"{name}"' for name in names]
    return Kind(
        lambda value: value in names, reason("kind_choice", names=quoted[:-1], last=quoted[-1])
    )


def whole(least: int, most: int, description: str = "kind_number") -> Kind:
    """Return the kind of a whole number from `least` to `most`; `description` is a code."""
    return Kind(
        lambda value: (
            isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        ),
        reason(description, least=least, most=most),
    )


def choice_or(other: Kind, *names: str) -> Kind:
    """Return the kind whose value is one of these names, or of another kind."""
    quoted = [f'"{name}"' for name in names]
    return Kind(
        lambda value: value in names or other.allows(value),
        reason("kind_choice_or", names=quoted, other=other.description),
    )


def table(description: Reason, item: Kind, names: Collection[str] = ()) -> Kind:
    """Return the kind of a table whose items are all of one kind."""
    return Kind(lambda value: isinstance(value, dict), description, names=names, item=item)


def rows(description: Reason, columns: Mapping[str, Kind], take: Callable[[Any], Any]) -> Kind:
    """Return the kind of a list of tables, all with the same columns."""
    return Kind(
        lambda value: isinstance(value, list) and all(isinstance(each, dict) for each in value),
        description,
        take=take,
        columns=columns,
    )


def _is_folder(value: Any) -> bool:
    return isinstance(value, str) and "\0" not in value and (not value or value[0] in "/~")


def _arguments(value: Any) -> tuple[str, ...] | None:
    """Return a command as its arguments, or None if it is not a command."""
    if isinstance(value, list):
        return tuple(value) if TEXTS.allows(value) else None
    if not isinstance(value, str):
        return None
    try:
        return tuple(shlex.split(value))
    except ValueError:
        return None


FLAG = Kind(lambda value: isinstance(value, bool), reason("kind_flag"))
TEXT = Kind(lambda value: isinstance(value, str) and bool(value.strip()), reason("kind_text"))
NAME = Kind(
    lambda value: isinstance(value, str) and _NAME.fullmatch(value) is not None,
    reason("kind_name"),
)
SECONDS = Kind(
    lambda value: (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and 0 <= value <= _MOST_SECONDS
    ),
    reason("kind_seconds", least=0, most=_MOST_SECONDS),
    take=float,
)
TEXTS = Kind(
    lambda value: isinstance(value, list) and all(TEXT.allows(each) for each in value),
    reason("kind_texts", example='["Sport", "Tholen"]'),
    take=tuple,
)
ADDRESS = Kind(
    _is_address,
    reason("kind_address", example="https://www.zeelandnet.nl/"),
    take=lambda value: value.rstrip("/") + "/",
)
# Names and passwords belong in the netrc file, never in an address.
FEED_ADDRESS = Kind(
    lambda value: _is_address(value) and not has_password(value) and len(value) <= 2_000,
    reason("kind_feed_address", example="https://example.org/feed.xml"),
    take=encode_link,
)
# A name may be empty, which means that of the feed.
LABEL = Kind(
    lambda value: isinstance(value, str) and len(value) <= _LONGEST_LABEL,
    reason("kind_label", most=_LONGEST_LABEL),
    take=clean_line,
)
FOLDER = Kind(_is_folder, reason("kind_folder", example='"~/Sync/znreader"'))
COMMAND = Kind(
    lambda value: _arguments(value) is not None,
    reason("kind_command", example='"rclone copy --size-only ~/Sync/znreader cloud:znreader"'),
    take=_arguments,
)
# Keys of one command: one, several, or none.
_STROKES = Kind(
    lambda value: isinstance(value, str) or (value == [] or TEXTS.allows(value)),
    reason("kind_strokes", example='"S"', other='["S", "ctrl+s"]'),
)
KEYS = Kind(
    lambda value: isinstance(value, dict),
    reason("kind_keys"),
    take=lambda value: {
        command: tuple(filter(None, [keys] if isinstance(keys, str) else keys))
        for command, keys in value.items()
    },
    item=_STROKES,
)
