"""`znreader restore`: a copy in the place of the cache."""

import argparse

from reader.cli.moment import now
from reader.config import Settings
from reader.store.maintenance.backup import restore
from reader.text.sanitize import clean_line


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Put a copy in the place of the cache."""
    kept = restore(settings.cache_path, chosen.file, now())
    print(clean_line(f"{settings.cache_path}: restored from {chosen.file}"))
    if kept is not None:
        print(clean_line(f"the cache before is kept as {kept}"))
    return 0
