"""Which boxes of a page are no part of its news: navigation, notices, pictures, buttons."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

from reader.parse.classify.furniture import is_box_label, is_foreign_label, is_notice
from reader.parse.document import Box, Page, Piece, shared_boxes
from reader.parse.extract.body import is_ambiguous, is_prose
from reader.text.dateline import split_dateline

_FRAME_TAGS = frozenset(["nav", "footer"])
_FRAME_WORDS = frozenset(
    "nav navbar navigation navigatie menu footer cookie cookies consent gdpr breadcrumb "
    "breadcrumbs kruimelpad modal popup webmail login".split()
)
_BODY_TAGS = frozenset(["figure", "figcaption", "aside", "form", "ins", "address", "details"])
_BODY_WORDS = _FRAME_WORDS | frozenset(
    "ad ads advert adverts advertentie advertisement advertising advertorial "
    "banner sponsor sponsored gesponsord newsletter nieuwsbrief share sharing shares social "
    "socials delen comments comment reacties reactie caption bijschrift onderschrift "
    "credit credits tags tag copyright paywall subscribe promo promotion leesook readmore "
    "gallery byline toolbar sharedaddy likes poll quiz embed instagram tweet placeholder "
    "app widget donate donatie doneer weather signup related author auteur".split()
)
# Elements around one text, never around a body.
_LEAVES = frozenset("p span a b strong i em font time h1 h2 h3 h4 h5 h6 blockquote".split())
_CARDS = frozenset(["article", "li"])
_BODIES = frozenset(["body", "html", "main", "article"])
_MAX_BOX = 700
# A box named like an insert that holds more than this share of the prose is none.
_MAX_PROSE = 0.25
_FEW_PIECES = 5
_MAX_CAPTION = 300
# The share of the prose that the article's own box holds at least.
_MOST = 0.85


def without_frame(page: Page, is_news: Callable[[Sequence[Piece]], bool]) -> list[Piece]:
    """Return the page's pieces without navigation, footer and notices.

    A box for which `is_news` holds, or that is most of the page, stays whatever its tag says.
    """
    total = _length(page.pieces)
    framing = {
        number
        for number, box in enumerate(page.boxes)
        if (box.tag in _FRAME_TAGS or not _FRAME_WORDS.isdisjoint(box.words))
        and box.tag not in _BODIES
    }

    def drop(number: int, held: Sequence[Piece]) -> bool:
        box = page.boxes[number]
        # The footer of a card or of the article is no frame of the page.
        if box.tag == "footer" and any(page.boxes[b].tag in _CARDS for b in held[0].boxes):
            return False
        return _length(held) * 2 < total and not is_news(held)

    return _without(page.pieces, drop, framing)


class Inserts:
    """The boxes put between the paragraphs of an article, which begins with the piece `lead`.

    These are advertisements, newsletter forms, pictures with captions, links to other articles and
    sharing buttons: known by tag, by class, by label, by an input or by an image.
    """

    def __init__(self, page: Page, pieces: Sequence[Piece], lead: Piece | None) -> None:
        self._page = page
        self._pieces = pieces
        self._lead = lead
        self._held = _held(pieces)
        self._total = _length(pieces)
        # A box around all pieces cannot be an insert, and is the page itself.
        self._dropped = dict.fromkeys(shared_boxes(pieces), False)

    def hold(self, piece: Piece) -> bool:
        """Tell whether one of the pieces stands in an insert."""
        for box in piece.boxes:
            dropped = self._dropped.get(box)
            if dropped is None:
                dropped = self._dropped[box] = self._drops(box)
            if dropped:
                return True
        return False

    def _drops(self, number: int) -> bool:
        held = self._held[number]
        length = _length(held)
        if length > _MAX_BOX or length * 2 > self._total or _holds_lead(held, self._lead):
            return False
        box = self._page.boxes[number]
        if box.tag in _BODY_TAGS or (box.words and self._is_named_insert(box, held)):
            return True
        return _is_insert(self._page, number, held, length)

    def _is_named_insert(self, box: Box, held: Sequence[Piece]) -> bool:
        return bool(box.words & self._telling) and _prose(held) <= self._prose * _MAX_PROSE

    @cached_property
    def _prose(self) -> int:
        return _prose(self._pieces)

    @cached_property
    def _telling(self) -> frozenset[str]:
        """Return the names of inserts, but for what half of the texts here are called."""
        boxes = (self._page.boxes[piece.boxes[-1]] for piece in self._pieces if piece.boxes)
        used = Counter(word for box in boxes for word in box.words)
        return _BODY_WORDS - {word for word, times in used.items() if times * 2 > len(self._pieces)}


def without_inserts(page: Page, pieces: Sequence[Piece], lead: Piece) -> list[Piece]:
    """Return the pieces of an article that begins with `lead`, without those in inserts."""
    inserts = Inserts(page, pieces, lead)
    return [piece for piece in pieces if not inserts.hold(piece)]


def _holds_lead(held: Sequence[Piece], lead: Piece | None) -> bool:
    if lead is None:
        return any(split_dateline(piece.text)[0] for piece in held)
    return any(piece is lead for piece in held)


def _is_insert(page: Page, number: int, held: Sequence[Piece], length: int) -> bool:
    """Tell by its label, its inputs, its image or its wording whether a small box is an insert."""
    sentences = sum(map(is_prose, held))
    if number in page.forms and sentences < 2 and not is_prose(held[0]):
        return True
    if is_box_label(held[0].text):
        return not (is_ambiguous(held[0].text) and sentences)
    if length > _MAX_CAPTION:
        return False
    headed = is_notice(held[0].text) and sentences < 2
    noticed = headed or (any(is_notice(piece.text) for piece in held) and not sentences)
    return number in page.media or (1 < len(held) <= _FEW_PIECES and noticed)


def without_foreign(pieces: Sequence[Piece]) -> list[Piece]:
    """Return a listing's pieces without boxes of other headlines, such as `Meest gelezen`."""
    kept = _without(
        pieces,
        lambda _, held: (
            is_foreign_label(held[0].text)
            and not any(split_dateline(piece.text)[0] for piece in held)
        ),
    )
    last = max((i for i, piece in enumerate(kept) if split_dateline(piece.text)[0]), default=-1)
    tail = (i for i, piece in enumerate(kept) if i > last and is_foreign_label(piece.text))
    return kept[: next(tail, len(kept))]


