"""Prints the progress of a run: a bar on a terminal, lines in a pipe.

Results go to standard output; failures and the bar go to standard error.
"""

import sys
from collections import Counter
from collections.abc import Sequence

from reader.cli.printer import Printer
from reader.cli.standard_output import width_of
from reader.events import Done, Event, Failed, NotifyFailed, Progress, Stored
from reader.sources.base import Source
from reader.sources.feed import FeedSource
from reader.sources.registry import owner_of
from reader.text.url import address

_BAR = 24
_CLEAR = "\r\x1b[K"


class RunProgress:
    """Prints the events of a run over some sources; the bar is erased at the end.

    With `pages`, prints a line for each stored page; without `bar`, draws no bar on a terminal.
    """

    def __init__(
        self, printer: Printer, sources: Sequence[Source], *, pages: bool, bar: bool
    ) -> None:
        self._printer = printer
        self._sources = sources
        feeds = [each for each in sources if isinstance(each, FeedSource)]
        self._others = [each for each in sources if not isinstance(each, FeedSource)]
        # The pages of a feed's entries may be anywhere, so events name the feed.
        self._by_title = {each.title: each for each in feeds}
        # A feed that is read for the first time brings its title itself.
        self._by_address = {key: each for each in feeds for key in (each.name, address(each.home))}
        self._pages = pages
        self._bar = bar and sys.stderr.isatty()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._progress: Progress | None = None

    def tell(self, event: Event) -> None:
        """Print an event, or count it for the summary."""
        if isinstance(event, Stored):
            self._count(event, "listing" if event.kind == "feed" else event.kind)
            self._count(event, "new", event.new)
            if self._pages:
                self._clear()
                self._printer.say("page_stored", kind=event.kind, url=event.url)
                sys.stdout.flush()
        elif isinstance(event, Failed):
            self._count(event, "failed")
            # On a terminal they follow at the end, where the bar does not hide them.
            if not sys.stderr.isatty():
                why = self._printer.message(event.reason)
                self._printer.remark("page_failed", url=event.url, why=why)
        elif isinstance(event, NotifyFailed):
            self._clear()
            self._printer.complain(event.reason)
        elif isinstance(event, Progress):
            self._progress = event
            if self._bar:
                self._draw(event)
        elif isinstance(event, Done):
            self._clear()

    def print_stopped(self) -> None:
        """Print that the run was stopped, and how far it got; stored pages stay."""
        self._clear()
        if self._progress is not None:
            self._printer.remark(
                "sync_stopped", done=self._progress.done, total=self._progress.total
            )

    def print_sources(self) -> None:
        """Print a line with the results of each source; none for feeds without any."""
        for source in self._sources:
            articles, listings, new, failed = (
                self._counts[source.name, what] for what in ("article", "listing", "new", "failed")
            )
            if isinstance(source, FeedSource):
                if articles or listings or failed:
                    # Most feeds that did not fail have nothing to report but headlines.
                    self._printer.say(
                        "feed_synced_with" if articles or failed else "feed_synced",
                        source=source.title, headlines=new, articles=articles, failed=failed,
                    )  # fmt: skip
                continue
            self._printer.say(
                "source_synced",
                source=source.name,
                articles=articles,
                listings=listings,
                headlines=new,
                failed=failed,
            )

    def _count(self, event: Stored | Failed, what: str, number: int = 1) -> None:
        # Pages that no source owns, such as robots.txt, count for the first source.
        feed = self._by_title.get(event.source) or self._by_address.get(address(event.url))
        source = feed or owner_of(self._others, event.url) or self._sources[0]
        self._counts[source.name, what] += number

    def _clear(self) -> None:
        if self._bar:
            print(_CLEAR, end="", file=sys.stderr, flush=True)

    def _draw(self, event: Progress) -> None:
        filled = _BAR * event.done // max(event.total, 1)
        bar = "█" * filled + "░" * (_BAR - filled)
        counts = self._printer.sentence(
            "progress", done=event.done, total=event.total, new=event.new, failed=event.failed
        )
        text = self._printer.signs(f"{bar} {counts}"[: width_of(sys.stderr) - 1])
        print(f"{_CLEAR}{text}", end="", file=sys.stderr, flush=True)
