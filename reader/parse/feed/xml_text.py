"""Repairs the text of an XML document so that a recovering parser can read it."""

import html
import re
from collections import deque
from html.entities import html5
from typing import Literal

DocumentKind = Literal["feed", "json", "page", "outlines"]

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|rdf|feed|channel|opml|html)(?=[\s>/])", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!doctype html|head|body|div|p|a|title|meta|script)\b", re.IGNORECASE)
_KINDS: dict[str, DocumentKind] = {"html": "page", "opml": "outlines"}
# Sections that are skipped whole, and possible entities other than those of XML, which stay.
_REFERENCE = re.compile(
    r"<!\[CDATA\[(?:(?!\]\]>).)*+(?:\]\]>)?|<!--(?:(?!-->).)*+(?:-->)?"
    r"|&(?!(?:amp|lt|gt|quot|apos);)(?:(#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{1,31});)?",
    re.DOTALL,
)
# References to lone surrogates, which the parser accepts.
_SURROGATE = re.compile(r"&#(?:[xX]0{0,8}[dD][89a-fA-F][\da-fA-F]{2}|0{0,8}5[5-7]\d{3});")
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]\w{0,30});")
_CONTROLS = dict.fromkeys([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF])
_ENTRY = re.compile(r"<(/?)(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)


def kind_of_document(text: str) -> DocumentKind | None:
    """Return the kind of a document by its outermost element, whatever precedes that."""
    if text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}:
        return "json"
    if root := _find_root(text):
        return _KINDS.get(root[1].lower(), "feed")
    return "page" if _MARKUP.search(text) else None


def mend_xml(text: str) -> str:
    """Return an XML document from its outermost element to its end, repaired for the parser.

    The text around it is removed, including a DOCTYPE with its entities, and so are control
    characters. Entities of HTML become characters; unknown ones are kept as written.
    """
    text = text.translate(_CONTROLS)
    if root := _find_root(text):
        close = text.rfind(f"</{root[0][1:]}")
        end = close + len(root[0]) + 1 if close > root.start() else len(text)
        text = text[root.start() : end] + (">" if close > root.start() else "")
    if "&" not in text:
        return text
    return _REFERENCE.sub(_mended, _SURROGATE.sub("", text))


def ends_within_entry(text: str) -> bool:
    """Tell whether a document returned by `mend_xml` is cut off within one of its entries."""
    root = _find_root(text)
    if root and text.rstrip().endswith(f"</{root[0][1:]}>"):
        return False
    last = next(iter(deque(_ENTRY.finditer(text), maxlen=1)), None)
    if last is None or last[1]:
        return False
    end = text.find(">", last.end())
    return end < 0 or text[end - 1] != "/"


def unescape_entities(text: str) -> str:
    """Return text with those HTML entities that end in a semicolon as characters."""
    return _ENTITY.sub(lambda match: _character(match[1]) or match[0], text)


def _find_root(text: str) -> re.Match[str] | None:
    """Return the match of the outermost element's beginning, skipping comments."""
    start = 0
    while root := _ROOT.search(text, start):
        comment = text.find("<!--", start, root.start())
        if comment < 0:
            return root
        end = text.find("-->", comment)
        if end < 0:
            return None
        start = end + 3
    return None


def _mended(match: re.Match[str]) -> str:
    if match[0][0] == "<":
        return match[0]
    name = match[1]
    if name is None:
        return "&amp;"
    character = _character(name)
    if character is None:
        return f"&amp;{name};"
    return html.escape(character.translate(_CONTROLS), quote=False)


def _character(name: str) -> str | None:
    """Return the text of an HTML entity, or None if it is unknown."""
    if name[0] != "#" and f"{name};" not in html5:
        # One that begins like a known one would be read as that.
        return None
    text = html.unescape(f"&{name};").replace("\ufffd", "")
    return None if text == f"&{name};" else text
