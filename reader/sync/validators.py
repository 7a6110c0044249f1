"""The validators for conditional requests, so that a site sends only pages that have changed."""

from datetime import datetime, timedelta

from reader.library import SyncLibrary
from reader.model import Validators

_BELIEVED = timedelta(days=1)


def may_be_conditional(fetched: datetime | None, now: datetime) -> bool:
    """Tell whether a page that was last fetched at `fetched` may be requested with its validators.

    It is requested in full once a day: a site may say forever that nothing has changed.
    """
    return fetched is not None and timedelta() <= now - fetched < _BELIEVED


def validators_for(library: SyncLibrary, url: str, now: datetime) -> Validators | None:
    """Return the validators for requesting a page, or None to request it in full."""
    is_believed = may_be_conditional(library.pages.fetched(url), now)
    return library.pages.asked(url) if is_believed else None
