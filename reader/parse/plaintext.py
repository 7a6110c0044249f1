"""Reads a saved text page as a stream of pieces, in either of two forms.

One form has blank lines between paragraphs, the other single line breaks throughout. In both, an
age such as `2 uur geleden` may directly precede the next item.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from reader.parse.document import MAX_PIECES, Page, Piece
from reader.text.dateline import split_dateline
from reader.text.relative_time import parse_age, split_leading_age
from reader.text.sanitize import clean_line, clean_text

_LIST_MARK = re.compile(r"^[-–•*·]\s+(?=\S)")
# The widths (characters) at which saved pages are wrapped.
_WRAP_WIDTHS = range(40, 101)


def read_text(text: str) -> Page:
    """Return the pieces of a plain text page."""
    lines = [clean_line(line) for line in clean_text(text).split("\n")[:MAX_PIECES]]
    chunks = _chunks(lines)
    if _is_wrapped(chunks):
        chunks = [_unwrap(chunk) for chunk in chunks]
    pieces = islice(chain.from_iterable(map(_pieces, chunks)), MAX_PIECES)
    return Page(tuple(pieces), is_html=False)


def _chunks(lines: Sequence[str]) -> list[list[str]]:
    """Return the groups of lines between blank lines, or each line alone if none is blank."""
    inner = lines[next((i for i, line in enumerate(lines) if line), 0) :]
    while inner and not inner[-1]:
        inner = inner[:-1]
    if "" not in inner:
        return [[line] for line in inner]
    chunks: list[list[str]] = [[]]
    for line in inner:
        if line:
            chunks[-1].append(line)
        elif chunks[-1]:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _is_wrapped(chunks: Sequence[Sequence[str]]) -> bool:
    continued = [line for chunk in chunks for line in chunk[:-1] if parse_age(line) is None]
    longest = max((len(line) for chunk in chunks for line in chunk), default=0)
    full = [line for line in continued if len(line) > longest * 0.7]
    return longest in _WRAP_WIDTHS and len(full) >= 3 and len(full) > len(continued) / 2


def _unwrap(chunk: Sequence[str]) -> list[str]:
    joined: list[list[str]] = []
    for line in chunk:
        begins = _LIST_MARK.match(line) or split_dateline(line)[0]
        apart = not joined or begins or parse_age(line) or parse_age(joined[-1][-1])
        if apart:
            joined.append([line])
        else:
            joined[-1].append(line)
    return [" ".join(lines) for lines in joined]


def _pieces(chunk: Sequence[str]) -> Iterator[Piece]:
    glued = False
    for line in chunk:
        rest = line
        while (split := split_leading_age(rest)) and split[1]:
            yield Piece(rest[: len(rest) - len(split[1])].strip(), glued=glued)
            rest, glued = split[1], True
        piece = Piece(rest, glued=glued)
        if _LIST_MARK.match(rest):
            piece = piece._replace(text=_LIST_MARK.sub("", rest), kind="item", glued=False)
        yield piece
        glued = True
