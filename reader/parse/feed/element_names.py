"""Normalises the names of elements in feeds, whatever the spelling of their namespaces."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

# Namespaces by their usual prefix, without scheme, `www.` and their last character.
_FAMILIES = {
    "": (
        "purl.org/rss/1.0", "purl.org/net/rss1.1", "my.netscape.com/rdf/simple/0.9",
        "channel.netscape.com/rdf/simple/0.9", "my.netscape.com/publish/formats/rss-0.91.dtd",
        "backend.userland.com/rss", "backend.userland.com/rss2", "backend.userland.com/rss091",
        "blogs.law.harvard.edu/tech/rss", "cyber.law.harvard.edu/rss", "cyber.harvard.edu/rss",
        "purl.org/rss", "rssboard.org/rss-specification", "w3.org/2005/atom", "purl.org/atom/ns",
        "purl.org/atom/app", "openrss.org/",
    ),
    "dc": ("purl.org/dc/elements/1.1", "purl.org/dc/elements/1.0"),
    "dcterms": ("purl.org/dc/terms",),
    "content": ("purl.org/rss/1.0/modules/content",),
    "sy": ("purl.org/rss/1.0/modules/syndication",),
    "media": ("search.yahoo.com/mrss",),
    "itunes": ("itunes.com/dtds/podcast-1.0.dtd",),
    "xhtml": ("w3.org/1999/xhtml",),
    "rdf": ("w3.org/1999/02/22-rdf-syntax-ns",),
    "svg": ("w3.org/2000/svg",),
}  # fmt: skip
_FAMILY_OF = {uri: family for family, uris in _FAMILIES.items() for uri in uris}
_NAME = re.compile(r"[a-zA-Z_][\w.-]*", re.ASCII)
_BEFORE = re.compile(r"(?:https?://)?(?:www\.)?")
_ATOM = frozenset(["w3.org/2005/atom", "purl.org/atom/ns"])
ATOM = "http://www.w3.org/2005/Atom"
# The most attributes of an element that are read.
_MOST_ATTRIBUTES = 50
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def split_name(tag: str) -> tuple[str, str]:
    """Return the namespace of an element or attribute, "" for none, and its local name."""
    if not tag.startswith("{"):
        return "", tag
    uri, _, local = tag[1:].rpartition("}")
    return uri, local


def is_name(text: str) -> bool:
    """Tell whether `text` is a valid name of an element."""
    return _NAME.fullmatch(text) is not None


@lru_cache(512)
def plain_name(tag: str) -> str:
    """Return the name of an element or attribute in lower case: `title`, `dc:date`, `atom:link`.

    Elements of RSS and Atom have no prefix; a prefix that was not declared is kept as written.
    """
    if not tag.startswith("{"):
        return tag.lower().removeprefix("atom:").removeprefix("rss:")
    uri, local = split_name(tag)
    key = _bare(uri.strip())
    family = _FAMILY_OF.get(key, key)
    return f"{family}:{local.lower()}" if family else local.lower()


@lru_cache(512)
def is_atom(tag: str) -> bool:
    """Tell whether an element belongs to Atom."""
    uri = split_name(tag)[0]
    return tag.lower().startswith("atom:") or _bare(uri) in _ATOM


def _bare(uri: str) -> str:
    """Return a namespace without the parts in which its spellings differ."""
    folded = uri.lower()
    before = _BEFORE.match(folded)
    return folded[before.end() if before else 0 :].rstrip("/#")


def is_rdf(tag: str) -> bool:
    """Tell whether an element belongs to RDF."""
    return plain_name(tag).startswith("rdf:")


def children(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield the child elements with their plain names."""
    for child in element:
        if isinstance(child.tag, str):
            yield plain_name(child.tag), child


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its plain name, "" if it is absent."""
    if (value := element.get(name)) is not None:
        return str(value).strip()
    # The values are read one by one, since reading all takes lxml quadratic time.
    keys = (str(key) for key in element.keys()[:_MOST_ATTRIBUTES])
    found = (key for key in keys if plain_name(key).rpartition(":")[2] == name)
    key = next(found, None)
    return str(element.get(key, "")).strip() if key else ""
