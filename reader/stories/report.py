"""What is kept of a report to tell whether another one is of the same event."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reader.stories.words import DAYS, words_of
from reader.text.dates import SITE_ZONE
from reader.text.slug import fold

# What is read of a report, in characters; events are told in the first of them.
_MAX_TEXT = 20_000
_MAX_WORDS = 400
# A place of a dateline is a word of its own kind.
_PLACE = "@"
_TITLE, _LEAD, _BODY = 1.0, 1.0, 0.5
_EARLIER = re.compile(r"\beerder\b|\bvorige (?:week|maand)\b|\bafgelopen\b")
_OVERVIEW = re.compile(r"\bin het kort\b|\bop een rij\b|\bweekoverzicht\b")
_PREFIX = re.compile(r"([^:]{2,30}):\s")
_DISTANCE = re.compile(r"\b(\d{1,5}(?:[.,]\d{1,3})?) meter\b")
_WOMEN = re.compile(
    r"\bvrouwen|\bdames|\bmeisjes\b|\bspeelsters?\b"
    r"|\b(?!minister|register|semester)\w{4,}(?<!mee)(?<!kwartaalmee)sters\b"
)
_MEN = re.compile(r"\bmannen|\bheren\b|\bjongens\b")


@dataclass(frozen=True, slots=True)
class Traits:
    """What a report says besides its words.

    `days` are the weekdays that it names (0 is Monday), `prefix` is what stands before the colon of
    its title, `distance` a number of metres in it.
    """

    days: frozenset[int] = frozenset()
    looks_back: bool = False
    is_overview: bool = False
    prefix: str = ""
    women: bool = False
    men: bool = False
    distance: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report by its number, when it was published (UTC), its words with weights, its traits.

    Places of its dateline are among the words, behind an `@`.
    """

    id: int
    moment: datetime
    words: Mapping[str, float]
    traits: Traits


def is_place(word: str) -> bool:
    """Tell whether a word of a report is a place of its dateline."""
    return word.startswith(_PLACE)


def report_of(
    number: int,
    moment: datetime,
    *,
    title: str,
    lead: str,
    body: str,
    places: Sequence[str] = (),
) -> Report:
    """Return what is kept of a report."""
    body = body[:_MAX_TEXT]
    weights: dict[str, float] = defaultdict(float)
    for text, weight in ((title, _TITLE), (lead[:_MAX_TEXT], _LEAD), (body, _BODY)):
        for word, count in Counter(words_of(text)).items():
            weights[word] += weight * (1 + 0.5 * math.log(count))
    words = {word: 1 + math.log(each) if each > 1 else each for word, each in weights.items()}
    words |= {_PLACE + fold(place): 1.0 for place in places}
    heaviest = sorted(words, key=lambda word: -words[word])[:_MAX_WORDS]
    kept = {word: round(words[word], 3) for word in heaviest}
    return Report(number, moment, kept, _traits(title, lead, body))


def _traits(title: str, lead: str, body: str) -> Traits:
    above = fold(f"{title} {lead}")
    text = f"{above} {fold(body)}"
    plain_title = fold(title)
    prefix, distance = _PREFIX.match(plain_title), _DISTANCE.search(plain_title)
    return Traits(
        frozenset(number for number, day in enumerate(DAYS) if day in text),
        bool(_EARLIER.search(text)),
        bool(_OVERVIEW.search(plain_title)),
        prefix[1] if prefix else "",
        bool(_WOMEN.search(above)),
        bool(_MEN.search(above)),
        distance[1] if distance else "",
    )


def local_day(moment: datetime) -> int:
    """Return the day of a moment where the news is from, as a number that grows by one a day."""
    return moment.astimezone(SITE_ZONE).toordinal()
