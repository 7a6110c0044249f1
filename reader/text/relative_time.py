"""Relative times such as `2 uur geleden`, as intervals; they are rounded down.

`1 uur geleden` at time t means: published between two hours and one hour before t.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from msgspec import Struct

from reader.model import Sighting
from reader.text.memoize import memoized

Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

SECONDS: dict[Unit, int] = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "week": 7 * 86_400,
    "month": 30 * 86_400,
    "year": 365 * 86_400,
}
# The singular, plural and short form of each unit.
_WORDS: dict[Language, dict[Unit, tuple[str, str, str]]] = {
    "nl": {
        "second": ("seconde", "seconden", "s"),
        "minute": ("minuut", "minuten", "min"),
        "hour": ("uur", "uur", "u"),
        "day": ("dag", "dagen", "d"),
        "week": ("week", "weken", "w"),
        "month": ("maand", "maanden", "mnd"),
        "year": ("jaar", "jaar", "j"),
    },
    "en": {
        "second": ("second", "seconds", "s"),
        "minute": ("minute", "minutes", "min"),
        "hour": ("hour", "hours", "h"),
        "day": ("day", "days", "d"),
        "week": ("week", "weeks", "w"),
        "month": ("month", "months", "mo"),
        "year": ("year", "years", "y"),
    },
}
_AGO: dict[Language, str] = {"nl": "geleden", "en": "ago"}
_JUST_NOW: dict[Language, str] = {"nl": "zojuist", "en": "just now"}
_NOW: dict[Language, str] = {"nl": "nu", "en": "now"}
_UNIT_OF_WORD: dict[str, Unit] = {
    word: unit for unit, words in _WORDS["nl"].items() for word in words[:2]
} | {"sec": "second", "min": "minute", "uren": "hour", "jaren": "year"}

_UNIT_WORDS = "|".join(sorted(_UNIT_OF_WORD, key=len, reverse=True))
_AGE = rf"(?:(\d{{1,4}}|een|één)\s{{1,9}}({_UNIT_WORDS})\s{{1,9}}geleden|zojuist)"
_PUBLISHED = r"(?:(?:gepubliceerd|geplaatst)\s{0,9}:?\s{0,9})?"
# Strings, which `re` compiles on first use: printing an age needs none of them.
_WHOLE = rf"(?i)\s{{0,9}}{_PUBLISHED}{_AGE}\.?\s{{0,9}}"
# No word boundary at the end: text may follow without a space (`18 uur geledenPODGORICA (ANP) - `).
_LEADING = rf"\s{{0,9}}(?i:{_AGE})(?=\s{{0,9}}[^\sa-zà-ÿ])"
_TRAILING = rf"(?i)(?<!\w)[(\[]?{_AGE}[)\]]?\s{{0,9}}$"
# The greatest length of an age, in characters.
_MAX_TEXT = 80
# Every age ends in one of these; a text without one is not searched.
_MARKS = ("geleden", "zojuist")
_MAX_END = 8
_EARLIEST = datetime(1, 1, 2, tzinfo=UTC)


class Age(Struct, frozen=True):
    """A whole number of units ago, rounded down; zero of any unit is written `zojuist`."""

    count: int
    unit: Unit

    def sighting(self, at: datetime) -> Sighting:
        """Return the interval of publication, one unit wide, of an item of this age at `at`."""
        unit = SECONDS[self.unit]
        return Sighting(_before(at, (self.count + 1) * unit), _before(at, self.count * unit))

    def text(self, language: Language = "nl") -> str:
        """Return the age in words: `2 uur geleden`, `2 hours ago`."""
        if self.count == 0:
            return _JUST_NOW[language]
        singular, plural, _ = _WORDS[language][self.unit]
        return f"{self.count} {singular if self.count == 1 else plural} {_AGO[language]}"

    def short(self, language: Language = "nl") -> str:
        """Return the age in at most 7 cells: `2 u`, `2 h`."""
        if self.count == 0:
            return _NOW[language]
        return f"{self.count} {_WORDS[language][self.unit][2]}"


@memoized
def parse_age(text: str) -> Age | None:
    """Return the age if `text` is nothing else, or None."""
    match = re.fullmatch(_WHOLE, text) if may_hold_age(text) and len(text) <= _MAX_TEXT else None
    return _age_of(match[1], match[2]) if match else None


def may_hold_age(text: str) -> bool:
    """Tell cheaply whether `text` may hold an age."""
    folded = text.lower()
    return _MARKS[0] in folded or _MARKS[1] in folded


def split_leading_age(text: str) -> tuple[Age, str] | None:
    """Return the age at the beginning of `text` and the rest, even without a space between them."""
    match = re.match(_LEADING, text)
    return (_age_of(match[1], match[2]), text[match.end() :].lstrip()) if match else None


def split_trailing_age(text: str) -> tuple[str, Age] | None:
    """Return the text before an age at the end of `text`, and that age."""
    if not text.rstrip()[-_MAX_END:].lower().rstrip(")]").endswith(_MARKS):
        return None
    match = re.search(_TRAILING, text)
    if not match or not match.start():
        return None
    return text[: match.start()].rstrip(), _age_of(match[1], match[2])


def _age_of(count: str | None, word: str | None) -> Age:
    if count is None or word is None:
        return Age(0, "minute")
    return Age(int(count) if count.isdecimal() else 1, _UNIT_OF_WORD[word.lower()])


def _before(at: datetime, seconds: int) -> datetime:
    """Return `at` minus `seconds`, or the earliest datetime if that is out of range."""
    room = (at - _EARLIEST).total_seconds()
    return at - timedelta(seconds=min(seconds, max(room, 0)))


def age_at(published: Sighting, now: datetime) -> tuple[Age, bool]:
    """Return the age at `now`, from the middle of the interval, and whether it is approximate.

    An age is approximate if the interval is wider than its unit.
    """
    width = published.latest - published.earliest
    age = max(now - (published.earliest + width / 2), timedelta())
    seconds = int(age.total_seconds())
    unit: Unit = next((u for u in reversed(SECONDS) if seconds >= SECONDS[u]), "second")
    return Age(seconds // SECONDS[unit], unit), width.total_seconds() > SECONDS[unit]


def describe_age(published: Sighting, now: datetime, language: Language = "nl") -> str:
    """Return the age at `now` in words, with `≈` if it is approximate."""
    age, approximate = age_at(published, now)
    return f"≈ {age.text(language)}" if approximate else age.text(language)


def describe_age_short(published: Sighting, now: datetime, language: Language = "nl") -> str:
    """Return the age at `now` in at most 8 cells, with `≈` if it is approximate."""
    age, approximate = age_at(published, now)
    return f"≈{age.short(language)}" if approximate else age.short(language)
