"""`znreader feeds`: the feeds that are followed, and the state of each."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import asdict, replace

from reader.cli.feed_lists import import_subscriptions, read_list
from reader.cli.output import print_json
from reader.cli.printer import Printer
from reader.config import Settings
from reader.config.feeds import FollowedFeed, extra_settings
from reader.config.kinds import FEED_ADDRESS
from reader.errors import ReaderError, UsageError, os_reason
from reader.files import may_exist, written_whole
from reader.i18n import sentence
from reader.jsonform import feed_state_json
from reader.model import FeedState, Sighting
from reader.sources.subscriptions import Followed, Subscriptions, followed_feeds
from reader.sources.suggestions import suggestions
from reader.store import Store
from reader.store.archive.files import refuse_existing
from reader.text.relative_time import describe_age
from reader.text.url import has_password, without_password

_WRONG_USAGE = 2


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Run the chosen subcommand on the feeds; return 1 if it failed."""
    actions: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
        "add": _add,
        "remove": _remove,
        "rename": _rename,
        "mute": _mute,
        "list": _list,
        "import": _import,
        "export": _export,
        "suggest": _suggest,
    }
    return actions[chosen.action](chosen, settings)


def _add(chosen: argparse.Namespace, settings: Settings) -> int:
    """Follow a feed; return 2 if the page there offers several, which are listed."""
    # Slow to import, and needed only here.
    from reader.cli.following import follow_feed  # noqa: PLC0415

    url = chosen.url if "://" in chosen.url else f"https://{chosen.url}"
    if has_password(url):
        raise UsageError("feed_password")
    if not FEED_ADDRESS.allows(url):
        raise UsageError("feed_address", url=chosen.url)
    feed = FollowedFeed(
        FEED_ADDRESS.take(chosen.url),
        chosen.name or "",
        chosen.section or "",
        chosen.full_text or "auto",
    )
    with Store(settings.cache_path) as library:
        return follow_feed(library, settings, feed, as_events=chosen.events)


def _remove(chosen: argparse.Namespace, settings: Settings) -> int:
    with Store(settings.cache_path) as library:
        subscriptions = Subscriptions(settings, library.feeds)
        feed = _found(subscriptions.load(), library.feeds.states(), chosen.feed)
        subscriptions.remove(feed)
        Printer.of(settings).report("feed_removed", feed=feed.name or feed.url)
        _complain(subscriptions, settings)
    return 0


def _rename(chosen: argparse.Namespace, settings: Settings) -> int:
    with Store(settings.cache_path) as library:
        subscriptions = Subscriptions(settings, library.feeds)
        feed = _found(subscriptions.load(), library.feeds.states(), chosen.feed)
        section = feed.section if chosen.section is None else chosen.section
        text = chosen.full_text or feed.full_text
        other = replace(feed, name=chosen.name, section=section, full_text=text)
        subscriptions.rename(feed, other)
        Printer.of(settings).report("feed_renamed", feed=feed.url, name=other.name or other.url)
        _complain(subscriptions, settings)
    return 0


def _mute(chosen: argparse.Namespace, settings: Settings) -> int:
    with Store(settings.cache_path) as library:
        subscriptions = Subscriptions(settings, library.feeds)
        feed = _found(subscriptions.load(), library.feeds.states(), chosen.feed)
        subscriptions.replace(feed, replace(feed, muted=not chosen.off))
        Printer.of(settings).report(
            "feed_unmuted" if chosen.off else "feed_muted", feed=feed.name or feed.url
        )
        _complain(subscriptions, settings)
    return 0


def _list(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print each feed with its unread headlines, and how it last answered."""
    from reader.cli.moment import now  # noqa: PLC0415

    printer = Printer.of(settings)
    followed, states = _known(settings)
    pairs = [(feed, states.get(feed.key)) for feed in followed.feeds]
    if chosen.json:
        language = settings.language
        documents = [
            feed_state_json(
                feed,
                state,
                sentence(state.failure, language) if state and state.failure else None,
            )
            for feed, state in pairs
        ]
        print_json({"feeds": documents})
    else:
        for problem in followed.problems:
            printer.complain(problem)
        for feed, state in pairs:
            name = feed.name or (state.name if state else feed.url)
            answered = "–"
            if state and state.checked:
                seen = Sighting(state.checked, state.checked)
                answered = describe_age(seen, now(), settings.language)
            printer.report(
                "feed_line",
                name=name,
                unread=state.unread if state else 0,
                answered=answered,
            )
            if why := _why(feed, state, printer):
                print(f"    {printer.signs(why)}")
        if not pairs:
            printer.report("no_feeds")
    return 0


def _known(settings: Settings) -> tuple[Followed, dict[str, FeedState]]:
    """Return the feeds that are followed, and the states of feeds by their keys."""
    if not may_exist(settings.cache_path):
        return followed_feeds(settings), {}
    with Store(settings.cache_path) as library:
        states = {state.source: state for state in library.feeds.states()}
        return followed_feeds(settings, library.feeds.kept_list()), states


def _why(feed: FollowedFeed, state: FeedState | None, printer: Printer) -> str:
    if state and state.failure:
        return printer.message(state.failure)
    return printer.sentence("feed_is_muted") if feed.muted else ""


def _import(chosen: argparse.Namespace, settings: Settings) -> int:
    with Store(settings.cache_path) as library:
        return import_subscriptions(library, settings, read_list(chosen.file))


def _export(chosen: argparse.Namespace, settings: Settings) -> int:
    """Write the feeds as OPML."""
    from reader.parse.feed.opml import Subscription, write_opml  # noqa: PLC0415

    followed, states = _known(settings)
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
    Printer.of(settings).report("feeds_exported", feeds=len(known), path=target)
    return 0


def _suggest(chosen: argparse.Namespace, settings: Settings) -> int:
    found = suggestions()
    if chosen.json:
        print_json({"suggestions": [asdict(each) for each in found]})
    else:
        for each in found:
            print(f"{each.name}: {each.url or each.home or '–'}")
        Printer.of(settings).remark("how_to_add")
    return 0


def _found(followed: Followed, states: list[FeedState], text: str) -> FollowedFeed:
    """Return the feed that a text names; raises UsageError if it names none or several."""
    if feed := followed.find(text):
        return feed
    titles = {state.source: state.name.casefold() for state in states}
    found = [feed for feed in followed.feeds if titles.get(feed.key) == text.casefold()]
    if len(found) != 1:
        raise ReaderError("no_such_feed", feed=without_password(text) if "://" in text else text)
    return found[0]


def _complain(subscriptions: Subscriptions, settings: Settings) -> None:
    """Print why the list of feeds could not be written, if it could not."""
    if subscriptions.unwritten:
        Printer.of(settings).complain(subscriptions.unwritten)
