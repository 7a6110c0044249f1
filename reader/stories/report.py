"""The features of a report by which reports about one event are recognised."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from msgspec import Struct

from reader.stories.words import DAYS, count_stems, is_dutch, plain_words, story_words
from reader.text.dates import SITE_ZONE
from reader.text.slug import fold

# Characters of a report that are read; the event is described at its beginning.
_MAX_TEXT = 4_000
_MAX_WORDS = 250
# The prefix of a word that is a place of a dateline.
PLACE = "@"
_TITLE, _LEAD, _BODY = 1.0, 1.0, 0.5
_EARLIER = re.compile(r"\beerder\b|\bvorige (?:week|maand)\b|\bafgelopen\b")
_OVERVIEW = re.compile(
    r"\bin het kort\b|\bop een rij\b|overzicht\b|\bterugblik\b"
    r"|\b(?:deze|de) (?:week|dag) (?:in|van)\b"
)
_SUMS_UP = re.compile(
    r"\b(?:nieuws|gebeurtenissen)\b.{0,20}\bop een rij\b|\boverzicht van (?:de|het)\b"
)
_PREFIX = re.compile(r"([^:]{2,30}):\s")
_AGAIN = re.compile(r"\bopnieuw\b|\bwederom\b|\balweer\b")
_STORM = re.compile(r"\b(?:[Ss]torm|[Oo]rkaan|[Tt]yfoon|[Cc]ycloon) ([A-Z][\w-]{2,20})")
_DISTANCE = re.compile(r"\b(\d{1,5}(?:[.,]\d{1,3})?) meter\b")
_CONTEST = re.compile(
    r"\bgoud|\bzilver|\bbrons|titel\b|record\b|schaats|zwem|atle[et]|wereldbeker|sprint|kampioen"
    r"|\bwon\b"
)
_SCORE = re.compile(r"(?<![\d.,-])(\d{1,2})-(\d{1,2})(?![\d-])")
_HALF_WAY = re.compile(r"\brust(?:stand)?\b|\btussenstand\b")
_COURT = re.compile(
    r"\bgeeist|\brechtbank\b|\bveroorde|\b(?:cel|taak|werk)straf|\bvrijgespr|\bvrijspraak|gerechtshof"
    r"|\bjaar cel\b|\bstrafeis|\bhoger beroep\b"
)
_EXCHANGE = re.compile(r"\baex\b")
_WOMEN = re.compile(
    r"\bvrouwen|\bdames|\bmeisjes\b"
    r"|(?:hockey|schaats|tennis|speel|ren|bal|zwem|loop|spring)sters?\b"
)
_MEN = re.compile(r"\bmannen|\bheren\b|\bjongens\b")


class Traits(Struct, frozen=True, omit_defaults=True):
    """The features of a report besides its words.

    `days` has the weekdays that it names (0 is Monday), `title` the stems of its title,
    `places` those of the places of its dateline that title or lead name, and
    `prefix` the part of the title before a colon. `distances` has the distances of races in
    metres, `scores` the final scores of matches, `storms` the names of storms.
    """

    days: frozenset[int] = frozenset()
    title: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    looks_back: bool = False
    is_again: bool = False
    is_overview: bool = False
    is_of_exchange: bool = False
    is_of_court: bool = False
    prefix: str = ""
    women: bool = False
    men: bool = False
    distances: frozenset[str] = frozenset()
    scores: frozenset[str] = frozenset()
    storms: frozenset[str] = frozenset()
    is_dutch: bool = True


class Report(Struct, frozen=True):
    """The number of a report, its time of publication (UTC), its words with weights, its traits.

    The places of its dateline are among the words, with a leading `@`.
    """

    id: int
    moment: datetime
    words: Mapping[str, float]
    traits: Traits


def is_place(word: str) -> bool:
    """Tell whether a word of a report is a place of its dateline."""
    return word.startswith(PLACE)


def words_of_places(words: Iterable[str]) -> frozenset[str]:
    """Return the words of place names, given those words of reports that are places."""
    return frozenset(chain.from_iterable(story_words(word[len(PLACE) :]) for word in words))


def report_of(
    number: int,
    moment: datetime,
    *,
    title: str,
    lead: str,
    body: str,
    places: Sequence[str] = (),
) -> Report:
    """Return the features of a report."""
    lead, body = lead[:_MAX_TEXT], body[:_MAX_TEXT]
    parts = _Folded(fold(title), fold(lead), fold(body))
    plain = [plain_words(part) for part in parts]
    stems = [count_stems(words) for words in plain]
    weights: dict[str, float] = defaultdict(float)
    for counts, weight in zip(stems, (_TITLE, _LEAD, _BODY), strict=True):
        for word, count in counts.items():
            weights[word] += weight * (1 + 0.5 * math.log(count))
    words = {word: 1 + math.log(each) if each > 1 else each for word, each in weights.items()}
    words |= {PLACE + fold(place): 1.0 for place in places}
    heaviest = sorted(words, key=words.__getitem__, reverse=True)[:_MAX_WORDS]
    kept = {word: round(words[word], 3) for word in heaviest}
    traits = _traits(
        parts,
        f"{title}\n{lead}\n{body}",
        title=frozenset(stems[0]),
        places=words_of_places(PLACE + place for place in places) & {*stems[0], *stems[1]},
        is_dutch=is_dutch([*chain.from_iterable(plain)]),
    )
    return Report(number, moment, kept, traits)


class _Folded(NamedTuple):
    """The folded parts of a report."""

    title: str
    lead: str
    body: str


def _traits(
    parts: _Folded,
    whole: str,
    *,
    title: frozenset[str],
    places: frozenset[str],
    is_dutch: bool,
) -> Traits:
    above = f"{parts.title} {parts.lead}"
    text = f"{above} {parts.body}"
    prefix = _PREFIX.match(parts.title)
    results = () if _HALF_WAY.search(text) else _SCORE.findall(text)
    return Traits(
        days=frozenset(number for number, day in enumerate(DAYS) if day in text),
        title=title,
        places=places,
        looks_back=bool(_EARLIER.search(text)),
        is_again=bool(_AGAIN.search(parts.title)),
        is_overview=bool(_OVERVIEW.search(parts.title) or _SUMS_UP.search(above)),
        is_of_court=bool(_COURT.search(above)),
        is_of_exchange=bool(_EXCHANGE.search(text)),
        prefix=prefix[1] if prefix else "",
        women=bool(_WOMEN.search(above)),
        men=bool(_MEN.search(above)),
        distances=_distances(parts) if _CONTEST.search(text) else frozenset(),
        scores=frozenset("-".join(score) for score in results),
        storms=frozenset(story_words(" ".join(_STORM.findall(whole)))),
        is_dutch=is_dutch,
    )


def _distances(parts: _Folded) -> frozenset[str]:
    """Return the distances in the first part that has any; later ones are of other races."""
    return frozenset(next(filter(None, map(_DISTANCE.findall, parts)), ()))


def local_day(moment: datetime) -> int:
    """Return the ordinal of a moment's day in the site's time zone; it grows by one a day."""
    try:
        return moment.astimezone(SITE_ZONE).toordinal()
    except OverflowError:
        # On the last day of the year 9999, the next one cannot be told.
        return moment.toordinal()
