"""Snippets: the piece of a text around the matches of a search; pure."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, takewhile

from reader.model import Term
from reader.text.sanitize import clean_line
from reader.text.slug import searchable

LENGTH = 160
# Characters before the first match, so that it reads as part of a sentence.
_BEFORE = 40
_CUT = "…"
_MAX_MATCHES = 200
# The most places found within one article.
_MAX_FOUND = 2_000

_END = r"(?![^\W_])"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")

Span = tuple[int, int]
Snippet = tuple[str, tuple[Span, ...]]


def best_snippet(texts: Sequence[str], terms: Sequence[Term]) -> Snippet:
    """Return the snippet of the text that has most of the terms, else of the first text.

    It is one line of about LENGTH characters, with the places of all matches in it.
    """
    best, found, most = "", list[tuple[Span, int]](), -1
    for text in texts:
        matches = find_terms(line := text.replace("\n", " "), terms)
        if (number := len({term for _, term in matches})) > most:
            best, found, most = line, matches, number
        # No other text can have more terms.
        if most == len(terms):
            break
    snippet, spans = _cut_out(best, found)
    cleaned = clean_line(snippet)
    if cleaned != snippet:
        spans = tuple(span for span, _ in find_terms(cleaned, terms))
    return cleaned, spans


def find_terms(text: str, terms: Sequence[Term]) -> list[tuple[Span, int]]:
    """Return the places of terms in `text`, in order, each with the number of its term."""
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
    """Return the places of `wanted` in `text`, also within words, in order, without overlap.

    Case, accents and the amount of white space are ignored.
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
    """Return folded `text`, and for each of its letters the place of the original letter."""
    folded = text if text.isascii() else _NOT_ASCII.sub(_folded, text)
    places: Sequence[int] = range(len(text) + 1)
    if len(folded) != len(text):
        # A letter may fold into two or none; each of these has the place of the original.
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
    # Literal letters come first, since `re` finds these quickly; a look-behind checks the rest.
    return r"[\W_]+".join((rf"{first}(?<![^\W_]{first})", *others))


def _cut_out(text: str, found: Sequence[tuple[Span, int]]) -> Snippet:
    """Return the piece of `text` with most terms, cut between words."""
    start = max(_densest(found) - _BEFORE, 0)
    # Near the end of a text the piece begins earlier, so that it has its full length.
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
    """Return the beginning of the stretch with most different terms, and then most matches."""
    best, most = 0, (0, 0)
    for place, ((start, _), _) in enumerate(found):
        reach = start + LENGTH - _BEFORE
        within = [term for _, term in takewhile(lambda one: one[0][1] <= reach, found[place:])]  # noqa: B023
        if (len(set(within)), len(within)) > most:
            best, most = start, (len(set(within)), len(within))
    return best
