"""What a page's head and its JSON-LD say: titles, address, publication time, section."""

import json
import re
from collections.abc import Iterator

from lxml import etree

from reader.parse.document import Meta
from reader.text.sanitize import clean_line

_MAX_JSON = 300_000
_MAX_NODES = 2_000
_ARTICLE_TYPES = re.compile(r"(News|Reportage|Blog)?(Article|Posting)$", re.IGNORECASE)
_PUBLISHED_NAMES = (
    "article:published_time",
    "datepublished",
    "pubdate",
    "date",
    "dc.date",
    "dcterms.created",
    "dcterms.issued",
    "og:published_time",
    "publication_date",
    "publish-date",
)
_SECTION_NAMES = ("article:section", "section")
_NAMED = etree.XPath("//*[@content]")


def read_meta(root: etree._Element, text: str) -> Meta:
    """Return what the head of the page and the JSON-LD in its `text` say of it."""
    named = _named(root)
    linked = [node for node in _json_ld(text) if _ARTICLE_TYPES.search(_string(node.get("@type")))]
    head = head_of(root)
    title = next(head.iter("title"), None)
    titles = [_string(node.get("headline")) for node in linked]
    titles += [named.get("og:title", ""), named.get("twitter:title", "")]
    titles += ["".join(title.itertext())] if title is not None else []
    published = [_string(node.get("datePublished")) for node in linked]
    published += [named.get(name, "") for name in _PUBLISHED_NAMES]
    links = (tag for tag in head.iter("link") if "canonical" in tag.get("rel", "").split())
    url = next((tag.attrib["href"] for tag in links if "href" in tag.attrib), "")
    sections = [_string(node.get("articleSection")) for node in linked]
    sections += [named.get(name, "") for name in _SECTION_NAMES]
    return Meta(
        url=clean_line(url or named.get("og:url", "")) or None,
        titles=tuple(dict.fromkeys(clean for found in titles if (clean := clean_line(found)))),
        published=tuple(clean for found in published if (clean := clean_line(found))),
        section=next((clean for found in sections if (clean := clean_line(found))), None),
        is_article=bool(linked) or named.get("og:type") == "article",
    )


def head_of(root: etree._Element) -> etree._Element:
    """Return the page's head, or all of it where it has none."""
    return next(root.iter("head"), root)


def _named(root: etree._Element) -> dict[str, str]:
    named: dict[str, str] = {}
    for tag in _NAMED(root):
        for key in ("property", "name", "itemprop"):
            if name := tag.get(key, "").lower():
                named.setdefault(name, tag.attrib["content"])
    return named


def _json_ld(text: str) -> Iterator[dict[str, object]]:
    """Yield every object of the page's JSON-LD scripts, at whatever depth it stands."""
    position, budget = 0, _MAX_NODES
    while (start := text.find("application/ld+json", position)) >= 0:
        opening = text.find(">", start)
        end = text.find("</", opening)
        if opening < 0 or end < 0:
            return
        position = end
        if end - opening > _MAX_JSON:
            continue
        try:
            nodes: list[object] = [json.loads(text[opening + 1 : end])]
        except (ValueError, RecursionError):
            continue
        while nodes and budget:
            node, budget = nodes.pop(0), budget - 1
            if isinstance(node, dict):
                yield node
                nodes.extend(node.values())
            elif isinstance(node, list):
                nodes.extend(node)


def _string(value: object) -> str:
    if isinstance(value, list):
        return " ".join(_string(each) for each in value[:5])
    return value if isinstance(value, str) else ""
