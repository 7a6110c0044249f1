"""How far a run is, for a person: a bar that fills on a terminal, plain lines in a pipe."""

import shutil
import sys

from reader.cli.printer import Printer
from reader.events import Done, Event, Failed, Progress, Stored

_BAR = 24
_CLEAR = "\r\x1b[K"


def print_progress(event: Event, printer: Printer) -> None:
    """Print one event on standard error: a line of its own in a pipe, else in a bar."""
    if sys.stderr.isatty():
        _draw(event, printer)
    elif isinstance(event, Stored):
        printer.remark("page_stored", kind=event.kind, url=event.url)
    elif isinstance(event, Failed):
        printer.remark("page_failed", url=event.url, why=printer.message(event.reason))


def _draw(event: Event, printer: Printer) -> None:
    if isinstance(event, Progress):
        filled = _BAR * event.done // max(event.total, 1)
        bar = "█" * filled + "░" * (_BAR - filled)
        counts = printer.sentence(
            "progress", done=event.done, total=event.total, new=event.new, failed=event.failed
        )
        width = shutil.get_terminal_size().columns - 1
        print(
            f"{_CLEAR}{printer.signs(f'{bar} {counts}'[:width])}",
            end="",
            file=sys.stderr,
            flush=True,
        )
    elif isinstance(event, Done):
        print(_CLEAR, end="", file=sys.stderr, flush=True)
