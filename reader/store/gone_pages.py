"""When to ask again for a page that the site says is gone; pure."""

import sys
from typing import NamedTuple

from reader.errors import Reason, is_gone_for_good

# The end of time, as the store tells it.
NEVER = sys.maxsize
# As late, but where a reader wants everything.
NOT_UNASKED = NEVER - 1
_DAY = 86_400
# How many days after it was first gone a page is asked for again, and then no more.
_DAYS = (1, 7, 30)
# A run that begins at the same hour of each day may be a little early.
_EARLY = 3_600
# What is not found or gone, by its status or as its page says; what leads to the front page.
_GONE_STATUSES = frozenset({404, 410})
_GONE_CODES = frozenset({"gone", "not_found"})


class Gone(NamedTuple):
    """Since when a page is gone, and when it may be asked for again at the earliest (seconds)."""

    since: int
    retry: int


def gone_page(why: Reason, since: int | None, at: int) -> Gone | None:
    """Return what follows from a failure at `at` of a page that is gone `since`; None if it is not.

    A failure that does not say so leaves open whether it is.
    """
    status = why.arguments.get("status") if why.code == "http_status" else None
    if status not in _GONE_STATUSES and why.code not in _GONE_CODES:
        return None
    if since is None or since > at:
        since = at
    if is_gone_for_good(why):
        return Gone(since, NEVER)
    due = (since + days * _DAY - _EARLY for days in _DAYS)
    return Gone(since, next((moment for moment in due if moment > at), NOT_UNASKED))
