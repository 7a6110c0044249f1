"""`znreader reparse`: the kept pages read again."""

import argparse

from reader.config import Settings
from reader.intake import reparse
from reader.store import Store


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Read the kept pages again."""
    with Store(settings.cache_path) as library:
        counts = reparse(library, settings)
    print(f"{counts.read} kept pages read again, {counts.changed} of them changed")
    if counts.unreadable:
        print(f"{counts.unreadable} could not be read, and stay as they were")
    return 0
