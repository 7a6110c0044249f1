"""`znreader sync`: listings and articles into the cache."""

import argparse
import sys

from msgspec.structs import asdict

from reader.cli.moment import now
from reader.cli.news_output import print_json
from reader.cli.notifying import with_notification
from reader.cli.online import print_events, require_network
from reader.cli.printer import Printer
from reader.cli.progress import RunProgress
from reader.config import Settings
from reader.events import Done
from reader.fetch import Client
from reader.jsonform import Json, reason_json
from reader.sources.registry import followed_sources
from reader.store import Store
from reader.sync.engine import Plan, sync

_MAX_REASONS = 20
# A run that stores many headlines reads and writes a third less of the file with this.
_MEMORY_KIB = 4_096


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Sync and print the result; return 1 only if nothing could be fetched."""
    require_network(settings)
    printer = Printer.of(settings)
    plan = Plan(tuple(chosen.sections), chosen.pages, chosen.all)
    store = Store(settings.cache_path, memory_kib=_MEMORY_KIB)
    with store as library, Client(now) as client:
        library.require_writable()
        library.mutes.adopt(settings.mute)
        sources = followed_sources(settings, library.feeds)
        run = sync(library, client, settings, plan, sources)
        events = with_notification(run, library, settings, now)
        progress = RunProgress(
            printer,
            sources,
            pages=chosen.verbose and not chosen.json,
            bar=not (chosen.quiet or chosen.json),
        )
        try:
            done = print_events(events, None if chosen.events else progress)
        except KeyboardInterrupt:
            if not chosen.quiet:
                progress.print_stopped()
            raise
    if chosen.json:
        print_json(_document(done))
    elif not chosen.events:
        if not sys.stdout.isatty():
            progress.print_sources()
        _print_summary(done, printer)
    fetched = done.articles + done.listings + done.unchanged
    # A failure at the site's own address means a section that does not exist.
    lacking = chosen.sections and any(each.url == settings.site for each in done.failures)
    return 1 if lacking or not fetched else 0


def _document(done: Done) -> Json:
    failures = [asdict(each) | {"reason": reason_json(each.reason)} for each in done.failures]
    return asdict(done) | {"failures": failures}


def _print_summary(done: Done, printer: Printer) -> None:
    printer.say(
        "synced",
        articles=done.articles,
        headlines=done.headlines,
        unchanged=done.unchanged,
        requests=done.requests,
        megabytes=done.received / 1e6,
        seconds=done.seconds,
    )
    if done.pruned:
        printer.say("sync_pruned", headlines=done.pruned)
    if done.due:
        printer.say("sync_due", headlines=done.due, moment=done.due_after)
    if sys.stderr.isatty():
        # In a pipe each one was printed as it happened.
        for failed in done.failures[:_MAX_REASONS]:
            why = printer.message(failed.reason)
            printer.remark("not_fetched", url=failed.url, why=why)
        if len(done.failures) > _MAX_REASONS:
            printer.remark("more", count=len(done.failures) - _MAX_REASONS)
    if done.drifted:
        printer.remark("drifted")
