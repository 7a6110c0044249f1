"""The feeds that a reader follows: those of the settings, and those that were added here.

What is added stands in `feeds.toml` beside the settings file, which itself is never written. Where
that folder cannot be written, the list is kept in the store until it can.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reader.config import Settings
from reader.config.feeds import FollowedFeed, feed_list
from reader.config.loader import StoredFeeds, feeds_in, read_feeds
from reader.errors import ReaderError, Reason, UsageError, os_reason, reason
from reader.files import make_folder, written_whole
from reader.model import FeedName, FeedState
from reader.sources.feed import FeedSource
from reader.text.url import address

_FILE = "feeds.toml"


class ListKeeper(Protocol):
    """What keeps the list where its file cannot be written, as `reader.store.feeds` does."""

    def kept_list(self) -> str | None:
        """Return the list of feeds that could not be written to its file, None for none."""

    def change_list(self, change: Callable[[str | None], str | None]) -> None:
        """Keep the list that `change` makes of the kept one, and let nobody change it meanwhile."""


class FeedStore(ListKeeper, Protocol):
    """What knows of feeds how they answered and what they are shown as, as `store.feeds` does."""

    def states(self) -> list[FeedState]:
        """Return what is known of all feeds that are or were followed."""

    def describe(self, names: Iterable[FeedName]) -> None:
        """Note what feeds are shown as, and bring their items into their sections."""


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


class Subscriptions:
    """Reads and changes the list of the feeds that are followed."""

    def __init__(self, settings: Settings, keeper: ListKeeper) -> None:
        self._settings = settings
        self._keeper = keeper
        self.unwritten: Reason | None = None

    @property
    def path(self) -> Path:
        """Return the file of the list."""
        return self._settings.config_path.with_name(_FILE)

    def load(self) -> Followed:
        """Return the feeds that are followed."""
        kept = self._keeper.kept_list()
        stored = read_feeds(self.path) if kept is None else StoredFeeds(feeds_in(kept))
        settled = frozenset(feed.key for feed in self._settings.feeds)
        others = (feed for feed in stored.feeds if feed.key not in settled)
        return Followed((*self._settings.feeds, *others), settled, stored.problems)

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

    def replace(self, feed: FollowedFeed, other: FollowedFeed) -> None:
        """Put another in the place of a feed; raises UsageError where the settings name it."""
        self._require_own(feed)
        self._change(lambda own: [other if each.key == feed.key else each for each in own])

    def rename(self, store: FeedStore, feed: FollowedFeed, other: FollowedFeed) -> None:
        """Put another name or group in the place of a feed's, also where its news is shown.

        Raises UsageError where the settings name it.
        """
        self.replace(feed, other)
        state = next((each for each in store.states() if each.source == feed.key), None)
        source = FeedSource(other, state)
        section = source.section_of(source.title)
        store.describe([FeedName(feed.key, feed.url, source.title, section)])

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
                stored = read_feeds(self.path)
                if stored.problems:
                    raise ReaderError("feeds_file_wrong", cause=stored.problems[0], place=self.path)
                own = stored.feeds
            text = feed_list(change(own))
            try:
                make_folder(self.path.parent)
                with written_whole(self.path) as part:
                    part.write_text(text, encoding="utf-8")
            except OSError as error:
                self.unwritten = reason("feeds_unwritten", cause=os_reason(error), place=self.path)
                return text
            return None

        self._keeper.change_list(changed)
