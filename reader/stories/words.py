"""The words that distinguish events: folded and stemmed, without common words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from reader.stories.names import ONE_NAME
from reader.text.slug import fold
from reader.text.stemming import stem

_WORD = re.compile(r"[^\W_]+")
_SHORTEST, _LONGEST = 2, 40
_LONG_VOWEL = re.compile(r"([aeou])\1")
# Words that reports of any event have. Names of days and months say when it was, not what.
_COMMON = frozenset(
    """
    de het een en van in op te dat die is was zijn werd werden wordt worden met voor aan door naar
    bij om ook er als uit over tot maar niet nog dan al of zich zo hij zij ze we wij ik je u hun
    haar hem dit deze daar hier heeft hebben had hadden kan kunnen kon konden zal zullen zou zouden
    moet moeten moest moesten mag mogen wil willen wilde gaat gaan ging gingen na tegen tussen onder
    sinds tijdens volgens omdat waar wat wie welke hoe meer meest veel geen wel toen nu eerst later
    weer alle alles andere ander eigen goed nieuwe nieuw grote groot ene iets niets iemand niemand
    jaar uur dag dagen week weken maand maanden keer mensen man vrouw een twee drie vier vijf zes
    zeven acht negen tien elf twaalf eerste tweede derde laatste komt komen kwam kwamen maakt maken
    gemaakt maakte laat laten liet zegt zeggen zei zeiden staat staan stond doet doen deed blijft
    blijven bleef ligt liggen krijgt krijgen kreeg ruim circa ongeveer vooral alleen zeker eind
    begin half ons onze mijn zelf elk elke per via rond binnen buiten boven zonder vanaf waarbij
    waarin waarop waardoor hiervan daarvan echter verder dus want toch tegelijk samen aldus meldt
    melden vandaag gisteren morgen vanochtend vanmiddag vanavond vannacht ochtend middag avond nacht
    januari februari maart april mei juni juli augustus september oktober november december
    """.split()
)  # fmt: skip
# Common words of other languages that are not Dutch words.
_FOREIGN = frozenset(
    """
    the a an and to for on with that by from has have been it its his their at as are were not this
    she they you which but will would can who said der das und ist dem ein eine mit auf im von nicht
    sich wird le la les des du un une et est que dans pour qui il elle avec el los las y por con del
    para og och det att som av ikke
    """.split()
)  # fmt: skip
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def story_words(text: str) -> list[str]:
    """Return the stems of the words that may distinguish the event of a text, in order."""
    return [word for word in map(_stem_of, plain_words(fold(text))) if word]


def plain_words(folded: str) -> list[str]:
    """Return all words of a folded text."""
    return _WORD.findall(folded)


def count_stems(words: Iterable[str]) -> Counter[str]:
    """Return the number of occurrences of each stem that may distinguish an event."""
    counts = Counter(map(_stem_of, words))
    del counts[""]
    return counts


def is_dutch(words: Sequence[str]) -> bool:
    """Tell whether a text is Dutch: the common words of other languages are not more frequent."""
    return sum(map(_COMMON.__contains__, words)) >= sum(map(_FOREIGN.__contains__, words))


def read_frequencies(lines: Iterable[str]) -> dict[str, float]:
    """Return the frequency of Dutch stems from the lines of `data/words/nl.txt`.

    A frequency is the decimal logarithm of the occurrences in a billion words.
    """
    found: dict[str, float] = {}
    for line in lines:
        if not line.startswith("#"):
            tenths, *stems = line.split()
            found |= dict.fromkeys(stems, int(tenths) / 10)
    return found


@lru_cache(maxsize=2_000)
def _stem_of(word: str) -> str:
    """Return the stem of a folded word, "" if it does not distinguish events."""
    if not _SHORTEST <= len(word) <= _LONGEST or word in _COMMON or word.startswith(DAYS):
        return ""
    root = stem(ONE_NAME.get(word, word))
    # As in `huis` and `huizen`, `dief` and `dieven`, `boot` and `boten`.
    root = root[:-1] + {"z": "s", "v": "f"}.get(root[-1:], root[-1:])
    return _LONG_VOWEL.sub(r"\1", root)
