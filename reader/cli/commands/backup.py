"""`znreader backup`: a copy of the cache."""

import argparse

from reader.cli.cache_check import require_cache
from reader.cli.printer import Printer
from reader.config import Settings
from reader.store import Store


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Copy the cache to a file; return 0. Raises ReaderError if it cannot be copied."""
    require_cache(settings)
    with Store(settings.cache_path) as library:
        library.maintenance.backup(chosen.file, force=chosen.force)
    size = chosen.file.stat().st_size / 1e6
    Printer.of(settings).say("backed_up", path=chosen.file, size=size)
    return 0
