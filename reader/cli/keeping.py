"""The commands that keep the news: prune, backup, restore, export, import of that, repair."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from reader.cli.complaint import complain
from reader.cli.moment import now
from reader.cli.output import print_headlines, print_json
from reader.config import Settings
from reader.errors import ReaderError, Reason, UsageError
from reader.jsonform import headline_json, time_json
from reader.library import AdminLibrary
from reader.store import Store
from reader.store.maintenance.retention_policy import Bounds, Due
from reader.text.sanitize import clean_line

_MAX_REFUSALS = 20
_MAX_SHOWN = 10


def run_prune(chosen: argparse.Namespace, settings: Settings) -> int:
    """Remove old headlines, tell which would go, or take back those that went."""
    present = now()
    with Store(settings.cache_path) as library:
        if chosen.undo:
            return _undo(library, json_form=chosen.json)
        days = chosen.days or (0 if chosen.articles else settings.retain_days)
        articles = chosen.articles or (0 if chosen.days else settings.retain_articles)
        if not days and not articles:
            raise UsageError("nothing_to_keep", path=settings.config_path)
        bounds = library.retention.bounds(present, days, articles)
        due = library.retention.due(bounds) if bounds else Due(0, 0, None, None)
        if chosen.dry_run:
            _tell_due(library, bounds, due, settings, present, json_form=chosen.json)
            return 0
        pruned = library.retention.prune(bounds, present) if bounds else 0
        complaint = library.maintenance.give_back()
    if chosen.json:
        print_json({"pruned": pruned})
    elif pruned:
        print(f"{pruned} headlines removed; `znreader prune --undo` takes them back for a day")
    else:
        print("Nothing to remove.")
    if complaint:
        complain(complaint)
    return 0


def _undo(library: AdminLibrary, *, json_form: bool) -> int:
    back = library.retention.undo_prune(now())
    if back is None:
        raise ReaderError("nothing_to_undo")
    if json_form:
        print_json({"restored": back})
    else:
        print(f"{back} headlines are back")
    return 0


def _tell_due(
    library: AdminLibrary,
    bounds: Bounds | None,
    due: Due,
    settings: Settings,
    present: datetime,
    *,
    json_form: bool,
) -> None:
    ids = library.retention.due_ids(bounds) if bounds else []
    if json_form:
        teasers = [headline_json(each) for each in library.headlines.load(ids)]
        spans = {key: time_json(value) if value else None for key, value in
                 (("oldest", due.oldest), ("newest", due.newest))}  # fmt: skip
        print_json({"due": due.headlines, "articles": due.articles} | spans | {"teasers": teasers})
        return
    if not due.headlines or due.oldest is None or due.newest is None:
        print("Nothing to remove.")
        return
    print(
        f"{due.headlines} headlines would go, {due.articles} of them with their article, from"
        f" {due.oldest:%Y-%m-%d} to {due.newest:%Y-%m-%d}; saved ones stay"
    )
    print_headlines(library.headlines.load(ids[-_MAX_SHOWN:][::-1]), present, settings.language)
    if len(ids) > _MAX_SHOWN:
        print(f"and {len(ids) - _MAX_SHOWN} more")


def run_backup(chosen: argparse.Namespace, settings: Settings) -> int:
    """Copy the cache to a file."""
    _require_cache(settings)
    with Store(settings.cache_path) as library:
        library.maintenance.backup(chosen.file, force=chosen.force)
    size = chosen.file.stat().st_size / 1e6
    print(clean_line(f"{chosen.file}: a copy of the whole cache, {size:.1f} MB"))
    return 0


def run_restore(chosen: argparse.Namespace, settings: Settings) -> int:
    """Put a copy in the place of the cache."""
    from reader.store.maintenance.backup import restore  # noqa: PLC0415

    kept = restore(settings.cache_path, chosen.file, now())
    print(clean_line(f"{settings.cache_path}: restored from {chosen.file}"))
    if kept is not None:
        print(clean_line(f"the cache before is kept as {kept}"))
    return 0


def run_export(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print or write all that the cache holds as lines of JSON."""
    _require_cache(settings)
    with Store(settings.cache_path) as library:
        if chosen.file != "-":
            count = library.archive.export(Path(chosen.file), force=chosen.force)
            print(clean_line(f"{chosen.file}: {count} headlines"))
            return 0
        for line in library.archive.export_lines():
            sys.stdout.buffer.write(line.encode() + b"\n")
        sys.stdout.buffer.flush()
    return 0


def import_exports(library: AdminLibrary, paths: Sequence[Path]) -> tuple[int, list[Path]]:
    """Bring in those of the files that are exports; return how many failed, and the other files.

    Raises CacheError where the cache cannot be written.
    """
    from reader.store.archive.files import is_export  # noqa: PLC0415

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
    from reader.store.archive.files import read_export  # noqa: PLC0415

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


def run_repair(settings: Settings) -> int:
    """Save what can be read of a damaged cache into a new one."""
    from reader.store.maintenance.repair import repair  # noqa: PLC0415

    _require_cache(settings)
    found = repair(settings.cache_path, now())
    if found.kept is None:
        print(clean_line(f"{settings.cache_path}: the cache is sound; nothing is to be repaired"))
        return 0
    print(
        f"{found.headlines} headlines, {found.articles} articles and {found.saved} saved marks"
        " were saved into a new cache"
    )
    if found.rebuilt:
        print(f"of {found.rebuilt} headlines only address and marks were left; a sync fetches them")
    if found.lost:
        print(f"at least {found.lost} headlines are lost")
    print(clean_line(f"the damaged file is kept as {found.kept}"))
    return 0


def _require_cache(settings: Settings) -> None:
    if not settings.cache_path.exists():
        raise ReaderError("no_cache", place=settings.cache_path)


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Settings], int]] = {
    "prune": run_prune,
    "backup": run_backup,
    "restore": run_restore,
    "export": run_export,
}
