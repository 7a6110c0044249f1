"""Labels each piece of a page once, by its own text and tags, with the reason.

`prose` is running text, `text` may be running text if it is in a body; `heading`, `item`, `table`,
`code` and `quote` are other parts of a body. The others are furniture: `time`, `byline`, `credit`,
`caption`, `notice`, `label`, `button`, `link`, `mark`.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from reader.parse.classify import furniture, phrases
from reader.parse.document import Page, Piece
from reader.text.memoize import memoized
from reader.text.relative_time import parse_age

LabelName = Literal[
    "prose",
    "text",
    "heading",
    "item",
    "quote",
    "table",
    "code",
    "time",
    "byline",
    "credit",
    "caption",
    "notice",
    "label",
    "button",
    "link",
    "mark",
]


class PieceLabel(NamedTuple):
    """The label of a piece, and the reason for it."""

    name: LabelName
    reason: str


_NOT_WORDS = re.compile(r"\W+")
_DIGIT = re.compile(r"\d")
_MIN_PROSE = 40
_LONG = 120
# The weight of a letter in a script without spaces, relative to a Latin letter.
_DENSE_WEIGHT = 2.5
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FINAL = tuple(".!?…:。！？．।؟۔።")
_QUOTES_END = tuple('"”’»」』“')
_CLOSING = "\"'”’»)）」』]“"
# Decoration around a label.
_DASHES = "-–—*|•· "
_OPENING = ('"', "“", "„", "‘", "'", "«", ",,", "”")
_ATTRIBUTED = re.compile(
    r", (?:zegt|zei|aldus|vertelt|vertelde|schrijft|schreef|lacht|luidt|staat er|says|said)\b"
)
_QUOTES_WITHIN = ('"', "”", "’", "»", "''")
# The least number of characters after a quotation in a sentence that quotes.
_MIN_AFTER = 12
# The share of links in a text above which it is not prose.
_MAX_LINKED = 0.6
_MAX_TIME = 90
_MAX_TIME_WORDS = 14
_MAX_BYLINE = 120
_MAX_LABEL = 60


def label_pieces(page: Page, pieces: Sequence[Piece]) -> list[PieceLabel]:
    """Return the label of each of `pieces`."""
    authors = frozenset(name.casefold() for name in page.meta.authors)
    return [_label(piece, authors) for piece in pieces]


@memoized
def bare_text(text: str) -> str:
    """Return only the letters and digits of a text, folded, to compare two versions of it."""
    return _NOT_WORDS.sub("", text.casefold())


def weight(text: str) -> float:
    """Return the length of a text, in characters of Latin script."""
    if text.isascii():
        return len(text)
    return len(text) + (_DENSE_WEIGHT - 1) * len(_DENSE.findall(text))


def is_prose(piece: Piece) -> bool:
    """Tell whether a piece reads like a sentence of running text rather than a label or title."""
    return not piece.level and piece.kind not in {"table", "code"} and _is_sentence(piece.text)


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends like a sentence, or in a quotation."""
    return text.endswith(_QUOTES_END) or text.rstrip(_CLOSING).endswith(_FINAL)


@memoized
def is_dated(text: str) -> bool:
    """Tell whether a line is only a date or a clock time, with the words usual around one."""
    if len(text) > _MAX_TIME or len(text.split()) > _MAX_TIME_WORDS or not _has_digit(text):
        return False
    if phrases.READING_TIME_ANY.fullmatch(text):
        return True
    if text.endswith((".", "!", "?")) and not phrases.DATE_ENDS.search(text):
        return False
    rest = phrases.MOMENT.sub(" ", text)
    if rest == text:
        return False
    return len(phrases.WORDS.findall(phrases.MOMENT_WORDS.sub(" ", rest))) <= 1


