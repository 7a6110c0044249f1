"""How likely two reports are of one event."""

import math
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
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
    """A report with the weights that its words have among the others.

    `words` and `names` are its words and names with their rarity, the rarest first, without places;
    `title` are those of its title, as rare as `told` together, and `day` is the day on which it was
    published (see `local_day`).
    """

    report: Report
    weights: Mapping[str, float]
    length: float
    words: Sequence[tuple[str, float]]
    names: Sequence[tuple[str, float]]
    title: Sequence[tuple[str, float]]
    told: float
    day: int


def weigh(report: Report, rare: Rare) -> Weighed:
    """Return a report with its words weighed by their rarity."""
    weights = {word: weight * rare(word) for word, weight in report.words.items()}
    length = math.sqrt(sum(each * each for each in weights.values())) or 1.0
    title = _rarest(report.traits.title, rare)
    return Weighed(
        report,
        weights,
        length,
        _rarest((word for word in report.words if not is_place(word)), rare),
        _rarest(report.traits.names, rare),
        title,
        sum(rarity for _, rarity in title),
        local_day(report.moment),
    )


def _rarest(words: Iterable[str], rare: Rare) -> list[tuple[str, float]]:
    return sorted(((word, rare(word)) for word in words), key=lambda each: (-each[1], each[0]))


def cosine(one: Weighed, other: Weighed) -> float:
    """Return how alike the words of two reports are, from 0 to 1."""
    mine, theirs = one.weights, other.weights
    if len(theirs) < len(mine):
        mine, theirs = theirs, mine
    shared = sum([weight * theirs[word] for word, weight in mine.items() if word in theirs])
    return shared / (one.length * other.length)


def chance(one: Weighed, other: Weighed) -> float:
    """Return how likely two reports are of one event, from 0 to 1."""
    earlier, later = (other, one) if other.report.moment < one.report.moment else (one, other)
    days = later.day - earlier.day
    if _is_vetoed(earlier.report, later.report, days):
        return 0.0
    traits = later.report.traits
    named = 0 < days < _WEEK and (earlier.day - 1) % _WEEK in traits.days
    unnamed = days > 0 and not named and not traits.looks_back
    score = _BIAS + _COSINE * cosine(one, other)
    score += _MASS * _mass(earlier.words, later.weights, _HEAVIEST)
    score += _NAMES * _mass(earlier.names, traits.names, _RAREST_NAMES)
    score += _TITLE * max(_told(one, other), _told(other, one))
    return 1 / (1 + math.exp(-(score + _NAMED_DAY * named + _OTHER_DAY * unnamed)))


def _mass(words: Iterable[tuple[str, float]], others: Container[str], number: int) -> float:
    """Return how rare the rarest of the shared words are together, from 0 to 1."""
    whole, found = 0.0, 0
    for word, rarity in words:
        if word in others:
            whole += rarity
            found += 1
            if found == number:
                break
    return whole / (RAREST * number)


def _told(one: Weighed, other: Weighed) -> float:
    """Return how much of the title of a report the other one tells, from 0 to 1."""
    words = other.weights
    told = sum([weight for word, weight in one.title if word in words])
    return told / one.told if one.told else 0.0


def _is_vetoed(earlier: Report, later: Report, days: int) -> bool:
    """Tell whether two reports, so many days apart, cannot be of one event whatever they share."""
    mine, theirs = earlier.traits, later.traits
    return (
        mine.is_overview
        or theirs.is_overview
        or (mine.is_of_exchange and theirs.is_of_exchange)
        or (theirs.is_again and days != 0)
        or (mine.prefix == theirs.prefix != "" and later.moment - earlier.moment > _COLUMN)
        or (mine.women and not mine.men and theirs.men and not theirs.women)
        or (theirs.women and not theirs.men and mine.men and not mine.women)
        or _differ(mine.distances, theirs.distances)
        or _differ(mine.scores, theirs.scores)
    )


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)
