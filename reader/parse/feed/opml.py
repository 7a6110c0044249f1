"""Reads and writes lists of feeds: OPML, and the urls file of newsboat (read only)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from lxml import etree
from msgspec import Struct

from reader.errors import NotNews
from reader.parse.encoding import decode_page
from reader.parse.feed.element_names import plain_name, split_name
from reader.parse.feed.xml_text import kind_of_document, mend_xml
from reader.parse.feed.xml_tree import parse_xml
from reader.parse.html.links import resolve
from reader.text.sanitize import clean_line
from reader.text.url import WEB, has_password, without_feed_scheme, without_password

MAX_SUBSCRIPTIONS = 5_000
_DEEPEST = 20
# The types of outlines whose address some programs call `url`.
_FEED_TYPES = frozenset(["rss", "rss1", "atom"])
# A word of a urls file, in quotes or not, or a comment, which ends its line.
_WORD = re.compile(r'#.*|"((?:[^"\\]|\\.)*+)"?|(\S+)')
_ESCAPED = re.compile(r"\\(.)")
_LONGEST_NAME = 300
# The prefix and namespace of this program's own attributes.
_PREFIX, _OWN = "znreader", "urn:znreader:feeds"
Fault = Literal["no_address", "bad_address", "password", "double"]


class Subscription(Struct, frozen=True):
    """A feed in a list of feeds: its address, its title, its site, the folders that contain it.

    `settings` has this program's settings of the feed, by name, as text that is not checked here.
    """

    url: str
    title: str | None = None
    home: str | None = None
    folders: tuple[str, ...] = ()
    settings: Mapping[str, str] = {}


class LeftOut(Struct, frozen=True):
    """An entry of a list of feeds that cannot be a feed, and why."""

    name: str
    fault: Fault


class SubscriptionList(Struct, frozen=True):
    """The feeds in a list of feeds, in order, and the entries that were left out."""

    feeds: tuple[Subscription, ...]
    left_out: tuple[LeftOut, ...] = ()


def read_subscriptions(data: bytes) -> SubscriptionList:
    """Return the feeds in an OPML document or in a urls file of newsboat.

    Raises UnreadablePage if it is not text, and NotNews if it has no feed.
    """
    text = decode_page(data)
    if kind_of_document(text) == "outlines":
        named = _outlines(parse_xml(mend_xml(text)))
    else:
        named = _lines(text)
    found = _checked(named)
    if not found.feeds:
        raise NotNews("no_subscriptions")
    return found


def write_opml(feeds: Sequence[Subscription], title: str) -> bytes:
    """Return an OPML 2.0 document of the feeds, in UTF-8, their folders as nested outlines.

    Settings are attributes in a namespace of their own, which other programs ignore.
    """
    has_settings = any(feed.settings for feed in feeds)
    names = {_PREFIX: _OWN} if has_settings else None
    root = etree.Element("opml", version="2.0", nsmap=names)
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[tuple[str, ...], etree._Element] = {(): body}
    for feed in feeds:
        for depth in range(1, len(feed.folders) + 1):
            path = feed.folders[:depth]
            if path not in folders:
                around = folders[path[:-1]]
                folders[path] = etree.SubElement(around, "outline", text=path[-1])
        name = feed.title or feed.url
        attributes = {"type": "rss", "text": name, "title": name, "xmlUrl": feed.url}
        if feed.home:
            attributes["htmlUrl"] = feed.home
        attributes |= {f"{{{_OWN}}}{name}": value for name, value in feed.settings.items()}
        etree.SubElement(folders[feed.folders], "outline", attributes)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


class _Named(Struct, frozen=True):
    """The values of a line or an outline before they are checked."""

    url: str
    title: str | None
    home: str
    folders: tuple[str, ...]
    settings: Mapping[str, str] = {}


def _checked(named: Iterator[_Named]) -> SubscriptionList:
    feeds: dict[str, Subscription] = {}
    left_out: list[LeftOut] = []
    for each in named:
        if len(feeds) == MAX_SUBSCRIPTIONS:
            break
        stated = _at_web(each.url)
        url = resolve(stated, stated) if stated.lower().startswith(WEB) else None
        is_secret = stated.lower().startswith(WEB) and has_password(stated)
        if url and url not in feeds and not is_secret:
            home = resolve(each.home, each.home) if each.home else None
            # An export has the address in place of a title that is not known.
            title = each.title if each.title not in {each.url, url} else None
            feeds[url] = Subscription(url, title, home, each.folders, each.settings)
            continue
        fault: Fault = "double" if url else "bad_address" if each.url else "no_address"
        if is_secret:
            fault = "password"
        # A password must not appear on a screen or in the mail of a timer.
        is_title = each.title and "://" not in each.title
        name = each.title or clean_line(each.url)
        left_out.append(LeftOut(name if is_title else without_password(name), fault))
    return SubscriptionList(tuple(feeds.values()), tuple(left_out[:MAX_SUBSCRIPTIONS]))


def _at_web(url: str) -> str:
    """Return the address of a feed with a scheme of the web in place of `feed:`."""
    bare = without_feed_scheme(url)
    return bare if bare == url or "://" in bare else f"http://{bare}"


def _outlines(root: etree._Element) -> Iterator[_Named]:
    """Yield the feeds of an OPML document; an outline with others in it is a folder."""
    open_folders: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not _is_outline(element):
            continue
        attributes = {plain_name(str(name)): str(value).strip() for name, value in element.items()}
        title = (
            clean_line(attributes.get("text") or attributes.get("title") or "")[:_LONGEST_NAME]
            or None
        )
        is_feed = attributes.get("type", "").lower() in _FEED_TYPES
        url = attributes.get("xmlurl") or (attributes.get("url", "") if is_feed else "")
        holds_others = any(map(_is_outline, element))
        if event == "end":
            if holds_others:
                open_folders.pop()
            continue
        if url or not (holds_others or _is_folder(attributes)):
            folders = tuple(filter(None, open_folders))[:_DEEPEST]
            folders = folders or _category(attributes)
            yield _Named(url, title, attributes.get("htmlurl", ""), folders, _settings_of(element))
        if holds_others:
            open_folders.append(title or "")


def _is_outline(element: etree._Element) -> bool:
    """Tell whether an element is an outline, in whatever namespace and spelling."""
    return isinstance(element.tag, str) and split_name(element.tag)[1].lower() == "outline"


def _settings_of(element: etree._Element) -> dict[str, str]:
    """Return this program's own attributes of a feed."""
    return {
        name.removeprefix(f"{{{_OWN}}}"): value[:_LONGEST_NAME]
        for name, value in ((str(name), str(value).strip()) for name, value in element.items())
        if name.startswith(f"{{{_OWN}}}")
    }


