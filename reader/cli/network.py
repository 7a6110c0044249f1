"""The commands that use the network: `sync` and `fetch`, and pages fetched on the spot."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from reader.cli.complaint import told
from reader.cli.moment import now
from reader.cli.output import print_json
from reader.cli.progress import print_progress
from reader.config import Settings
from reader.errors import FetchError, PageError
from reader.events import Done, Event, Failed, to_line
from reader.library import AdminLibrary
from reader.model import Article, Listing
from reader.store import Store
from reader.text.sanitize import clean_line
from reader.text.url import WEB

if TYPE_CHECKING:
    from reader.fetch import Fetched

_MAX_REASONS = 20


def run_sync(chosen: argparse.Namespace, settings: Settings) -> int:
    """Sync, telling it as the arguments want; return 1 only if nothing could be fetched."""
    _require_network(settings)
    from reader.fetch import Client  # noqa: PLC0415
    from reader.sync.engine import Plan, sync  # noqa: PLC0415

    plan = Plan(tuple(chosen.sections), chosen.pages, chosen.all)
    with Store(settings.cache_path) as library, Client(now) as client:
        library.require_writable()
        events = sync(library, client, settings, plan)
        done = _follow(events, events=chosen.events, quiet=chosen.json)
    if chosen.json:
        print_json(asdict(done))
    elif not chosen.events:
        _print_summary(done)
    fetched = done.articles + done.listings + done.unchanged
    # What failed of the site itself is a section that it does not have.
    lacking = chosen.sections and any(each.url == settings.site for each in done.failures)
    return 1 if lacking or not fetched else 0


def run_fetch(chosen: argparse.Namespace, settings: Settings) -> int:
    """Fetch one page; return 1 if it could not be had."""
    _require_network(settings)
    from reader.fetch import Client  # noqa: PLC0415
    from reader.sync.one_page import fetch  # noqa: PLC0415

    with Store(settings.cache_path) as library, Client(now) as client:
        library.require_writable()
        done = _follow(fetch(library, client, settings, chosen.url), events=chosen.events)
    return 1 if done.failures else 0


def fetch_into(library: AdminLibrary, settings: Settings, url: str) -> None:
    """Fetch the page at `url` into the cache; raises FetchError where it could not be had."""
    if settings.offline:
        raise FetchError("not_cached_offline", url=url)
    if not url.startswith(WEB):
        raise FetchError("not_cached", url=url)
    from reader.fetch import Client  # noqa: PLC0415
    from reader.sync.one_page import fetch  # noqa: PLC0415

    with Client(now) as client:
        for event in fetch(library, client, settings, url):
            if isinstance(event, Failed):
                raise FetchError.of(event.reason.at(url))


def parse_online(
    settings: Settings, page_url: str, own_url: str | None, at: datetime | None
) -> Article | Listing:
    """Return what the page at `page_url` holds, and store nothing.

    Raises FetchError, naming the page, also where it came but could not be read.
    """
    from reader.parse import parse_page  # noqa: PLC0415

    try:
        found = fetch_online(settings, page_url)
        return parse_page(
            found.data,
            at or found.at,
            own_url or found.url,
            settings.site,
            settings.selectors,
            charset=found.charset,
        )
    except (FetchError, PageError) as error:
        raise FetchError.of(error.reason.at(page_url)) from error


def fetch_online(settings: Settings, page_url: str) -> "Fetched":
    """Return the page at an address as it came; raises FetchError where it did not."""
    _require_network(settings)
    from reader.fetch import Client, Unchanged  # noqa: PLC0415

    with Client(now) as client:
        found = client.get(page_url)
    if isinstance(found, Unchanged):
        raise FetchError("page_withheld")
    return found


def _require_network(settings: Settings) -> None:
    if settings.offline:
        raise FetchError("offline")


def _follow(stream: Iterator[Event], *, events: bool, quiet: bool = False) -> Done:
    """Print the events as they happen, in the form that is wanted, and return the last."""
    done = Done()
    for event in stream:
        if events:
            print(to_line(event), flush=True)
        elif not quiet:
            print_progress(event)
        if isinstance(event, Done):
            done = event
    return done


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
