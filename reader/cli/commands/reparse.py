"""`znreader reparse`: parses the kept pages again."""

import argparse

from reader.cli.printer import Printer
from reader.config import Settings
from reader.intake import reparse
from reader.store import Store


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Parse the kept pages again."""
    with Store(settings.cache_path) as library:
        counts = reparse(library, settings)
    printer = Printer.of(settings)
    printer.report("reparsed", pages=counts.read, changed=counts.changed)
    if counts.unreadable:
        printer.report("not_reparsed", count=counts.unreadable)
    return 0
