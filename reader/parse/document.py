"""A page as a flat stream of pieces in reading order, independent of its layout.

Types with hundreds of instances on a page are named tuples, which are several times faster to make.
"""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct, field

from reader.model import BlockKind

# The most pieces that are read; the longest real pages have a sixth of that.
MAX_PIECES = 8_000
# The tags of the frame around the content of a page.
FRAME_TAGS = frozenset(["nav", "footer"])


class Box(NamedTuple):
    """An element that encloses text: its tag, the words of its class, id and role, its link.

    `number` is the number of an item in an ordered list.
    """

    tag: str
    words: frozenset[str] = frozenset()
    href: str | None = None
    moment: str | None = None
    number: int | None = None


class Piece(NamedTuple):
    """One line of a page's text with the properties given by its tags.

    `level` is 1 to 6 for h1 to h6; `href` is the address of the link around the whole piece,
    `inner_href` that of the first link within it; `moment` is the `datetime` of its time element;
    `glued` is true if only one line break separates it from the piece before; `boxes` has the
    numbers of the enclosing elements, outermost first; `links` has the links within it, each as
    start, end and address; `rows` has the cells of a table.
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    bold: bool = False
    href: str | None = None
    inner_href: str | None = None
    moment: str | None = None
    glued: bool = False
    boxes: tuple[int, ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def linked(self) -> int:
        """Return the number of characters of the text that are in links."""
        if self.href:
            return len(self.text)
        return sum([end - start for start, end, _ in self.links])


class Link(NamedTuple):
    """A link of the page: its text, its absolute address, its `rel`, and the boxes around it."""

    text: str
    url: str
    rel: str = ""
    boxes: tuple[int, ...] = ()


class Picture(Struct, frozen=True):
    """An image that the page's head names, cleaned: its address, caption and credit."""

    url: str
    caption: str | None = None
    credit: str | None = None


class Meta(Struct, frozen=True):
    """The metadata in the page's head and JSON-LD, cleaned; None or empty if absent.

    `titles` are in order of certainty; `headline` and `body` are the article's headline and text in
    JSON-LD; `is_free` is false if it states that readers must pay.
    """

    url: str | None = None
    titles: tuple[str, ...] = ()
    headline: str | None = None
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    section: str | None = None
    is_article: bool = False
    authors: tuple[str, ...] = ()
    image: Picture | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    body: str = ""
    is_free: bool = True


class Page(Struct, frozen=True):
    """A page in reading order.

    `media` and `forms` have the numbers of the boxes around images and inputs; `beside` has
    `media` and the parents of these boxes; `frames` has those of navigation and footers.
    """

    pieces: tuple[Piece, ...]
    is_html: bool
    boxes: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()
    media: frozenset[int] = frozenset()
    beside: frozenset[int] = frozenset()
    forms: frozenset[int] = frozenset()
    frames: frozenset[int] = frozenset()
    meta: Meta = field(default_factory=Meta)

    def is_framed(self, piece: Piece) -> bool:
        """Tell whether a piece is in navigation or in a footer."""
        return not self.frames.isdisjoint(piece.boxes)


def shared_boxes(pieces: Sequence[Piece]) -> tuple[int, ...]:
    """Return the numbers of the boxes around all of `pieces`, outermost first."""
    return common_start([piece.boxes for piece in pieces])


def common_start(chains: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the longest common prefix of `chains`."""
    if not chains:
        return ()
    low, high = min(chains), max(chains)
    length = next((i for i, box in enumerate(low) if i >= len(high) or high[i] != box), len(low))
    return low[:length]
