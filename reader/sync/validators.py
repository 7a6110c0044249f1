"""What a page is asked for with, so that only what has changed is sent."""

from datetime import datetime, timedelta

from reader.library import SyncLibrary
from reader.model import Asked

_BELIEVED = timedelta(days=1)


def validators_for(library: SyncLibrary, url: str, now: datetime) -> Asked | None:
    """Return the validators to ask for a page with; None where the whole of it is to be sent.

    That is so once a day: a site may say forever that nothing has changed.
    """
    fetched = library.pages.fetched(url)
    if fetched is None or not timedelta() <= now - fetched < _BELIEVED:
        return None
    return library.pages.asked(url)
