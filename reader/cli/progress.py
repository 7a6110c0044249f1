"""How a run is told to a person: a bar that fills on a terminal, lines in a pipe.

What came of it goes to standard output, what failed and the bar to standard error.
"""

import sys
from collections import Counter
from collections.abc import Sequence

from reader.cli.complaint import told
from reader.cli.output import columns_of
from reader.events import Done, Event, Failed, Progress, Stored
from reader.glyphs import shown
from reader.sources.base import Source
from reader.sources.registry import owner_of
from reader.text.sanitize import clean_line

_BAR = 24
_CLEAR = "\r\x1b[K"


class ProgressPrinter:
    """Prints the events of a run over some sources; nothing is left of its bar.

    With `pages` each page that is stored has a line, and without `bar` nothing but failures and
    lines is printed.
    """

    def __init__(self, sources: Sequence[Source], *, pages: bool, bar: bool) -> None:
        self._sources = sources
        self._pages = pages
        self._bar = bar and sys.stderr.isatty()
        self._counts: Counter[tuple[str, str]] = Counter()

    def print(self, event: Event) -> None:
        """Print what one event is worth telling."""
        if isinstance(event, Stored):
            self._count(event.url, event.kind)
            self._count(event.url, "new", event.new)
            if self._pages:
                self._clear()
                print(clean_line(f"{event.kind}: {event.url}"), flush=True)
        elif isinstance(event, Failed):
            self._count(event.url, "failed")
            # Those of a terminal follow at the end, where the bar does not hide them.
            if not sys.stderr.isatty():
                print(clean_line(f"failed: {event.url}: {told(event.reason)}"), file=sys.stderr)
        elif isinstance(event, Progress) and self._bar:
            _draw(event)
        elif isinstance(event, Done):
            self._clear()

    def print_sources(self) -> None:
        """Print a line for each source: what came of it."""
        for source in self._sources:
            articles, listings, new, failed = (
                self._counts[source.name, what] for what in ("article", "listing", "new", "failed")
            )
            counts = f"{articles} articles, {listings} listings, {new} new headlines"
            print(clean_line(f"{source.name}: {counts}, {failed} failed"))

    def _count(self, url: str, what: str, number: int = 1) -> None:
        # What no source owns, as the robots.txt of a host, is asked for the first.
        source = owner_of(self._sources, url) or self._sources[0]
        self._counts[source.name, what] += number

    def _clear(self) -> None:
        if self._bar:
            print(_CLEAR, end="", file=sys.stderr, flush=True)


def _draw(event: Progress) -> None:
    filled = _BAR * event.done // max(event.total, 1)
    bar = "█" * filled + "░" * (_BAR - filled)
    text = f"{bar} {event.done}/{event.total} pages, {event.new} new, {event.failed} failed"
    width = columns_of(sys.stderr) - 1
    print(f"{_CLEAR}{shown(text[:width])}", end="", file=sys.stderr, flush=True)
