"""The text sought within the opened article, and its matches in the lines; pure."""

from collections.abc import Sequence

from msgspec import Struct

from reader.model import Term
from reader.text.snippet import find_terms, find_text

# A piece of a line: the number of the line, its first character, and the one after its last.
Stretch = tuple[int, int, int]
# The pieces of one match, one in each line that it spans.
Match = tuple[Stretch, ...]


class Sought(Struct, frozen=True):
    """What is marked in the article: literal `text`, or the `terms` of a search."""

    text: str = ""
    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is sought."""
        return bool(self.text or self.terms)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where it occurs in `text`."""
        if self.text:
            return find_text(text, self.text)
        return [span for span, _ in find_terms(text, self.terms)]


class Finding(Struct, frozen=True):
    """The number of the present match in the article, from 0, and the number of matches."""

    current: int = 0
    count: int = 0


def matches_in(lines: Sequence[tuple[str, str]], sought: Sought) -> list[Match]:
    """Return the matches in the lines of an article, in order.

    Each line comes with its joint: what leads to the next line, where a newline ends a paragraph.
    """
    found: list[Match] = []
    numbers: list[int] = []
    for number, (_, joint) in enumerate(lines):
        numbers.append(number)
        if joint == "\n" or number == len(lines) - 1:
            found += _matches_in_paragraph(lines, numbers, sought)
            numbers = []
    return found


def _matches_in_paragraph(
    lines: Sequence[tuple[str, str]], numbers: Sequence[int], sought: Sought
) -> list[Match]:
    text, starts = "", []
    for number in numbers:
        starts.append(len(text))
        line, joint = lines[number]
        text += line + (joint if number != numbers[-1] else "")
    return [
        tuple(
            (number, max(first - start, 0), min(after - start, len(lines[number][0])))
            for number, start in zip(numbers, starts, strict=True)
            if first < start + len(lines[number][0]) and after > start
        )
        for first, after in (sought.spans(text) if text.strip() else ())
    ]
