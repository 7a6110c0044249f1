"""Pure wrapping of text whose pieces are drawn differently, such as words that changed."""

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from reader.ui.typeset.wrapping import Wrapped, wrap_text


class Span(Struct, frozen=True):
    """A piece of a line, from one character up to another, drawn as `part`."""

    start: int
    end: int
    part: str


UNBROKEN = "\N{NO-BREAK SPACE}"
# A text, and the part that it is drawn as; "" is that of its line.
Pieces = Sequence[tuple[str, str]]


def wrap_pieces(pieces: Pieces, width: int) -> list[tuple[Wrapped, tuple[Span, ...]]]:
    """Return the lines of joined pieces, each at most `width` cells, with its spans.

    No line breaks at `UNBROKEN`, which is drawn as a space.
    """
    parts = [part for text, part in pieces for char in text if not char.isspace()]
    lines = []
    for line in wrap_text("".join(text for text, _ in pieces), max(width, 2)):
        places = [place for place, char in enumerate(line.text) if not char.isspace()]
        own = list(zip(places, parts, strict=False))
        parts = parts[len(own) :]
        spans = []
        for part, group in groupby(own, key=lambda each: each[1]):
            of_part = [place for place, _ in group]
            if part:
                spans.append(Span(of_part[0], of_part[-1] + 1, part))
        drawn = replace(line, text=line.text.replace(UNBROKEN, " "))
        lines.append((drawn, tuple(spans)))
    return lines
