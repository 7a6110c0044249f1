"""`znreader feeds add`: finds a feed, adds it to the list, and stores its entries at once."""

import argparse

from msgspec.structs import replace

from reader.cli.moment import now
from reader.cli.online import require_network
from reader.cli.printer import Printer
from reader.config import Settings
from reader.config.feeds import FollowedFeed
from reader.config.kinds import FEED_ADDRESS
from reader.errors import FetchError, PageError, ReaderError, SiteUnreachable, UsageError
from reader.events import Done, Event, Started, to_line
from reader.fetch import Client
from reader.library import AdminLibrary
from reader.model import FeedLinks
from reader.sources.feed import FeedSource
from reader.sources.subscriptions import Subscriptions
from reader.store import Store
from reader.sync.feed_answers import FoundFeed, find_feed, store_feed
from reader.sync.feeds import describe
from reader.text.url import has_password, without_feed_scheme

_WRONG_USAGE = 2
_PLACING_SECONDS = 5.0


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Follow a feed; return 2 if the page there offers several, which are listed, else 0.

    Raises ReaderError if there is no feed, or it is followed already.
    """
    stated = without_feed_scheme(chosen.url.strip())
    url = stated if "://" in stated else f"https://{stated}"
    if has_password(url):
        raise UsageError("feed_password")
    if not FEED_ADDRESS.allows(url):
        raise UsageError("feed_address", url=chosen.url)
    feed = FollowedFeed(
        FEED_ADDRESS.take(stated),
        chosen.name or "",
        chosen.section or "",
        chosen.full_text or "auto",
    )
    with Store(settings.cache_path) as library:
        return _follow(library, settings, feed, as_events=chosen.events)


def _follow(
    library: AdminLibrary, settings: Settings, feed: FollowedFeed, *, as_events: bool
) -> int:
    """Follow the feed at an address and print the result; return the exit status."""
    printer = Printer.of(settings)
    subscriptions = Subscriptions(settings, library.feeds)
    if subscriptions.load().find(feed.url, library.feeds.states()):
        raise ReaderError("feed_followed", url=feed.url)
    require_network(settings)
    library.require_writable()
    _tell(Started(1), as_events)
    with Client(now) as client:
        try:
            found = _found(client, feed.url)
        except (FetchError, PageError) as error:
            raise FetchError.of(error.reason.at(feed.url)) from error
    if isinstance(found, FeedLinks):
        printer.remark("feeds_found", url=feed.url, feeds=len(found.links))
        for link in found.links:
            print(f"{link.url}  {link.title or ''}".rstrip())
        if as_events:
            raise ReaderError(
                "several_feeds",
                feeds=[link.url for link in found.links],
                titles=[link.title or "" for link in found.links],
            )
        return _WRONG_USAGE
    feed = replace(feed, url=found.url)
    if not subscriptions.add([feed]):
        raise ReaderError("feed_followed", url=feed.url)
    source = FeedSource(feed)
    describe(library, [source], len(subscriptions.load().feeds) - 1)
    stored = store_feed(library, source, found.fetched)
    library.stories.place(now(), _PLACING_SECONDS)
    title = source.title_of(found.feed.title)
    if subscriptions.unwritten:
        printer.complain(subscriptions.unwritten)
    if as_events:
        if stored:
            _tell(stored, as_events)
        _tell(Done(requests=1, headlines=stored.new if stored else 0, reached=True), as_events)
    else:
        new = stored.new if stored else 0
        printer.say("feed_added", name=title, url=feed.url, headlines=new)
    return 0


def _found(client: Client, url: str) -> FoundFeed | FeedLinks:
    """Return the feed or feeds found at an address, which may lack its `https:`."""
    if "://" in url:
        return find_feed(client, url)
    try:
        return find_feed(client, f"https://{url}")
    except SiteUnreachable:
        return find_feed(client, f"http://{url}")


def _tell(event: Event, as_events: bool) -> None:
    if as_events:
        print(to_line(event), flush=True)
