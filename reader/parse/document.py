"""A page as a flat stream of pieces in reading order, whatever its layout was.

What there are hundreds of on a page are named tuples: those are made several times as fast.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.model import BlockKind


class Box(NamedTuple):
    """An element that encloses text: its tag, the words of its class, id and role, its link."""

    tag: str
    words: frozenset[str] = frozenset()
    href: str | None = None
    moment: str | None = None


class Piece(NamedTuple):
    """One line of a page's text with what its tags say of it.

    `level` is 1 to 6 for h1 to h6; `href` is the address of the link that the whole piece lies in,
    `inner_href` that of the first link within it; `moment` is the `datetime` of its time element;
    `glued` tells that only one line break parts it from the piece before; `boxes` are the numbers
    of the enclosing elements, outermost first.
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


class Link(NamedTuple):
    """A link of the page: its text, its absolute address, its `rel`, and the boxes around it."""

    text: str
    url: str
    rel: str = ""
    boxes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Meta:
    """What the page's head and JSON-LD say of it, cleaned; None or empty where they are silent."""

    url: str | None = None
    titles: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    section: str | None = None
    is_article: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page in reading order; `media` and `forms` number the boxes around images and inputs."""

    pieces: tuple[Piece, ...]
    is_html: bool
    boxes: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()
    media: frozenset[int] = frozenset()
    forms: frozenset[int] = frozenset()
    meta: Meta = field(default_factory=Meta)


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
