"""`znreader fetch`: one page into the cache."""

import argparse

from reader.cli.moment import now
from reader.cli.online import print_events, require_network
from reader.cli.printer import Printer
from reader.cli.progress import RunProgress
from reader.config import Settings
from reader.errors import ReaderError
from reader.events import Done, to_line
from reader.fetch import Client
from reader.sources.registry import followed_sources
from reader.store import Store
from reader.sync.one_page import fetch


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Fetch one page; return 1 if it could not be fetched."""
    if chosen.full_text == "feed":
        return _show_text_of_feed(chosen, settings)
    require_network(settings)
    with Store(settings.cache_path) as library, Client(now) as client:
        library.require_writable()
        events = fetch(
            library,
            client,
            settings,
            chosen.url,
            accepted=chosen.accept or chosen.full_text == "page",
        )
        sources = followed_sources(settings, library.feeds)
        progress = RunProgress(Printer.of(settings), sources, pages=True, bar=not chosen.quiet)
        done = print_events(events, None if chosen.events else progress)
    return 1 if done.failures else 0


def _show_text_of_feed(chosen: argparse.Namespace, settings: Settings) -> int:
    """Show a feed's text of an entry again; raises ReaderError if no feed has one."""
    with Store(settings.cache_path) as library:
        library.require_writable()
        if not library.feeds.choose(chosen.url, "feed"):
            raise ReaderError("no_text_of_feed", url=chosen.url)
        if chosen.events:
            print(to_line(Done(reached=True)), flush=True)
    return 0
