"""Links as pages write them, to absolute addresses."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from reader.text.sanitize import clean_line

# What nearly all links are: nothing in them needs resolving but the site before a path.
_PLAIN = re.compile(r"(https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*)?/[\w/%+~=&?.-]*", re.ASCII)
_SITE = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?(?=/|$)", re.ASCII)
# What may name another folder or host, or is left out.
_ODD = re.compile(r"/[/.]|\?$")
# The menus of all pages of a site have the same links.
_CACHED_LINKS = 4096


@lru_cache(_CACHED_LINKS)
def resolve(href: str, base: str) -> str | None:
    """Return `href` as an absolute http or https address without its fragment, or None."""
    plain = _PLAIN.fullmatch(href)
    if plain and not _ODD.search(href, plain.end(1) + 1):
        if plain[1]:
            return href
        if site := _site(base):
            return site + href
    try:
        url = urljoin(base, re.sub(r"\s+", "", clean_line(href))).partition("#")[0]
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


@lru_cache(16)
def _site(base: str) -> str | None:
    """Return the scheme and host of an address, where they are plain."""
    match = _SITE.match(base)
    return match[0] if match else None
