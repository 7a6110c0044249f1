"""The numbered links of the opened article; pure."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from reader.model import Block, TextLink
from reader.text.article_links import ArticleLink
from reader.text.sanitize import clean_text

# Kinds of blocks whose links have no place in the drawn text.
_WITHOUT_PLACES = ("code", "table")


class Linking(Struct, frozen=True):
    """The numbered links, the first being 1; typing a number opens or copies that link."""

    links: tuple[ArticleLink, ...] = ()
    copying: bool = False

    def __bool__(self) -> bool:
        """Tell whether the links are numbered."""
        return bool(self.links)

    @property
    def numbers(self) -> Mapping[str, int]:
        """Return the numbers by address."""
        return {link.url: number for number, link in enumerate(self.links, 1)}

    def link(self, number: int) -> ArticleLink | None:
        """Return the link with a number, or None."""
        return self.links[number - 1] if 1 <= number <= len(self.links) else None

    def is_whole(self, number: int) -> bool:
        """Tell whether no further digit can extend it to the number of another link."""
        return number * 10 > len(self.links)


def numbered(blocks: tuple[Block, ...], numbers: Mapping[str, int]) -> tuple[Block, ...]:
    """Return the blocks with `[2]` after the words of each link; the number is a link as well."""
    return tuple(_numbered(block, numbers) if block.links else block for block in blocks)


def _numbered(block: Block, numbers: Mapping[str, int]) -> Block:
    # Positions are unreliable in a text that has to be cleaned.
    if (block.kind in _WITHOUT_PLACES and block.rows) or clean_text(block.text) != block.text:
        return block
    text, links, end, grown = "", list[TextLink](), 0, 0
    for link in sorted(block.links, key=lambda link: link.start):
        number = numbers.get(link.url)
        if number is None or not end <= link.start < link.end <= len(block.text):
            continue
        sign = f"[{number}]"
        text += block.text[end : link.end] + sign
        after = link.end + grown
        links += [
            TextLink(link.start + grown, after, link.url),
            TextLink(after, after + len(sign), link.url),
        ]
        end, grown = link.end, grown + len(sign)
    return replace(block, text=text + block.text[end:], links=tuple(links))
