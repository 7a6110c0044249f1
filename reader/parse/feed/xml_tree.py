"""Parses XML text to a tree of elements, within bounds and without external entities."""

from lxml import etree

from reader.errors import UnreadablePage


def parse_xml(text: str) -> etree._Element:
    """Return the outermost element of a repaired document; raises UnreadablePage if it has none."""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadablePage("feed_unreadable") from error
    if root is None:
        raise UnreadablePage("feed_unreadable")
    return root
