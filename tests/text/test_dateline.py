"""Datelines: every real form is read, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Dateline
from reader.text.dateline import format_dateline, parse_bare_dateline, split_dateline

_LEAD = "De brug is weer open."


@pytest.mark.parametrize(
    ("printed", "places", "agencies"),
    [
        ("DEN HAAG - ", ["DEN HAAG"], []),
        ("MINSK (ANP/DPA/RTR) - ", ["MINSK"], ["ANP", "DPA", "RTR"]),
        ("CAPELLE AAN DEN IJSSEL (ANP) - ", ["CAPELLE AAN DEN IJSSEL"], ["ANP"]),
        ("MALMÖ (ANP) - ", ["MALMÖ"], ["ANP"]),
        ("GAZA-STAD (ANP/AFP) - ", ["GAZA-STAD"], ["ANP", "AFP"]),
        ("NIEUW- EN SINT JOOSLAND - ", ["NIEUW- EN SINT JOOSLAND"], []),
        ("ST. ANTON AM ARLBERG (ANP) - ", ["ST. ANTON AM ARLBERG"], ["ANP"]),
        (
            "ANKARA/BUENOS AIRES/CAÏRO (ANP/RTR) - ",
            ["ANKARA", "BUENOS AIRES", "CAÏRO"],
            ["ANP", "RTR"],
        ),
        ("DEN HAAG/ (ANP) - ", ["DEN HAAG"], ["ANP"]),
        ("‘s-HEERENHOEK - ", ["‘s-HEERENHOEK"], []),
        ("'s-HERTOGENBOSCH (ANP) - ", ["'s-HERTOGENBOSCH"], ["ANP"]),
        ("Borsele - ", ["Borsele"], []),
        ("MIDDELBURG- ", ["MIDDELBURG"], []),
        ("BRUSSEL (ANP/BELGA/Belga) - ", ["BRUSSEL"], ["ANP", "BELGA", "Belga"]),
        ("NEW YORK (ANP/BLOOMBERG) – ", ["NEW YORK"], ["ANP", "BLOOMBERG"]),
    ],
)
def test_a_real_dateline_is_parted_from_its_lead(
    printed: str, places: list[str], agencies: list[str]
) -> None:
    expected = Dateline(tuple(places), tuple(agencies))
    assert split_dateline(printed + _LEAD) == (expected, _LEAD)


@pytest.mark.parametrize(
    "text",
    [
        "Ajax - Feyenoord is uitgesteld.",
        "De brug - al jaren oud - gaat open.",
        "UPDATE - De brug is open.",
        "DOOR EEN VERSLAGGEVER",
        "Hij (Anna) - zo heet hij - komt ook.",
        "Meer dan 12 scholen sluiten eerder – de hitte blijft.",
        "",
        "-",
        "A" * 500 + " - De brug.",
    ],
)
def test_other_text_stays_whole(text: str) -> None:
    assert split_dateline(text) == (None, text)


def test_a_dash_in_the_lead_does_not_stretch_the_dateline() -> None:
    text = "GOES- Bij werk in de straat - vlak bij het station - is een muur ingestort."
    dateline, lead = split_dateline(text)
    assert dateline == Dateline(("GOES",))
    assert lead.startswith("Bij werk in de straat - vlak")


@pytest.mark.parametrize("text", ["DEN HAAG (ANP)", "DEN HAAG (ANP) -"])
def test_a_dateline_in_an_element_of_its_own_is_known(text: str) -> None:
    assert parse_bare_dateline(text) == Dateline(("DEN HAAG",), ("ANP",))


@pytest.mark.parametrize("text", ["DOOR EEN VERSLAGGEVER", "Update", "UPDATE", "Kruispunt", "."])
def test_a_label_is_no_bare_dateline(text: str) -> None:
    assert parse_bare_dateline(text) is None


_PLACE_WORDS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZÀËÏÖÜ", min_size=2, max_size=9)
_PLACES = (
    st.lists(_PLACE_WORDS, min_size=1, max_size=3)
    .map(" ".join)
    .filter(lambda place: parse_bare_dateline(place) is not None)
)
_AGENCIES = st.lists(st.sampled_from(["RTR", "AFP", "DPA", "BELGA", "BLOOMBERG"]), max_size=3)


@given(st.lists(_PLACES, min_size=1, max_size=3), _AGENCIES)
def test_formatting_then_parsing_returns_the_same_dateline(
    places: list[str], agencies: list[str]
) -> None:
    dateline = Dateline(tuple(places), ("ANP", *agencies))
    assert split_dateline(f"{format_dateline(dateline)} - {_LEAD}") == (dateline, _LEAD)


@given(st.text())
def test_no_input_raises_and_no_word_is_lost(text: str) -> None:
    dateline, rest = split_dateline(text)
    assert text.rstrip().endswith(rest.rstrip())
    assert dateline is None or dateline.places
    parse_bare_dateline(text)
