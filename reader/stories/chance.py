"""How likely two reports are of one event."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from reader.stories.report import Report, is_place, local_day

# A word that one report in all has is as rare as this, and one that all have not at all.
RAREST = 7.0
# Reports of a column, such as `Peiling:`, are of one event only within so long.
_COLUMN = timedelta(hours=16)
_WEEK = 7
# Of the logistic function, as they were fitted.
_COSINE, _MASS, _NAMED_DAY, _OTHER_DAY, _BIAS = 14.0, 8.0, 1.6, -1.9, -8.9
_HEAVIEST = 3


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare words are among `total` reports; `counts` says how many have a word."""

    total: int
    counts: Mapping[str, int]

    def of(self, word: str) -> float:
        """Return the rarity of a word: 0 where all reports have it, to RAREST."""
        seen = self.counts.get(word, 0)
        whole = math.log((self.total + 1.5) / 1.5)
        return max(0.0, RAREST * math.log((self.total + 1.5) / (seen + 0.5)) / whole)


Rare = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Weighed:
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
    mass = sum(sorted(map(rare, shared), reverse=True)[:_HEAVIEST]) / (RAREST * _HEAVIEST)
    days = local_day(later.moment) - local_day(earlier.moment)
    named = 0 < days < _WEEK and (local_day(earlier.moment) - 1) % _WEEK in later.traits.days
    unnamed = days > 0 and not named and not later.traits.looks_back
    score = _COSINE * cosine(one, other) + _MASS * mass + _BIAS
    return 1 / (1 + math.exp(-(score + _NAMED_DAY * named + _OTHER_DAY * unnamed)))


def _is_vetoed(one: Report, other: Report) -> bool:
    """Tell whether two reports cannot be of one event, whatever words they share."""
    mine, theirs = one.traits, other.traits
    return (
        mine.is_overview
        or theirs.is_overview
        or (mine.prefix == theirs.prefix != "" and abs(one.moment - other.moment) > _COLUMN)
        or (mine.women and not mine.men and theirs.men and not theirs.women)
        or (theirs.women and not theirs.men and mine.men and not mine.women)
        or (mine.distance != theirs.distance and "" not in (mine.distance, theirs.distance))
    )
