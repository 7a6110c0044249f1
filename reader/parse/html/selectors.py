"""Applies a user's CSS selectors, by giving each selected element the tag of its role."""

from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag
from lxml import etree
from soupsieve import SelectorSyntaxError
from soupsieve import compile as compile_selector

from reader.errors import UsageError

# The tag for each role of `selectors` in the settings.
_TAGS = {
    "headline": "h1",
    "dateline": "p",
    "paragraph": "p",
    "subheading": "h2",
    "age": "time",
    "more": "h2",
}
_HIDING = ("hidden", "style", "role", "aria-hidden")
# The attribute that carries the tag from BeautifulSoup's tree to lxml's.
_MARK = "data-znreader-tag"


def mark_elements(text: str, selectors: Mapping[str, str]) -> str:
    """Return a page reduced to `main`, without `ignore`, and with other selected elements marked.

    Raises UsageError if a selector is not valid CSS.
    """
    soup = BeautifulSoup(text, "lxml")
    if "main" in selectors:
        _keep(soup, _select(soup, "main", selectors["main"]))
    if "ignore" in selectors:
        for tag in _select(soup, "ignore", selectors["ignore"]):
            tag.decompose()
    for role, name in _TAGS.items():
        for tag in _select(soup, role, selectors[role]) if role in selectors else ():
            tag[_MARK] = name
            for attribute in _HIDING:
                tag.attrs.pop(attribute, None)
    return str(soup)


def selector_flaw(selector: str) -> str | None:
    """Return why a selector is not valid CSS, or None if it is valid."""
    try:
        compile_selector(selector)
    except (SelectorSyntaxError, NotImplementedError) as error:
        return str(error).splitlines()[0]
    return None


def name_elements(root: etree._Element) -> None:
    """Give each marked element the tag in its mark."""
    for element in root.xpath(f"//*[@{_MARK}]"):
        name = element.attrib.pop(_MARK)
        # The page itself may have such an attribute.
        if name in _TAGS.values():
            element.tag = name


def _keep(soup: BeautifulSoup, parts: list[Tag]) -> None:
    body = soup.find("body")
    if parts and isinstance(body, Tag):
        kept = [part.extract() for part in parts]
        body.clear()
        body.extend(kept)


def _select(soup: BeautifulSoup, role: str, selector: str) -> list[Tag]:
    try:
        return list(soup.select(selector))
    except (SelectorSyntaxError, NotImplementedError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError("bad_selector", role=role, detail=reason) from error
