"""The piece of a text that shows what a search found in it; pure."""

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from reader.text.clean import clean_line
from reader.text.query import Term
from reader.text.slug import fold

LENGTH = 160
# What stands before the first match, so that it reads as part of a sentence.
_BEFORE = 40
_CUT = "…"
_MAX_MATCHES = 200


class _Folded(dict[int, str]):
    """What each letter folds to, worked out when it is first met: a table for `str.translate`."""

    def __missing__(self, letter: int) -> str:
        self[letter] = fold(chr(letter))
        return self[letter]


_FOLDED = _Folded()

Span = tuple[int, int]
Snippet = tuple[str, tuple[Span, ...]]


def best_snippet(texts: Sequence[str], terms: Sequence[Term]) -> Snippet:
    """Return the snippet of the text in which most of the terms stand, else of the first.

    It is one line of about LENGTH characters, with the places of all matches in it.
    """
    lines = [text.replace("\n", " ") for text in texts] or [""]
    found = [find_terms(line, terms) for line in lines]
    numbers = [len({term for _, term in matches}) for matches in found]
    best = numbers.index(max(numbers))
    snippet, matches = _cut_out(lines[best], found[best])
    cleaned = clean_line(snippet)
    if cleaned != snippet:
        matches = tuple(span for span, _ in find_terms(cleaned, terms))
    return cleaned, matches


def find_terms(text: str, terms: Sequence[Term]) -> list[tuple[Span, int]]:
    """Return where terms stand in `text`, in order, each with the number of the term."""
    if not terms:
        return []
    folded = text.translate(_FOLDED)
    places: Sequence[int] = range(len(text) + 1)
    if len(folded) != len(text):
        # Some letters fold into two or none; each of those stands for the one it came from.
        widths = (len(char.translate(_FOLDED)) for char in text)
        places = [place for place, width in enumerate(widths) for _ in range(width)]
    pattern = re.compile("|".join(f"({_pattern(term)})" for term in terms))
    return [
        ((places[match.start()], places[match.end() - 1] + 1), match.lastindex or 0)
        for match in islice(pattern.finditer(folded), _MAX_MATCHES)
    ]


def _pattern(term: Term) -> str:
    words = r"[\W_]+".join(map(re.escape, term.tokens))
    return rf"(?<![^\W_]){words}" + (r"[^\W_]*" if term.is_open else r"(?![^\W_])")


def _cut_out(text: str, found: Sequence[tuple[Span, int]]) -> Snippet:
    """Return the piece of `text` that holds most terms, cut between words."""
    start = max(_densest(found) - _BEFORE, 0)
    # A short rest is rather shown whole than cut off at the front.
    start = min(start, max(len(text) - LENGTH, 0))
    end = min(start + LENGTH, len(text))
    if start:
        start = text.find(" ", start, start + _BEFORE) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), end - _BEFORE)
    head, tail = _CUT * (start > 0), _CUT * (end < len(text))
    shift = len(head) - start
    matches = tuple(
        (first + shift, min(last, end) + shift)
        for (first, last), _ in found
        if start <= first < end
    )
    return f"{head}{text[start:end]}{tail}", matches


def _densest(found: Sequence[tuple[Span, int]]) -> int:
    """Return where the stretch with the most different terms begins, or else the most matches."""
    best, most = 0, (0, 0)
    for place, ((start, _), _) in enumerate(found):
        reach = start + LENGTH - _BEFORE
        within = [term for _, term in takewhile(lambda one: one[0][1] <= reach, found[place:])]  # noqa: B023
        if (len(set(within)), len(within)) > most:
            best, most = start, (len(set(within)), len(within))
    return best
