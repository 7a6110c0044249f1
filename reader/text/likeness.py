"""Comparison of titles and texts: whether two may be of one article; pure."""

import re

from reader.text.slug import fold

# Shorter words occur in all titles.
_WORD = re.compile(r"\w{4,}")
_MAX_TITLE = 500
_MIN_TITLE = 0.75
_MIN_TEXT = 0.6


def alike_titles(one: str, other: str) -> bool:
    """Tell whether two titles may be of one article: most words of one are in the other.

    One shared word is not enough.
    """
    first, second = _words(one), _words(other)
    least = min(len(first), len(second))
    return least > 1 and len(first & second) >= _MIN_TITLE * least


def alike_texts(one: str, other: str) -> bool:
    """Tell whether two texts may be of one article: most lines of one are in the other.

    Lines are weighed by length, since two articles may end in the same short line.
    """
    first, second = _lines(one), _lines(other)
    least = min(sum(map(len, first)), sum(map(len, second)))
    return least > 0 and sum(map(len, first & second)) >= _MIN_TEXT * least


def _words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(title[:_MAX_TITLE])))


def _lines(text: str) -> frozenset[str]:
    return frozenset(filter(None, map(str.strip, fold(text).splitlines())))
