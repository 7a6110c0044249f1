"""`znreader import`: saved pages and exports into the cache."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from reader.cli.moment import now
from reader.cli.printer import Printer
from reader.config import Settings
from reader.errors import Reason
from reader.intake import import_files, import_sample
from reader.library import AdminLibrary
from reader.store import Store
from reader.store.archive.files import is_export, read_export

_MAX_REFUSALS = 20


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Bring saved pages, exports or the bundled edition into the cache; 1 where some failed."""
    printer = Printer.of(settings)
    with Store(settings.cache_path) as library:
        if chosen.sample:
            count = import_sample(library, chosen.at or now())
            printer.report("sample_imported", pages=count)
            return 0
        failed, pages = _import_exports(library, chosen.paths, printer)
        for imported in import_files(library, pages, settings, chosen.at):
            if imported.error is not None:
                failed += 1
                printer.complain(imported.error)
            elif imported.added is not None and imported.page is not None:
                printer.report(
                    "imported",
                    path=imported.path,
                    outcome=imported.added.article or "listing",
                    headlines=imported.added.headlines,
                )
    return 1 if failed else 0


def _import_exports(
    library: AdminLibrary, paths: Sequence[Path], printer: Printer
) -> tuple[int, list[Path]]:
    """Bring in those of the files that are exports; return how many failed, and the other files.

    Raises CacheError where the cache cannot be written.
    """
    failed = 0
    others = []
    for path in paths:
        if is_export(path):
            failed += not _import_export(library, path, printer)
        else:
            others.append(path)
    return failed, others


def _import_export(library: AdminLibrary, path: Path, printer: Printer) -> bool:
    """Bring in one export; tell whether all of it could be used."""
    refused = 0

    def refuse(why: Reason) -> None:
        nonlocal refused
        refused += 1
        if refused <= _MAX_REFUSALS:
            printer.complain(why)

    count = library.archive.import_lines(read_export(path, refuse), now())
    if refused:
        library.archive.distrust_listings()
    if refused > _MAX_REFUSALS:
        printer.remark("lines_more", lines=refused - _MAX_REFUSALS)
    printer.report("export_imported", path=path, headlines=count)
    return not refused
