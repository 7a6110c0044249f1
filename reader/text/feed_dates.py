"""Dates as feeds state them: RFC 822 and ISO 8601 with their common faults, English and Dutch."""

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari",
            "feb february februari",
            "mar mrt march maart",
            "apr april",
            "may mei",
            "jun june juni",
            "jul july juli",
            "aug august augustus",
            "sep sept september",
            "oct okt october oktober",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
# Offsets from UTC, in hours, of the zones that feeds name. Others count as UTC, also those whose
# offset depends on the day, such as `Europe/Amsterdam`.
_ZONES = {
    "cet": 1, "cest": 2, "met": 1, "mest": 2, "mez": 1, "mesz": 2, "wet": 0, "west": 1, "bst": 1,
    "ist": 1, "eet": 2, "eest": 3, "msk": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "ast": -4, "adt": -3,
    "jst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
_TIME = (
    r"(?:[\s,T]{1,4}(?:at\s|om\s|[-–|]\s)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?(?:\s?(?P<half>[ap])\.?m\b\.?|\s?uur)?)?"
)
_ZONE = (
    r"(?:\s{0,3}\(?(?P<zone>[a-z]{1,10}/[a-z_]{1,20}|[a-z]{1,5})?"
    r"\s?(?P<offset>[+-]\d{1,2}:?\d{0,2})?\)?)"
)
# Another name of the zone after its offset.
_END = r"(?:\s{0,3}(?:\([^()]{1,40}\)|\[[^\[\]]{1,40}\]|[a-z]{1,5}))?"
_DAY_FIRST = re.compile(
    r"(?:[a-z]{2,10}\.?,?\s{0,3})?(?P<day>\d{1,2})(?:st|nd|rd|th|e)?[\s-]{1,3}(?P<month>[a-z]{3,10})\.?"
    rf",?[\s-]{{1,3}}(?P<year>\d{{4}}|\d\d){_TIME}{_ZONE}{_END}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"(?:[a-z]{2,10}\.?,?\s{1,3})?(?P<month>[a-z]{3,10})\.?\s{1,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    rf",?\s{{1,3}}(?P<year>\d{{4}}){_TIME}{_ZONE}{_END}",
    re.IGNORECASE,
)
# The form of C's asctime, with the year last.
_YEAR_LAST = re.compile(
    r"[a-z]{2,10}\.?,?\s{1,3}(?P<month>[a-z]{3,10})\s{1,3}(?P<day>\d{1,2})"
    r"\s{1,3}(?P<hour>\d{1,2}):(?P<minute>\d{2}):(?P<second>\d{2})(?P<half>)"
    r"(?:\s(?P<zone>[a-z]{1,5})?(?P<offset>[+-]\d{2}:?\d{2})?)?\s(?P<year>\d{4})",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}{_ZONE}{_END}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?:[a-z]{{2,10}}\.?,?\s{{1,3}})?(?P<day>\d{{1,2}})(?P<between>[-/.])(?P<month>\d{{1,2}})(?P=between)(?P<year>\d{{4}}){_TIME}{_ZONE}{_END}",
    re.IGNORECASE,
)
_ISO_MONTH = re.compile(r"(\d{4})(?:-?(\d{2}))?")
_ORDINAL = re.compile(r"(\d{4})-?(\d{3})")
_LONGEST = 80
_EARLIEST = 1970
# Years of two digits from this one on are in the last century.
_PIVOT = 69


def parse_feed_date(text: str) -> datetime | None:
    """Return the moment (UTC) of a date in a feed, or None if it is not clear.

    Without a zone it is read as UTC, without a time as the beginning of the day. `03/04/2026` may
    mean two days, so it is None.
    """
    text = text.strip()[:_LONGEST]
    try:
        moment = _iso(text) or _worded(text) or _numbered(text) or _partial(text)
        moment = moment and moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return moment if moment and moment.year >= _EARLIEST else None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment.replace(microsecond=0)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _worded(text: str) -> datetime | None:
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _YEAR_LAST):
        match = pattern.fullmatch(text)
        if match and (month := _MONTHS.get(match["month"].lower())):
            year = int(match["year"])
            if len(match["year"]) == 2:
                year += 1900 if year >= _PIVOT else 2000
            return _moment(match, year, month, int(match["day"]))
    return None


def _numbered(text: str) -> datetime | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return _moment(match, int(match["year"]), int(match["month"]), int(match["day"]))
    if not (match := _NUMBERED.fullmatch(text)):
        return None
    day, month = int(match["day"]), int(match["month"])
    if match["between"] == "/":
        if month > 12:
            day, month = month, day
        elif day <= 12 and day != month:
            return None
    return _moment(match, int(match["year"]), month, day)


def _partial(text: str) -> datetime | None:
    """Return the beginning of a month, a year, or the day given as its number in the year."""
    if match := _ISO_MONTH.fullmatch(text):
        return datetime(int(match[1]), int(match[2] or 1), 1, tzinfo=UTC)
    if match := _ORDINAL.fullmatch(text):
        return datetime(int(match[1]), 1, 1, tzinfo=UTC) + timedelta(days=int(match[2]) - 1)
    return None


def _moment(match: re.Match[str], year: int, month: int, day: int) -> datetime:
    hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
    if half := match["half"]:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    # A leap second, and midnight as the end of a day.
    second = min(int(match["second"] or 0), 59)
    local = datetime(year, month, day, tzinfo=_zone(match["zone"], match["offset"]))
    if hour == 24 and not minute:
        return local + timedelta(days=1)
    return local.replace(hour=hour, minute=minute, second=second)


def _zone(name: str | None, offset: str | None) -> timezone:
    if not offset:
        return timezone(timedelta(hours=_ZONES.get((name or "").lower(), 0)))
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    east = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-east if offset[0] == "-" else east)
