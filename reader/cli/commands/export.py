"""`znreader export`: all that the cache holds as lines of JSON."""

import argparse
import sys
from pathlib import Path

from reader.cli.cache import require_cache
from reader.cli.printer import Printer
from reader.config import Settings
from reader.store import Store


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print or write all that the cache holds as lines of JSON."""
    require_cache(settings)
    with Store(settings.cache_path) as library:
        if chosen.file != "-":
            count = library.archive.export(Path(chosen.file), force=chosen.force)
            Printer.of(settings).report("exported", path=chosen.file, headlines=count)
            return 0
        # What was asked for is printed also by a quiet command.
        output = sys.__stdout__ if chosen.quiet and sys.__stdout__ else sys.stdout
        for line in library.archive.export_lines():
            output.buffer.write(line.encode() + b"\n")
        output.buffer.flush()
    return 0
