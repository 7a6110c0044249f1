"""Response headers are accepted within bounds."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.fetch.headers import MAX_WAIT, charset, conditions, etag, last_modified, retry_after
from reader.model import Validators

_NOW = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        (" 120 ", 120),
        ("9" * 5000, MAX_WAIT),
        (format_datetime(_NOW + timedelta(minutes=3), usegmt=True), 180),
        (format_datetime(_NOW - timedelta(days=3), usegmt=True), 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MAX_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 2),
        ("Mon, 01 Jan 1500 00:00:00 +2359", 0),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", 2),
        ("", 2),
        ("-5", 2),
        ("nan", 2),
        ("1e9", 2),
        ("²", 2),
        ("morgen", 2),
    ],
)
def test_a_site_is_waited_for_as_it_asks_within_bounds(text: str, seconds: float) -> None:
    assert retry_after(text, _NOW) == seconds


@given(st.one_of(st.text(), st.integers().map(str), st.datetimes().map(format_datetime)))
def test_no_header_raises(text: str) -> None:
    assert 0 <= retry_after(text, _NOW) <= MAX_WAIT
    headers = {"etag": text, "last-modified": text, "content-type": text}
    etag(headers), last_modified(headers, _NOW), charset(headers)


@pytest.mark.parametrize("text", ['"één"', '"\x00"', "", '"a\nb"', "x" * 1001])
def test_a_validator_that_cannot_be_sent_back_is_none(text: str) -> None:
    assert etag({"etag": text}) is None
    assert last_modified({"last-modified": text}, _NOW) is None


def test_what_cannot_be_sent_is_no_condition() -> None:
    assert conditions(None) == {}
    assert conditions(Validators('"één"', "\x1b", _NOW)) == {}
    assert conditions(Validators('"1"', "Sat, 14 Mar 2026 12:00:00 GMT", _NOW)) == {
        "If-None-Match": '"1"',
        "If-Modified-Since": "Sat, 14 Mar 2026 12:00:00 GMT",
    }


def test_a_date_to_come_is_none() -> None:
    past, future = (format_datetime(_NOW + timedelta(hours=h), usegmt=True) for h in (-1, 1))
    assert last_modified({"last-modified": past}, _NOW) == past
    assert last_modified({"last-modified": future}, _NOW) is None
    assert last_modified({"last-modified": "gisteren"}, _NOW) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("text/html; charset=windows-1252", "windows-1252"),
        ("text/html;CHARSET = 'UTF-8'", "UTF-8"),
        ("text/html", None),
        ("charset=" + "x" * 99, "x" * 40),
    ],
)
def test_the_charset_is_the_declared_one(text: str, found: str | None) -> None:
    assert charset({"content-type": text}) == found
