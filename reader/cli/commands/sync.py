"""`znreader sync`: listings and articles into the cache."""

import argparse
import sys
from dataclasses import asdict

from reader.cli.complaint import told
from reader.cli.moment import now
from reader.cli.online import follow, require_network
from reader.cli.output import print_json
from reader.cli.progress import ProgressPrinter
from reader.config import Settings
from reader.events import Done
from reader.fetch import Client
from reader.sources.registry import sources_of
from reader.store import Store
from reader.sync.engine import Plan, sync
from reader.text.sanitize import clean_line

_MAX_REASONS = 20


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Sync, telling it as the arguments want; return 1 only if nothing could be fetched."""
    require_network(settings)
    plan = Plan(tuple(chosen.sections), chosen.pages, chosen.all)
    with Store(settings.cache_path) as library, Client(now) as client:
        library.require_writable()
        events = sync(library, client, settings, plan)
        bar = not (chosen.quiet or chosen.json)
        pages = chosen.verbose and not chosen.json
        printer = ProgressPrinter(sources_of(settings), pages=pages, bar=bar)
        done = follow(events, None if chosen.events else printer)
    if chosen.json:
        print_json(asdict(done))
    elif not chosen.events:
        if not sys.stdout.isatty():
            printer.print_sources()
        _print_summary(done)
    fetched = done.articles + done.listings + done.unchanged
    # What failed of the site itself is a section that it does not have.
    lacking = chosen.sections and any(each.url == settings.site for each in done.failures)
    return 1 if lacking or not fetched else 0


def _print_summary(done: Done) -> None:
    what = f"{done.articles} articles, {done.headlines} new headlines, {done.unchanged} unchanged"
    cost = f"{done.requests} requests, {done.received / 1e6:.1f} MB, {done.seconds:.1f} s"
    print(f"{what} ({cost})")
    if done.pruned:
        print(
            f"{done.pruned} old headlines went; `znreader prune --undo` takes them back for a day"
        )
    if done.due:
        print(f"{done.due} old headlines go with a sync after {done.due_after}; "
              "`znreader prune --dry-run` shows them, saving one keeps it")  # fmt: skip
    # In a pipe each was told as it happened.
    for failed in done.failures[:_MAX_REASONS] if sys.stderr.isatty() else ():
        print(clean_line(f"not fetched: {failed.url}: {told(failed.reason)}"), file=sys.stderr)
    if len(done.failures) > _MAX_REASONS and sys.stderr.isatty():
        print(f"and {len(done.failures) - _MAX_REASONS} more", file=sys.stderr)
    if done.drifted:
        print("the site's layout seems to have changed: most pages could not be read; "
              "`znreader doctor` tells what was found and missed", file=sys.stderr)  # fmt: skip
