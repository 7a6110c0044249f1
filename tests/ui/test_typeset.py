"""The printed parts of a teaser, and their fit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.model import Article, Block, Teaser
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.state.history import History, HistoryEntry
from reader.ui.typeset.text import (
    clock_text,
    fit,
    headline_text,
    reading_minutes,
    since_text,
    worth_showing,
    wrap,
)

from .fakes import NOW


@given(st.text(), st.integers(0, 60))
def test_a_fitted_line_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_len(fit(clean_line(text), width)) == width


@given(st.text(), st.integers(2, 40), st.integers(1, 4))
def test_wrapped_lines_are_as_wide_and_no_more_than_asked(
    text: str, width: int, lines: int
) -> None:
    wrapped = wrap(clean_line(text), width, lines)
    assert 1 <= len(wrapped) <= lines
    assert {cell_len(line) for line in wrapped} == {width}


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert fit("Honderden betogers", 10) == "Honderden…"
    assert wrap("een twee drie vier", 8, 2) == ["een twee", "drie vi…"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert wrap("Een hottentottententen", 8, 9) == ["Een     ", "hottento", "ttentent", "en      "]
    assert wrap("日本語", 4, 9) == ["日本", "語  "]
    assert wrap("", 4, 9) == ["    "]


@pytest.mark.parametrize(
    ("title", "summary", "expected"),
    [
        ("Titel", "Samenvatting.", "Titel"),
        (None, "Eerste zin. Tweede zin.", "Eerste zin."),
        ("", "‘Kom!’ zei hij. Ja.", "‘Kom!’ zei hij."),
        (None, "", "(untitled)"),
    ],
)
def test_without_a_title_the_first_sentence_stands_in(
    title: str | None, summary: str, expected: str
) -> None:
    assert headline_text(Teaser(None, title, summary=summary)) == expected


@pytest.mark.parametrize(
    ("language", "clock", "day"), [("nl", "09.05", "2 mrt"), ("en", "09:05", "2 Mar")]
)
def test_a_moment_is_told_by_the_clock_today_and_else_by_its_day(
    language: Language, clock: str, day: str
) -> None:
    wording.set_language(language)
    moment = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    assert clock_text(moment, moment) == clock
    assert clock_text(moment, datetime(2026, 3, 3, 9, 5, tzinfo=UTC)) == day


@pytest.mark.parametrize(
    ("days", "text"), [(0, "09.05"), (1, "zo"), (6, "di"), (7, "23 feb"), (-1, "3 mrt")]
)
def test_a_moment_of_the_last_week_is_told_by_its_weekday(days: int, text: str) -> None:
    wording.set_language("nl")
    now = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    assert since_text(now - timedelta(days=days), now) == text


def test_reading_time_is_counted_at_220_words_a_minute() -> None:
    block = Block("paragraph", "woord " * 440)
    assert reading_minutes(Article(Teaser(None, "T"), (block,), (), NOW)) == 2
    assert reading_minutes(Article(Teaser(None, "T"), (), (), NOW)) == 1


def test_a_stray_point_is_not_worth_showing() -> None:
    assert not worth_showing(Block("paragraph", " . "))
    assert worth_showing(Block("paragraph", "1."))


def test_history_goes_back_forward_and_forgets_the_future_on_something_new() -> None:
    first, second, third = HistoryEntry(1, 7), HistoryEntry(2), HistoryEntry(3)
    history = History().leave(first)
    there = history.back(second)
    assert there is not None
    visit, history = there
    assert visit == first
    assert history.back(first) is None
    forth = history.forward(first)
    assert forth is not None
    assert forth[0] == second
    assert history.leave(third).future == ()
