"""The events of a sync or a fetch: one JSON object a line, for scripts and screens."""

from msgspec import MsgspecError, Struct
from msgspec.json import Decoder, encode
from msgspec.json import format as format_json

from reader.errors import Reason


class _Record(Struct, frozen=True, tag_field="event", forbid_unknown_fields=True):
    """What all events have in common: their name stands first, and no field is unknown."""


class Started(_Record, frozen=True, tag="started"):
    """The run has begun with so many pages to ask for; more may turn up."""

    total: int


class Progress(_Record, frozen=True, tag="progress"):
    """The progress of the run: pages requested, and what they brought so far."""

    done: int
    total: int
    new: int
    failed: int


class Stored(_Record, frozen=True, tag="stored"):
    """A page is in the cache: `kind` is article, listing or feed, `new` counts new headlines.

    `sure` is how sure the parser is of what it read, from 0 to 1; `source` is what the source of
    the page is shown as.
    """

    url: str
    kind: str
    new: int
    sure: float = 1.0
    source: str = ""


class Failed(_Record, frozen=True, tag="failed"):
    """A page could not be fetched or read; `source` is what its source is shown as."""

    url: str
    reason: Reason
    source: str = ""


class Done(_Record, frozen=True, tag="done"):
    """The run has ended: what it asked for, what came of it, and how long it took (seconds).

    `reached` tells whether the site answered at all, `lost` that it no longer did; `drifted` that
    most of its pages could not be read, as after a change of layout; `received` is in bytes as
    they came over the network. Of old headlines `pruned` went, as the settings want, and `due`
    more go with a run after `due_after` (ISO 8601, empty where none is due).
    """

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
    failures: tuple[Failed, ...] = ()


class NotifyFailed(_Record, frozen=True, tag="notify_failed"):
    """The command that tells of news, which `[notify]` of the settings has, failed."""

    reason: Reason


class Exchanged(_Record, frozen=True, tag="exchanged"):
    """Marks were exchanged: so many were written, and so much that was read changed something."""

    written: int
    changed: int


class Stopped(_Record, frozen=True, tag="stopped"):
    """The run could not be done; no event follows."""

    reason: Reason


Event = Started | Progress | Stored | Failed | NotifyFailed | Exchanged | Done | Stopped
_DECODER: Decoder[Event] = Decoder(Event)


def to_line(event: Event) -> str:
    """Return the event as one line of JSON, without a line break."""
    return format_json(encode(event), indent=0).decode()


def from_line(line: str) -> Event | None:
    """Return the event of a line that `to_line` made; None for anything else."""
    try:
        return _DECODER.decode(line)
    except (MsgspecError, ValueError, RecursionError):
        return None
