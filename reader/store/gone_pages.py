"""When to ask again for a page that the site says is gone; pure."""

import sys
from typing import NamedTuple

from reader.errors import Reason, is_gone_for_good

# The end of time, as the store writes it.
NEVER = sys.maxsize
# Nearly as late: the page is asked for again only if a reader wants everything.
NOT_UNASKED = NEVER - 1
_DAY = 86_400
# The days after a page was first gone on which it is asked for again; then no more.
_DAYS = (1, 7, 30)
# A run that starts at the same hour each day may be slightly early.
_EARLY = 3_600
# A page is gone by its status or by what it says, or if its address leads to the front page.
_GONE_STATUSES = frozenset({404, 410})
_GONE_CODES = frozenset({"gone", "not_found"})


class Gone(NamedTuple):
    """The time since when a page is gone, and the earliest time to ask for it again (seconds)."""

    since: int
    retry: int


def gone_page(why: Reason, since: int | None, at: int) -> Gone | None:
    """Return the result of a failure at `at` of a page gone `since`; None if it is not gone.

    A failure of another kind says nothing about whether the page is gone.
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
