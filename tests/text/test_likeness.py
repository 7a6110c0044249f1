"""Titles and texts of one article, and of two."""

import pytest

from reader.text.likeness import alike_texts, alike_titles

_TEXT = (
    "De pont vaart sinds zaterdagochtend weer volgens de dienstregeling.\n"
    "De storing in de motor is verholpen, meldt de rederij aan de reizigers.\n"
    "Omrijden hoeft niet meer."
)


@pytest.mark.parametrize(
    "title",
    ["Pont vaart weer naar Breskens", "UPDATE: Pont naar Breskens vaart weer", "Pont vaart"],
)
def test_a_title_that_was_edited_is_like_the_one_before(title: str) -> None:
    assert alike_titles("Pont vaart weer naar Breskens", title)


@pytest.mark.parametrize("title", ["Pont ligt stil bij Breskens door mist", "Weer", "", "???"])
def test_another_title_is_not(title: str) -> None:
    assert not alike_titles("Pont vaart weer naar Breskens", title)


def test_a_text_that_grew_or_was_cut_is_like_the_one_before() -> None:
    assert alike_texts(_TEXT, _TEXT + "\nEr komt een onderzoek.")
    assert alike_texts(_TEXT, _TEXT.partition("\nOmrijden")[0])


def test_a_text_with_the_same_end_alone_is_another() -> None:
    other = "De meeuw steelt patat op het strand van Domburg.\nEen bezoeker zag het gebeuren."
    assert not alike_texts(_TEXT, f"{other}\nOmrijden hoeft niet meer.")
    assert not alike_texts(_TEXT, "")
