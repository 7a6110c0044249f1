"""An article's pieces to its blocks: paragraphs, subheadings, items and quotes."""

import re
from collections.abc import Sequence

from reader.model import Block, BlockKind
from reader.parse.classify.furniture import (
    is_box_label,
    is_button,
    is_byline,
    is_caption,
    is_credit,
    is_notice,
    is_time,
)
from reader.parse.document import Piece
from reader.text.relative_time import parse_age
from reader.text.remember import remembered

MAX_BLOCKS = 2_000
_MIN_PROSE = 40
_LONG = 120
_MAX_BARE_WORDS = 7
_MAX_MARKED_WORDS = 14
_FINAL = re.compile(r"[.!?:;,…][\"'”’»)]*$")
_SENTENCE_END = tuple(".!?…:")
_QUOTES_END = tuple('"”’»')
_CLOSING = "\"'”’»)"
_OPENS = re.compile(r"[\"'“”‘’„«(]*[A-ZÀ-Þ0-9]")
# Subheadings of real articles that are labels of boxes elsewhere.
_AMBIGUOUS = re.compile(
    r"(reacties?|reageren|populair|uitgelicht|trending|aanbieding|promotie|delen|deel|terug|top|meer|"
    r"tip|volgende|vorige|menu|instellingen|x|cookies?|reclame|advertenties|aanmelden|inschrijven|"
    r"luister|volgen|lees voor|nieuwsbrief|poll|stelling|meer weten|net binnen)",
    re.IGNORECASE,
)
_LINKED_NOTICE = re.compile(r"(lees|bekijk|luister|zie|kijk) (ook|meer|verder)\b", re.IGNORECASE)
_LABEL = re.compile(r"(update|correctie|rectificatie)\s*\d*", re.IGNORECASE)


def is_prose(piece: Piece) -> bool:
    """Tell whether a piece reads like a sentence of running text rather than a label or title."""
    return not piece.level and _is_sentence(piece.text)


@remembered
def _is_sentence(text: str) -> bool:
    if len(text) < _MIN_PROSE:
        return False
    if len(text) < _LONG and not _ends_sentence(text):
        return False
    return not (is_notice(text) or is_caption(text))


def is_ambiguous(text: str) -> bool:
    """Tell whether a label may be an article's subheading as well."""
    return _AMBIGUOUS.fullmatch(text) is not None


def _ends_sentence(text: str) -> bool:
    """Tell whether a text ends as a sentence does, or in a quotation."""
    return text.endswith(_QUOTES_END) or text.rstrip(_CLOSING).endswith(_SENTENCE_END)


def read_blocks(pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """Return the blocks of an article whose first piece is its lead."""
    kept = [pieces[0], *_without_furniture(pieces[1:])]
    lines = _joined(kept)[:MAX_BLOCKS]
    kinds = [_kind(lines, index) for index in range(len(lines))]
    while len(lines) > 1 and kinds[-1] == "heading":
        lines, kinds = lines[:-1], kinds[:-1]
    return tuple(Block(kind, piece.text) for kind, piece in zip(kinds, lines, strict=True))


def _without_furniture(pieces: Sequence[Piece]) -> list[Piece]:
    last = max((i for i, piece in enumerate(pieces) if _closes(piece)), default=-1)
    kept = [
        piece
        for i, piece in enumerate(pieces[: last + 1])
        if not _is_furniture(piece, followed=is_prose(pieces[min(i + 1, last)]))
    ]
    # What stands behind the last sentence is a stray byline of the body at most.
    return [*kept, *(piece for piece in pieces[last + 1 :] if _is_afterthought(piece))]


def _closes(piece: Piece) -> bool:
    """Tell whether a body may end with this piece."""
    if _is_furniture(piece, followed=False) or (piece.href and len(piece.text) < _LONG):
        return False
    return is_prose(piece) or _ends_sentence(piece.text) or piece.kind in {"item", "quote"}


def _is_furniture(piece: Piece, *, followed: bool) -> bool:
    text = piece.text
    if is_notice(text) or is_box_label(text) or is_button(text):
        return not (followed and not piece.href and is_ambiguous(text))
    if piece.inner_href and _LINKED_NOTICE.match(text):
        return True
    if piece.href and len(text) < _LONG and piece.kind != "heading":
        return "@" not in text
    return is_caption(text) or is_credit(text) or parse_age(text) is not None


def _is_afterthought(piece: Piece) -> bool:
    if piece.href or piece.level or is_time(piece.text) or is_button(piece.text):
        return False
    return (
        piece.text == "."
        or _LABEL.fullmatch(piece.text) is not None
        or (is_byline(piece.text) and piece.text.isupper())
    )


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Join lines that one line break parts, unless the first is a heading or ends a sentence."""
    joined: list[Piece] = []
    for piece in pieces:
        previous = joined[-1] if joined else None
        runs_on = (
            piece.glued
            and previous is not None
            and previous.kind == piece.kind
            and not previous.level
            and not _ends_sentence(previous.text)
            and not (_is_bare(previous) and _OPENS.match(piece.text))
            and not (previous.bold and not piece.bold)
        )
        if previous is not None and runs_on:
            joined[-1] = previous._replace(text=f"{previous.text} {piece.text}")
        else:
            joined.append(piece)
    return joined


def _kind(pieces: Sequence[Piece], index: int) -> BlockKind:
    piece = pieces[index]
    if index == 0 or (is_byline(piece.text) and not piece.level) or _LABEL.fullmatch(piece.text):
        return "paragraph"
    if piece.kind in {"item", "quote"}:
        return piece.kind
    if piece.level:
        return "heading"
    words = len(piece.text.split())
    if piece.bold and words <= _MAX_MARKED_WORDS and not piece.text.endswith((".", ",", ";")):
        return "heading" if any(char.isalpha() for char in piece.text) else "paragraph"
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    if following and following.glued and _is_bare(piece._replace(text=piece.text.rstrip("?"))):
        return "heading"
    if _is_bare(piece) and following and (is_prose(following) or _FINAL.search(following.text)):
        return "heading"
    return "paragraph"


def _is_bare(piece: Piece) -> bool:
    """Tell whether a piece is short, without final punctuation, and begins like a heading."""
    text = piece.text
    return (
        len(text.split()) <= _MAX_BARE_WORDS
        and not _FINAL.search(text)
        and _OPENS.match(text) is not None
        and any(char.isalpha() for char in text)
        and not is_byline(text)
        and not _LABEL.fullmatch(text)
    )
