"""The sources that the settings name."""

from collections.abc import Iterable

from reader.config import Settings
from reader.config.feeds import FollowedFeed
from reader.library import FeedQueries
from reader.model import FeedState
from reader.sources.base import Source
from reader.sources.feed import FeedSource
from reader.sources.subscriptions import followed_feeds
from reader.sources.zeelandnet import zeelandnet


def sources_of(
    settings: Settings, feeds: Iterable[FollowedFeed] = (), states: Iterable[FeedState] = ()
) -> tuple[Source, ...]:
    """Return all sources, in the order in which a run visits them; the first is the main one.

    `states` are the stored states of `feeds`; muted feeds are left out.
    """
    known = {state.source: state for state in states}
    return (
        zeelandnet(settings.site, settings.selectors, settings.pause),
        *(
            FeedSource(feed, known.get(feed.key), settings.pause)
            for feed in feeds
            if not feed.muted
        ),
    )


def followed_sources(settings: Settings, store: FeedQueries) -> tuple[Source, ...]:
    """Return the sources that a reader follows, with their states from the store."""
    feeds = followed_feeds(settings, store.kept_list()).feeds
    return sources_of(settings, feeds, store.states() if feeds else ())


def owner_of(sources: Iterable[Source], url: str) -> Source | None:
    """Return the first source that owns `url`, or None if no source does."""
    return next((source for source in sources if source.owns(url)), None)
