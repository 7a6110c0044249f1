"""`znreader prune`: removes old headlines, or restores them."""

import argparse
from datetime import datetime

from reader.cli.moment import now
from reader.cli.news_output import print_headlines, print_json
from reader.cli.printer import Printer
from reader.config import Settings
from reader.errors import ReaderError, UsageError
from reader.jsonform import headline_json, time_json
from reader.library import AdminLibrary
from reader.store import Store
from reader.store.maintenance.retention_policy import Bounds, Due

_MAX_SHOWN = 10


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Remove old headlines, list those that would be removed, or restore them; return 0.

    Raises UsageError if nothing limits what is kept.
    """
    present, printer = now(), Printer.of(settings)
    with Store(settings.cache_path) as library:
        if chosen.undo:
            return _undo(library, printer, json_form=chosen.json)
        days = chosen.days or (0 if chosen.articles else settings.retain_days)
        articles = chosen.articles or (0 if chosen.days else settings.retain_articles)
        if not days and not articles:
            raise UsageError("nothing_to_keep", path=settings.config_path)
        bounds = library.retention.bounds(present, days, articles)
        due = library.retention.due(bounds) if bounds else Due(0, 0, None, None)
        if chosen.dry_run:
            _print_due(library, bounds, due, printer, present, json_form=chosen.json)
            return 0
        pruned = library.retention.prune(bounds, present) if bounds else 0
        complaint = library.maintenance.give_back()
    if chosen.json:
        print_json({"pruned": pruned})
    elif pruned:
        printer.say("pruned", headlines=pruned)
    else:
        printer.say("nothing_to_prune")
    if complaint:
        printer.complain(complaint)
    return 0


def _undo(library: AdminLibrary, printer: Printer, *, json_form: bool) -> int:
    back = library.retention.undo_prune(now())
    if back is None:
        raise ReaderError("nothing_to_undo")
    if json_form:
        print_json({"restored": back})
    else:
        printer.say("pruning_undone", count=back)
    return 0


def _print_due(
    library: AdminLibrary,
    bounds: Bounds | None,
    due: Due,
    printer: Printer,
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
        printer.say("nothing_to_prune")
        return
    printer.say(
        "prune_due",
        headlines=due.headlines,
        articles=due.articles,
        oldest=f"{due.oldest:%Y-%m-%d}",
        newest=f"{due.newest:%Y-%m-%d}",
    )
    print_headlines(library.headlines.load(ids[-_MAX_SHOWN:][::-1]), present, printer)
    if len(ids) > _MAX_SHOWN:
        printer.say("more", count=len(ids) - _MAX_SHOWN)
