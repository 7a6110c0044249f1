"""Reads HTML in any layout as a stream of pieces, using lxml's parser."""

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from reader.errors import UnreadablePage
from reader.parse.document import FRAME_TAGS, Link, Page, Piece
from reader.parse.html.inline import end_headings
from reader.parse.html.links import declared_base, resolve
from reader.parse.html.metadata import head_of, read_meta
from reader.parse.html.walker import Walk

# The least length of text that is not the label of a button or the like, in characters.
_MIN_WORDS = 25
_MIN_VEILED = 150
# Ten times the number in the largest pages.
_MAX_NODES = 300_000
_MIN_CUT = 1_500_000
_TAG = re.compile("<[^<>]*")
# One of these is before, or in, every attribute.
_BEFORE_ATTRIBUTES = (" ", "\n", "\t", "/", "=")
_BASE = "<base "
# The `rel` of the link to the next page of a list.
_NEXT = "next"
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")


def read_html(
    text: str, url: str | None, site: str, selectors: Mapping[str, str] | None = None
) -> Page:
    """Return the pieces of an HTML page; links are resolved against `url`, else against `site`.

    Raises UsageError if a selector is not valid, and UnreadablePage if elements are nested too
    deeply.
    """
    root = _tree(text, selectors)
    meta = read_meta(root, text)
    base = url or resolve(meta.url or "", site) or site
    head = head_of(root)
    base = declared_base(head, base)
    walk = Walk(base)
    for part in _roots(root):
        walk.read(part)
    links = [
        Link("", target, rel)
        for tag in head.iter("link")
        if _NEXT in (rel := tag.get("rel", "").lower())
        and (target := resolve(tag.get("href", ""), base))
    ]
    return Page(
        tuple(end_headings(_shown(walk), walk.boxes)),
        True,
        tuple(walk.boxes),
        (*links, *walk.links),
        frozenset(walk.media),
        frozenset(walk.beside),
        frozenset(walk.forms),
        frozenset([number for number, box in enumerate(walk.boxes) if box.tag in FRAME_TAGS]),
        meta,
    )


def read_fragment(text: str, url: str) -> Page:
    """Return the pieces of a part of a page, whose links are resolved against `url`.

    Raises UnreadablePage if elements are nested too deeply.
    """
    root = _parse(f"<div>{text}</div>")
    walk = Walk(declared_base(root, url) if _BASE in text else url)
    for part in _roots(root):
        walk.read(part)
    pieces = tuple(end_headings(_shown(walk), walk.boxes))
    return Page(pieces, True, tuple(walk.boxes))


def _shown(walk: Walk) -> Sequence[Piece]:
    """Return the visible pieces of a page.

    Text that is hidden, or in a dialog or button, counts if it is most of the page: a streamed
    page has its news in hidden elements, which a script moves later.
    """
    if not walk.veiled:
        return walk.pieces
    plain, veiled = 0, dict.fromkeys(walk.veiled, 0)
    for piece in walk.pieces:
        length = len(piece.text) if len(piece.text) >= _MIN_WORDS and not piece.href else 0
        around = walk.veiled.intersection(piece.boxes) if length else ()
        plain += 0 if around else length
        for box in around:
            veiled[box] += length
    shown = {box for box, length in veiled.items() if length > plain and length > _MIN_VEILED}
    hiding = walk.veiled - shown
    return [piece for piece in walk.pieces if hiding.isdisjoint(piece.boxes)]


def _tree(text: str, selectors: Mapping[str, str] | None) -> etree._Element:
    if declaration := _XML_DECLARATION.match(text):
        text = text[declaration.end() :]
    if not selectors:
        return _parse(text)
    # Imported late, since it is slow and rarely needed.
    from reader.parse.html.selectors import mark_elements, name_elements

    root = _parse(mark_elements(text, selectors))
    name_elements(root)
    return root


def _parse(text: str) -> etree._Element:
    parser = etree.HTMLParser(
        remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    root = etree.fromstring(_cut(text), parser)
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise UnreadablePage("nested_too_deep")
    return etree.Element("html") if root is None else root


def _cut(text: str) -> str:
    """Return the part of a page within the limits on tags and attributes, to bound memory."""
    # A short page may exceed the limit, which costs little memory.
    if len(text) < _MIN_CUT:
        return text
    count = 0
    for tag in _TAG.finditer(text):
        count += 1 + sum(map(tag[0].count, _BEFORE_ATTRIBUTES))
        if count > _MAX_NODES:
            return text[: tag.start()]
    return text


def _roots(root: etree._Element | None) -> Iterator[etree._Element]:
    """Yield the page's outermost elements: several if it continues after `</html>`."""
    while root is not None:
        yield root
        root = root.getnext()
