"""The events of a sync or a fetch: one JSON object a line, for scripts and screens."""

import json
from typing import Any, ClassVar

from msgspec import Struct, field
from msgspec.structs import asdict, fields

from reader.errors import Reason
from reader.jsonform import reason_of


class Started(Struct, frozen=True):
    """The run has begun with so many pages to ask for; more may turn up."""

    name: ClassVar[str] = "started"
    total: int


class Progress(Struct, frozen=True):
    """The progress of the run: pages requested, and what they brought so far."""

    name: ClassVar[str] = "progress"
    done: int
    total: int
    new: int
    failed: int


class Stored(Struct, frozen=True):
    """A page is in the cache: `kind` is article, listing or feed, `new` counts new headlines.

    `sure` is how sure the parser is of what it read, from 0 to 1; `source` is what the source of
    the page is shown as.
    """

    name: ClassVar[str] = "stored"
    url: str
    kind: str
    new: int
    sure: float = 1.0
    source: str = ""


class Failed(Struct, frozen=True):
    """A page could not be fetched or read; `source` is what its source is shown as."""

    name: ClassVar[str] = "failed"
    url: str
    reason: Reason
    source: str = ""


class Done(Struct, frozen=True):
    """The run has ended: what it asked for, what came of it, and how long it took (seconds).

    `reached` tells whether the site answered at all, `lost` that it no longer did; `drifted` that
    most of its pages could not be read, as after a change of layout; `received` is in bytes as
    they came over the network. Of old headlines `pruned` went, as the settings want, and `due`
    more go with a run after `due_after` (ISO 8601, empty where none is due).
    """

    name: ClassVar[str] = "done"
    requests: int = 0
    unchanged: int = 0
    listings: int = 0
    articles: int = 0
    headlines: int = 0
    received: int = 0
    seconds: float = 0.0
    reached: bool = False
    lost: bool = False
    drifted: bool = False
    pruned: int = 0
    due: int = 0
    due_after: str = ""
    failures: tuple[Failed, ...] = field(default=())


class Exchanged(Struct, frozen=True):
    """Marks were exchanged: so many were written, and so much that was read changed something."""

    name: ClassVar[str] = "exchanged"
    written: int
    changed: int


class Stopped(Struct, frozen=True):
    """The run could not be done; no event follows."""

    name: ClassVar[str] = "stopped"
    reason: Reason


Event = Started | Progress | Stored | Failed | Exchanged | Done | Stopped
_KINDS: dict[str, type[Event]] = {
    kind.name: kind for kind in (Started, Progress, Stored, Failed, Exchanged, Done, Stopped)
}


def to_line(event: Event) -> str:
    """Return the event as one line of JSON, without a line break."""
    return json.dumps({"event": event.name, **asdict(event)}, ensure_ascii=False)


def from_line(line: str) -> Event | None:
    """Return the event of a line that `to_line` made; None for anything else."""
    try:
        document = json.loads(line)
        return _event(_KINDS[document.pop("event")], document)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _event(kind: type[Event], document: dict[str, Any]) -> Event:
    """Return an event of this kind; raises TypeError where a value is of another type."""
    if kind is Done:
        failures = [_event(Failed, each) for each in document.pop("failures")]
        document["failures"] = tuple(failures)
    for each in fields(kind):
        value = document.get(each.name, each.default)
        if each.type is Reason:
            document[each.name] = reason_of(value)
            continue
        allowed = (int, float) if each.type is float else (each.type,)
        if each.name != "failures" and type(value) not in allowed:
            raise TypeError(f"{each.name} cannot be {value!r}")
    return kind(**document)
