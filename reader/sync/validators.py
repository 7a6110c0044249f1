"""The validators for conditional requests, so that a site sends only pages that have changed."""

from datetime import datetime, timedelta

from reader.library import SyncLibrary
from reader.model import Asked

_BELIEVED = timedelta(days=1)


def validators_for(library: SyncLibrary, url: str, now: datetime) -> Asked | None:
    """Return the validators for requesting a page, or None to request it in full.

    A page is requested in full once a day: a site may say forever that nothing has changed.
    """
    fetched = library.pages.fetched(url)
    if fetched is None or not timedelta() <= now - fetched < _BELIEVED:
        return None
    return library.pages.asked(url)
