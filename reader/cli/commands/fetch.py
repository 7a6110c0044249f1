"""`znreader fetch`: one page into the cache."""

import argparse

from reader.cli.moment import now
from reader.cli.online import follow, require_network
from reader.cli.printer import Printer
from reader.cli.progress import RunReport
from reader.config import Settings
from reader.fetch import Client
from reader.sources.registry import sources_of
from reader.store import Store
from reader.sync.one_page import fetch


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Fetch one page; return 1 if it could not be fetched."""
    require_network(settings)
    with Store(settings.cache_path) as library, Client(now) as client:
        library.require_writable()
        events = fetch(library, client, settings, chosen.url, accepted=chosen.accept)
        report = RunReport(
            Printer.of(settings), sources_of(settings), pages=True, bar=not chosen.quiet
        )
        done = follow(events, None if chosen.events else report)
    return 1 if done.failures else 0
