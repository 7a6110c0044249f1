"""Which words of a text count, and when two are one."""

import pytest

from reader.stories.words import words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("huizen", "huis"),
        ("dieven", "dief"),
        ("boten", "boot"),
        ("Kiev", "Kyiv"),
        ("Odessa", "ODESA"),
        ("Charkov", "Kharkiv"),
        ("Malmö", "MALMO"),
    ],
)
def test_forms_and_spellings_of_a_word_are_one(one: str, other: str) -> None:
    assert list(words_of(one)) == list(words_of(other)) != []


def test_common_words_and_days_tell_no_event() -> None:
    assert list(words_of("De man zei dinsdagavond dat het in maart weer beter gaat.")) == [
        *words_of("beter")
    ]


def test_a_long_run_of_letters_is_no_word() -> None:
    assert list(words_of("a" * 100_000)) == []
