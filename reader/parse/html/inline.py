"""Collects the text between two block boundaries of a page and splits it into pieces."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from reader.model import BlockKind
from reader.parse.document import Box, Piece, common_start
from reader.text.sanitize import clean_line

_FINAL = frozenset(".!?…\"'”’»")
_ALWAYS_RUN_ON = frozenset(["abbr", "cite", "code", "em", "i", "q", "sub", "sup", "u"])
_RUNS_ON = re.compile(r"[a-zà-ÿ,.;:)!?…–—-]")
# Words that are followed by a name.
_JOINING = frozenset("door by von par por di av af en and und et y og och & van".split())
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_KINDS: dict[str, BlockKind] = {"blockquote": "quote", "li": "item"}
_BOLD = frozenset(["b", "strong"])
# The tags that describe the text in them.
TELLING = frozenset(_LEVELS) | frozenset(_KINDS) | _BOLD
# Elements that occur within a block.
_LEAVES = frozenset("a abbr b em font i small span strong sub sup time u".split())
# The number of texts in a line after which links are ignored.
_MAX_SEGMENTS = 300
# The number of texts in a heading from which it counts as never closed.
_MANY = 4


class Context(NamedTuple):
    """The properties of a text given by the elements around it."""

    kind: BlockKind = "paragraph"
    level: int = 0
    bold: bool = False
    href: str | None = None
    moment: str | None = None

    def within(self, box: Box) -> "Context":
        """Return the context within `box`; outer headings and inner links have precedence."""
        kind, level, bold, href, moment = self
        tag = box.tag
        if tag in TELLING:
            level = level or _LEVELS.get(tag, 0)
            kind = "quote" if kind == "quote" else _KINDS.get(tag, kind)
            bold = bold or tag in _BOLD
        return Context(kind, level, bold, box.href or href, box.moment or moment)


NOWHERE = Context()
_Segment = tuple[str, tuple[int, ...]]


class TextRun:
    """Collected text with the chain of boxes around each part, split into lines at line breaks.

    `boxes` and `contexts` are indexed by number, and grow while the page is read. `has_text` tells
    whether the current line has text other than white space; `lines` counts the complete lines.
    """

    def __init__(self, boxes: Sequence[Box], contexts: Sequence[Context]) -> None:
        self._boxes = boxes
        self._contexts = contexts
        self.segments: list[_Segment | None] = []
        self.lines = 0
        self.has_text = False
        self._last = ""
        self._closed = False

    def add(self, text: str, chain: tuple[int, ...]) -> None:
        """Add text as written in the page."""
        if not text.isspace():
            self._last = text
            self.has_text = True
        self._closed = False
        self.segments.append((text, chain))

    def break_line(self) -> None:
        """Add a line break."""
        self.segments.append(None)
        self.lines += 1
        self.has_text = False
        self._last = ""

    def open_inline(self) -> None:
        """Separate the words of two inline elements that follow each other without a space."""
        if self._closed and self.segments:
            self.segments.append((" ", ()))

    def close_inline(self) -> None:
        """Note that an inline element ended."""
        self._closed = True

    def runs_on(self, tag: str, following: str) -> bool:
        """Tell whether `following`, in an inline element, continues the preceding sentence."""
        last = self._last.rstrip()
        if last[-1:] in _FINAL:
            return False
        if last.strip().lower() in _JOINING:
            return True
        if last.endswith(("-", "–", "—", "(", "/")) or _RUNS_ON.match(following):
            return True
        return tag in _ALWAYS_RUN_ON and not following[:1].isdigit()

    def take(self) -> Sequence[Piece]:
        """Return the collected text, one piece per line, and clear it."""
        segments, self.segments, self._last = self.segments, [], ""
        self.has_text = self._closed = False
        self.lines = 0
        if len(segments) == 1 and segments[0]:
            return self._whole(*segments[0])
        pieces: list[Piece] = []
        breaks, line = 0, list[_Segment]()
        for segment in (*segments, None):
            if segment is not None:
                line.append(segment)
                continue
            piece = self._piece(line, glued=breaks == 1 and bool(pieces))
            if piece:
                pieces.append(piece)
                breaks = 0
            breaks, line = breaks + 1, []
        return pieces

    def _whole(self, text: str, chain: tuple[int, ...]) -> Sequence[Piece]:
        """Return the piece of a single text, the most common case."""
        text = clean_line(text)
        if not text:
            return ()
        kind, level, bold, href, moment = self._contexts[chain[-1]] if chain else NOWHERE
        kind = "heading" if level else kind
        return (Piece(text, kind, level, bold, href, None, moment, False, chain),)

    def _piece(self, line: Sequence[_Segment], *, glued: bool) -> Piece | None:
        chains = [chain for text, chain in line if not text.isspace()]
        text = clean_line("".join([text for text, _ in line])) if chains else ""
        if not text:
            return None
        chain = common_start(chains) if len(chains) > 1 else chains[0]
        context = self._contexts[chain[-1]] if chain else NOWHERE
        moment, inner = context.moment, None
        links: tuple[tuple[int, int, str], ...] = ()
        if len(chains) > 1:
            found = (self._contexts[each[-1]].moment for each in chains if each)
            moment = next(filter(None, found), None)
            inside = (self._boxes[box].href for each in chains for box in each[len(chain) :])
            inner = next(filter(None, inside), None)
            if inner and not context.href:
                links = self._links(line, len(chain), len(text))
        return Piece(
            text,
            "heading" if context.level else context.kind,
            context.level,
            context.bold,
            context.href,
            inner,
            moment,
            glued,
            chain,
            links,
        )

    def _links(
        self, line: Sequence[_Segment], depth: int, length: int
    ) -> tuple[tuple[int, int, str], ...]:
        """Return the links of a line as start, end and address.

        `depth` is the number of boxes around the whole line, and `length` that of its text, which
        may be shorter than its parts: an accent is composed with the letter before it.
        """
        links: list[tuple[int, int, str]] = []
        # The length of the line before the text, whether a space separates them, and the last link.
        before, spaced, opened = 0, False, None
        for text, chain in line[:_MAX_SEGMENTS]:
            clean = clean_line(text)
            if not clean:
                spaced = spaced or text[:1].isspace()
                continue
            start = before + (before > 0 and (spaced or text[0].isspace()))
            before, spaced = start + len(clean), text[-1].isspace()
            box = next((box for box in chain[depth:] if self._boxes[box].href), None)
            href = self._boxes[box].href if box is not None else None
            if href and box == opened:
                links[-1] = (links[-1][0], before, href)
            elif href:
                links.append((start, before, href))
                opened = box
        inside = [(start, min(end, length), href) for start, end, href in links if start < length]
        return tuple(inside)


def end_headings(pieces: Sequence[Piece], boxes: Sequence[Box]) -> Sequence[Piece]:
    """Return the pieces after correcting headings that were never closed.

    Such a heading contains several blocks, of which only its own text remains a heading.
    """
    headed = (piece for piece in pieces if piece.level)
    held = Counter(box for piece in headed for box in piece.boxes if boxes[box].tag in _LEVELS)
    unclosed = {box for box, times in held.items() if times >= _MANY}
    if not unclosed:
        return pieces
    return [
        piece if unclosed.isdisjoint(piece.boxes) else _out_of_heading(piece, boxes)
        for piece in pieces
    ]


def _out_of_heading(piece: Piece, boxes: Sequence[Box]) -> Piece:
    tags = [boxes[box].tag for box in piece.boxes]
    blocks = [tag for tag in tags if tag not in _LEAVES]
    if not blocks or blocks[-1] in _LEVELS:
        return piece
    kind: BlockKind = "item" if "li" in tags else "paragraph"
    return piece._replace(level=0, kind="quote" if "blockquote" in tags else kind)
