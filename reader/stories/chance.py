"""How likely two reports are of one event."""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from msgspec import Struct

from reader.stories.report import Report, is_place, local_day

# A word that one report in all has is as rare as this, and one that all have not at all.
RAREST = 7.0
# Reports of a column, such as `Peiling:`, are of one event only within so long.
_COLUMN = timedelta(hours=16)
_WEEK = 7
# Of the logistic function, as they were fitted.
_COSINE, _MASS, _NAMES, _TITLE = 12.0, 4.0, 4.0, 2.0
_NAMED_DAY, _OTHER_DAY, _BIAS = 1.3, -1.8, -7.5
_HEAVIEST, _RAREST_NAMES = 3, 2


class Rarity(Struct, frozen=True):
    """How rare words are among `total` reports; `counts` says how many have a word."""

    total: int
    counts: Mapping[str, int]

    def of(self, word: str) -> float:
        """Return the rarity of a word: 0 where all reports have it, to RAREST."""
        seen = self.counts.get(word, 0)
        if not self.total:
            # No report has been counted, as before the first one is placed.
            return RAREST
        whole = math.log((self.total + 1.5) / 1.5)
        return max(0.0, RAREST * math.log((self.total + 1.5) / (seen + 0.5)) / whole)


Rare = Callable[[str], float]


class Weighed(Struct, frozen=True):
    """A report with the weights that its words have among the others."""

    report: Report
    weights: Mapping[str, float]
    length: float


def weigh(report: Report, rare: Rare) -> Weighed:
    """Return a report with its words weighed by their rarity."""
    weights = {word: weight * rare(word) for word, weight in report.words.items()}
    return Weighed(report, weights, math.sqrt(sum(each * each for each in weights.values())) or 1.0)


def cosine(one: Weighed, other: Weighed) -> float:
    """Return how alike the words of two reports are, from 0 to 1."""
    mine, theirs = one.weights, other.weights
    if len(theirs) < len(mine):
        mine, theirs = theirs, mine
    shared = sum(weight * theirs[word] for word, weight in mine.items() if word in theirs)
    return shared / (one.length * other.length)


def chance(one: Weighed, other: Weighed, rare: Rare) -> float:
    """Return how likely two reports are of one event, from 0 to 1."""
    if _is_vetoed(one.report, other.report):
        return 0.0
    earlier, later = sorted((one.report, other.report), key=lambda each: each.moment)
    shared = [word for word in earlier.words if word in later.words and not is_place(word)]
    names = earlier.traits.names & later.traits.names
    days = local_day(later.moment) - local_day(earlier.moment)
    named = 0 < days < _WEEK and (local_day(earlier.moment) - 1) % _WEEK in later.traits.days
    unnamed = days > 0 and not named and not later.traits.looks_back
    score = _BIAS + _COSINE * cosine(one, other)
    score += _MASS * _mass(shared, _HEAVIEST, rare) + _NAMES * _mass(names, _RAREST_NAMES, rare)
    score += _TITLE * max(_told(one, other, rare), _told(other, one, rare))
    return 1 / (1 + math.exp(-(score + _NAMED_DAY * named + _OTHER_DAY * unnamed)))


def _mass(words: Iterable[str], number: int, rare: Rare) -> float:
    """Return how rare the rarest of some words are together, from 0 to 1."""
    return sum(sorted(map(rare, words), reverse=True)[:number]) / (RAREST * number)


def _told(one: Weighed, other: Weighed, rare: Rare) -> float:
    """Return how much of the title of a report the other one tells, from 0 to 1."""
    title = {word: rare(word) for word in one.report.traits.title}
    whole = sum(title.values())
    told = sum(weight for word, weight in title.items() if word in other.weights)
    return told / whole if whole else 0.0


def _is_vetoed(one: Report, other: Report) -> bool:
    """Tell whether two reports cannot be of one event, whatever words they share."""
    mine, theirs = one.traits, other.traits
    later = mine if one.moment > other.moment else theirs
    return (
        mine.is_overview
        or theirs.is_overview
        or (mine.is_of_exchange and theirs.is_of_exchange)
        or (later.is_again and local_day(one.moment) != local_day(other.moment))
        or (mine.prefix == theirs.prefix != "" and abs(one.moment - other.moment) > _COLUMN)
        or (mine.women and not mine.men and theirs.men and not theirs.women)
        or (theirs.women and not theirs.men and mine.men and not mine.women)
        or _differ(mine.distances, theirs.distances)
        or _differ(mine.scores, theirs.scores)
    )


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)
