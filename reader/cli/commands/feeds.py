"""`znreader feeds`: the feeds that are followed, and the state of each."""

import argparse
from collections.abc import Callable, Iterable

from msgspec.structs import asdict, replace

from reader.cli.known_feeds import known_feeds
from reader.cli.moment import now
from reader.cli.news_output import print_json
from reader.cli.printer import Printer
from reader.config import Settings
from reader.config.feeds import FollowedFeed
from reader.errors import ReaderError
from reader.i18n import sentence
from reader.jsonform import feed_state_json
from reader.model import FeedState, Sighting
from reader.sources.feed import name_in_lists
from reader.sources.subscriptions import Followed, Subscriptions
from reader.sources.suggestions import suggestions
from reader.store import Store
from reader.text.relative_time import describe_age
from reader.text.url import without_password


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Run the chosen action on the feeds; return the exit status.

    Those that need the network or the parser have modules of their own.
    """
    actions: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
        "remove": _remove,
        "rename": _rename,
        "mute": _mute,
        "list": _list,
        "suggest": _suggest,
    }
    return actions[chosen.action](chosen, settings)


def _remove(chosen: argparse.Namespace, settings: Settings) -> int:
    with Store(settings.cache_path) as library:
        subscriptions = Subscriptions(settings, library.feeds)
        states = library.feeds.states()
        feed = _found(subscriptions.load(), states, chosen.feed)
        subscriptions.remove(feed)
        Printer.of(settings).say("feed_removed", feed=_name_of(feed, states))
        _complain(subscriptions, settings)
    return 0


def _rename(chosen: argparse.Namespace, settings: Settings) -> int:
    with Store(settings.cache_path) as library:
        subscriptions = Subscriptions(settings, library.feeds)
        states = library.feeds.states()
        feed = _found(subscriptions.load(), states, chosen.feed)
        section = feed.section if chosen.section is None else chosen.section
        text = chosen.full_text or feed.full_text
        other = replace(feed, name=chosen.name, section=section, full_text=text)
        subscriptions.rename(feed, other)
        Printer.of(settings).say("feed_renamed", feed=feed.url, name=_name_of(other, states))
        _complain(subscriptions, settings)
    return 0


def _mute(chosen: argparse.Namespace, settings: Settings) -> int:
    with Store(settings.cache_path) as library:
        subscriptions = Subscriptions(settings, library.feeds)
        states = library.feeds.states()
        feed = _found(subscriptions.load(), states, chosen.feed)
        subscriptions.replace(feed, replace(feed, muted=not chosen.off))
        Printer.of(settings).say(
            "feed_unmuted" if chosen.off else "feed_muted", feed=_name_of(feed, states)
        )
        _complain(subscriptions, settings)
    return 0


def _list(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print each feed with its unread headlines, and how it last answered."""
    printer = Printer.of(settings)
    followed, states = known_feeds(settings)
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
            answered = "–"
            if state and state.checked:
                seen = Sighting(state.checked, state.checked)
                answered = describe_age(seen, now(), settings.language)
            printer.say(
                "feed_line",
                name=name_in_lists(feed, state),
                unread=state.unread if state else 0,
                answered=answered,
            )
            if why := _why(feed, state, printer):
                print(f"    {printer.signs(why)}")
        if not pairs:
            printer.say("no_feeds")
    return 0


def _name_of(feed: FollowedFeed, states: Iterable[FeedState]) -> str:
    """Return how the list names a feed."""
    return name_in_lists(feed, next((each for each in states if each.source == feed.key), None))


def _why(feed: FollowedFeed, state: FeedState | None, printer: Printer) -> str:
    if feed.muted:
        return printer.sentence("feed_is_muted")
    return printer.message(state.failure) if state and state.failure else ""


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
    if feed := followed.find(text, states):
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