def main_part(page: Page, pieces: Sequence[Piece], lead: Piece) -> list[Piece]:
    """Return the pieces of the deepest box around `lead` that holds most of the prose."""
    prose: Counter[int] = Counter()
    paragraphs: Counter[int] = Counter()
    running = list(filter(is_prose, pieces))
    for piece in running:
        for box in piece.boxes:
            prose[box] += len(piece.text)
            paragraphs[box] += 1
    around = [
        box
        for box in lead.boxes
        if prose[box] >= _length(running) * _MOST
        and paragraphs[box] >= min(2, len(running))
        and page.boxes[box].tag not in _LEAVES
    ]
    if not around:
        return list(pieces)
    return [piece for piece in pieces if around[-1] in piece.boxes]


def _without(
    pieces: Sequence[Piece],
    drop: Callable[[int, Sequence[Piece]], bool],
    among: set[int] | None = None,
) -> list[Piece]:
    """Return the pieces but for those in boxes to drop, of all boxes or of those `among` them."""
    whole = shared_boxes(pieces)
    held = _held(pieces if among is None else [p for p in pieces if not among.isdisjoint(p.boxes)])
    asked = (box for box in held if among is None or box in among)
    dropped = {box for box in asked if box not in whole and drop(box, held[box])}
    return [piece for piece in pieces if dropped.isdisjoint(piece.boxes)]


def _held(pieces: Sequence[Piece]) -> dict[int, list[Piece]]:
    """Return for each box the pieces in it."""
    held: dict[int, list[Piece]] = {}
    for piece in pieces:
        for box in piece.boxes:
            if box in held:
                held[box].append(piece)
            else:
                held[box] = [piece]
    return held


def _prose(pieces: Sequence[Piece]) -> int:
    return _length(list(filter(is_prose, pieces)))


def _length(pieces: Sequence[Piece]) -> int:
    return sum([len(piece.text) for piece in pieces])
