"""The piece of a text that shows what a search found in it; pure."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, takewhile

from reader.model import Term
from reader.text.sanitize import clean_line
from reader.text.slug import searchable

LENGTH = 160
# What stands before the first match, so that it reads as part of a sentence.
_BEFORE = 40
_CUT = "…"
_MAX_MATCHES = 200
# What a reader looks for in one article, however long that is.
_MAX_FOUND = 2_000

_END = r"(?![^\W_])"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")

Span = tuple[int, int]
Snippet = tuple[str, tuple[Span, ...]]


def best_snippet(texts: Sequence[str], terms: Sequence[Term]) -> Snippet:
    """Return the snippet of the text in which most of the terms stand, else of the first.

    It is one line of about LENGTH characters, with the places of all matches in it.
    """
    best, found, most = "", list[tuple[Span, int]](), -1
    for text in texts:
        matches = find_terms(line := text.replace("\n", " "), terms)
        if (number := len({term for _, term in matches})) > most:
            best, found, most = line, matches, number
        # No other text can have more.
        if most == len(terms):
            break
    snippet, spans = _cut_out(best, found)
    cleaned = clean_line(snippet)
    if cleaned != snippet:
        spans = tuple(span for span, _ in find_terms(cleaned, terms))
    return cleaned, spans


def find_terms(text: str, terms: Sequence[Term]) -> list[tuple[Span, int]]:
    """Return where terms stand in `text`, in order, each with the number of the term."""
    if not terms:
        return []
    folded, places = _fold(text)
    found, end = [], 0
    for first, after, number in sorted(
        (*match.span(), number)
        for number, term in enumerate(terms, 1)
        for match in islice(_pattern(term).finditer(folded), _MAX_MATCHES)
    ):
        if first >= end:
            found.append(((places[first], places[after - 1] + 1), number))
            end = after
    return found[:_MAX_MATCHES]


def find_text(text: str, wanted: str) -> list[Span]:
    """Return where `wanted` stands in `text`, also within words, in order and not overlapping.

    Case, accents and how much white space there is make no difference.
    """
    sought, _ = _fold(" ".join(wanted.split()))
    if not sought:
        return []
    folded, places = _fold(text)
    pattern = re.compile(r"\s+".join(map(re.escape, sought.split())))
    return [
        (places[match.start()], places[match.end() - 1] + 1)
        for match in islice(pattern.finditer(folded), _MAX_FOUND)
    ]


def _fold(text: str) -> tuple[str, Sequence[int]]:
    """Return `text` folded, and for each letter of that the place of the one it came from."""
    folded = text if text.isascii() else _NOT_ASCII.sub(_folded, text)
    places: Sequence[int] = range(len(text) + 1)
    if len(folded) != len(text):
        # Some letters fold into two or none; each of those stands for the one it came from.
        widths = (len(_NOT_ASCII.sub(_folded, char)) for char in text)
        places = [place for place, width in enumerate(widths) for _ in range(width)]
    return folded.lower(), places


@lru_cache(maxsize=1_000)
def _fold_letter(letter: str) -> str:
    return searchable(letter)


def _folded(match: re.Match[str]) -> str:
    return _fold_letter(match[0])


@lru_cache(maxsize=64)
def _pattern(term: Term) -> re.Pattern[str]:
    word = _whole(term.tokens) + (r"[^\W_]*" if term.is_open else _END)
    return re.compile("|".join([*(_whole((form,)) + _END for form in term.forms), word]))


def _whole(tokens: Sequence[str]) -> str:
    first, *others = map(re.escape, tokens)
    # It begins with plain letters, which are found quickest, and only then looks what is before.
    return r"[\W_]+".join((rf"{first}(?<![^\W_]{first})", *others))


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
