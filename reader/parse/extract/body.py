"""Finds the body of an article: the box with most running text, without its furniture."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from reader.parse.classify.boxes import furniture_boxes
from reader.parse.classify.piece_labels import PieceLabel, bare_text, weight
from reader.parse.document import Page, Piece

# The share of the prose from which a box is the whole body rather than a part of it.
_MOST = 0.8
# The size, relative to the largest, from which parts side by side belong to the body.
_SIBLING = 0.2
# Elements that enclose one text, never a whole body.
_LEAVES = frozenset("p span a b strong i em font time h1 h2 h3 h4 h5 h6 li small".split())
# The least length of an `articleBody` by which a page is checked, in characters.
_MIN_CHECK = 300
_KEY_LENGTH = 50
# The least length of one that shows that a different text is not the article, in characters.
_MIN_TOLD = 600
_MIN_KEY = 12
# The share of `articleBody` found on the page from which text outside of it is not the body.
_MIN_AGREED = 0.6
# The weight of prose outside of `articleBody` in the search for the body.
_DOUBTED = 0.1
_MIN_GOOD = 150


class Region(Struct, frozen=True):
    """The region of the body: the numbers of its pieces, and the place of its first prose.

    `furniture` has the reason for each furniture box; `agreed` has the pieces that `articleBody`
    repeats, or None if that has too little of the page.
    """

    pieces: tuple[int, ...]
    first: int
    furniture: Mapping[int, str]
    agreed: frozenset[int] | None


def find_region(
    page: Page,
    pieces: Sequence[Piece],
    labels: Sequence[PieceLabel],
    furniture: Mapping[int, str],
) -> Region | None:
    """Return the region of the body in `pieces`, or None if there is no running text."""
    agreed = _agreed(page.meta.body, pieces, labels)
    values = _values(pieces, labels, furniture, agreed)
    if sum(values.values()) < _MIN_GOOD:
        frame = {box: why for box, why in furniture.items() if page.boxes[box].tag == "nav"}
        values = _values(pieces, labels, frame, agreed) or values
    if not values:
        return None
    chosen = _choose(page, pieces, values)
    first = min(i for i in values if i in chosen)
    return Region(tuple(sorted(chosen)), first, furniture, agreed)


def body_numbers(
    page: Page, pieces: Sequence[Piece], labels: Sequence[PieceLabel], region: Region
) -> tuple[list[int], dict[int, str]]:
    """Return the pieces of a region that are not furniture, by number, and why the others are."""
    inside = list(region.pieces)
    boxes = furniture_boxes(
        page,
        [pieces[i] for i in inside],
        [labels[i] for i in inside],
        inside.index(region.first),
    )
    kept, dropped = [], {}
    for index in inside:
        reason = next((boxes[box] for box in pieces[index].boxes if box in boxes), None)
        if region.agreed and index in region.agreed and labels[index].name == "prose":
            reason = None
        if reason:
            dropped[index] = reason
        else:
            kept.append(index)
    if region.agreed is not None:
        kept, doubted = _checked(pieces, labels, kept, region.agreed)
        dropped |= dict.fromkeys(doubted, "`articleBody` has it not")
    return kept, dropped


def _values(
    pieces: Sequence[Piece],
    labels: Sequence[PieceLabel],
    furniture: Mapping[int, str],
    agreed: frozenset[int] | None,
) -> dict[int, float]:
    """Return the weight of each piece of running text, by number."""
    values: dict[int, float] = {}
    for index, (piece, label) in enumerate(zip(pieces, labels, strict=True)):
        if label.name != "prose":
            continue
        repeated = agreed is not None and index in agreed
        if not repeated and any(box in furniture for box in piece.boxes):
            continue
        value = weight(piece.text) - piece.linked
        if piece.kind == "item":
            value /= 2
        values[index] = value if agreed is None or repeated else value * _DOUBTED
    return values


def _choose(page: Page, pieces: Sequence[Piece], values: Mapping[int, float]) -> frozenset[int]:
    """Return the numbers of the pieces in the smallest boxes with most of the prose."""
    total = sum(values.values())
    depth, inside = 0, [i for i in range(len(pieces)) if pieces[i].boxes]
    if not inside:
        return frozenset(range(len(pieces)))
    best: int | None = None
    while True:
        parts: Counter[int] = Counter()
        for index in values:
            boxes = pieces[index].boxes
            # The box at each depth must be within the one chosen at the depth above.
            if len(boxes) > depth and (best is None or boxes[depth - 1] == best):
                parts[boxes[depth]] += values[index]  # type: ignore[assignment]
        parts = Counter(
            {box: value for box, value in parts.items() if page.boxes[box].tag not in _LEAVES}
        )
        if not parts:
            break
        box, value = parts.most_common(1)[0]
        if value < total * _MOST:
            return _of_parts(page, pieces, best, parts, values)
        best, depth, total = box, depth + 1, value
    return _in(pieces, {best} if best is not None else set())


def _of_parts(
    page: Page,
    pieces: Sequence[Piece],
    around: int | None,
    parts: Counter[int],
    values: Mapping[int, float],
) -> frozenset[int]:
    """Return the pieces of a body whose prose is in several boxes side by side.

    If most of it is directly in the box around them, that box is the body; else the largest part
    and the similar ones are.
    """
    whole = _in(pieces, {around} if around is not None else set())
    loose = sum(value for i, value in values.items() if i in whole) - sum(parts.values())
    box, value = parts.most_common(1)[0]
    if loose > value or value < _MIN_GOOD:
        return whole
    kind = page.boxes[box]
    alike = {
        other
        for other, held in parts.items()
        if held >= value * _SIBLING
        and page.boxes[other].tag == kind.tag
        and (page.boxes[other].words == kind.words or bool(page.boxes[other].words & kind.words))
    }
    if len(alike) > 1 and sum(parts[other] for other in alike) + loose > sum(parts.values()) * 0.6:
        return whole
    if loose + value < sum(parts.values()) * 0.5:
        return whole
    inner = {i: v for i, v in values.items() if box in pieces[i].boxes}
    return _choose(page, pieces, inner) if inner and len(inner) < len(values) else whole


def _in(pieces: Sequence[Piece], boxes: set[int]) -> frozenset[int]:
    if not boxes:
        return frozenset(range(len(pieces)))
    return frozenset(i for i, piece in enumerate(pieces) if not boxes.isdisjoint(piece.boxes))


def _agreed(
    body: str, pieces: Sequence[Piece], labels: Sequence[PieceLabel]
) -> frozenset[int] | None:
    """Return the pieces that `articleBody` repeats, or None if it has too little of the page."""
    if len(body) < _MIN_CHECK:
        return None
    text = bare_text(body)
    agreed = frozenset(
        i for i, piece in enumerate(pieces) if (key := _key(piece.text)) and key in text
    )
    covered = sum(len(bare_text(pieces[i].text)) for i in agreed if labels[i].name == "prose")
    return agreed if covered >= len(text) * _MIN_AGREED else None


def is_elsewhere(page: Page, pieces: Sequence[Piece], body: Sequence[int]) -> bool:
    """Tell whether the article's text in JSON-LD is different from `body`."""
    if len(page.meta.body) < _MIN_TOLD:
        return False
    text = bare_text(page.meta.body)
    keys = [(key, len(pieces[i].text)) for i in body if (key := _key(pieces[i].text))]
    return sum(size for _, size in keys) * 2 < len(text) and not any(key in text for key, _ in keys)


def _checked(
    pieces: Sequence[Piece],
    labels: Sequence[PieceLabel],
    kept: Sequence[int],
    agreed: frozenset[int],
) -> tuple[list[int], list[int]]:
    """Return the pieces of `kept` to keep and those to leave out, judged by `articleBody`.

    Only pieces that it should repeat are left out: running text below its beginning. It may lack
    headings, tables and quotes; and nothing is left out if it lacks much of the body.
    """
    running = [i for i in kept if labels[i].name in {"prose", "text", "item"}]
    repeated = [i for i in running if i in agreed]
    total = sum(len(pieces[i].text) for i in running)
    if not repeated or sum(len(pieces[i].text) for i in repeated) < total * _MIN_AGREED:
        return list(kept), []
    doubted = [
        i
        for i in running
        if i not in agreed
        and i > repeated[0]
        and len(bare_text(pieces[i].text)) >= _MIN_KEY
        and (labels[i].name != "item" or any(labels[j].name == "item" for j in repeated))
    ]
    gone = frozenset(doubted)
    return [i for i in kept if i not in gone], doubted


def _key(text: str) -> str:
    key = bare_text(text)
    return key[:_KEY_LENGTH] if len(key) >= _MIN_KEY else ""
