"""A page as a flat stream of pieces in reading order, whatever its layout was.

What there are hundreds of on a page are named tuples: those are made several times as fast.
"""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct, field

from reader.model import BlockKind

# No page is read beyond so many pieces: the longest real ones have a sixth of that.
MAX_PIECES = 8_000
# The tags of the frame around what a page holds.
FRAME_TAGS = frozenset(["nav", "footer"])


class Box(NamedTuple):
    """An element that encloses text: its tag, the words of its class, id and role, its link.

    `number` is that of an item of an ordered list.
    """

    tag: str
    words: frozenset[str] = frozenset()
    href: str | None = None
    moment: str | None = None
    number: int | None = None


class Piece(NamedTuple):
    """One line of a page's text with what its tags say of it.

    `level` is 1 to 6 for h1 to h6; `href` is the address of the link that the whole piece lies in,
    `inner_href` that of the first link within it; `moment` is the `datetime` of its time element;
    `glued` tells that only one line break parts it from the piece before; `boxes` are the numbers
    of the enclosing elements, outermost first; `links` are the links within it, each with its first
    character, the one after its last and its address; `rows` are the cells of a table.
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
        """Return how many characters of the text are those of links."""
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
    """What the page's head and JSON-LD say of it, cleaned; None or empty where they are silent.

    `titles` has the surest first; `headline` is what JSON-LD calls the article's, and `body` is the
    text of the article that it repeats; `is_free` is false where it says that readers pay.
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

    `media` and `forms` number the boxes around images and inputs; `beside` has those of `media` and
    the ones right around them; `frames` are those of navigation and footers.
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
        """Tell whether a piece stands in navigation or in a footer."""
        return not self.frames.isdisjoint(piece.boxes)


def shared_boxes(pieces: Sequence[Piece]) -> tuple[int, ...]:
    """Return the numbers of the boxes that hold all of `pieces`, outermost first."""
    return common_start([piece.boxes for piece in pieces])


def common_start(chains: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Return what all of `chains` begin with."""
    if not chains:
        return ()
    low, high = min(chains), max(chains)
    length = next((i for i, box in enumerate(low) if i >= len(high) or high[i] != box), len(low))
    return low[:length]
