"""Inflected forms of Dutch words, such as `haven` and `havens`; pure."""

import re
from functools import cache
from typing import Protocol

import Stemmer

# The most letters that a form of a word has more than the word.
ENDING = 5
# Words that are shorter, or have a digit or a letter of another script, have no forms.
_SHORTEST = 3
_WORD = re.compile(r"[a-z]+")
# The longest ending of a word, and the number of first letters that all its forms share.
_LONGEST_ENDING, _BEGINNING = 3, 4
_LONG_VOWEL = re.compile(r"([aeou])\1(?=[^aeiou]$)")
_SOFT = {"s": "z", "f": "v"}


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - its own name


def beginnings(word: str) -> tuple[str, ...]:
    """Return the prefixes of the forms of a folded word; none if it has no forms."""
    if len(word) < _SHORTEST or not _WORD.fullmatch(word):
        return ()
    root = stem(word)
    # As in `huis` and `huizen`, and in `boot` and `boten`.
    roots = {root, root[:-1] + _SOFT.get(root[-1:], root[-1:])}
    roots |= {_LONG_VOWEL.sub(r"\1", each) for each in roots}
    found = {each for each in roots if len(each) >= _SHORTEST and each[:2] == word[:2]}
    found.add(word[: max(_BEGINNING, len(word) - _LONGEST_ENDING)])
    return tuple(
        each
        for each in sorted(found)
        if not any(each != other and each.startswith(other) for other in found)
    )


def are_forms(word: str, other: str) -> bool:
    """Tell whether two folded words are forms of one another."""
    if stem(word) == stem(other):
        return True
    # The stemmer may shorten a stem further: `wagens` gives `wagen`, but `wagen` gives `waag`.
    shorter, longer = sorted((word, other), key=len)
    return len(shorter) >= _BEGINNING and stem(longer) == shorter


def stem(word: str) -> str:
    """Return the stem of a folded word by Snowball's Dutch stemmer."""
    return _stemmer().stemWord(word)


@cache
def _stemmer() -> _Stemmer:
    # The callers that stem whole texts remember the stems themselves.
    stemmer: _Stemmer = Stemmer.Stemmer("dutch", 0)
    return stemmer