def _label(piece: Piece, authors: frozenset[str]) -> PieceLabel:
    text = piece.text
    if piece.kind in {"table", "code"}:
        return PieceLabel(piece.kind, "its tag")
    if not furniture.has_words(text):
        return PieceLabel("mark", "it has no words")
    if len(text) <= furniture.MAX_META_LINE:
        found = _furniture(piece, authors)
        if found:
            return found
    if piece.href and not (is_prose(piece) and ends_sentence(text)) and not piece.level:
        return PieceLabel("link", "all of it is a link")
    if piece.level:
        return PieceLabel("heading", f"h{piece.level}")
    if _is_sentence(text) and piece.linked <= _MAX_LINKED * len(text):
        return PieceLabel("prose", "it reads like a sentence")
    if piece.kind in {"item", "quote"}:
        return PieceLabel(piece.kind, "its tag")
    return PieceLabel("text", "a short line")


def _furniture(piece: Piece, authors: frozenset[str]) -> PieceLabel | None:
    is_item, is_title = piece.kind == "item", bool(piece.level)
    if authors or is_item or is_title:
        return _furniture_of(piece.text, authors, is_item=is_item, is_title=is_title)
    return _plain_furniture(piece.text)


@memoized
def _plain_furniture(text: str) -> PieceLabel | None:
    return _furniture_of(text, frozenset())


def _furniture_of(
    text: str, authors: frozenset[str], *, is_item: bool = False, is_title: bool = False
) -> PieceLabel | None:
    dated = not is_item and is_dated(text)
    if parse_age(text) or furniture.is_time(text) or dated:
        return PieceLabel("time", "it is a time")
    if furniture.is_updated(text) or phrases.UPDATED_ANY.match(text):
        return PieceLabel("time", "it says when it was changed")
    if furniture.is_chrome(text) and not is_title:
        return PieceLabel("notice", "it frames every page")
    bare = text.strip(_DASHES)
    if furniture.is_box_label(bare) or phrases.LABEL_ANY.fullmatch(bare):
        return PieceLabel("label", "it heads boxes")
    if furniture.is_button(text):
        return PieceLabel("button", "it is what a button says")
    if furniture.is_byline(text) or _is_author_line(text, authors):
        return PieceLabel("byline", "it says who wrote it")
    if furniture.is_credit(text) or phrases.CREDIT_ANY.match(text):
        return PieceLabel("credit", "it says whose picture it is")
    if (furniture.is_notice(text) or phrases.NOTICE_ANY.match(text)) and not _quotes(text):
        return PieceLabel("notice", "it is said in such boxes only")
    if furniture.is_caption(text) and not is_title:
        return PieceLabel("caption", "it ends in a picture's credit")
    return None


def _is_author_line(text: str, authors: frozenset[str]) -> bool:
    """Tell whether a line is the name of an author, with at most a role or a `door` before it."""
    if len(text) > _MAX_BYLINE:
        return False
    # A cheap check first: every moment has a digit, and few lines have one.
    rest = (phrases.MOMENT.sub("", text) if _has_digit(text) else text).strip(" |·,–-")
    if phrases.BYLINE_ANY.fullmatch(rest) or (rest != text and furniture.is_byline(rest)):
        return True
    folded = text.casefold()
    return any(name in folded and len(folded) <= len(name) + _MAX_LABEL for name in authors) and (
        not text.endswith((".", "!", "?", ":")) or folded.rstrip(".:") in authors
    )


def _quotes(text: str) -> bool:
    """Tell whether a text quotes others, which a notice does not.

    It begins with a quotation within a sentence, or names the speaker.
    """
    if _ATTRIBUTED.search(text):
        return True
    closing = max(text.find(mark, 1) for mark in _QUOTES_WITHIN)
    return text.startswith(_OPENING) and 0 < closing < len(text) - _MIN_AFTER


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


@memoized
def _is_sentence(text: str) -> bool:
    length = weight(text)
    if length < _MIN_PROSE:
        return False
    if length < _LONG and not ends_sentence(text):
        return False
    return _quotes(text) or not (furniture.is_notice(text) or furniture.is_caption(text))
