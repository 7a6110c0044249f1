"""Reads RSS 0.9 to 2.0 and Atom 0.3 and 1.0, with the usual faults of real feeds."""

import base64
import binascii
import html
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from reader.errors import NotNews
from reader.model import Feed
from reader.parse.feed.element_names import (
    ATOM,
    XML_BASE,
    attribute,
    children,
    is_atom,
    is_name,
    is_rdf,
    plain_name,
    split_name,
)
from reader.parse.feed.entries import MAX_LOOKED_AT, Stated, first_moment, newest, short_title
from reader.parse.feed.html_text import (
    text_of_html,
    text_of_tree,
    title_of_rss,
    unescape_markup,
)
from reader.parse.feed.xml_text import ends_within_entry, mend_xml
from reader.parse.feed.xml_tree import parse_xml
from reader.parse.html.links import resolve
from reader.text.sanitize import clean_line
from reader.text.url import WEB

_DECLARES_BASE = "xml:base"
_ENTRIES = frozenset(["item", "entry"])
_DATES = (
    "published",
    "pubdate",
    "issued",
    "dc:date",
    "dcterms:issued",
    "dcterms:created",
    "created",
    "date",
    "updated",
    "modified",
    "dcterms:modified",
    "lastbuilddate",
)
_SUMMARIES = ("description", "summary", "dc:description", "itunes:summary", "abstract", "tagline")
_CONTENTS = ("content:encoded", "content", "xhtml:body", "body", "fullitem", "encoded")
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
_LONGEST_TTL = 525_600
_HTML_TYPES = frozenset(["html", "text/html", "escaped"])
_XHTML_TYPES = frozenset(["xhtml", "application/xhtml+xml", "xml"])


def read_xml_feed(text: str, at: datetime, url: str | None) -> Feed:
    """Return the feed in a document that was fetched at `at` (UTC) from `url`.

    Raises UnreadablePage if it cannot be parsed, and NotNews if it is not a feed.
    """
    mended = mend_xml(text)
    root = _in_known_namespace(parse_xml(mended))
    channel = _channel(root)
    fields = _Fields(channel)
    base = _base(channel, url or "")
    home = _link_of(fields, base)
    # Links of RSS are relative to its site, since the feed may be on another host.
    entry_base = base if is_atom(str(root.tag)) or XML_BASE in root.attrib else home or base
    places = _entries(root, channel)
    if ends_within_entry(mended):
        places = places[:-1]
    gathered = [_Fields(place) for place in places]
    moments = [first_moment(each.texts(*_DATES), at) for each in gathered]
    has_bases = _DECLARES_BASE in mended
    stated = (
        _stated(places[which], gathered[which], moments[which], entry_base, has_bases=has_bases)
        for which in newest(moments)
    )
    entries = tuple(each.entry() for each in stated)
    return Feed(short_title(_title(fields) or "") or None, home, entries, _ttl(fields))


def _in_known_namespace(root: etree._Element) -> etree._Element:
    """Return the tree with an unknown namespace of the root replaced by a known one."""
    uri, local = split_name(str(root.tag))
    if not uri or ":" not in plain_name(str(root.tag)) or is_rdf(str(root.tag)):
        return root
    known = f"{{{ATOM}}}" if local.lower() == "feed" else ""
    for element in root.iter(etree.Element):
        own, local = split_name(str(element.tag))
        if own == uri and is_name(local):
            element.tag = known + local
    return root


def _channel(root: etree._Element) -> etree._Element:
    """Return the element that describes the feed itself; raises NotNews if there is none."""
    if plain_name(str(root.tag)) in {"feed", "channel"}:
        return root
    found = next((child for name, child in children(root) if name == "channel"), None)
    if found is not None:
        return found
    if plain_name(str(root.tag)) in {"rss", "rdf:rdf", "rdf"}:
        return root
    raise NotNews("no_feed")


