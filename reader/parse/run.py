"""The text between two block boundaries of a page, and how it becomes pieces."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reader.model import BlockKind
from reader.parse.page import Box, Piece, common_start
from reader.text.clean import clean_line

_WHITE = re.compile(r"\s+")
_FINAL = frozenset(".!?…\"'”’»")
_ALWAYS_RUN_ON = frozenset(["abbr", "cite", "code", "em", "i", "q", "sub", "sup", "u"])
_RUNS_ON = re.compile(r"[a-zà-ÿ,.;:)!?…–—-]")
_MAX_BOXES = 120
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# Elements within a block.
_LEAVES = frozenset("a abbr b em font i small span strong sub sup time u".split())
# So many texts in one heading, and it was never closed.
_MANY = 4


@dataclass(frozen=True, slots=True)
class _Segment:
    text: str
    chain: tuple[int, ...]


class Run:
    """Text gathered with the chain of boxes around each bit of it; a line break parts lines."""

    def __init__(self) -> None:
        self._segments: list[_Segment | None] = []
        self._last = ""
        self._closed = False

    @property
    def has_text(self) -> bool:
        """Tell whether anything but white space was gathered on the line that is open."""
        return bool(self._last)

    def add(self, text: str, chain: tuple[int, ...]) -> None:
        """Take text as it stands in the page; white space in it means one space at most."""
        text = _WHITE.sub(" ", text)
        if not text:
            return
        self._closed = False
        if text.strip():
            self._last = text.strip()
        self._segments.append(_Segment(text, chain[:_MAX_BOXES]))

    def break_line(self) -> None:
        """Take a line break."""
        self._segments.append(None)
        self._last = ""

    def open_inline(self) -> None:
        """Part the words of two inline elements that follow each other without a space."""
        if self._closed and self._segments:
            self._segments.append(_Segment(" ", ()))

    def close_inline(self) -> None:
        """Note that an inline element just ended."""
        self._closed = True

    def runs_on(self, tag: str, following: str) -> bool:
        """Tell whether `following`, in an inline element, continues the sentence before it."""
        if self._last[-1:] in _FINAL:
            return False
        if self._last.endswith(("-", "–", "—", "(", "/")) or _RUNS_ON.match(following):
            return True
        return tag in _ALWAYS_RUN_ON and not following[:1].isdigit()

    def take(self, boxes: Sequence[Box]) -> Iterator[Piece]:
        """Yield what was gathered, a piece a line, and begin anew."""
        segments, self._segments, self._last, self._closed = self._segments, [], "", False
        breaks, line, first = 0, list[_Segment](), True
        for segment in [*segments, None]:
            if segment is not None:
                line.append(segment)
                continue
            piece = _piece(line, boxes, glued=breaks == 1 and not first)
            if piece:
                yield piece
                breaks, first = 0, False
            breaks, line = breaks + 1, []


def end_headings(pieces: Sequence[Piece], boxes: Sequence[Box]) -> Iterator[Piece]:
    """Yield the pieces, of which those in a heading that was never closed are no headings.

    Such a heading holds several blocks; its own text alone is the heading then.
    """
    held = Counter(box for piece in pieces for box in piece.boxes if boxes[box].tag in _HEADINGS)
    for piece in pieces:
        blocks = [box for box in piece.boxes if boxes[box].tag not in _LEAVES]
        unclosed = any(held[box] >= _MANY for box in piece.boxes)
        if unclosed and blocks and boxes[blocks[-1]].tag not in _HEADINGS:
            tags = [boxes[box].tag for box in piece.boxes]
            yield replace(piece, level=0, kind=_kind(tags, 0))
        else:
            yield piece


def _piece(line: Sequence[_Segment], boxes: Sequence[Box], *, glued: bool) -> Piece | None:
    text = clean_line("".join(segment.text for segment in line))
    chains = [segment.chain for segment in line if segment.text.strip()]
    if not text or not chains:
        return None
    chain = common_start(chains)
    around = [boxes[number] for number in chain]
    tags = [box.tag for box in around]
    level = next(
        (int(tag[1]) for tag in tags if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456"), 0
    )
    moments = (boxes[number].moment for found in chains for number in reversed(found))
    inner = (boxes[number].href for found in chains for number in found[len(chain) :])
    return Piece(
        text=text,
        kind=_kind(tags, level),
        level=level,
        bold="b" in tags or "strong" in tags,
        href=next((box.href for box in reversed(around) if box.href), None),
        inner_href=next((href for href in inner if href), None),
        moment=next((moment for moment in moments if moment), None),
        glued=glued,
        boxes=chain,
    )


def _kind(tags: Sequence[str], level: int) -> BlockKind:
    if level:
        return "heading"
    if "blockquote" in tags:
        return "quote"
    return "item" if "li" in tags else "paragraph"
