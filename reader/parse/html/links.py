"""Resolves the links of pages to absolute addresses."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from lxml import etree

from reader.text.url import encode_link, same_site

# The form of nearly all links, which need at most the site before their path.
_PLAIN = re.compile(r"(https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*)?/[\w/%+~=&?.-]*", re.ASCII)
_SITE = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?(?=/|$)", re.ASCII)
_HOST = re.compile(r"[\w.:@%\[\]-]+", re.ASCII)
# Parts that may change the folder or host, or are removed.
_ODD = re.compile(r"/[/.]|\?$")
# Cached, since the menus of all pages of a site have the same links.
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
        # A host name with other letters is encoded in ASCII.
        host = parts.netloc.encode("idna").decode("ascii")
        return parts._replace(netloc=host).geturl() if _HOST.fullmatch(host) else None
    except ValueError:
        return None


def declared_base(root: etree._Element, base: str) -> str:
    """Return the address that the links below `root` are resolved against.

    It is that of the first `base` element with one, which is itself resolved against `base`.
    """
    declared = next((tag.get("href", "") for tag in root.iter("base") if tag.get("href")), "")
    return (resolve(declared, base) or base) if declared else base


def own_address(href: str, url: str) -> str | None:
    """Return the address that the page at `url` names as its own, or None.

    It is None for one on another site, and for the front page, which many pages name by mistake.
    """
    named = resolve(href, url)
    if named is None or not same_site(named, url) or urlsplit(named).path in {"", "/"}:
        return None
    return named


@lru_cache(16)
def _site(base: str) -> str | None:
    """Return the scheme and host of an address if they are plain, else None."""
    match = _SITE.match(base)
    return match[0] if match else None
