"""A user's CSS selectors: they tell what an element is, by giving it the tag that means it."""

from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag

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


def apply_selectors(soup: BeautifulSoup, selectors: Mapping[str, str]) -> None:
    """Change the tree as `selectors` say: `main` alone is kept, `ignore` goes, the rest is named.

    Raises UsageError where a selector is not valid CSS.
    """
    if "main" in selectors:
        _keep(soup, _select(soup, "main", selectors["main"]))
    if "ignore" in selectors:
        for tag in _select(soup, "ignore", selectors["ignore"]):
            tag.decompose()
    for role, name in _TAGS.items():
        for tag in _select(soup, role, selectors[role]) if role in selectors else ():
            tag.name = name
            for attribute in _HIDING:
                tag.attrs.pop(attribute, None)


def _keep(soup: BeautifulSoup, parts: list[Tag]) -> None:
    body = soup.find("body")
    if parts and isinstance(body, Tag):
        kept = [part.extract() for part in parts]
        body.clear()
        body.extend(kept)


def _select(soup: BeautifulSoup, role: str, selector: str) -> list[Tag]:
    # Slow to import, and few need it.
    from soupsieve import SelectorSyntaxError  # noqa: PLC0415

    try:
        return list(soup.select(selector))
    except (SelectorSyntaxError, NotImplementedError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(f"selectors.{role}: {selector!r} is no CSS selector: {reason}") from error
