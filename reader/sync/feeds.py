"""The stored state of the feeds in a run, and its updates."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from reader.errors import FetchError, PageError, Reason, RetryLater, is_gone_for_good, reason
from reader.fetch import Fetched, Unchanged
from reader.library import SyncLibrary
from reader.model import (
    FeedName,
    FeedState,
    FeedUnchanged,
    Validators,
)
from reader.sources.feed import FeedSource
from reader.sync.feed_times import NEVER, due_after, due_after_failure
from reader.sync.validators import may_be_conditional
from reader.text.url import address

# A feed whose address leads elsewhere is gone once this many requests in a row found it gone there.
_TIMES_GONE = 3


def describe(library: SyncLibrary, sources: Iterable[FeedSource], first: int = 0) -> None:
    """Store new display names of feeds, and move their items into their groups.

    `first` is the place of the first of them among the followed feeds. This gives their failures a
    place to be recorded, and applies changes in the settings.
    """
    found = []
    for position, source in enumerate(sources, first):
        state = source.state
        title = source.title if source.feed.name or (state and state.title) else None
        section = source.section_of(title) if title else None
        name = FeedName(source.name, source.feed.url, title, section, position)
        if state is None or _differs(name, state):
            found.append(name)
    if found:
        library.feeds.describe(found)


def _differs(name: FeedName, state: FeedState) -> bool:
    """Tell whether the name, group or place of a feed has changed."""
    if name.position != state.position:
        return True
    return name.name is not None and (name.name, name.section) != (state.name, state.section)


def addresses_of(sources: Sequence[FeedSource]) -> list[str]:
    """Return where each feed is requested, which is a different address for each.

    Of feeds that have moved to one address, one is requested there, and the others where they were.
    """
    taken = {source.name for source in sources}
    found: list[str] = []
    for source in sources:
        key = address(source.home)
        has_moved = key != source.name and key not in taken
        taken.add(key)
        found.append(source.home if has_moved or key == source.name else source.feed.url)
    return found


def validators_of(source: FeedSource, now: datetime) -> Validators | None:
    """Return the validators for requesting a feed, or None to request it in full."""
    state = source.state
    if state is None or not may_be_conditional(state.fetched, now):
        return None
    return state.asked


def unchanged_feed(source: FeedSource, answer: Unchanged | Fetched) -> FeedUnchanged:
    """Return the answer of a feed that reports itself unchanged, or was sent in full as before."""
    age = answer.max_age / 60 if answer.max_age else None
    ttl = source.state.ttl if source.state else None
    return FeedUnchanged(
        source.name,
        answer.at,
        due_after(answer.at, source.feed.interval, ttl, age),
        answer.etag,
        answer.modified,
        isinstance(answer, Fetched),
        answer.moved,
    )


def note_failure(
    library: SyncLibrary,
    source: FeedSource,
    error: FetchError | PageError,
    now: datetime,
    found_at: str | None = None,
) -> Reason:
    """Record why a feed could not be fetched or read, and return that; its items stay.

    `found_at` is the address of what was found in its place.
    """
    state, interval = source.state, source.feed.interval
    wait = error.seconds if isinstance(error, RetryLater) else 0.0
    why = _failure_of(source, error, found_at)
    failures = 1 + (state.failures if state else 0)
    before = state.failure if state else None
    is_gone = is_gone_for_good(why) or (
        failures >= _TIMES_GONE and _is_gone_elsewhere(before) and _is_gone_elsewhere(why)
    )
    due = now + NEVER if is_gone else due_after_failure(now, interval, failures, wait)
    library.feeds.mark_failed(source.name, why, now, due, gone=is_gone)
    return why


def _failure_of(source: FeedSource, error: FetchError | PageError, found_at: str | None) -> Reason:
    """Return why a feed could not be fetched or read, and where its address leads if elsewhere."""
    if error.code == "http_status":
        found_at = str(error.reason.arguments.get("url", "")) or None
    if found_at is None or address(found_at) in {source.name, address(source.home)}:
        return error.reason
    return reason("feed_led_away", url=found_at, why=error.reason)


def _is_gone_elsewhere(why: Reason | None) -> bool:
    """Tell whether the address of a feed leads to where it is gone."""
    inner = why.arguments.get("why") if why is not None and why.code == "feed_led_away" else None
    return isinstance(inner, Reason) and is_gone_for_good(inner)
