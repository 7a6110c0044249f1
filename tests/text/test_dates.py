"""Dates and clock times: read in the site's own time zone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Sighting
from reader.text.dates import parse_clock, parse_date, parse_iso

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
