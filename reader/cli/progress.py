"""How a run is told to a person: a bar that fills on a terminal, plain lines in a pipe."""

import shutil
import sys

from reader.events import Done, Event, Failed, Progress, Stored
from reader.glyphs import shown
from reader.text.sanitize import clean_line

_BAR = 24
_CLEAR = "\r\x1b[K"


def print_progress(event: Event) -> None:
    """Print what one event is worth telling, on standard error; nothing is left of a bar."""
    if sys.stderr.isatty():
        _draw(event)
    elif isinstance(event, Stored):
        print(clean_line(f"{event.kind}: {event.url}"), file=sys.stderr)
    elif isinstance(event, Failed):
        print(clean_line(f"failed: {event.url}: {event.reason}"), file=sys.stderr)


def _draw(event: Event) -> None:
    if isinstance(event, Progress):
        filled = _BAR * event.done // max(event.total, 1)
        bar = "█" * filled + "░" * (_BAR - filled)
        text = f"{bar} {event.done}/{event.total} pages, {event.new} new, {event.failed} failed"
        width = shutil.get_terminal_size().columns - 1
        print(f"{_CLEAR}{shown(text[:width])}", end="", file=sys.stderr, flush=True)
    elif isinstance(event, Done):
        print(_CLEAR, end="", file=sys.stderr, flush=True)
