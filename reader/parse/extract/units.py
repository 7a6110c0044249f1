"""Groups the pieces of a list into units: one teaser, or one line of the ticker."""

from collections.abc import Callable, Sequence

from reader.parse.classify.furniture import is_section
from reader.parse.document import Piece, shared_boxes


def group_units(pieces: Sequence[Piece], is_anchor: Callable[[Piece], bool]) -> list[list[Piece]]:
    """Return `pieces` grouped into units of one anchor (an age, a clock time) each.

    Boxes with one anchor or one link each are units. In a flat page the order decides: units begin
    with an anchor if the first piece is one, and else end with it.
    """
    anchors = [is_anchor(piece) for piece in pieces]
    cards = _cards(pieces, anchors)
    units: list[list[Piece]] = []
    previous: int | None = None
    for piece, card in zip(pieces, cards, strict=True):
        if card is None or card != previous:
            units.append([])
        units[-1].append(piece)
        previous = card
    lonely = [unit for unit in units if len(unit) == 1 and is_anchor(unit[0])]
    if any(anchors) and (len(lonely) * 2 > sum(anchors) or all(card is None for card in cards)):
        return _by_order(pieces, anchors)
    return _adopt_strays(units, is_anchor)


def _cards(pieces: Sequence[Piece], anchors: Sequence[bool]) -> list[int | None]:
    """Return for each piece the outermost box around it with at most one anchor or link."""
    # A box with all of several anchors is not a card.
    outer = len(shared_boxes(pieces)) if sum(anchors) > 1 else 0
    ages: dict[int, int] = {}
    held: dict[int, int] = {}
    hrefs: dict[int, set[str]] = {}
    for piece, anchor in zip(pieces, anchors, strict=True):
        for box in piece.boxes[outer:]:
            held[box] = held.get(box, 0) + 1
            ages[box] = ages.get(box, 0) + anchor
        if piece.href and not is_section(piece.text):
            for box in piece.boxes[outer:]:
                hrefs.setdefault(box, set()).add(piece.href)

    def is_card(box: int) -> bool:
        links = len(hrefs.get(box, ()))
        single = ages[box] <= 1 and (links <= 1 or (ages[box] == 1 and links <= 2))
        return single and ages[box] + links >= 1

    cards = {box for box in held if is_card(box)}
    return [next((box for box in piece.boxes if box in cards), None) for piece in pieces]


def _by_order(pieces: Sequence[Piece], anchors: Sequence[bool]) -> list[list[Piece]]:
    units: list[list[Piece]] = [[]]
    leading = bool(anchors) and anchors[0]
    for piece, anchor in zip(pieces, anchors, strict=True):
        if anchor and leading and units[-1]:
            units.append([])
        units[-1].append(piece)
        if anchor and not leading:
            units.append([])
    return [unit for unit in units if unit]


def _adopt_strays(
    units: list[list[Piece]], is_anchor: Callable[[Piece], bool]
) -> list[list[Piece]]:
    """Join a text between cards to the card before it, if that lacks an anchor."""
    adopted: list[list[Piece]] = []
    for unit in units:
        open_unit = adopted and not any(map(is_anchor, adopted[-1]))
        loose = all(piece.href is None for piece in unit)
        if open_unit and loose and any(piece.href for piece in adopted[-1]):
            adopted[-1].extend(unit)
        else:
            adopted.append(unit)
    return adopted
