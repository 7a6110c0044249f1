"""One page on a reader's wish."""

import time
from collections.abc import Iterator
from dataclasses import replace

from reader.config import Settings
from reader.errors import FetchError, PageError, SiteUnreachable
from reader.events import Done, Event, Failed, Started
from reader.fetch import Client, Unchanged
from reader.library import SyncLibrary
from reader.sources.registry import owner_of, sources_of
from reader.sync.storing import store
from reader.sync.validators import validators_for

# How long reports may be placed in stories; of an older cache a sync does the rest.
_PLACING_SECONDS = 5.0


def fetch(
    library: SyncLibrary,
    client: Client,
    settings: Settings,
    url: str,
    *,
    accepted: bool = False,
) -> Iterator[Event]:
    """Fetch the page at `url` into the cache and yield what happens; the last event is Done.

    With `accepted` the site's text is taken also where it is worse than the one that is stored.

    Raises CacheError where the cache cannot be written.
    """
    began = time.monotonic()
    done = Done(requests=1)
    yield Started(1)
    try:
        result = client.get(url, None if accepted else validators_for(library, url, client.now()))
        done = replace(done, reached=True)
        if isinstance(result, Unchanged):
            library.pages.mark_unchanged(url, result.at, etag=result.etag, modified=result.modified)
            done = replace(done, unchanged=1)
        else:
            sources = sources_of(settings)
            source = owner_of(sources, url) or sources[0]
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
