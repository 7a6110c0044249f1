"""Links as pages write them, to absolute addresses."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from reader.text.url import encode_link, same_site

# What nearly all links are: nothing in them needs resolving but the site before a path.
_PLAIN = re.compile(r"(https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*)?/[\w/%+~=&?.-]*", re.ASCII)
_SITE = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?(?=/|$)", re.ASCII)
_HOST = re.compile(r"[\w.:@%\[\]-]+", re.ASCII)
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
        url = encode_link(urljoin(base, encode_link(href)).partition("#")[0])
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        # A host of other letters has a name in ASCII as well.
        host = parts.netloc.encode("idna").decode("ascii")
        return parts._replace(netloc=host).geturl() if _HOST.fullmatch(host) else None
    except ValueError:
        return None


def own_address(href: str, url: str) -> str | None:
    """Return the address that the page at `url` names as its own, or None.

    One of another site is none, nor is that of the front page, which many a page names by mistake.
    """
    named = resolve(href, url)
    if named is None or not same_site(named, url) or urlsplit(named).path in {"", "/"}:
        return None
    return named


@lru_cache(16)
def _site(base: str) -> str | None:
    """Return the scheme and host of an address, where they are plain."""
    match = _SITE.match(base)
    return match[0] if match else None
