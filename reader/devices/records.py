"""Records, in which devices state the value of one field, and their order; pure.

A record is a line `[stamp, field, value, name, device]`. Its name identifies a thing on all
machines alike: `address:...`, `slug:...` or `lead:...` for an item.
"""

import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, get_args

import msgspec
from msgspec import Struct

from reader.devices.hybrid_clock import is_stamp
from reader.model import FOLLOW, JOIN, MUTE, SPLIT, WATCH, Mark
from reader.text.sanitize import clean_line

ITEM_KINDS = ("address", "slug", "lead")
# The marks of items with a value of true or false; a tag follows `tag:`.
FLAGS: tuple[str, ...] = (*get_args(Mark), WATCH)
TAG = "tag:"
PLACE = "place"
VISIT = "visit"
# Fields of things that are not items; SPLIT and JOIN name another report of the story.
CHOICES = (FOLLOW, MUTE, SPLIT, JOIN, VISIT)
# The name in the record of a visit, of which a reader has only one.
READER = "reader"

_MAX_FIELD, _MAX_NAME, _MAX_VALUE = 200, 4_000, 4_000
_MAX_CHARACTERS = 2**31
_MAX_SECONDS = 4_102_444_800
_DEVICE = re.compile(r"[0-9a-f]{10}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Record(Struct, frozen=True):
    """The value of a field that one device set; `value` is compact JSON with sorted keys."""

    stamp: int
    field: str
    value: str
    name: str
    device: str

    @property
    def rank(self) -> tuple[int, str, str]:
        """Return the sort key by which the greatest record of one name and field counts."""
        return self.stamp, self.device, self.value


def record_line(record: Record) -> str:
    """Return the line of a record, without a line break."""
    field, device = _quoted(record.field), _quoted(record.device)
    name = json.dumps(record.name, ensure_ascii=False)
    return f"[{record.stamp},{field},{record.value},{name},{device}]"


def record_of(line: str | bytes) -> Record | None:
    """Return the record of a line, or None if it is not valid."""
    try:
        # Unlike the standard library's, this decoder refuses NaN and Infinity.
        values = msgspec.json.decode(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, list) or len(values) != 5:
        return None
    stamp, field, value, name, device = values
    if not is_stamp(stamp) or not is_device(device) or not _is_field(field):
        return None
    if not _is_name(name, field):
        return None
    allows = _VALUES.get(kind_of(field))
    if allows is not None and not allows(value):
        return None
    text = value_text(value)
    if len(text) > _MAX_VALUE or not _is_encodable(text):
        return None
    return Record(stamp, field, text, name, device)


def value_text(value: Any) -> str:
    """Return a value as compact JSON, in which values are compared."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def is_device(value: object) -> bool:
    """Tell whether a value from outside is the id of a device: ten hexadecimal digits."""
    return isinstance(value, str) and _DEVICE.fullmatch(value) is not None


def kind_of(field: str) -> str:
    """Return the kind of a field: `tag:` for every tag, else the field itself."""
    head, colon, _ = field.partition(":")
    return head + colon


def merged(records: Iterable[Record]) -> dict[tuple[str, str], Record]:
    """Return the records that count, by name and field, for records in any order."""
    found: dict[tuple[str, str], Record] = {}
    for record in records:
        key = record.name, record.field
        before = found.get(key)
        if before is None or record.rank > before.rank:
            found[key] = record
    return found


def is_overtaken(record: Record, oldest: int) -> bool:
    """Tell whether a record can be left out: it clears a value, before stamp `oldest`."""
    return record.stamp < oldest and record.value in ("false", "null")


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_field(field: object) -> bool:
    return isinstance(field, str) and 0 < len(field) <= _MAX_FIELD and _is_clean_field(field)


# Cached, since many records share few devices.
@lru_cache(maxsize=1_000)
def _is_clean_field(field: str) -> bool:
    return field != TAG and clean_line(field) == field


@lru_cache(maxsize=1_000)
def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _is_name(name: object, field: str) -> bool:
    """Tell whether a name is valid; a name that is shown must equal its cleaned text."""
    if not isinstance(name, str) or not 0 < len(name) <= _MAX_NAME or _CONTROL.search(name):
        return False
    kind, colon, text = name.partition(":")
    if field in (*FLAGS, PLACE, SPLIT, JOIN) or kind_of(field) == TAG:
        return kind in ITEM_KINDS and bool(text)
    if field == FOLLOW:
        fits = (kind == "section" and all(text.partition("/"))) or (kind == "feed" and bool(text))
    elif field == MUTE:
        fits = kind in ("word", "section", "source") and bool(text)
    elif field == VISIT:
        fits = name == READER
    else:
        # Newer versions may add kinds of names.
        return bool(colon and text)
    return fits and clean_line(name) == name and clean_line(text) == text


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_place(value: object) -> bool:
    if value is None:
        return True
    if not isinstance(value, list) or len(value) != 2:
        return False
    above, of = value
    return (
        _is_count(above, _MAX_CHARACTERS)
        and above > 0
        and (of is None or _is_count(of, _MAX_CHARACTERS))
    )


def _is_moment(value: object) -> bool:
    return value is None or _is_count(value, _MAX_SECONDS)


def _is_count(value: object, end: int) -> bool:
    return type(value) is int and 0 <= value < end


def _is_report(value: object) -> bool:
    return value is None or _is_name(value, SPLIT)


_VALUES: dict[str, Callable[[object], bool]] = {
    **dict.fromkeys(FLAGS, _is_flag),
    TAG: _is_flag,
    PLACE: _is_place,
    FOLLOW: _is_flag,
    MUTE: _is_flag,
    SPLIT: _is_report,
    JOIN: _is_report,
    VISIT: _is_moment,
}
