"""`znreader import`: saved pages and exports into the cache."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from reader.cli.complaint import complain
from reader.cli.moment import now
from reader.config import Settings
from reader.errors import Reason
from reader.intake import import_files, import_sample
from reader.library import AdminLibrary
from reader.store import Store
from reader.store.archive.files import is_export, read_export
from reader.text.sanitize import clean_line

_MAX_REFUSALS = 20


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Bring saved pages, exports or the bundled edition into the cache; 1 where some failed."""
    with Store(settings.cache_path) as library:
        if chosen.sample:
            count = import_sample(library, chosen.at or now())
            print(f"{count} pages of the bundled edition")
            return 0
        failed, pages = _import_exports(library, chosen.paths)
        for imported in import_files(library, pages, settings, chosen.at):
            if imported.error is not None:
                failed += 1
                complain(imported.error)
            elif imported.added is not None and imported.page is not None:
                outcome = imported.added.article or "listing"
                fresh = imported.added.headlines
                print(clean_line(f"{imported.path}: {outcome}, {fresh} new headlines"))
    return 1 if failed else 0


def _import_exports(library: AdminLibrary, paths: Sequence[Path]) -> tuple[int, list[Path]]:
    """Bring in those of the files that are exports; return how many failed, and the other files.

    Raises CacheError where the cache cannot be written.
    """
    failed = 0
    others = []
    for path in paths:
        if is_export(path):
            failed += not _import_export(library, path)
        else:
            others.append(path)
    return failed, others


def _import_export(library: AdminLibrary, path: Path) -> bool:
    """Bring in one export; tell whether all of it could be used."""
    refused = 0

    def refuse(why: Reason) -> None:
        nonlocal refused
        refused += 1
        if refused <= _MAX_REFUSALS:
            complain(why)

    count = library.archive.import_lines(read_export(path, refuse), now())
    if refused:
        library.archive.distrust_listings()
    if refused > _MAX_REFUSALS:
        print(f"znreader: and {refused - _MAX_REFUSALS} lines more", file=sys.stderr)
    print(clean_line(f"{path}: {count} new headlines"))
    return not refused
