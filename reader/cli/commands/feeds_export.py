"""`znreader feeds export`: the feeds that are followed, as OPML."""

import argparse
import sys
from pathlib import Path

from reader.cli.known_feeds import known_feeds
from reader.cli.printer import Printer
from reader.config import Settings
from reader.config.feeds import extra_settings
from reader.errors import ReaderError, os_reason
from reader.files import written_whole
from reader.parse.feed.opml import Subscription, write_opml
from reader.store.archive.files import refuse_existing


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Write the feeds to a file or to standard output; return 0.

    Raises ReaderError if the file cannot be written.
    """
    followed, states = known_feeds(settings)
    known = [(feed, states.get(feed.key)) for feed in followed.feeds]
    document = write_opml(
        [
            Subscription(
                state.url if state else feed.url,
                feed.name or (state.title if state else None),
                state.home if state else None,
                (feed.section,) if feed.section else (),
                extra_settings(feed),
            )
            for feed, state in known
        ],
        "znreader",
    )
    if chosen.file == "-":
        sys.stdout.write(document.decode("utf-8"))
        return 0
    target = Path(chosen.file)
    refuse_existing(target, settings.cache_path, force=chosen.force)
    try:
        with written_whole(target) as part:
            part.write_bytes(document)
    except OSError as error:
        raise ReaderError("file_unwritable", place=target, cause=os_reason(error)) from error
    Printer.of(settings).say("feeds_exported", feeds=len(known), path=target)
    return 0
