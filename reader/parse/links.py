"""Links as pages write them, to absolute addresses."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from reader.text.clean import clean_line

# What nearly all links are: nothing in them needs resolving but the site before a path.
_PLAIN_PATH = re.compile(r"(?:/[\w%+~-]+(?:\.\w+)*)+/?(?:\?[\w%+~=&-]+)?", re.ASCII)
_PLAIN_URL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*" + _PLAIN_PATH.pattern, re.ASCII)
_PLAIN_SITE = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?(?=/|$)", re.ASCII)


def resolve(href: str, base: str) -> str | None:
    """Return `href` as an absolute http or https address without its fragment, or None."""
    if _PLAIN_PATH.fullmatch(href) and (site := _site(base)):
        return site + href
    if _PLAIN_URL.fullmatch(href):
        return href
    try:
        url = urljoin(base, re.sub(r"\s+", "", clean_line(href))).partition("#")[0]
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


@lru_cache(16)
def _site(base: str) -> str | None:
    """Return the scheme and host of an address, where they are plain."""
    match = _PLAIN_SITE.match(base)
    return match[0] if match else None
