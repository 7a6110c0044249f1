"""Slugs equal those in the site's addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.slug import fold, slug_of_url, slugify


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Malmö zet weg 's nachts dicht", "malmo-zet-weg-s-nachts-dicht"),
        ("UPDATE: Brug 'weer' open", "update-brug-weer-open"),
        ("Oekraïne, België – en café", "oekraine-belgie-en-cafe"),
        ("Nieuw- en Sint Joosland", "nieuw-en-sint-joosland"),
        ("...", ""),
    ],
)
def test_a_title_becomes_the_slug_of_its_address(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_the_wire_number_is_no_part_of_the_slug() -> None:
    url = "https://www.zeelandnet.nl/nieuws/brug-weer-open-ANP140326031?bron=app#top"
    assert slug_of_url(url) == "brug-weer-open"


def test_folding_makes_accents_and_case_equal() -> None:
    assert fold("MALMÖ") == fold("malmo") == "malmo"
    assert fold("coöperatie") == "cooperatie"


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)
