"""The links of an article that may be opened; pure."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec import Struct

from reader.model import Article
from reader.text.sanitize import clean_line

_MOST_LINKS = 1_000


class ArticleLink(Struct, frozen=True):
    """A link of an article, or its image: its text and its address."""

    text: str
    url: str


def may_open(url: str | None) -> bool:
    """Tell whether `url` is a clean http or https address."""
    if not url or clean_line(url) != url or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def links_of(article: Article, image: str) -> tuple[ArticleLink, ...]:
    """Return the links of an article and its image, each address once, in the order of the text.

    An image without a caption is called `image`, a link without words its address.
    """
    found: dict[str, str] = {}
    for text, url in _links(article, image):
        if may_open(url) and len(found) < _MOST_LINKS:
            found.setdefault(url, clean_line(text) or url)
    return tuple(ArticleLink(text, url) for url, text in found.items())


def _links(article: Article, image: str) -> Iterator[tuple[str, str]]:
    for block in article.blocks:
        for link in sorted(block.links, key=lambda link: link.start):
            yield block.text[link.start : link.end], link.url
    if article.image is not None:
        yield article.image.caption or image, article.image.url
