"""A user's CSS selectors: they tell what an element is, by giving it the tag that means it."""

from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag
from lxml import etree
from soupsieve import SelectorSyntaxError
from soupsieve import compile as compile_selector

from reader.errors import UsageError

# The tag that each role of `selectors` in the settings stands for.
_TAGS = {
    "headline": "h1",
    "dateline": "p",
    "paragraph": "p",
    "subheading": "h2",
    "age": "time",
    "more": "h2",
}
_HIDING = ("hidden", "style", "role", "aria-hidden")
# Carries the tag from the page that was searched to the one that is read.
_MARK = "data-znreader-tag"


def mark_elements(text: str, selectors: Mapping[str, str]) -> str:
    """Return a page as `selectors` say: `main` alone is kept, `ignore` goes, the rest is marked.

    Raises UsageError where a selector is not valid CSS.
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
    """Return why a selector is not valid CSS, or None where it is."""
    try:
        compile_selector(selector)
    except (SelectorSyntaxError, NotImplementedError) as error:
        return str(error).splitlines()[0]
    return None


def name_elements(root: etree._Element) -> None:
    """Give each element that was marked the tag that it was marked with."""
    for element in root.xpath(f"//*[@{_MARK}]"):
        name = element.attrib.pop(_MARK)
        # The page itself may hold such a mark.
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
