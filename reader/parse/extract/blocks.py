"""Reads a body's pieces as blocks: paragraphs, subheadings, items, quotes, tables and code."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from reader.model import Block, BlockKind, TextLink
from reader.parse.classify.furniture import is_byline, is_time
from reader.parse.classify.piece_labels import PieceLabel, ends_sentence, is_prose
from reader.parse.document import Box, Piece, common_start
from reader.text.url import WEB

MAX_BLOCKS = 2_000
_MAX_BARE_WORDS = 7
# The longest bare line, and the longest paragraph that more lines are joined to, in characters.
_MAX_BARE, _MAX_JOINED = 300, 50_000
_MAX_MARKED_WORDS = 14
# A line that occurs this often in a body is a label of boxes.
_OFTEN = 3
# The longest name of a programming language, in characters.
_MAX_LANGUAGE = 20
# A text of this length (characters) that occurs twice is a copy, for machines or another width.
_MIN_REPEATED = 80
# The least length (characters) of a copy of the whole body in one text.
_MIN_WHOLE = 500
# The least number of lines of one kind after the last sentence that are part of a body.
_MIN_LINES = 4
# The path of links whose e-mail address is hidden from readers without scripts.
_HIDDEN_ADDRESS = "/cdn-cgi/"
# The share of links in a short text above which it only leads elsewhere.
_MOSTLY = 0.8
_FINAL = re.compile(r"[.!?:;,…][\"'”’»)]*$")
_OPENS = re.compile(r"[\"'“”‘’„«(]*[A-ZÀ-Þ0-9]")
# Labels of boxes that also occur as subheadings of real articles.
_AMBIGUOUS = re.compile(
    r"(reacties?|reageren|populair|uitgelicht|trending|aanbieding|promotie|delen|deel|terug|top|meer|"
    r"tip|volgende|vorige|menu|instellingen|x|cookies?|reclame|advertenties|aanmelden|inschrijven|"
    r"luister|volgen|lees voor|nieuwsbrief|poll|stelling|meer weten|net binnen)",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"https?://\S{1,2000}\.(?:jpe?g|png|gif|webp|svg)", re.IGNORECASE)
_LINKED_NOTICE = re.compile(r"(lees|bekijk|luister|zie|kijk) (ook|meer|verder)\b", re.IGNORECASE)
_LABEL = re.compile(r"(update|correctie|rectificatie)\s*\d*", re.IGNORECASE)


def is_ambiguous(text: str) -> bool:
    """Tell whether a label may also be a subheading of an article."""
    return _AMBIGUOUS.fullmatch(text) is not None


def clean_body(
    pieces: Sequence[Piece],
    labels: Sequence[PieceLabel],
    chosen: Sequence[int],
    *,
    is_whole: bool = False,
) -> tuple[list[int], dict[int, str]]:
    """Return the `chosen` pieces of a body that are kept, and why the others are not.

    The first piece is the beginning of the body and is always kept. If the body `is_whole`, it has
    been separated from the rest of its page: all of it counts to its last piece, links included.
    """
    dropped: dict[int, str] = {}
    often = Counter([pieces[i].text for i in chosen])
    read: set[str] = set()
    last = max((i for i in chosen if _closes(pieces[i], labels[i])), default=chosen[0])
    last = chosen[-1] if is_whole else _with_lines(pieces, labels, chosen, last)
    if len(opening := pieces[chosen[0]].text) >= _MIN_REPEATED:
        read.add(opening)
    for place, index in enumerate(chosen[1:], 1):
        if index > last:
            if not _is_afterthought(pieces[index]):
                dropped[index] = "after the last sentence"
            continue
        text = pieces[index].text
        if labels[index].name == "prose" and often[text] >= _OFTEN:
            dropped[index] = "it is repeated often"
            continue
        if len(text) >= _MIN_REPEATED:
            if _repeats(text, read):
                dropped[index] = "a copy of an earlier text"
                continue
            read.add(text)
        after = chosen[place + 1] if place + 1 < len(chosen) else None
        if after is not None and _names_code(pieces, index, after):
            dropped[index] = "it names the language of code"
            continue
        followed = after is not None and labels[after].name == "prose"
        reason = _furniture(pieces[index], labels[index], followed=followed)
        if reason and not (is_whole and _is_plain_link(pieces[index], labels[index])):
            dropped[index] = reason
    kept = [index for index in chosen if index not in dropped]
    return _without_empty_headings(pieces, labels, kept, dropped), dropped


def _names_code(pieces: Sequence[Piece], index: int, after: int) -> bool:
    """Tell whether a line begins the element that otherwise has only the code `after` it."""
    piece, code = pieces[index], pieces[after]
    if code.kind != "code" or not code.boxes or len(piece.text) > _MAX_LANGUAGE:
        return False
    box = code.boxes[-1]
    before = pieces[index - 1].boxes if index else ()
    return box in piece.boxes and box not in before


def read_blocks(pieces: Sequence[Piece], boxes: Sequence[Box]) -> tuple[Block, ...]:
    """Return the blocks of a body; `boxes` are the boxes of its page."""
    lines = _joined(_defined(pieces, boxes))[:MAX_BLOCKS]
    kinds = [_kind(lines, index) for index in range(len(lines))]
    while len(lines) > 1 and kinds[-1] == "heading":
        lines, kinds = lines[:-1], kinds[:-1]
    blocks: list[Block] = []
    numbered: set[int] = set()
    entries = _entries(pieces, boxes)
    for found, piece in zip(kinds, lines, strict=True):
        entry = found == "item" and not entries.isdisjoint(piece.boxes)
        kind = "paragraph" if entry else found
        number = _number(piece, boxes, numbered) if kind == "item" else None
        links = tuple(TextLink(*link) for link in piece.links if _HIDDEN_ADDRESS not in link[2])
        if piece.href and kind != "code":
            links = (TextLink(0, len(piece.text), piece.href),)
        blocks.append(Block(kind, piece.text, number, piece.rows, links))
    return tuple(blocks)


def _entries(pieces: Sequence[Piece], boxes: Sequence[Box]) -> frozenset[int]:
    """Return the list items that are entries with a heading, as in a live blog."""
    return frozenset(
        box for piece in pieces if piece.level for box in piece.boxes if boxes[box].tag == "li"
    )


def _number(piece: Piece, boxes: Sequence[Box], numbered: set[int]) -> int | None:
    """Return the number of an item of an ordered list, for the first piece of the item."""
    inner = next((box for box in reversed(piece.boxes) if boxes[box].tag == "li"), None)
    if inner is None or inner in numbered:
        return None
    numbered.add(inner)
    return boxes[inner].number


def _defined(pieces: Sequence[Piece], boxes: Sequence[Box]) -> list[Piece]:
    """Return the pieces, with each short term of a definition list joined to its definition."""
    joined: list[Piece] = []
    for piece in pieces:
        tags = [boxes[box].tag for box in piece.boxes]
        term = joined[-1] if joined else None
        if "dd" in tags and term and "dt" in [boxes[box].tag for box in term.boxes]:
            joined[-1] = piece._replace(
                text=f"{term.text.rstrip(':')}: {piece.text}", kind="item", links=()
            )
        elif "dd" in tags or ("dt" in tags and not ends_sentence(piece.text)):
            joined.append(piece._replace(kind="item"))
        else:
            joined.append(piece)
    return joined


def _closes(piece: Piece, label: PieceLabel) -> bool:
    """Tell whether a body may end with this piece."""
    if label.name in {"prose", "table", "code", "quote"}:
        return True
    if label.name == "text":
        return ends_sentence(piece.text) and piece.linked * 2 < len(piece.text)
    return label.name == "item" and piece.linked * 2 < len(piece.text)


def _repeats(text: str, read: Collection[str]) -> bool:
    """Tell whether a text is a copy of an earlier one, or a long copy of several of them."""
    return text in read or (len(text) >= _MIN_WHOLE and sum(each in text for each in read) > 1)


def _with_lines(
    pieces: Sequence[Piece], labels: Sequence[PieceLabel], chosen: Sequence[int], last: int
) -> int:
    """Return the end of a body whose last sentence, at `last`, may be followed by a list."""
    before = [pieces[index].boxes for index in chosen if index < last][-1:]
    around = common_start([pieces[last].boxes, *before]) if before else pieces[last].boxes[:-1]
    lines: list[int] = []
    for index in chosen:
        if index <= last:
            continue
        piece = pieces[index]
        inside = piece.boxes[: len(around)] == around
        is_line = labels[index].name in {"text", "item", "heading"} and not piece.href
        if not inside or not (is_line or piece.text.startswith(WEB)):
            break
        if labels[index].name != "heading":
            lines.append(index)
    return lines[-1] if len(lines) >= _MIN_LINES else last


def _furniture(piece: Piece, label: PieceLabel, *, followed: bool) -> str | None:
    """Return why a piece within a body is not part of it, or None if it is."""
    name = label.name
    if _PICTURE.fullmatch(piece.text):
        return "the address of a picture"
    if name in {"prose", "text", "item", "quote", "table", "code"}:
        if piece.links and _LINKED_NOTICE.match(piece.text):
            return "it leads to another article"
        sentence = is_prose(piece) and piece.text.endswith(".")
        linked = piece.linked > _MOSTLY * len(piece.text)
        if name == "text" and linked and not sentence and "@" not in piece.text:
            return "most of it is a link"
        return None
    if name == "heading":
        linked = piece.linked > _MOSTLY * len(piece.text)
        return "a heading that leads elsewhere" if linked else None
    if name == "link":
        return None if "@" in piece.text or piece.text.startswith(WEB) else label.reason
    if name in {"label", "button", "notice"}:
        may_head = followed and not piece.href and is_ambiguous(piece.text)
        return None if may_head else label.reason
    if name == "byline" and not piece.level and piece.text.isupper():
        return None
    if name == "mark" and piece.text == ".":
        return None
    return label.reason


def _is_plain_link(piece: Piece, label: PieceLabel) -> bool:
    """Tell whether a line leads to something else, and is no notice or button."""
    return label.name in {"heading", "link", "text"} and not (
        _LINKED_NOTICE.match(piece.text) or _PICTURE.fullmatch(piece.text)
    )


def _without_empty_headings(
    pieces: Sequence[Piece],
    labels: Sequence[PieceLabel],
    kept: Sequence[int],
    dropped: dict[int, str],
) -> list[int]:
    """Return `kept` without headings that have no text below them any more."""
    left: list[int] = []
    following: int | None = None
    for index in reversed(kept):
        headed = labels[index].name == "heading"
        next_level = pieces[following].level if following is not None else 1
        ends = following is None or 0 < next_level <= pieces[index].level
        lost = any(i in dropped for i in range(index + 1, following or index + 2))
        if headed and ends and lost and left is not None and index != kept[0]:
            dropped[index] = "nothing below it was kept"
            continue
        left.append(index)
        following = index
    return left[::-1]


def _is_afterthought(piece: Piece) -> bool:
    """Tell whether a line after the last sentence is still part of the body."""
    if piece.href or piece.level or is_time(piece.text):
        return False
    return (
        piece.text == "."
        or _LABEL.fullmatch(piece.text) is not None
        or (is_byline(piece.text) and piece.text.isupper())
    )


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Join lines separated by one line break, unless the first is a heading or ends a sentence."""
    joined: list[Piece] = []
    for piece in pieces:
        previous = joined[-1] if joined else None
        runs_on = (
            piece.glued
            and previous is not None
            and len(previous.text) <= _MAX_JOINED
            and previous.kind == piece.kind
            and not previous.level
            and not ends_sentence(previous.text)
            and not (_is_bare(previous) and _OPENS.match(piece.text))
            and not (previous.bold and not piece.bold)
        )
        if previous is not None and runs_on:
            moved = len(previous.text) + 1
            links = tuple((start + moved, end + moved, url) for start, end, url in piece.links)
            joined[-1] = previous._replace(
                text=f"{previous.text} {piece.text}", links=(*previous.links, *links)
            )
        else:
            joined.append(piece)
    return joined


def _kind(pieces: Sequence[Piece], index: int) -> BlockKind:
    piece = pieces[index]
    if index == 0 and piece.kind in {"heading", "paragraph"}:
        return "paragraph"
    if (is_byline(piece.text) and not piece.level) or _LABEL.fullmatch(piece.text):
        return "paragraph"
    if piece.kind in {"item", "quote", "table", "code"}:
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
    """Tell whether a piece is short, without final punctuation, and begins with a capital."""
    text = piece.text
    return (
        len(text) <= _MAX_BARE
        and len(text.split()) <= _MAX_BARE_WORDS
        and not _FINAL.search(text)
        and _OPENS.match(text) is not None
        and any(char.isalpha() for char in text)
        and not is_byline(text)
        and not _LABEL.fullmatch(text)
    )
