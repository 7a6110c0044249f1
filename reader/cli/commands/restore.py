"""`znreader restore`: replaces the cache with a copy."""

import argparse

from reader.cli.moment import now
from reader.cli.printer import Printer
from reader.config import Settings
from reader.store.maintenance.backup import restore


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Replace the cache with a copy; return 0. Raises ReaderError if the copy is not sound."""
    printer = Printer.of(settings)
    if settings.sync_path is not None:
        printer.say("marks_return", folder=settings.sync_path)
    kept = restore(settings.cache_path, chosen.file, now())
    printer.say("restored", path=settings.cache_path, copy=chosen.file)
    if kept is not None:
        printer.say("former_cache", path=kept)
    return 0
