"""Fetches pages for a command, and prints the events of a run.

The HTTP client and the parser are slow to import, so both wait until a page is fetched.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.cli.moment import now
from reader.cli.progress import RunProgress
from reader.config import Settings
from reader.errors import FetchError
from reader.events import Done, Event, Failed, to_line
from reader.library import AdminLibrary
from reader.text.url import WEB

if TYPE_CHECKING:
    from reader.fetch import Fetched


def fetch_into(library: AdminLibrary, settings: Settings, url: str) -> None:
    """Fetch the page at `url` into the cache; raises FetchError if it could not be fetched."""
    if settings.offline:
        raise FetchError("not_cached_offline", url=url)
    if not url.startswith(WEB):
        raise FetchError("not_cached", url=url)
    from reader.fetch import Client
    from reader.sync.one_page import fetch

    with Client(now) as client:
        for event in fetch(library, client, settings, url):
            if isinstance(event, Failed):
                raise FetchError.of(event.reason.at(url))


def fetch_online(settings: Settings, page_url: str) -> "Fetched":
    """Return the page at an address as received; raises FetchError if it could not be fetched."""
    from reader.fetch import Client, Unchanged

    require_network(settings)
    with Client(now) as client:
        found = client.get(page_url)
    if isinstance(found, Unchanged):
        raise FetchError("page_withheld")
    return found


def require_network(settings: Settings) -> None:
    """Raise FetchError if the settings or the arguments forbid the network."""
    if settings.offline:
        raise FetchError("offline")


def print_events(stream: Iterator[Event], progress: RunProgress | None) -> Done:
    """Print events as they happen, as JSON if `progress` is None; return the last."""
    done = Done()
    for event in stream:
        if progress is None:
            print(to_line(event), flush=True)
        else:
            progress.tell(event)
        if isinstance(event, Done):
            done = event
    return done
