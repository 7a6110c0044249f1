"""The feeds that a reader follows: those of the settings, and those that were added here.

What is added stands in `feeds.toml` beside the settings file, which itself is never written. Where
that folder cannot be written, the list is kept in the store until it can.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader.config import Settings
from reader.config.feeds import FollowedFeed, feed_list
from reader.config.loader import StoredFeeds, feeds_in, read_feeds
from reader.errors import ReaderError, Reason, UsageError, os_reason, reason
from reader.files import make_folder, written_whole
from reader.library import FeedQueries
from reader.model import FeedName
from reader.sources.feed import FeedSource
from reader.text.url import address

_FILE = "feeds.toml"


@dataclass(frozen=True, slots=True)
class Followed:
    """The feeds that are followed: those of the settings first, then the others.

    `settled` are the keys of feeds that the settings name, which only a person changes;
    `problems` are what is wrong in the list of the others.
    """

    feeds: tuple[FollowedFeed, ...]
    settled: frozenset[str] = frozenset()
    problems: tuple[Reason, ...] = ()

    def find(self, text: str) -> FollowedFeed | None:
        """Return the feed with this address, or else with this name."""
        key = address(text)
        by_key = next((feed for feed in self.feeds if feed.key == key), None)
        folded = text.casefold()
        return by_key or next((feed for feed in self.feeds if feed.name.casefold() == folded), None)


def feeds_path(settings: Settings) -> Path:
    """Return the file of the feeds that were added in the program."""
    return settings.config_path.with_name(_FILE)


def followed_feeds(settings: Settings, kept: str | None = None) -> Followed:
    """Return the feeds that are followed; the list that was `kept` counts before the file."""
    stored = StoredFeeds(feeds_in(kept)) if kept is not None else read_feeds(feeds_path(settings))
    settled = frozenset(feed.key for feed in settings.feeds)
    others = (feed for feed in stored.feeds if feed.key not in settled)
    return Followed((*settings.feeds, *others), settled, stored.problems)


class Subscriptions:
    """Reads and changes the list of the feeds that are followed."""

    def __init__(self, settings: Settings, store: FeedQueries) -> None:
        self._settings = settings
        self._store = store
        self._path = feeds_path(settings)
        self.unwritten: Reason | None = None

    def load(self) -> Followed:
        """Return the feeds that are followed."""
        return followed_feeds(self._settings, self._store.kept_list())

    def add(self, feeds: Sequence[FollowedFeed]) -> list[FollowedFeed]:
        """Add feeds to the list, and return those that were not followed yet."""
        settled = {feed.key for feed in self._settings.feeds}
        added: list[FollowedFeed] = []

        def change(own: Sequence[FollowedFeed]) -> Sequence[FollowedFeed]:
            known = settled | {feed.key for feed in own}
            for feed in feeds:
                if feed.key not in known:
                    known.add(feed.key)
                    added.append(feed)
            return (*own, *added)

        self._change(change)
        return added

    def remove(self, feed: FollowedFeed) -> None:
        """Take a feed off the list; raises UsageError where the settings name it."""
        self._require_own(feed)
        self._change(lambda own: [each for each in own if each.key != feed.key])
        self._store.unfollow(feed.key)

    def replace(self, feed: FollowedFeed, other: FollowedFeed) -> None:
        """Put another in the place of a feed; raises UsageError where the settings name it."""
        self._require_own(feed)
        self._change(lambda own: [other if each.key == feed.key else each for each in own])

    def rename(self, feed: FollowedFeed, other: FollowedFeed) -> None:
        """Put another name or group in the place of a feed's, also where its news is shown.

        Raises UsageError where the settings name it.
        """
        self.replace(feed, other)
        state = next((each for each in self._store.states() if each.source == feed.key), None)
        source = FeedSource(other, state)
        section = source.section_of(source.title)
        self._store.describe([FeedName(feed.key, feed.url, source.title, section)])

    def _require_own(self, feed: FollowedFeed) -> None:
        if any(each.key == feed.key for each in self._settings.feeds):
            place = self._settings.config_path
            raise UsageError("feed_in_settings", url=feed.url, place=place)

    def _change(self, change: Callable[[Sequence[FollowedFeed]], Sequence[FollowedFeed]]) -> None:
        """Change the list and write it whole; what could not be read is never written over."""
        self.unwritten = None

        def changed(kept: str | None) -> str | None:
            if kept is not None:
                own: Sequence[FollowedFeed] = feeds_in(kept)
            else:
                stored = read_feeds(self._path)
                if stored.problems:
                    raise ReaderError(
                        "feeds_file_wrong", cause=stored.problems[0], place=self._path
                    )
                own = stored.feeds
            text = feed_list(change(own))
            try:
                make_folder(self._path.parent)
                with written_whole(self._path) as part:
                    part.write_text(text, encoding="utf-8")
            except OSError as error:
                self.unwritten = reason("feeds_unwritten", cause=os_reason(error), place=self._path)
                return text
            return None

        self._store.change_list(changed)
