"""Reads the tiles of a listing, which need no age: a headline that leads elsewhere, and its box."""

from collections.abc import Mapping, Sequence
from itertools import islice

from reader.model import Teaser
from reader.parse.classify.boxes import furniture_boxes
from reader.parse.classify.piece_labels import PieceLabel, label_pieces
from reader.parse.document import Page, Piece
from reader.parse.extract.teasers import MAX_TEASERS, TeaserContext, age_of
from reader.text.dateline import split_dateline

_MIN_WORDS = 3
_LINE_WORDS = 4
_MAX_TILE = 900
_FOREIGN = "headed "


def read_tiles(page: Page, pieces: Sequence[Piece], reading: TeaserContext) -> tuple[Teaser, ...]:
    """Return a teaser for each headline of a listing that leads elsewhere, in page order.

    Headings count, else lines that are wholly links; not those in the frame of the page or in
    boxes of other headlines.
    """
    labels = label_pieces(page, pieces)
    boxes = furniture_boxes(page, pieces, labels)
    foreign = {box for box, why in boxes.items() if why.startswith(_FOREIGN)}
    shown = [
        i
        for i, piece in enumerate(pieces)
        if not page.is_framed(piece) and foreign.isdisjoint(piece.boxes)
    ]
    titles = [i for i in shown if _is_title(pieces[i], labels[i], headed=True)]
    if len(titles) < _MIN_WORDS:
        titles = [i for i in shown if _is_title(pieces[i], labels[i], headed=False)]
    held = _tiles(pieces, titles)
    found: dict[str, Teaser] = {}
    for index in islice(titles, MAX_TEASERS):
        piece = pieces[index]
        url = piece.href or (piece.links[0][2] if piece.links else piece.inner_href)
        if url is None or url in found:
            continue
        inside = held[index]
        prose = next((pieces[i] for i in inside if labels[i].name == "prose"), None)
        dateline, summary = split_dateline(prose.text) if prose else (None, "")
        age = next((seen for i in inside if (seen := age_of(pieces[i], reading.at))), None)
        found[url] = Teaser(url, piece.text, reading.section, dateline, summary, age)
    return tuple(found.values())


def _is_title(piece: Piece, label: PieceLabel, *, headed: bool) -> bool:
    linked = piece.linked * 2 > len(piece.text) > 0
    if headed:
        return linked and piece.level > 0 and label.name == "heading"
    words = len(piece.text.split())
    return linked and label.name in {"link", "heading"} and words >= _LINE_WORDS


def _tiles(pieces: Sequence[Piece], titles: Sequence[int]) -> Mapping[int, Sequence[int]]:
    """Return for each headline the pieces in the largest box without another headline."""
    count: dict[int, int] = {}
    for index in titles:
        for box in pieces[index].boxes:
            count[box] = count.get(box, 0) + 1
    held: dict[int, Sequence[int]] = {}
    for index in titles:
        own = next((box for box in pieces[index].boxes if count[box] == 1), None)
        held[index] = (
            [i for i in _around(pieces, index) if own in pieces[i].boxes] if own is not None else []
        )
    return held


def _around(pieces: Sequence[Piece], index: int) -> range:
    return range(max(index - _LINE_WORDS, 0), min(index + 2 * _LINE_WORDS, len(pieces)))
