"""Dates and clock times as Dutch pages print them, read in the site's own time zone."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from reader.model import Sighting

SITE_ZONE = ZoneInfo("Europe/Amsterdam")
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_MONTH_NUMBER = (
    {name: number for number, name in enumerate(_MONTHS, 1)}
    | {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
    | {"mrt": 3, "sept": 9}
)
_MONTH_WORDS = "|".join(sorted(_MONTH_NUMBER, reverse=True))
_WEEKDAY = r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:ma|di|wo|do|vr|za|zo)\.?)"
_LABEL = (
    r"(?:(?:gepubliceerd|geplaatst|datum|publicatie)(?:datum)?\s{0,3}(?:op|om)?\s{0,3}:?\s{0,3})?"
)
_MINUTE = r"(?:[\s,|·•–-]{0,9}(?:om\s{1,3})?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s{0,3}uur)?)?"
_WORDED = re.compile(
    rf"{_LABEL}(?:{_WEEKDAY},?\s{{1,3}})?(\d{{1,2}})\s{{1,3}}({_MONTH_WORDS})"
    rf"\.?\s{{1,3}}(\d{{4}}){_MINUTE}\.?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"{_LABEL}(?:{_WEEKDAY},?\s{{1,3}})?(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_MINUTE}",
    re.IGNORECASE,
)
_DAYLESS = re.compile(
    rf"{_LABEL}(?:{_WEEKDAY},?\s{{1,3}})?"
    rf"(?:(vandaag|gisteren|eergisteren)|(\d{{1,2}})\s{{1,3}}({_MONTH_WORDS})\.?(?!\s{{0,3}}\d{{4}})){_MINUTE}",
    re.IGNORECASE,
)
_ISO_IN_TEXT = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")
_DAYS_BACK = {"vandaag": 0, "gisteren": 1, "eergisteren": 2}
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:\s*uur)?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MINUTE_EXACT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?!:\d{2})")
# A page's clock may run this far ahead of the clock that noted when it was fetched.
_SLACK = timedelta(minutes=2)


def parse_iso(text: str) -> Sighting | None:
    """Return the moment of an ISO 8601 text: exact, or a minute or a local day wide."""
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SITE_ZONE)
    if _ISO_DAY.fullmatch(text):
        return _day(moment)
    width = timedelta(minutes=1) if _MINUTE_EXACT.match(text) else timedelta()
    return _span(moment, width)


def parse_date(text: str) -> Sighting | None:
    """Return the day or minute of a printed date: `maandag 20 oktober 2025, 13:05`."""
    if not _DIGIT.search(text):
        return None
    worded, numbered = _WORDED.fullmatch(text.strip()), _NUMBERED.fullmatch(text.strip())
    match = worded or numbered
    if not match:
        return None
    month = _MONTH_NUMBER[match[2].lower()] if worded else int(match[2])
    try:
        day = datetime(int(match[3]), month, int(match[1]), tzinfo=SITE_ZONE)
        if match[4] is None:
            return _day(day)
        second = int(match[6] or 0)
        moment = day.replace(hour=int(match[4]), minute=int(match[5]), second=second)
    except ValueError:
        return None
    return _span(moment, timedelta() if match[6] else timedelta(minutes=1))


def find_date(text: str, at: datetime) -> Sighting | None:
    """Return the day or minute of the first printed date in a line that was read at `at`.

    The date may lack a year or be relative, as `vandaag 12:35` or `gisteren`.
    """
    if not may_hold_date(text):
        return None
    match = _WORDED.search(text) or _NUMBERED.search(text)
    if match:
        return parse_date(match[0])
    if match := _ISO_IN_TEXT.search(text):
        return parse_iso(match[0])
    match = _DAYLESS.search(text)
    return _near(match, at.astimezone(SITE_ZONE)) if match else None


def is_date(text: str) -> bool:
    """Tell whether `text` is a printed date and nothing else, with or without a year."""
    text = text.strip()
    if not may_hold_date(text):
        return False
    patterns = (_WORDED, _NUMBERED, _DAYLESS, _ISO_IN_TEXT)
    return any(pattern.fullmatch(text) for pattern in patterns)


def may_hold_date(text: str) -> bool:
    """Tell cheaply whether `text` may hold a date: it has a digit or the name of a day."""
    if _DIGIT.search(text):
        return True
    folded = text.lower()
    return "vandaag" in folded or "gisteren" in folded


def _near(match: re.Match[str], local: datetime) -> Sighting | None:
    """Return the latest day (or minute) not after `local` that a date without a year can mean."""
    try:
        day = local.replace(hour=0, minute=0, second=0, microsecond=0)
        if match[1]:
            day -= timedelta(days=_DAYS_BACK[match[1].lower()])
        else:
            day = day.replace(month=_MONTH_NUMBER[match[3].lower()], day=int(match[2]))
            day = day.replace(year=day.year - (day > local))
        if match[4] is None:
            return _day(day)
        moment = day.replace(hour=int(match[4]), minute=int(match[5]))
        return _span(moment, timedelta(minutes=1), local.astimezone(UTC))
    except (OverflowError, ValueError):
        return None


def parse_clock(text: str, not_after: datetime) -> Sighting | None:
    """Return the latest minute, not after `not_after`, at which a local clock showed `H:MM`."""
    match = _CLOCK.fullmatch(text.strip())
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    try:
        local = not_after.astimezone(SITE_ZONE)
        today = local.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)
        # Subtracted on the local clock, so that a change of summer time keeps the hour.
        shown = [*_moments(today), *_moments(today - timedelta(days=1))]
        start = max(moment for moment in shown if moment <= not_after + _SLACK)
        return Sighting(start, start + timedelta(minutes=1))
    except (OverflowError, ValueError):
        return None


def is_future(seen: Sighting, at: datetime) -> bool:
    """Tell whether a time is after `at`, when the page that states it already existed."""
    return seen.earliest - at > _SLACK


def is_clock(text: str) -> bool:
    """Tell whether `text` is a clock time and nothing else."""
    return _CLOCK.fullmatch(text.strip()) is not None


def _day(start: datetime) -> Sighting | None:
    try:
        return Sighting(start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC))
    except (OverflowError, ValueError):
        return None


def _span(moment: datetime, width: timedelta, at: datetime | None = None) -> Sighting | None:
    """Return the interval of `width` that begins at a moment of the local clock.

    An hour that occurs twice, when summer time ends, gives the interval from the first to the end
    of the second, except for the part after `at`.
    """
    try:
        starts = [start for start in _moments(moment) if at is None or start <= at + _SLACK]
        starts = starts or _moments(moment)[:1]
        return Sighting(starts[0], starts[-1] + width)
    except (OverflowError, ValueError):
        return None


def _moments(moment: datetime) -> list[datetime]:
    """Return the moments (UTC) at which a clock shows this time of its day: one, or two."""
    first, second = (moment.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return [first, second] if first < second else [first]
