"""`znreader bundle`: news without marks as one small file, for many readers."""

import argparse
import sys
from pathlib import Path

from reader.cli.cache_check import require_cache
from reader.cli.printer import Printer
from reader.config import Settings
from reader.errors import UsageError
from reader.store import Store


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Write a bundle to a file or to standard output; return 0.

    Raises UsageError if standard output is a terminal.
    """
    # A quiet command still prints the requested output.
    output = sys.__stdout__ if chosen.quiet and sys.__stdout__ else sys.stdout
    if chosen.file == "-" and output.isatty():
        raise UsageError("bundle_on_terminal")
    require_cache(settings)
    with Store(settings.cache_path) as library:
        if chosen.file != "-":
            library.archive.write_bundle(Path(chosen.file), chosen.since, force=chosen.force)
            Printer.of(settings).say("bundled", path=chosen.file)
            return 0
        for data in library.archive.bundle(chosen.since):
            output.buffer.write(data)
        output.buffer.flush()
    return 0
