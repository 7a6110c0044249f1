"""`znreader backup`: a copy of the cache."""

import argparse

from reader.cli.cache import require_cache
from reader.config import Settings
from reader.store import Store
from reader.text.sanitize import clean_line


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Copy the cache to a file."""
    require_cache(settings)
    with Store(settings.cache_path) as library:
        library.maintenance.backup(chosen.file, force=chosen.force)
    size = chosen.file.stat().st_size / 1e6
    print(clean_line(f"{chosen.file}: a copy of the whole cache, {size:.1f} MB"))
    return 0
