"""Which boxes of a page are no part of its news: navigation, notices, pictures, buttons."""

from collections import Counter
from collections.abc import Callable, Sequence

from reader.parse.body import is_ambiguous, is_prose
from reader.parse.furniture import is_box_label, is_foreign_label, is_notice
from reader.parse.page import Page, Piece, shared_boxes
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
    total = sum(len(piece.text) for piece in page.pieces)

    def drop(number: int, held: Sequence[Piece]) -> bool:
        box = page.boxes[number]
        if box.tag not in _FRAME_TAGS and not box.words & _FRAME_WORDS:
            return False
        # The footer of a card or of the article is no frame of the page.
        if box.tag == "footer" and any(page.boxes[b].tag in _CARDS for b in held[0].boxes):
            return False
        if box.tag in {"body", "html", "main", "article"}:
            return False
        return _length(held) * 2 < total and not is_news(held)

    return _without(page.pieces, drop)


def without_inserts(page: Page, pieces: Sequence[Piece], lead: Piece | None) -> list[Piece]:
    """Return an article's pieces without the boxes put between its paragraphs.

    These are advertisements, newsletter forms, pictures with captions, links to other articles and
    sharing buttons: known by tag, by class, by label, by an input or by an image.
    """
    total, running = _length(pieces), _length(list(filter(is_prose, pieces)))
    used = Counter(
        word for piece in pieces if piece.boxes for word in page.boxes[piece.boxes[-1]].words
    )
    # What half of the texts are called is no name for an insert.
    telling = _BODY_WORDS - {word for word, times in used.items() if times * 2 > len(pieces)}

    def drop(number: int, held: Sequence[Piece]) -> bool:
        length = _length(held)
        if length > _MAX_BOX or length * 2 > total or _holds_lead(held, lead):
            return False
        box = page.boxes[number]
        if box.words & telling and _length(list(filter(is_prose, held))) <= running * _MAX_PROSE:
            return True
        return box.tag in _BODY_TAGS or _is_insert(page, number, held, length)

    return _without(pieces, drop)


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


def _without(pieces: Sequence[Piece], drop: Callable[[int, Sequence[Piece]], bool]) -> list[Piece]:
    held: dict[int, list[Piece]] = {}
    for piece in pieces:
        for box in piece.boxes:
            held.setdefault(box, []).append(piece)
    # A box around all pieces cannot be an insert, and is the page itself.
    whole = set(shared_boxes(pieces))
    dropped = {box for box, inside in held.items() if box not in whole and drop(box, inside)}
    return [piece for piece in pieces if dropped.isdisjoint(piece.boxes)]


def _length(pieces: Sequence[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)
