"""To which story a report belongs."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from reader.stories.chance import Weighed, chance

# Which reports may be of one story with another: so near in time, among the newest that have one of
# its heaviest words, and with so many of these.
WITHIN = timedelta(days=21)
HEAVY_WORDS, NEWEST, SHARED, CANDIDATES = 16, 200, 2, 16
# A story is judged by its last reports.
LAST = 8
_MAX_SHARE, _MEAN_SHARE = 0.65, 0.35
_JOIN, _BRIDGE, _ACROSS = 0.66, 0.55, 0.3
_BRIDGED = 2


class Choice(Struct, frozen=True):
    """The story that a report joins, None for one of its own, and those that prove to be the same.

    `bridged` are other stories that are one with `story` now.
    """

    story: int | None
    bridged: tuple[int, ...] = ()


def heaviest(report: Weighed) -> list[str]:
    """Return the words of a report by which others are found that may be of its story."""
    weights = report.weights
    # Only those that may be among them are sorted.
    least = sorted(weights.values())[-HEAVY_WORDS:][:1]
    words = [word for word, weight in weights.items() if weight >= least[0]]
    return sorted(words, key=lambda word: (-weights[word], word))[:HEAVY_WORDS]


def choose_story(report: Weighed, stories: Mapping[int, Sequence[Weighed]]) -> Choice:
    """Return the story of a report among some; each has its last reports, the newest last."""
    scores = {number: _score(report, reports) for number, reports in stories.items()}
    best = max(scores, key=lambda number: (scores[number], -number), default=None)
    if best is None or scores[best] < _JOIN:
        return Choice(None)
    own = [*stories[best], report]
    bridged = []
    for number in sorted(scores):
        if number != best and scores[number] >= _BRIDGE and len(own) >= _BRIDGED:
            pairs = [chance(one, other) for one in own for other in stories[number]]
            if sum(pairs) / len(pairs) >= _ACROSS:
                own += stories[number]
                bridged.append(number)
    return Choice(best, tuple(bridged))


def _score(report: Weighed, reports: Sequence[Weighed]) -> float:
    chances = [chance(report, each) for each in reports[-LAST:]]
    return _MAX_SHARE * max(chances) + _MEAN_SHARE * sum(chances) / len(chances)
