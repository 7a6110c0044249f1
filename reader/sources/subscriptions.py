"""The feeds that a reader follows: those in the settings, and those added in the program.

Added feeds are listed in `feeds.toml` beside the settings file, which itself is never written. If
that folder cannot be written to, the list is kept in the store until it can.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from reader.config import Settings
from reader.config.feeds import MAX_FEEDS, FollowedFeed, feed_list
from reader.config.kinds import FEED_ADDRESS
from reader.config.loader import StoredFeeds, feeds_in, read_feeds
from reader.errors import ReaderError, Reason, UsageError, os_reason, reason
from reader.files import make_folder, may_exist, written_whole
from reader.library import FeedQueries
from reader.model import ChosenFeed, FeedName, FeedState
from reader.sources.feed import FeedSource
from reader.text.url import address

_FILE = "feeds.toml"


class Followed(Struct, frozen=True):
    """The feeds that are followed: those in the settings first, then the others.

    `settled` are the keys of feeds in the settings, which only a person changes; `problems` are
    the errors in the list of the others.
    """

    feeds: tuple[FollowedFeed, ...]
    settled: frozenset[str] = frozenset()
    problems: tuple[Reason, ...] = ()

    def find(self, text: str, states: Iterable[FeedState] = ()) -> FollowedFeed | None:
        """Return the feed with this address, or else with this name.

        Of feeds that have moved, the `states` have the new addresses.
        """
        key, folded = address(text), text.casefold()
        moved = {state.source for state in states if address(state.url) == key}
        found = (
            next((feed for feed in self.feeds if feed.key == key), None),
            next((feed for feed in self.feeds if feed.key in moved), None),
            next((feed for feed in self.feeds if feed.name.casefold() == folded), None),
        )
        return next(filter(None, found), None)


def feeds_path(settings: Settings) -> Path:
    """Return the file of the feeds that were added in the program."""
    return settings.config_path.with_name(_FILE)


def followed_feeds(settings: Settings, kept: str | None = None) -> Followed:
    """Return the feeds that are followed; a `kept` list takes precedence over the file."""
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
        places = {state.source: address(state.url) for state in self._store.states()}
        added: list[FollowedFeed] = []

        def change(own: Sequence[FollowedFeed]) -> Sequence[FollowedFeed]:
            known = settled | {feed.key for feed in own}
            known |= {places[key] for key in known if key in places}
            for feed in feeds:
                if feed.key not in known:
                    known.add(feed.key)
                    added.append(feed)
            return (*own, *added)

        self._change(change)
        return added

    def remove(self, feed: FollowedFeed) -> int:
        """Take a feed off the list; return its place. Raises UsageError for one in the settings."""
        self._require_own(feed)
        places: list[int] = []

        def change(own: Sequence[FollowedFeed]) -> Sequence[FollowedFeed]:
            places.extend(place for place, each in enumerate(own) if each.key == feed.key)
            return [each for each in own if each.key != feed.key]

        self._change(change)
        self._store.unfollow(feed.key)
        return places[0] if places else 0

    def restore(self, feed: FollowedFeed, place: int) -> None:
        """Put a feed back on the list where it was, as if it had never been taken off."""
        self._change(
            lambda own: (
                own
                if any(each.key == feed.key for each in own)
                else [*own[:place], feed, *own[place:]]
            )
        )
        followed = self.load().feeds
        position = next((at for at, each in enumerate(followed) if each.key == feed.key), None)
        self._store.describe([FeedName(feed.key, feed.url, position=position)])

    def replace(self, feed: FollowedFeed, other: FollowedFeed) -> None:
        """Replace a feed with another; raises UsageError if the settings name it."""
        self._require_own(feed)
        self._change(lambda own: [other if each.key == feed.key else each for each in own])

    def rename(self, feed: FollowedFeed, other: FollowedFeed) -> None:
        """Change the name or group of a feed, also for its news in the store.

        Raises UsageError if the settings name it.
        """
        self.replace(feed, other)
        state = next((each for each in self._store.states() if each.source == feed.key), None)
        source = FeedSource(other, state)
        section = source.section_of(source.title)
        self._store.describe([FeedName(feed.key, feed.url, source.title, section)])

    def note_choices(self) -> None:
        """Note for other machines which feeds are followed, unless there is no list.

        The feeds in the settings are left out, as settings are not shared.
        """
        own = self._own()
        if own is not None:
            self._store.note_list([(feed.url, feed.muted) for feed in own])

    def apply_choices(self) -> None:
        """Apply the choices made on other machines to the list; may raise ReaderError."""
        settled = {feed.key for feed in self._settings.feeds}
        chosen = {
            address(each.url): each
            for each in self._store.choices()
            if FEED_ADDRESS.allows(_at_web(each.url)) and address(each.url) not in settled
        }
        own = self._own() or ()
        if _with_choices(own, chosen) != tuple(own):
            self._change(lambda own: _with_choices(own, chosen))
            for key in {feed.key for feed in own} & {
                key for key, each in chosen.items() if each.followed is False
            }:
                self._store.unfollow(key)

    def _own(self) -> Sequence[FollowedFeed] | None:
        """Return the list, or None if there is none or it cannot be read in full."""
        kept = self._store.kept_list()
        if kept is not None:
            return feeds_in(kept)
        stored = read_feeds(self._path)
        return stored.feeds if may_exist(self._path) and not stored.problems else None

    def _require_own(self, feed: FollowedFeed) -> None:
        if any(each.key == feed.key for each in self._settings.feeds):
            place = self._settings.config_path
            raise UsageError("feed_in_settings", url=feed.url, place=place)

    def _change(self, change: Callable[[Sequence[FollowedFeed]], Sequence[FollowedFeed]]) -> None:
        """Change the list and write it in full; an unreadable list is never overwritten."""
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
        if self._settings.sync_path is not None:
            self.note_choices()


def _at_web(url: str) -> str:
    """Return the address of a feed, which other programs may give without its scheme."""
    return url if "://" in url else f"https://{url}"


def _with_choices(
    own: Sequence[FollowedFeed], chosen: Mapping[str, ChosenFeed]
) -> tuple[FollowedFeed, ...]:
    """Return a list of feeds, changed by the `chosen` states of those with these keys."""
    feeds = {feed.key: feed for feed in own}
    for key, each in chosen.items():
        if each.followed is False:
            feeds.pop(key, None)
        elif each.followed and key not in feeds and len(feeds) < MAX_FEEDS:
            feeds[key] = FollowedFeed(FEED_ADDRESS.take(_at_web(each.url)))
        if key in feeds and each.muted is not None:
            feeds[key] = replace(feeds[key], muted=each.muted)
    return tuple(feeds.values())