def _entries(root: etree._Element, channel: etree._Element) -> list[etree._Element]:
    """Return the entries that are not empty, in order, within the channel or beside it."""
    found: list[etree._Element] = []
    for place in dict.fromkeys((channel, root)):
        for name, child in children(place):
            if name in _ENTRIES:
                found.extend(_unclosed(child))
            elif name == "items":
                found.extend(each for inner, each in children(child) if inner in _ENTRIES)
            if len(found) >= MAX_LOOKED_AT:
                break
    return [entry for entry in found if len(entry) or attribute(entry, "about")]


def _unclosed(entry: etree._Element) -> Iterator[etree._Element]:
    """Yield an entry and those within it, which there are if its end is missing."""
    inside = [entry]
    while inside:
        entry = inside.pop()
        yield entry
        inside += reversed(list(entry.iterchildren(entry.tag)))


class _Fields:
    """The child elements of a channel or an entry by plain name, except entries."""

    def __init__(self, element: etree._Element) -> None:
        self._named: dict[str, list[etree._Element]] = {}
        for name, child in children(element):
            if name not in _ENTRIES:
                self._named.setdefault(name, []).append(child)

    def all(self, *names: str) -> list[etree._Element]:
        """Return the elements with these names, in the order of the names."""
        named = self._named
        return [each for name in names if name in named for each in named[name]]

    def texts(self, *names: str) -> Iterator[str]:
        """Yield the texts of the elements with these names."""
        return map(_raw, self.all(*names))

    def first(self, *names: str) -> str:
        """Return the first text that is not empty, stripped, or ""."""
        return next((text.strip() for text in self.texts(*names) if text.strip()), "")


def _stated(
    element: etree._Element,
    fields: _Fields,
    moment: datetime | None,
    base: str,
    *,
    has_bases: bool,
) -> Stated:
    base = _base(element, base)
    guid = fields.first("guid", "id")
    url = _link_of(fields, base) or _guid_link(fields) or _about(element, base)
    summary, content, description = _texts_of_entry(fields, base if has_bases else None)
    title = _title(fields) or ""
    return Stated(clean_line(guid), url, title, summary, content, moment, description)


def _texts_of_entry(fields: _Fields, base: str | None) -> tuple[str, str, str]:
    """Return the plain summary of an entry, its content in HTML, and its summary in HTML.

    `base` is that of its links, None if the document has no `xml:base`.
    """
    content = next(
        (
            text
            for name in _CONTENTS
            for each in fields.all(name)
            if (text := _html_with_base(each, base))
        ),
        "",
    )
    for name in _SUMMARIES:
        for element in fields.all(name):
            markup = _html_with_base(element, base)
            if summary := text_of_html(markup):
                return summary, content, markup
    return _described_media(fields), content, ""


def _described_media(fields: _Fields) -> str:
    """Return the description of an entry's picture or film, if it has no other text."""
    places = [fields, *map(_Fields, fields.all("media:group"))]
    texts = (text_of_html(place.first("media:description")) for place in places)
    return next(filter(None, texts), "")


def _title(fields: _Fields) -> str | None:
    for name in ("title", "dc:title", "itunes:title", "media:title"):
        for element in fields.all(name):
            if title := _title_of(element):
                return title
    return None


def _title_of(element: etree._Element) -> str:
    if not is_atom(str(element.tag)):
        return title_of_rss(_html(element))
    form = _form(element)
    if form == "html":
        return text_of_html(_html(element))
    return text_of_tree(element) if form == "xhtml" else clean_line(_raw(element))


def _html(element: etree._Element) -> str:
    """Return the content of an element as HTML."""
    if is_atom(str(element.tag)) and _form(element) == "text":
        return html.escape(_raw(element), quote=False)
    if not len(element):
        return unescape_markup(_raw(element))
    return (element.text or "") + "".join(_markup(child) for child in element)


def _html_with_base(element: etree._Element, base: str | None) -> str:
    """Return the content of an element as HTML, with a `base` element if `xml:base` applies to it.

    `base` is that of the entry, None if the document has no `xml:base`.
    """
    if base is None:
        return _html(element)
    # XHTML is in one element more.
    inner = element[0] if len(element) == 1 else element
    is_based = any(each.get(XML_BASE) for each in (inner, *inner.iterancestors()))
    base = _base(element, base)
    base = base if inner is element else _base(inner, base)
    markup = _html(element)
    return f'<base href="{html.escape(base)}">{markup}' if is_based and "<" in markup else markup


