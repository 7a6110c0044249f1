"""Converts the HTML of feeds to plain text."""

import html
import re

from lxml import etree

from reader.parse.feed.xml_text import unescape_entities
from reader.text.sanitize import clean_line

_DROPPED = frozenset("script style template svg title math iframe object noscript head".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp"
    " small span strike strong sub sup time tt u var wbr".split()
)
# The tags that are markup in titles of RSS; others are words of the title.
_TITLE_TAGS = re.compile(
    r"</?(?:a|abbr|acronym|b|big|blockquote|br|center|cite|code|del|div|em|font|h[1-6]|i|img|ins|li|mark|ol|p|"
    r"q|s|small|span|strike|strong|sub|sup|tt|u|ul|wbr)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
# Those of them between which there is a space.
_PARTS = re.compile(r"</?(?:blockquote|br|center|div|h[1-6]|li|ol|p|ul)[\s/>]", re.IGNORECASE)
# References to C1 control characters, which stand for characters of windows-1252.
_C1_REFERENCE = re.compile(r"&#(?:1[2-5]\d|[xX][89][\da-fA-F]);")
# The beginning of markup that was escaped once more than the rest of its document.
_ESCAPED = re.compile(
    r"&lt;(?:a|b|blockquote|br|div|em|figure|h[1-6]|i|img|ol|p|pre|span|strong|table|ul)\b",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[<&]")
_PARSER = etree.HTMLParser(
    remove_comments=True, remove_pis=True, huge_tree=False, collect_ids=False, encoding="utf-8"
)


def text_of_html(source: str) -> str:
    """Return the text of an HTML fragment on one line, with a space between blocks."""
    if not _MARKED.search(source):
        return clean_line(source)
    source = _C1_REFERENCE.sub(lambda match: html.unescape(match[0]), source)
    # An element around the fragment keeps text before its first tag in order.
    marked = f"<html><body><div>{source}</div></body></html>".encode("utf-8", "replace")
    root = etree.fromstring(marked, _PARSER)
    return "" if root is None else text_of_tree(root)


def text_of_tree(root: etree._Element) -> str:
    """Return the text of an HTML element and its descendants, on one line."""
    parts: list[str] = []
    dropped: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        if event == "start":
            if dropped is None and element is not root and (tag in _DROPPED or not tag):
                dropped = element
            if dropped is None:
                parts.append("" if tag in _INLINE else " ")
                parts.append(element.text or "")
            continue
        if dropped is element:
            dropped = None
        if dropped is None:
            parts.append("" if tag in _INLINE else " ")
            if element is not root:
                parts.append(element.tail or "")
    return clean_line("".join(parts))


def unescape_markup(source: str) -> str:
    """Return HTML, which is unescaped if all of it is markup that was escaped twice.

    A text that is about tags is not, unless it begins and ends with one.
    """
    outer = source.strip()
    is_markup = _ESCAPED.match(outer) and outer.endswith("&gt;") and "<" not in outer
    return html.unescape(source) if is_markup else source


def title_of_rss(source: str) -> str:
    """Return a title of RSS, plain or HTML, as text: known tags removed, entities decoded."""
    if _MARKED.search(source):
        source = unescape_entities(_TITLE_TAGS.sub(_in_title, source))
    return clean_line(source)


def _in_title(tag: re.Match[str]) -> str:
    return " " if _PARTS.match(tag[0]) else ""
