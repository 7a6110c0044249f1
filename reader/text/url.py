"""What is the same in all links to one page."""

import re

# What the address of a page on the web begins with.
WEB = ("http://", "https://")
_PREFIX = re.compile(r"(?:https?:)?(?://)?(?:www\.)?", re.IGNORECASE)
_TRACKING = ("utm", "fbclid", "gclid")


def address(url: str) -> str:
    """Return what is the same in all links to one page: no scheme, `www.`, fragment, tracking."""
    place, _, query = _PREFIX.sub("", url.strip(), count=1).partition("#")[0].partition("?")
    host, slash, path = place.partition("/")
    kept = [part for part in query.split("&") if part and not part.lower().startswith(_TRACKING)]
    return (host.lower() + slash + path).rstrip("/") + ("?" + "&".join(kept) if kept else "")
