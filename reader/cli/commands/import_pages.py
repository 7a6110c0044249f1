"""`znreader import`: saved pages and exports into the cache."""

import argparse
from pathlib import Path

from reader.cli.feed_lists import import_subscriptions, read_list
from reader.cli.moment import now
from reader.cli.printer import Printer
from reader.config import Settings
from reader.errors import PageError, Reason
from reader.events import Done, Event, Failed, Stored, to_line
from reader.intake import Imported, import_files, import_sample
from reader.library import AdminLibrary
from reader.store import Store
from reader.store.archive.files import is_export, read_export

_MAX_REFUSALS = 20


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Import saved pages, exports or the sample edition into the cache; return 1 if some failed."""
    outcomes = _Outcomes(Printer.of(settings), as_events=chosen.events)
    with Store(settings.cache_path) as library:
        library.require_writable()
        if chosen.sample:
            outcomes.add_sample(import_sample(library, chosen.at or now()))
        else:
            lists = [path for path in chosen.paths if path.suffix.lower() == ".opml"]
            exports = [path for path in chosen.paths if path not in lists and is_export(path)]
            pages = [path for path in chosen.paths if path not in lists and path not in exports]
            for path in lists:
                _import_feeds(library, settings, path, outcomes)
            for path in exports:
                _import_export(library, path, outcomes, with_marks=chosen.marks)
            for imported in import_files(library, pages, settings, chosen.at):
                outcomes.add_page(imported)
        library.stories.place(now())
    outcomes.end()
    return 1 if outcomes.failed else 0


def _import_feeds(
    library: AdminLibrary, settings: Settings, path: Path, outcomes: "_Outcomes"
) -> None:
    """Follow the feeds of an OPML file; raises CacheError if the cache cannot be written."""
    try:
        import_subscriptions(library, settings, read_list(str(path)))
    except PageError as error:
        outcomes.failed += 1
        outcomes.refuse(path, error.reason)


def _import_export(
    library: AdminLibrary, path: Path, outcomes: "_Outcomes", *, with_marks: bool
) -> None:
    """Import one export or bundle; raises CacheError if the cache cannot be written.

    The marks of another reader are left out, unless they are asked for.
    """
    refused = 0

    def refuse(why: Reason) -> None:
        nonlocal refused
        refused += 1
        if refused <= _MAX_REFUSALS:
            outcomes.refuse(path, why)

    lines = read_export(path, refuse)
    if library.archive.takes_marks(path, asked=with_marks):
        count, marked = library.archive.import_lines(lines, now()), 0
    else:
        count, marked = library.archive.import_news(lines, now())
    if refused:
        library.archive.distrust_listings()
    outcomes.add_export(path, count, refused, marked)


class _Outcomes:
    """Prints the result for each file, as sentences or as events; `failed` counts refused files."""

    def __init__(self, printer: Printer, *, as_events: bool) -> None:
        self._printer = printer
        self._as_events = as_events
        self._headlines = self._articles = self._listings = 0
        self.failed = 0

    def add_sample(self, pages: int) -> None:
        """Print how many pages the sample edition has."""
        self._articles += pages
        if not self._as_events:
            self._printer.say("sample_imported", pages=pages)

    def add_page(self, imported: Imported) -> None:
        """Print what a saved page added, or why it could not be used."""
        if imported.error is not None:
            self.failed += 1
            self.refuse(imported.path, imported.error.reason)
        elif imported.added is not None:
            headlines, outcome = imported.added.headlines, imported.added.article
            self._headlines += headlines
            self._articles += outcome is not None
            self._listings += outcome is None
            if self._as_events:
                kind = "article" if outcome else "listing"
                self._print(Stored(str(imported.path), kind, headlines))
            else:
                label = outcome or "listing"
                self._printer.say(
                    "imported", path=imported.path, outcome=label, headlines=headlines
                )

    def add_export(self, path: Path, headlines: int, refused: int, marked: int) -> None:
        """Print how many headlines an export added.

        `refused` lines of it could not be used, and the marks of `marked` headlines were left out.
        """
        self.failed += bool(refused)
        self._headlines += headlines
        if self._as_events:
            self._print(Stored(str(path), "export", headlines))
            return
        if refused > _MAX_REFUSALS:
            self._printer.remark("lines_more", lines=refused - _MAX_REFUSALS)
        self._printer.say("export_imported", path=path, headlines=headlines)
        if marked:
            self._printer.say("marks_left_out", headlines=marked)

    def end(self) -> None:
        """Print the last event, if events are asked for."""
        if self._as_events:
            done = Done(listings=self._listings, articles=self._articles, headlines=self._headlines)
            self._print(done)

    def refuse(self, path: Path, why: Reason) -> None:
        """Print why a file, or a line of it, could not be used."""
        if self._as_events:
            self._print(Failed(str(path), why))
        else:
            self._printer.complain(why)

    def _print(self, event: Event) -> None:
        print(to_line(event), flush=True)
