"""The events of a sync or a fetch: one JSON object per line, for scripts and screens."""

from msgspec import MsgspecError, Struct
from msgspec.json import Decoder, encode
from msgspec.json import format as format_json

from reader.errors import Reason


class _Record(Struct, frozen=True, tag_field="event", forbid_unknown_fields=True):
    """The base of all events: the name comes first, and unknown fields are refused."""


class Started(_Record, frozen=True, tag="started"):
    """The run has begun, with the number of pages to request so far; more may turn up."""

    total: int


class Progress(_Record, frozen=True, tag="progress"):
    """The progress of the run: the pages requested, and the headlines and failures so far."""

    done: int
    total: int
    new: int
    failed: int


class Stored(_Record, frozen=True, tag="stored"):
    """A page is in the cache: `kind` is article, listing or feed, `new` counts new headlines.

    `sure` is the confidence of the parser in its result, from 0 to 1; `source` is the display name
    of the page's source.
    """

    url: str
    kind: str
    new: int
    sure: float = 1.0
    source: str = ""


class Failed(_Record, frozen=True, tag="failed"):
    """A page could not be fetched or read; `source` is the display name of its source."""

    url: str
    reason: Reason
    source: str = ""


class Done(_Record, frozen=True, tag="done"):
    """The run has ended: what it requested, the results, and how long it took (seconds).

    `reached` tells whether the site answered at all, `lost` whether it stopped answering;
    `drifted` tells whether most of its pages could not be read, as after a change of layout;
    `received` counts the bytes as they came over the network. `pruned` is the number of old
    headlines that were removed, as the settings require; `due` more will be removed by a run
    after `due_after` (ISO 8601, empty if none is due).
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
    """The notification command, set in `[notify]` of the settings, failed."""

    reason: Reason


class Exchanged(_Record, frozen=True, tag="exchanged"):
    """Marks were exchanged: how many were written, and how many of those read changed something."""

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
