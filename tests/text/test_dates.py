"""Dates and clock times in the site's time zone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Sighting
from reader.text.dates import SITE_ZONE, find_date, parse_clock, parse_date, parse_iso

_AT = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)


def _minute(moment: datetime) -> Sighting:
    return Sighting(moment, moment + timedelta(minutes=1))


def test_a_clock_time_is_the_last_such_minute() -> None:
    assert parse_clock("9:05", _AT) == _minute(datetime(2026, 3, 14, 8, 5, tzinfo=UTC))
    assert parse_clock("23:51", _AT) == _minute(datetime(2026, 3, 13, 22, 51, tzinfo=UTC))


def test_a_clock_time_before_the_change_to_summer_time_keeps_its_hour() -> None:
    morning = datetime(2026, 3, 29, 6, 0, tzinfo=UTC)
    assert parse_clock("23:30", morning) == _minute(datetime(2026, 3, 28, 22, 30, tzinfo=UTC))


@pytest.mark.parametrize("text", ["24:00", "9:60", "9", "uur", ""])
def test_no_clock_time_is_none(text: str) -> None:
    assert parse_clock(text, _AT) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("maandag 20 oktober 2025, 13:05", _minute(datetime(2025, 10, 20, 11, 5, tzinfo=UTC))),
        (
            "Gepubliceerd: 14 maart 2026 om 9.30 uur",
            _minute(datetime(2026, 3, 14, 8, 30, tzinfo=UTC)),
        ),
        ("14-03-2026 09:30", _minute(datetime(2026, 3, 14, 8, 30, tzinfo=UTC))),
        (
            "za 14 mrt. 2026",
            Sighting(datetime(2026, 3, 13, 23, tzinfo=UTC), datetime(2026, 3, 14, 23, tzinfo=UTC)),
        ),
    ],
)
def test_a_printed_date_is_as_exact_as_it_is_printed(text: str, expected: Sighting) -> None:
    assert parse_date(text) == expected


def test_an_iso_time_with_seconds_is_exact() -> None:
    moment = datetime(2026, 3, 14, 12, 5, 30, tzinfo=UTC)
    assert parse_iso("2026-03-14T13:05:30+01:00") == Sighting(moment, moment)


def test_an_iso_date_alone_is_a_local_day() -> None:
    day = parse_iso("2026-03-14")
    assert day is not None
    assert day.latest - day.earliest == timedelta(days=1)


@given(st.text(), st.datetimes(timezones=st.just(UTC)))
def test_no_input_raises(text: str, at: datetime) -> None:
    assert parse_clock(text, at) is None or text
    assert parse_date(text) is None or text
    assert parse_iso(text) is None or text


@given(
    st.integers(0, 23),
    st.integers(0, 59),
    st.datetimes(
        min_value=datetime(1950, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(UTC)
    ),
)
def test_a_clock_time_lies_within_the_last_day(hour: int, minute: int, at: datetime) -> None:
    found = parse_clock(f"{hour}:{minute:02}", at)
    assert found is not None
    assert at - timedelta(hours=26) <= found.earliest <= at + timedelta(minutes=2)


# In the night of 25 October 2026 the hour from two to three comes twice.
_FIRST = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
_SECOND = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "read", "shown"),
    [
        ("2:45", _SECOND + timedelta(minutes=10), _FIRST + timedelta(minutes=45)),
        ("2:05", _SECOND + timedelta(minutes=10), _SECOND + timedelta(minutes=5)),
        ("2:45", _FIRST + timedelta(minutes=50), _FIRST + timedelta(minutes=45)),
        ("2:50", _FIRST + timedelta(minutes=40), _SECOND - timedelta(days=1, minutes=10)),
        ("1:55", _SECOND + timedelta(minutes=59), _FIRST - timedelta(minutes=5)),
        ("2:45", _SECOND + timedelta(hours=8), _SECOND + timedelta(minutes=45)),
        ("23:30", _SECOND + timedelta(hours=8), _FIRST - timedelta(hours=2, minutes=30)),
    ],
)
def test_in_the_night_the_clock_goes_back_a_clock_time_is_the_last_such_minute(
    text: str, read: datetime, shown: datetime
) -> None:
    assert parse_clock(text, read) == _minute(shown)


def test_a_minute_that_came_twice_is_somewhere_in_both() -> None:
    both = Sighting(_FIRST + timedelta(minutes=30), _SECOND + timedelta(minutes=31))
    assert parse_date("25 oktober 2026, 2:30") == both
    assert parse_iso("2026-10-25T02:30") == both
    assert find_date("vandaag 2:30", _SECOND + timedelta(hours=9)) == both
    # The second has not come yet.
    assert find_date("vandaag 2:30", _SECOND) == _minute(_FIRST + timedelta(minutes=30))


@given(st.integers(0, 59), st.datetimes(_FIRST.replace(tzinfo=None), _SECOND.replace(tzinfo=None)))
def test_a_clock_time_just_shown_is_never_a_day_off(ago: int, moment: datetime) -> None:
    at = moment.replace(tzinfo=UTC)
    shown = (at - timedelta(minutes=ago)).astimezone(SITE_ZONE)
    found = parse_clock(f"{shown:%H:%M}", at)
    assert found is not None
    assert at - timedelta(hours=1, minutes=1) < found.earliest <= at + timedelta(minutes=2)
