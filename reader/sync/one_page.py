"""Fetches one page that a reader asked for."""

import time
from collections.abc import Iterator

from msgspec.structs import replace

from reader.config import Settings
from reader.config.feeds import FollowedFeed
from reader.errors import FetchError, PageError, SiteUnreachable
from reader.events import Done, Event, Failed, Started
from reader.fetch import PAGE, Client, Fetched, Unchanged, page_of_feed
from reader.library import SyncLibrary
from reader.sources.base import Source
from reader.sources.feed import FeedSource
from reader.sources.registry import followed_sources, owner_of
from reader.sync.feed_answers import store_page_of_feed
from reader.sync.storing import store
from reader.sync.validators import validators_for

# How long reports may be placed in stories, in seconds; a sync places the rest of an older cache.
_PLACING_SECONDS = 5.0


def fetch(
    library: SyncLibrary,
    client: Client,
    settings: Settings,
    url: str,
    *,
    accepted: bool = False,
) -> Iterator[Event]:
    """Fetch the page at `url` into the cache and yield events; the last event is Done.

    With `accepted` the site's text is stored even if it is worse than the one in the cache.

    Raises CacheError if the cache cannot be written.
    """
    began = time.monotonic()
    done = Done(requests=1)
    yield Started(1)
    try:
        source = _source_of(library, settings, url)
        is_entry = isinstance(source, FeedSource)
        asked = None if accepted or is_entry else validators_for(library, url, client.now())
        policy = page_of_feed(source.home) if isinstance(source, FeedSource) else PAGE
        result = client.get(url, asked, policy=policy)
        done = replace(done, reached=True)
        if isinstance(source, FeedSource) and isinstance(result, Fetched):
            if accepted:
                library.feeds.choose(url, "page")
            yield store_page_of_feed(library, source, url, result)
            library.stories.place(client.now(), _PLACING_SECONDS)
            done = replace(done, articles=1, received=result.received)
        elif isinstance(result, Unchanged):
            library.pages.mark_unchanged(url, result.at, etag=result.etag, modified=result.modified)
            done = replace(done, unchanged=1)
        else:
            keep = bool(settings.keep_days)
            _, stored = store(library, source, url, result, keep_bytes=keep, accepted=accepted)
            yield stored
            library.stories.place(client.now(), _PLACING_SECONDS)
            listings = int(stored.kind == "listing")
            done = replace(
                done,
                listings=listings,
                articles=1 - listings,
                headlines=stored.new,
                received=result.received,
            )
    except (FetchError, PageError) as error:
        failed = Failed(url, error.reason)
        yield failed
        if not isinstance(error, SiteUnreachable):
            library.pages.mark_failed(url, failed.reason, client.now())
        done = replace(done, reached=not isinstance(error, SiteUnreachable), failures=(failed,))
    yield replace(done, seconds=round(time.monotonic() - began, 2))


def _source_of(library: SyncLibrary, settings: Settings, url: str) -> Source:
    """Return the source of a page: the site that owns it, else the feed that it came from.

    The feed need not be followed any more.
    """
    sources = followed_sources(settings, library.feeds)
    owner = owner_of(sources[:1], url)
    name = library.feeds.source_of(url) if owner is None else None
    found = next((each for each in sources if each.name == name), None)
    state = library.feeds.state(name) if name and found is None else None
    if state is not None:
        return FeedSource(FollowedFeed(state.url), state)
    return owner or found or sources[0]