def _is_folder(attributes: dict[str, str]) -> bool:
    """Tell whether an outline without address and content is an empty folder."""
    return attributes.keys() <= {"text", "title", "isopen", "description"}


def _category(attributes: dict[str, str]) -> tuple[str, ...]:
    """Return the first category of an outline, `/Techniek/Linux`, as folders."""
    first = attributes.get("category", "").partition(",")[0]
    names = (clean_line(name)[:_LONGEST_NAME] for name in first.split("/")[:_DEEPEST])
    return tuple(filter(None, names))


def _lines(text: str) -> Iterator[_Named]:
    """Yield the feeds of a urls file: an address and tags per line; `"~Titel"` is a title."""
    for line in text.splitlines():
        if line.strip().startswith("#") or not line.strip():
            continue
        address, *tags = _words(line)
        if address.startswith(("query:", "exec:", "filter:")):
            yield _Named(address, None, "", ())
            continue
        titles = [clean_line(tag[1:]) for tag in tags if tag.startswith("~")]
        folders = [clean_line(tag) for tag in tags if not tag.startswith(("~", "!"))]
        yield _Named(address, next(iter(titles), None), "", tuple(folders[:1]))


def _words(line: str) -> list[str]:
    """Return the words of a line as newsboat reads it: in double quotes they may have spaces."""
    found = (word for word in _WORD.finditer(line) if not word[0].startswith("#"))
    return [word[2] or _ESCAPED.sub(r"\1", word[1] or "") for word in found]
