"""The policy of a request: what it accepts and where redirects may lead, by kind of page."""

from msgspec import Struct

_PAGES = "text/html,application/xhtml+xml,text/plain;q=0.8"
_FEEDS = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9,"
    " text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
)


class RequestPolicy(Struct, frozen=True):
    """How a page is requested.

    `accept` is the value of the header Accept. With `may_leave`, redirects may lead to other hosts.
    `origin` is the address of the page or feed that linked to the page, None if the reader asked
    for it: a link from a public host must not lead to an address of this machine or its network.
    """

    accept: str = _PAGES
    may_leave: bool = False
    origin: str | None = None


PAGE = RequestPolicy()
FEED = RequestPolicy(_FEEDS, may_leave=True)


def page_of_feed(feed: str) -> RequestPolicy:
    """Return how to request the page of an entry, given the address of its feed."""
    return RequestPolicy(may_leave=True, origin=feed)
