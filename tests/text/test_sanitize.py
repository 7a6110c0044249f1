"""Cleaning: no control of the terminal gets through, and ordinary text is unchanged."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.sanitize import clean_line, clean_text

_HOSTILE_CATEGORIES = {"Cc", "Cs", "Cf"}


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("Een \x1b[31mrode\x1b[0m kop", "Een rode kop"),
        ("\x1b]52;c;aGFsbG8=\x07Kop", "Kop"),
        ("\x1b]0;titel\x1b\\Kop", "Kop"),
        ("\x9b2JKop", "Kop"),
        ("Kop\x00pen", "Koppen"),
        ("\x91t Is \x93druk\x94 \x96 \x80 5\x85 \x81", "‘t Is “druk” – € 5…"),
        ("\u202eKop\u202c", "Kop"),
        ("Mid\xaddel\u200bburg", "Middelburg"),
        ("Goes\u00a0en\u2009Tholen", "Goes en Tholen"),
        ("cafe\u0301", "café"),
        ("regel\u2028regel", "regel regel"),
        ("duim \U0001f44d\U0001f3fb\ufe0f", "duim \U0001f44d"),
        ("[Update] [/] [@click=app.quit]x[/]", "[Update] [/] [@click=app.quit]x[/]"),
        ("a" + "\u0301" * 50, "á\u0301\u0301\u0301"),
    ],
)
def test_hostile_text_becomes_harmless(dirty: str, clean: str) -> None:
    assert clean_line(dirty) == clean


def test_lines_of_a_text_stay_lines() -> None:
    assert clean_text("een\r\ntwee\rdrie\x0bvier") == "een\ntwee\ndrie\nvier"


@given(st.text(st.characters(codec=None)))
def test_nothing_hostile_remains_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_line(text)
    bad = {char for char in once if unicodedata.category(char) in _HOSTILE_CATEGORIES}
    assert not {char for char in bad if ord(char) < 0x600 or 0x2000 <= ord(char) <= 0x2FFF}
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in once)
    assert clean_line(once) == once
    assert "\n" not in once


@given(st.text("abcdefghijklmnopqrstuvwxyzéëïöü ABC.,:;!?'\"‘’“”()-–€0123456789"))
def test_ordinary_dutch_stays_as_it_is(text: str) -> None:
    assert clean_line(text) == " ".join(text.split())