def _form(element: etree._Element) -> str:
    """Return the type of an Atom element's text: `text`, `html` or `xhtml`."""
    mode = attribute(element, "mode").lower()
    kind = attribute(element, "type").lower().partition(";")[0].strip()
    if mode == "escaped" or kind in _HTML_TYPES:
        return "html" if mode == "escaped" or not mode or kind == "text/html" else "xhtml"
    if kind in _XHTML_TYPES or mode == "xml" or kind.endswith(("+xml", "/xml")):
        return "xhtml"
    if _is_base64(element) or len(element):
        return "html"
    return "text"


def _is_base64(element: etree._Element) -> bool:
    """Tell whether the text of an Atom element is in base 64."""
    kind = attribute(element, "type").lower().partition(";")[0].strip()
    named = attribute(element, "mode").lower() == "base64"
    return named or ("/" in kind and not kind.startswith("text/") and "xml" not in kind)


def _raw(element: etree._Element) -> str:
    """Return the text of an element without its markup, decoded if it is in base 64."""
    text = element.text or "" if not len(element) else "".join(_inner_texts(element))
    if is_atom(str(element.tag)) and _is_base64(element):
        try:
            return base64.b64decode(text, validate=False).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return ""
    return text


def _inner_texts(element: etree._Element) -> Iterator[str]:
    return (str(text) for text in element.itertext())


def _markup(element: etree._Element) -> str:
    """Return an element and the text after it as HTML, with names without namespaces."""
    if not isinstance(element.tag, str):
        return str(etree.tostring(element, encoding="unicode", with_tail=True))
    for each in element.iter(etree.Element):
        local = split_name(str(each.tag))[1].rpartition(":")[2]
        if is_name(local):
            each.tag = local
    etree.cleanup_namespaces(element)
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=True))


def _link_of(fields: _Fields, base: str) -> str | None:
    """Return the address of the page: the link in the text, else the alternate one."""
    ranked: list[tuple[int, str]] = []
    for element in fields.all("link"):
        href = attribute(element, "href")
        rank = _rank(element) if href else 0
        # Some feeds escape an address twice.
        stated = (href or _raw(element).strip()).replace("&amp;", "&")
        target = resolve(stated, _base(element, base)) if stated else None
        if target and rank is not None:
            ranked.append((rank, target))
    return min(ranked, key=lambda each: each[0])[1] if ranked else None


def _rank(element: etree._Element) -> int | None:
    """Return the rank of an Atom link to the page, 0 for the best, or None for other relations."""
    relation = attribute(element, "rel").lower() or "alternate"
    if relation.rpartition("/")[2] != "alternate":
        return None
    kind = attribute(element, "type").lower()
    if not kind or kind in {"text/html", "application/xhtml+xml"}:
        return 0
    return 1


def _guid_link(fields: _Fields) -> str | None:
    for element in fields.all("guid"):
        text = _raw(element).strip()
        if attribute(element, "ispermalink").lower() != "false" and text.lower().startswith(WEB):
            return resolve(text, text)
    text = fields.first("id")
    return resolve(text, text) if text.lower().startswith(WEB) else None


def _about(element: etree._Element, base: str) -> str | None:
    about = attribute(element, "about")
    return resolve(about, base) if about else None


def _base(element: etree._Element, base: str) -> str:
    """Return the base of the links in an element; `base` is that of its parent."""
    declared = element.get(XML_BASE)
    return (resolve(declared.strip(), base) or base) if declared else base


def _ttl(fields: _Fields) -> int | None:
    """Return the number of minutes after which a feed asks to be fetched again, or None."""
    if minutes := _number(fields.first("ttl")):
        return min(minutes, _LONGEST_TTL)
    period = _PERIODS.get(fields.first("sy:updateperiod").lower())
    if period is None:
        return None
    return max(1, period // (_number(fields.first("sy:updatefrequency")) or 1))


def _number(text: str) -> int:
    """Return a text as a whole number, 0 if it is none."""
    return int(text[:9]) if text.isascii() and text.isdigit() else 0
