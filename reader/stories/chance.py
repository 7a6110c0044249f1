"""The probability that two reports are about one event."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from reader.stories.report import Report, Traits, is_place, local_day
from reader.stories.words import story_words

# The rarity of a word that one report has; that of a word that all reports have is 0.
RAREST = 7.0
# The longest time between two reports about one event in a column, such as `Peiling:`.
_COLUMN = timedelta(hours=16)
_WEEK = 7
# The fitted coefficients of the logistic function.
_COSINE, _SPECIFIC, _TITLE, _STORM = 3.0, 6.2, 3.1, 5.1
_UNNAMED_DAY, _COURT, _BIAS = -2.6, -1.5, -3.9
# The number of most specific shared words that count. They count in full in reports of _WORDS
# words and less in longer ones, which share some words by accident.
_COUNTED, _WORDS, _LEAST_WORDS = 3, 40, 18
# A Dutch word is not specific at all above the first frequency, and fully so below the second.
_COMMON, _UNCOMMON = 5.0, 3.5
# The rarity among the stored reports above which a word is as specific as it can be.
_RARE_ENOUGH = 4.5
_NUMBER = 0.35
# What every case before a court has is specific of none.
_OF_COURT = frozenset(
    story_words(
        "celstraf celstraffen taakstraf werkstraf rechtbank rechter geëist eis veroordeeld"
        " veroordeling vrijspraak vrijgesproken officier verdachte advocaat cel justitie gevangenis"
    )
)
# The specificity of a place name: much may happen in one place.
_PLACE_SHARE = 0.7


class Rarity(Struct, frozen=True):
    """The rarity of words among `total` reports; `counts` has the number of reports with a word."""

    total: int
    counts: Mapping[str, int]

    def of(self, word: str) -> float:
        """Return the rarity of a word, from 0 if all reports have it to RAREST."""
        seen = self.counts.get(word, 0)
        if not self.total:
            # No report has been counted yet.
            return RAREST
        whole = math.log((self.total + 1.5) / 1.5)
        return max(0.0, RAREST * math.log((self.total + 1.5) / (seen + 0.5)) / whole)


Rare = Callable[[str], float]


class Weighed(Struct, frozen=True):
    """A report with the weights of its words among all reports.

    `specific` has how specific each of its specific words is (up to 1), and `emphasis` how much
    the report stresses each; `size` grows with its number of words. `title` has the words of its
    title with their rarity, whose sum is `title_rarity`, and `day` is the day of publication (see
    `local_day`).
    """

    report: Report
    weights: Mapping[str, float]
    length: float
    specific: Mapping[str, float]
    emphasis: Mapping[str, float]
    size: float
    title: Sequence[tuple[str, float]]
    title_rarity: float
    day: int


def weigh(
    report: Report,
    rare: Rare,
    frequencies: Mapping[str, float],
    places: frozenset[str] = frozenset(),
) -> Weighed:
    """Return a report with its words weighed.

    `frequencies` has the frequency of Dutch words, and `places` the words of place names.
    """
    weights, specific, emphasis = {}, {}, {}
    for word, weight in report.words.items():
        rarity = rare(word)
        weights[word] = weight * rarity
        frequency = frequencies.get(word, 0.0) if report.traits.is_dutch else None
        if frequency is None or frequency < _COMMON:
            share = _PLACE_SHARE if word in places else 1.0
            specific[word] = share * _specific(word, rarity, frequency)
            emphasis[word] = math.sqrt(weight)
    title = [(word, rare(word)) for word in report.traits.title]
    return Weighed(
        report,
        weights,
        math.sqrt(math.fsum([each * each for each in weights.values()])) or 1.0,
        specific,
        emphasis,
        math.log(max(len(weights), _LEAST_WORDS)) / (2 * math.log(_WORDS)),
        title,
        sum(rarity for _, rarity in title),
        local_day(report.moment),
    )


def _specific(word: str, rarity: float, frequency: float | None) -> float:
    if is_place(word) or word in _OF_COURT:
        return 0.0
    if word.isdigit():
        return _NUMBER
    if frequency is None:
        # There is no table of common words for other languages, only the rarity among reports.
        return max(0.0, 2 * rarity / RAREST - 1.3)
    uncommon = (_COMMON - max(frequency, _UNCOMMON)) / (_COMMON - _UNCOMMON)
    return uncommon * min(1.0, rarity / _RARE_ENOUGH)


def cosine(one: Weighed, other: Weighed) -> float:
    """Return the similarity of the words of two reports, from 0 to 1."""
    mine, theirs = one.weights, other.weights
    # The sum is the same for any order of the words.
    shared = math.fsum([mine[word] * theirs[word] for word in mine.keys() & theirs.keys()])
    return shared / (one.length * other.length)


def chance(one: Weighed, other: Weighed) -> float:
    """Return the probability that two reports are about one event, from 0 to 1."""
    earlier, later = (other, one) if other.report.moment < one.report.moment else (one, other)
    days = later.day - earlier.day
    storm = any(name in later.weights for name in earlier.report.traits.storms) or any(
        name in earlier.weights for name in later.report.traits.storms
    )
    # A storm is in many places.
    if _is_vetoed(earlier.report, later.report, days) or (
        _are_elsewhere(one.report, other.report) and not storm
    ):
        return 0.0
    traits = later.report.traits
    named = 0 < days < _WEEK and (earlier.day - 1) % _WEEK in traits.days
    unnamed = days > 0 and not named and not traits.looks_back
    score = _BIAS + _COSINE * cosine(one, other) + _SPECIFIC * _shared(earlier, later)
    score += _TITLE * max(_title_share(one, other), _title_share(other, one))
    # What is before the court mostly happened long before.
    of_court = earlier.report.traits.is_of_court != traits.is_of_court
    score += _STORM * storm + _UNNAMED_DAY * unnamed + _COURT * of_court
    return 1 / (1 + math.exp(-score))


def _are_elsewhere(one: Report, other: Report) -> bool:
    """Tell whether each of two reports is about a place that the other one does not name."""
    mine, theirs = one.traits.places, other.traits.places
    return bool(mine and theirs) and mine.isdisjoint(other.words) and theirs.isdisjoint(one.words)


def _shared(one: Weighed, other: Weighed) -> float:
    """Return how specific the most specific words that two reports share are, from 0 to about 1."""
    mine, theirs = one.emphasis, other.emphasis
    found = [
        one.specific[word] * min(1.0, mine[word] * theirs[word])
        for word in mine.keys() & theirs.keys()
    ]
    return sum(sorted(found)[-_COUNTED:]) / (_COUNTED * (one.size + other.size))


def _title_share(one: Weighed, other: Weighed) -> float:
    """Return the share of a report's title, by rarity, that the other report has, from 0 to 1."""
    words = other.weights
    shared = sum([weight for word, weight in one.title if word in words])
    return shared / one.title_rarity if one.title_rarity else 0.0


def _is_vetoed(earlier: Report, later: Report, days: int) -> bool:
    """Tell whether two reports, `days` apart, cannot be about one event whatever they share."""
    mine, theirs = earlier.traits, later.traits
    return (
        mine.is_overview
        or theirs.is_overview
        or (mine.is_of_exchange and theirs.is_of_exchange)
        or (theirs.is_again and days != 0)
        or (_is_column(mine, theirs) and later.moment - earlier.moment > _COLUMN)
        or (mine.women and not mine.men and theirs.men and not theirs.women)
        or (theirs.women and not theirs.men and mine.men and not mine.women)
        or _differ(mine.distances, theirs.distances)
        or _differ(mine.scores, theirs.scores)
    )


def _is_column(one: Traits, other: Traits) -> bool:
    """Tell whether two reports are of a series, by the same title or the same beginning of it."""
    return one.prefix == other.prefix != "" or one.title == other.title != frozenset()


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)
