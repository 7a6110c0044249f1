"""`znreader feeds import`: follows the feeds in a list of another program."""

import argparse

from reader.cli.feed_lists import import_subscriptions, read_list
from reader.config import Settings
from reader.store import Store


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Follow the feeds in a list from a file or standard input; return 0.

    Raises PageError if it is not a list of feeds.
    """
    with Store(settings.cache_path) as library:
        return import_subscriptions(library, settings, read_list(chosen.file))
