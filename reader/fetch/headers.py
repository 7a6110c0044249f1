"""What the headers of an answer say, as far as they can be believed; pure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from reader.model import Asked

# No site is asked to be patient for longer, in seconds: what asks for more is no run's concern.
MAX_WAIT = 86_400.0
_RETRY_SECONDS = 2.0
# What may stand in a header that is sent back.
_VALIDATOR = re.compile(r"[ -~]{1,1000}")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s?=\s?\"?(\d{1,9})", re.ASCII | re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.ASCII | re.IGNORECASE)


def retry_after(text: str, now: datetime) -> float:
    """Return the seconds from 0 to MAX_WAIT that a Retry-After header asks for.

    It tells seconds or a date; of what is neither, a short while.
    """
    text = text.strip()
    if text.isascii() and text.isdecimal():
        # A number of any length is compared as a float, which may be infinite.
        return min(float(text), MAX_WAIT)
    moment = _date(text)
    if moment is None:
        return _RETRY_SECONDS
    return min(max((moment - now).total_seconds(), 0.0), MAX_WAIT)


def conditions(asked: Asked | None) -> dict[str, str]:
    """Return the headers that ask for a page only where it is not as it was, none at first.

    What an older version or another program stored need not be fit to be sent.
    """
    if asked is None:
        return {}
    told = {"If-None-Match": asked.etag or "", "If-Modified-Since": asked.modified or ""}
    return {name: value for name, text in told.items() if (value := _validator(text))}


def etag(headers: Mapping[str, str]) -> str | None:
    """Return the ETag of an answer, None where it has none that can be sent back."""
    return _validator(headers.get("etag", ""))


def last_modified(headers: Mapping[str, str], now: datetime) -> str | None:
    """Return the Last-Modified of an answer, None where it has none, or one later than `now`.

    A page that claims to change tomorrow would be unchanged until then.
    """
    text = _validator(headers.get("last-modified", ""))
    moment = _date(text) if text else None
    return text if moment is not None and moment <= now else None


def max_age(headers: Mapping[str, str]) -> int | None:
    """Return for how many seconds an answer says that it holds, None where it does not say."""
    found = _MAX_AGE.search(headers.get("cache-control", ""))
    return int(found[1]) if found else None


def charset(headers: Mapping[str, str]) -> str | None:
    """Return the encoding that the Content-Type of an answer declares, as it stands there."""
    declared = _CHARSET.search(headers.get("content-type", ""))
    return declared[1] if declared else None


def _validator(text: str) -> str | None:
    return text if _VALIDATOR.fullmatch(text) else None


def _date(text: str) -> datetime | None:
    """Return the moment of a date as headers have it, None where it is not one."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
