"""Lists of feeds from other programs: every feed in one that is not yet followed becomes so."""

from pathlib import Path

from reader.cli.printer import Printer
from reader.cli.standard_input import read_standard_input
from reader.config import Settings
from reader.config.feeds import FollowedFeed, with_extra_settings
from reader.config.kinds import FEED_ADDRESS, LABEL
from reader.errors import PageError
from reader.intake import read_file
from reader.library import AdminLibrary
from reader.parse import MAX_PAGE_BYTES
from reader.parse.feed.opml import (
    Subscription,
    SubscriptionList,
    read_subscriptions,
)
from reader.sources.subscriptions import Subscriptions

_MAX_LEFT_OUT = 20


def read_list(name: str) -> SubscriptionList:
    """Return the feeds in a list from a file, or from standard input for `-`; raises PageError."""
    if name != "-":
        data, _ = read_file(Path(name))
    else:
        data = read_standard_input(MAX_PAGE_BYTES)
    try:
        return read_subscriptions(data)
    except PageError as error:
        raise error.at(name) from error


def import_subscriptions(library: AdminLibrary, settings: Settings, named: SubscriptionList) -> int:
    """Follow the feeds in a list, and print how many; return the exit status."""
    printer = Printer.of(settings)
    subscriptions = Subscriptions(settings, library.feeds)
    usable = [each for each in named.feeds if FEED_ADDRESS.allows(each.url)]
    added = subscriptions.add([_followed(each) for each in usable])
    known = len(usable) - len(added)
    if added:
        printer.say("feeds_imported", feeds=len(added), known=known)
    else:
        printer.say("no_feeds_imported", known=known)
    for left in named.left_out[:_MAX_LEFT_OUT]:
        printer.remark("feed_left_out", name=left.name, fault=left.fault)
    if len(named.left_out) > _MAX_LEFT_OUT:
        printer.remark("more", count=len(named.left_out) - _MAX_LEFT_OUT)
    if subscriptions.unwritten:
        printer.complain(subscriptions.unwritten)
    return 0


def _followed(named: Subscription) -> FollowedFeed:
    """Return a feed of a list in the form to follow; its section is the innermost folder."""
    section = named.folders[-1] if named.folders else ""
    name = named.title if named.title and LABEL.allows(named.title) else ""
    url = FEED_ADDRESS.take(named.url)
    feed = FollowedFeed(url, name, section if LABEL.allows(section) else "")
    return with_extra_settings(feed, named.settings)
