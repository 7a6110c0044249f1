"""Relative times: real forms become intervals, and intervals become words."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Sighting
from reader.text.relative_time import (
    SECONDS,
    Age,
    Unit,
    age_at,
    describe_age,
    describe_age_short,
    parse_age,
    split_leading_age,
    split_trailing_age,
)

_AT = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
_UNITS = st.sampled_from(get_args(Unit))


@pytest.mark.parametrize(
    ("printed", "count", "unit"),
    [
        ("16 seconden geleden", 16, "second"),
        ("3 minuten geleden", 3, "minute"),
        ("1 uur geleden", 1, "hour"),
        ("22 uur geleden", 22, "hour"),
        ("1 dag geleden", 1, "day"),
        ("2 dagen geleden", 2, "day"),
        ("1 week geleden", 1, "week"),
        ("2 weken geleden", 2, "week"),
        ("1 maand geleden", 1, "month"),
        ("2 maanden geleden", 2, "month"),
        ("1 jaar geleden", 1, "year"),
        ("5 jaar geleden", 5, "year"),
        ("een uur geleden", 1, "hour"),
        (" 2 Uur geleden. ", 2, "hour"),
    ],
)
def test_a_real_age_is_read(printed: str, count: int, unit: Unit) -> None:
    assert parse_age(printed) == Age(count, unit)


def test_an_age_floors_so_one_hour_is_up_to_two_hours() -> None:
    expected = Sighting(_AT - timedelta(hours=2), _AT - timedelta(hours=1))
    assert Age(1, "hour").sighting(_AT) == expected


def test_just_now_is_the_last_minute() -> None:
    age = parse_age("zojuist")
    assert age is not None
    assert age.sighting(_AT) == Sighting(_AT - timedelta(minutes=1), _AT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geleden",
        "2 uur",
        "twee uur geleden geleden",
        "-1 uur geleden",
        "Hij was 2 uur geleden nog thuis.",
    ],
)
def test_other_text_is_no_age(text: str) -> None:
    assert parse_age(text) is None


def test_an_age_glued_to_the_next_item_comes_off() -> None:
    split = split_leading_age("18 uur geledenPODGORICA (ANP) - De brug is open.")
    assert split == (Age(18, "hour"), "PODGORICA (ANP) - De brug is open.")


def test_an_age_at_the_end_of_a_text_comes_off() -> None:
    assert split_trailing_age("De brug is open. 3 dagen geleden") == (
        "De brug is open.",
        Age(3, "day"),
    )
    assert split_trailing_age("3 dagen geleden") is None


def test_the_words_follow_the_clock() -> None:
    published = Age(2, "hour").sighting(_AT)
    assert describe_age(published, _AT) == "2 uur geleden"
    assert describe_age(published, _AT + timedelta(hours=1)) == "3 uur geleden"
    assert describe_age(published, _AT + timedelta(days=3), "en") == "3 days ago"
    assert describe_age_short(published, _AT) == "2 u"


def test_an_interval_wider_than_the_unit_shown_is_marked_approximate() -> None:
    day = Sighting(_AT - timedelta(days=1), _AT)
    assert describe_age(day, _AT) == "≈ 12 uur geleden"
    assert describe_age(day, _AT + timedelta(days=2), "en") == "2 days ago"


def test_a_clock_behind_the_publication_reads_as_just_now() -> None:
    published = Sighting(_AT, _AT)
    assert describe_age(published, _AT - timedelta(hours=5)) == "zojuist"
    assert describe_age(published, _AT - timedelta(hours=5), "en") == "just now"


@given(st.integers(1, 9999), _UNITS)
def test_formatting_then_parsing_returns_the_same_age(count: int, unit: Unit) -> None:
    assert parse_age(Age(count, unit).text()) == Age(count, unit)


@given(st.integers(0, 9999), _UNITS, st.datetimes(timezones=st.just(UTC)))
def test_every_age_at_every_moment_is_an_interval(count: int, unit: Unit, at: datetime) -> None:
    sighting = Age(count, unit).sighting(at)
    assert sighting.earliest <= sighting.latest <= at


@given(st.integers(1, 6), _UNITS)
def test_an_age_just_seen_reads_as_it_stood_on_the_page(count: int, unit: Unit) -> None:
    age = Age(count, unit)
    if (count + 1) * SECONDS[unit] <= min(
        (size for size in SECONDS.values() if size > SECONDS[unit]), default=10**12
    ):
        assert age_at(age.sighting(_AT), _AT) == (age, False)


@given(st.text())
def test_no_input_raises(text: str) -> None:
    parse_age(text)
    split_trailing_age(text)
    split = split_leading_age(text)
    assert split is None or text.endswith(split[1])
