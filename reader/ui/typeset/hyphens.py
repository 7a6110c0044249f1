"""The places where Dutch words may be hyphenated, by the patterns of spell checkers."""

import re
from functools import cache, lru_cache, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from reader.config import Settings
from reader.errors import Reason, reason
from reader.ui.typeset.wrapping import Hyphenate

if TYPE_CHECKING:
    from pyphen import Pyphen

# Only words with no capital after the first letter: no address, abbreviation or number.
_WORD = re.compile(r"[^\W\d_][^\W\d_A-ZÀ-ÖØ-Þ]{4,}")
_AROUND = "\"'“”„‘’()[]…,.:;!?"
_KNOWN_WORDS = 4096
# A hyphen replaces a diaeresis, so such a word would be spelt differently.
_DIAERESES = "äëïöü"


def hyphenation_flaw(settings: Settings) -> Reason | None:
    """Return the problem if the settings want hyphens and pyphen, an extra, is missing."""
    if not settings.hyphenate or find_spec("pyphen"):
        return None
    return reason("no_pyphen", place=settings.config_path)


# The same object each time, as the cache of wrapped paragraphs compares it.
@cache
def dutch_hyphens() -> Hyphenate | None:
    """Return a function that finds where a word may be cut; None if pyphen is not installed.

    Reads the patterns, which takes a moment.
    """
    try:
        # Imported only where hyphenation is on.
        from pyphen import Pyphen
    except ImportError:
        return None

    return lru_cache(_KNOWN_WORDS)(partial(_places, Pyphen(lang="nl_NL", left=3, right=3)))


def _places(patterns: "Pyphen", word: str) -> tuple[int, ...]:
    bare = word.strip(_AROUND)
    if not _WORD.fullmatch(bare):
        return ()
    before = word.index(bare)
    return tuple(
        before + place
        for place in patterns.positions(bare)
        if place.data is None and bare[place] not in _DIAERESES
    )
