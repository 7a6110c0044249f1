"""The view and the headline that a reader left, and the file that remembers them between runs."""

import json
from contextlib import suppress
from pathlib import Path
from typing import TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from reader.files import read_beginning, written_whole
from reader.model import Selection
from reader.ui.state.values import CursorPlace, View

# The conditions that a view may have: texts, and those that are set or not. New headlines are other
# ones by the next start, so their view is that of all.
_TEXTS = ("section", "source", "query", "tag")
_FLAGS = ("unread", "saved", "watched", "cached", "muted")
# The largest number that SQLite has for a headline, and more lines than a terminal has.
_MOST_HEADLINES, _MOST_LINES = 2**63 - 1, 10_000
# A file written by the reader is smaller, unless a saved search is very long.
_MOST_BYTES = 4_000


class LastPlace(Struct, frozen=True):
    """The view that was left, and where its cursor was; None for its newest headline."""

    view: View
    cursor: CursorPlace | None = None


def last_place_path(cache: Path) -> Path:
    """Return the path of the file that remembers the place, beside the cache."""
    return cache.with_name("place.json")


def load_last_place(path: Path) -> LastPlace | None:
    """Return the place stored in `path`; None if there is none or the file is invalid."""
    try:
        found = json.loads(read_beginning(path, _MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    texts = {name: found[name] for name in _TEXTS if isinstance(found.get(name), str)}
    flags = {name: True for name in _FLAGS if found.get(name) is True}
    name = found.get("view")
    view = View(name if isinstance(name, str) else "", replace(Selection(), **texts, **flags))
    headline, below = found.get("headline"), found.get("below_top")
    if _within(headline, _MOST_HEADLINES) and _within(below, _MOST_LINES):
        return LastPlace(view, CursorPlace(headline, below))
    return LastPlace(view)


def save_last_place(path: Path, place: LastPlace) -> None:
    """Write the place to `path`; if that fails, the next start does without."""
    selection, cursor = place.view.selection, place.cursor
    kept: dict[str, object] = {"view": place.view.name}
    if not selection.after:
        conditions = {name: getattr(selection, name) for name in (*_TEXTS, *_FLAGS)}
        kept |= {name: value for name, value in conditions.items() if value}
    if cursor is not None:
        kept |= {"headline": cursor.headline_id, "below_top": cursor.below_top}
    with suppress(OSError), written_whole(path) as part:
        part.write_text(json.dumps(kept), encoding="utf-8")


def _within(number: object, most: int) -> TypeGuard[int]:
    return type(number) is int and -most <= number <= most
