"""Reads JSON Feed 1.0 and 1.1."""

import html
import json
from collections.abc import Mapping
from datetime import datetime

from reader.errors import NotNews, UnreadablePage
from reader.model import Feed
from reader.parse.feed.entries import MAX_LOOKED_AT, Stated, first_moment, newest, short_title
from reader.parse.feed.xml_text import unescape_entities
from reader.parse.html.links import resolve
from reader.text.sanitize import clean_line

_Object = Mapping[str, object]


def read_json_feed(text: str, at: datetime, url: str | None) -> Feed:
    """Return the feed in a document that was fetched at `at` (UTC) from `url`.

    Raises UnreadablePage if it is not JSON, and NotNews if it is JSON but not a feed.
    """
    try:
        document = json.loads(text.lstrip("\ufeff \t\r\n"))
    except (ValueError, RecursionError) as error:
        raise UnreadablePage("feed_unreadable") from error
    if not isinstance(document, dict) or not _is_feed(document):
        raise NotNews("no_feed")
    looked_at = document["items"][:MAX_LOOKED_AT]
    items = [item for item in looked_at if item and isinstance(item, dict)]
    home = _address(document, "home_page_url", url or "")
    base = home or _address(document, "feed_url", url or "") or url or ""
    dates = ("date_published", "date_modified")
    moments = [first_moment((_text(item, name) for name in dates), at) for item in items]
    stated = (_stated(items[place], moments[place], base) for place in newest(moments))
    entries = tuple(each.entry() for each in stated)
    return Feed(short_title(_plain(document, "title")) or None, home, entries)


def _is_feed(document: _Object) -> bool:
    if not isinstance(document.get("items"), list):
        return False
    return "jsonfeed.org" in _text(document, "version") or any(
        name in document for name in ("home_page_url", "feed_url", "title")
    )


def _stated(item: _Object, moment: datetime | None, base: str) -> Stated:
    guid = clean_line(_text(item, "id"))
    url = _address(item, "url", base) or _address(item, "external_url", base)
    if url is None and guid.startswith(("http://", "https://")):
        url = resolve(guid, guid)
    content = _text(item, "content_html")
    if not content.strip():
        content = _paragraphs(_text(item, "content_text"))
    title, summary = _plain(item, "title"), _plain(item, "summary")
    return Stated(guid, url, title, summary, content, moment)


def _paragraphs(text: str) -> str:
    """Return plain text as HTML, each line as a paragraph."""
    lines = (line for line in text.splitlines() if line.strip())
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)


def _text(item: _Object, name: str) -> str:
    value = item.get(name)
    if isinstance(value, str):
        return value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else ""


def _plain(item: _Object, name: str) -> str:
    """Return a plain text on one line; entities in it are those of a site that escapes all."""
    return clean_line(unescape_entities(_text(item, name)))


def _address(item: _Object, name: str, base: str) -> str | None:
    text = _text(item, name).strip()
    return resolve(text, base) if text else None
