"""What is known of the feeds of a run, and what is noted beside them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from reader.errors import FetchError, PageError, RetryLater, is_gone_for_good
from reader.fetch import Unchanged
from reader.library import SyncLibrary
from reader.model import (
    Asked,
    FeedName,
    FeedState,
)
from reader.sources.feed import FeedSource
from reader.sync.feed_times import NEVER, due_after, due_after_failure

# A site may say forever that nothing has changed, so a feed is sent whole once a day.
_BELIEVED = timedelta(days=1)


def describe(library: SyncLibrary, sources: Iterable[FeedSource], first: int = 0) -> None:
    """Note what feeds are shown as where that is new, and bring their items into their groups.

    The `first` of them has this place among those that are followed. So their failures have a
    place, and what was changed in the settings counts.
    """
    found = []
    for position, source in enumerate(sources, first):
        state = source.state
        title = source.title if source.feed.name or (state and state.title) else None
        section = source.section_of(title) if title else None
        told = FeedName(source.name, source.feed.url, title, section, position)
        if state is None or _differs(told, state):
            found.append(told)
    if found:
        library.feeds.describe(found)


def _differs(told: FeedName, state: FeedState) -> bool:
    """Tell whether a feed is to be shown otherwise than it is."""
    if told.position != state.position:
        return True
    return told.name is not None and (told.name, told.section) != (state.name, state.section)


def validators_of(source: FeedSource, now: datetime) -> Asked | None:
    """Return the validators to ask for a feed with; None where the whole of it is to be sent."""
    state = source.state
    if state is None or state.fetched is None or state.asked is None:
        return None
    return state.asked if timedelta() <= now - state.fetched < _BELIEVED else None


def note_unchanged(library: SyncLibrary, source: FeedSource, answer: Unchanged) -> None:
    """Note that a feed says itself that it is as it was."""
    age = answer.max_age / 60 if answer.max_age else None
    library.feeds.mark_unchanged(
        source.name,
        answer.at,
        due_after(answer.at, source.feed.interval, source.state.ttl if source.state else None, age),
        etag=answer.etag,
        modified=answer.modified,
        moved=answer.moved,
    )


def note_failure(
    library: SyncLibrary, source: FeedSource, error: FetchError | PageError, now: datetime
) -> None:
    """Note beside a feed why it could not be fetched or read; what it brought stays."""
    state, interval = source.state, source.feed.interval
    wait = error.seconds if isinstance(error, RetryLater) else 0.0
    is_gone = is_gone_for_good(error.reason)
    failures = 1 + (state.failures if state else 0)
    due = now + NEVER if is_gone else due_after_failure(now, interval, failures, wait)
    library.feeds.mark_failed(source.name, error.reason, now, due, gone=is_gone)
