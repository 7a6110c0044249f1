"""Explains how a page was read: each piece with its label, the reason, and its use."""

from collections.abc import Sequence

from msgspec import Struct, field

from reader.parse.classify.piece_labels import PieceLabel, label_pieces
from reader.parse.document import Page, Piece


class ExplainedPiece(Struct, frozen=True):
    """One piece: its text, its label and the reason for it, its use, and the boxes around it.

    `use` is `title`, `listing`, the label of a piece of the body, or the reason why it is not used.
    """

    text: str
    label: str
    reason: str
    use: str
    boxes: str


class Explanation(Struct, frozen=True):
    """The lines of a page in order, and why it was refused, or None if it was not."""

    lines: tuple[ExplainedPiece, ...]
    refusal: str | None


class Trace(Struct):
    """A record of the steps of reading a page: the use of each piece, or why it was not used."""

    pieces: Sequence[Piece] = ()
    labels: Sequence[PieceLabel] = ()
    used: dict[int, str] = field(default_factory=dict)
    dropped: dict[int, str] = field(default_factory=dict)
    outcome: str | None = None

    def note_listing(self, page: Page, pieces: Sequence[Piece]) -> None:
        """Note that the page is a listing."""
        self.pieces, self.labels = pieces, label_pieces(page, pieces)
        self.used = dict.fromkeys(range(len(pieces)), "listing")

    def explained(self, page: Page) -> Explanation:
        """Return the explanation of every piece of the page."""
        numbers = {id(piece): index for index, piece in enumerate(self.pieces)}
        labels = label_pieces(page, page.pieces)
        lines = []
        for piece, label in zip(page.pieces, labels, strict=True):
            index = numbers.get(id(piece))
            if index is None:
                use = "in the frame of the page, or a teaser"
            else:
                use = self.used.get(index) or self.dropped.get(index) or "outside of the body"
            lines.append(
                ExplainedPiece(piece.text, label.name, label.reason, use, _path(page, piece))
            )
        return Explanation(tuple(lines), self.outcome)


def _path(page: Page, piece: Piece) -> str:
    """Return the path of the innermost boxes around a piece, such as `div.article.body > p`."""
    boxes = [page.boxes[box] for box in piece.boxes[-3:]]
    return " > ".join(".".join([box.tag, *sorted(box.words)]) for box in boxes)
