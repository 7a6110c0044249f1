"""HTML in any layout to a stream of pieces; with `walk` and `meta`, all that knows lxml."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from reader.errors import UnreadablePage
from reader.parse.document import Link, Page
from reader.parse.html.inline import end_headings
from reader.parse.html.links import resolve
from reader.parse.html.metadata import head_of, read_meta
from reader.parse.html.walker import Walk

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")


def read_html(
    text: str, url: str | None, site: str, selectors: Mapping[str, str] | None = None
) -> Page:
    """Return the pieces of an HTML page; links are resolved against `url`, else against `site`.

    Raises UsageError where a selector is not valid, and UnreadablePage where elements stand in
    elements without end.
    """
    root = _tree(text, selectors)
    meta = read_meta(root, text)
    base = url or resolve(meta.url or "", site) or site
    head = head_of(root)
    declared = next((tag.get("href", "") for tag in head.iter("base") if "href" in tag.attrib), "")
    if declared:
        base = resolve(declared, base) or base
    walk = Walk(base)
    for part in _roots(root):
        walk.read(part)
    links = [
        Link("", target, tag.get("rel", "").lower())
        for tag in head.iter("link")
        if "rel" in tag.attrib
        and "href" in tag.attrib
        and (target := resolve(tag.attrib["href"], base))
    ]
    return Page(
        tuple(end_headings(walk.pieces, walk.boxes)),
        True,
        tuple(walk.boxes),
        (*links, *walk.links),
        frozenset(walk.media),
        frozenset(walk.forms),
        meta,
    )


def _tree(text: str, selectors: Mapping[str, str] | None) -> etree._Element:
    text = _XML_DECLARATION.sub("", text)
    if not selectors:
        return _parse(text)
    # Slow to import, and few need it.
    from reader.parse.html.selectors import mark_elements, name_elements  # noqa: PLC0415

    root = _parse(mark_elements(text, selectors))
    name_elements(root)
    return root


def _parse(text: str) -> etree._Element:
    parser = etree.HTMLParser(
        remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    root = etree.fromstring(text, parser)
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise UnreadablePage("nested_too_deep")
    return etree.Element("html") if root is None else root


def _roots(root: etree._Element | None) -> Iterator[etree._Element]:
    """Yield the page's outermost elements: several where it goes on after `</html>`."""
    while root is not None:
        yield root
        root = root.getnext()
