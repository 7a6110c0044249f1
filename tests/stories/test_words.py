"""The words of a text that count, and words that are equal."""

import pytest

from reader.stories.names import ONE_NAME
from reader.stories.words import is_dutch, plain_words, read_frequencies, story_words
from tests.stories.news import FREQUENCIES


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
    assert list(story_words(one)) == list(story_words(other)) != []


def test_common_words_and_days_tell_no_event() -> None:
    assert list(story_words("De man zei dinsdagavond dat het in maart weer beter gaat.")) == [
        *story_words("beter")
    ]


def test_a_long_run_of_letters_is_no_word() -> None:
    assert list(story_words("a" * 100_000)) == []


def test_a_text_is_dutch_by_its_common_words() -> None:
    assert is_dutch(plain_words("de brug over de rivier is tot in de zomer dicht voor het verkeer"))
    english = plain_words("the bridge over the river stays closed to traffic until the summer")
    assert not is_dutch(english)
    # Headlines have few common words.
    assert is_dutch(plain_words("tientallen treinen vertraagd na seinstoring bij lewedorp"))


def test_a_country_and_its_people_are_one_word() -> None:
    assert len(set(story_words("Portugal Portugese Portugees Portugezen"))) == 1
    assert len(set(story_words("Kiev Kyiv"))) == 1
    assert not set(ONE_NAME.values()) & set(ONE_NAME)


def test_the_frequencies_of_words() -> None:
    assert read_frequencies(["# of words", "50 regering", "36 sluis dijk"]) == {
        "regering": 5.0,
        "sluis": 3.6,
        "dijk": 3.6,
    }
    common, rare = (story_words(word)[0] for word in ("minister", "gifgrond"))
    assert FREQUENCIES[common] > 4
    assert rare not in FREQUENCIES
