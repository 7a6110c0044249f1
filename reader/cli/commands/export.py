"""`znreader export`: the contents of the cache as lines of JSON."""

import argparse
import sys
from pathlib import Path

from reader.cli.cache_check import require_cache
from reader.cli.printer import Printer
from reader.config import Settings
from reader.store import Store


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print or write the contents of the cache as lines of JSON; return 0."""
    require_cache(settings)
    with Store(settings.cache_path) as library:
        if chosen.file != "-":
            count = library.archive.export(Path(chosen.file), force=chosen.force)
            Printer.of(settings).say("exported", path=chosen.file, headlines=count)
            return 0
        # A quiet command still prints the requested output.
        output = sys.__stdout__ if chosen.quiet and sys.__stdout__ else sys.stdout
        for line in library.archive.export_lines():
            output.buffer.write(line.encode() + b"\n")
        output.buffer.flush()
    return 0
