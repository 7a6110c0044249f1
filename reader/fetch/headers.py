"""The values of response headers, as far as they can be trusted; pure functions."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from reader.model import Validators

# The longest wait that a site may ask for, in seconds; longer ones make no difference to a run.
MAX_WAIT = 86_400.0
_RETRY_SECONDS = 2.0
# The values allowed in a header that is sent back.
_VALIDATOR = re.compile(r"[ -~]{1,1000}")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s?=\s?\"?(\d{1,9})", re.ASCII | re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.ASCII | re.IGNORECASE)


def read_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers of an answer by name in lower case; values of one name are joined."""
    found: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("ascii").lower(), _text(value)
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def retry_after(text: str, now: datetime) -> float:
    """Return the seconds from 0 to MAX_WAIT that a Retry-After header asks for.

    The header holds seconds or a date; anything else means a short wait.
    """
    text = text.strip()
    if text.isascii() and text.isdecimal():
        # A number of any length is compared as a float, which may be infinite.
        return min(float(text), MAX_WAIT)
    moment = _date(text)
    if moment is None:
        return _RETRY_SECONDS
    return min(max((moment - now).total_seconds(), 0.0), MAX_WAIT)


def conditions(asked: Validators | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it has changed; none for the first request.

    Validators that an older version or another program stored may be unfit to be sent.
    """
    if asked is None:
        return {}
    values = {"If-None-Match": asked.etag or "", "If-Modified-Since": asked.modified or ""}
    return {name: value for name, text in values.items() if (value := _validator(text))}


def etag(headers: Mapping[str, str]) -> str | None:
    """Return the ETag of an answer, or None if it has none that can be sent back."""
    return _validator(headers.get("etag", ""))


def last_modified(headers: Mapping[str, str], now: datetime) -> str | None:
    """Return the Last-Modified of an answer, or None if it has none or one later than `now`.

    A page that claims to have changed tomorrow would count as unchanged until then.
    """
    text = _validator(headers.get("last-modified", ""))
    moment = _date(text) if text else None
    return text if moment is not None and moment <= now else None


def max_age(headers: Mapping[str, str]) -> int | None:
    """Return how long an answer says that it is valid, in seconds, or None if it does not say."""
    found = _MAX_AGE.search(headers.get("cache-control", ""))
    return int(found[1]) if found else None


def charset(headers: Mapping[str, str]) -> str | None:
    """Return the encoding that the Content-Type of an answer declares, verbatim."""
    declared = _CHARSET.search(headers.get("content-type", ""))
    return declared[1] if declared else None


def _validator(text: str) -> str | None:
    return text if _VALIDATOR.fullmatch(text) else None


def _date(text: str) -> datetime | None:
    """Return the moment of a date in header format, or None if it is not one."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
