"""The analysis of a page, made before it is read as an article or a listing."""

from collections.abc import Sequence

from msgspec import Struct

from reader.errors import NotNews
from reader.parse.classify.boxes import Judged, judge_boxes
from reader.parse.classify.page_kind import kind_of_page
from reader.parse.classify.piece_labels import PieceLabel, label_pieces
from reader.parse.document import Page, Piece
from reader.parse.extract.body import Region, find_region


class Analysis(Struct, frozen=True):
    """The pieces of a page's own content, their labels, the judged boxes, and the body's region.

    `region` is None if there is no running text.
    """

    page: Page
    pieces: Sequence[Piece]
    labels: Sequence[PieceLabel]
    judged: Judged
    region: Region | None


def analyse(page: Page, pieces: Sequence[Piece]) -> Analysis:
    """Return the analysis of `pieces`; raises NotNews for a page served instead of news."""
    labels = label_pieces(page, pieces)
    judged = judge_boxes(page, pieces, labels)
    if kind := kind_of_page(page, pieces, labels, judged):
        raise NotNews(kind)
    return Analysis(
        page, pieces, labels, judged, find_region(page, pieces, labels, judged.furniture)
    )
