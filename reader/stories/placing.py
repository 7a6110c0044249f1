"""The choice of the story to which a report belongs."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from reader.stories.chance import Weighed, chance

# A report is compared with those within this time, among the newest that have one of its heaviest
# words, and with at least this many of them.
WITHIN = timedelta(days=21)
HEAVY_WORDS, NEWEST, SHARED, CANDIDATES = 16, 200, 2, 16
# The number of a story's latest reports by which it is judged.
LAST = 8
_MAX_SHARE, _MEAN_SHARE = 0.65, 0.35
_JOIN, _BRIDGE, _ACROSS = 0.66, 0.55, 0.3
_BRIDGED = 2


class Placement(Struct, frozen=True):
    """The story that a report joins, or None for a new one.

    `bridged` has the other stories that the report shows to be the same story.
    """

    story: int | None
    bridged: tuple[int, ...] = ()


def heaviest(report: Weighed) -> list[str]:
    """Return the words of a report by which other reports of its story are looked up."""
    weights = report.weights
    # Only words that may be among them are sorted.
    least = sorted(weights.values())[-HEAVY_WORDS:][:1]
    words = [word for word, weight in weights.items() if weight >= least[0]]
    return sorted(words, key=lambda word: (-weights[word], word))[:HEAVY_WORDS]


def choose_story(report: Weighed, stories: Mapping[int, Sequence[Weighed]]) -> Placement:
    """Return the story that a report joins; `stories` has their latest reports, the newest last."""
    scores = {number: _score(report, reports) for number, reports in stories.items()}
    best = max(scores, key=lambda number: (scores[number], -number), default=None)
    if best is None or scores[best] < _JOIN:
        return Placement(None)
    own = [*stories[best], report]
    bridged = []
    for number in sorted(scores):
        if number != best and scores[number] >= _BRIDGE and len(own) >= _BRIDGED:
            pairs = [chance(one, other) for one in own for other in stories[number]]
            if sum(pairs) / len(pairs) >= _ACROSS:
                own += stories[number]
                bridged.append(number)
    return Placement(best, tuple(bridged))


def _score(report: Weighed, reports: Sequence[Weighed]) -> float:
    chances = [chance(report, each) for each in reports[-LAST:]]
    return _MAX_SHARE * max(chances) + _MEAN_SHARE * sum(chances) / len(chances)
