"""`znreader reparse`: parses the kept pages again."""

import argparse

from reader.cli.moment import now
from reader.cli.printer import Printer
from reader.config import Settings
from reader.intake import reparse
from reader.store import Store


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Parse all kept pages again, or only those of the last days; return 0."""
    with Store(settings.cache_path) as library:
        library.require_writable()
        counts = reparse(library, settings, chosen.since)
        library.stories.place(now())
    printer = Printer.of(settings)
    printer.say("reparsed", pages=counts.read, changed=counts.changed)
    if counts.unreadable:
        printer.say("not_reparsed", count=counts.unreadable)
    return 0
