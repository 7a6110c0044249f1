"""Snippets: the right piece of the right text, with its matches marked."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.query import make_term, parse_query
from reader.text.snippet import LENGTH, best_snippet

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def marked(query: str, *texts: str) -> str:
    """Return the snippet with its matches in brackets."""
    snippet, matches = best_snippet(texts, parse_query(query, NOON).wanted)
    for first, last in reversed(matches):
        snippet = f"{snippet[:first]}[{snippet[first:last]}]{snippet[last:]}"
    return snippet


@pytest.mark.parametrize(
    ("query", "snippet"),
    [
        ("cafe ", "Het [CAFÉ] in Malmö aan de Straße is open; Malmöse cafés ook."),
        ("malmo", "Het CAFÉ in [Malmö] aan de Straße is open; [Malmöse] cafés ook."),
        ("strasse open", "Het CAFÉ in Malmö aan de [Straße] is [open]; Malmöse cafés ook."),
        ('"de straße is"', "Het CAFÉ in Malmö aan [de Straße is] open; Malmöse cafés ook."),
        ("plaats:malmo", "Het CAFÉ in Malmö aan de Straße is open; Malmöse cafés ook."),
        ("tafel", "Het CAFÉ in Malmö aan de Straße is open; Malmöse cafés ook."),
    ],
)
def test_matches_are_marked_where_they_stand(query: str, snippet: str) -> None:
    text = "Het CAFÉ in Malmö aan de Straße is open; Malmöse cafés ook."
    terms = [term for term in parse_query(query, NOON).wanted if term.column is None]
    found, matches = best_snippet([text], terms)
    for first, last in reversed(matches):
        found = f"{found[:first]}[{found[first:last]}]{found[last:]}"
    assert found == snippet


def test_the_text_with_most_of_the_terms_is_shown() -> None:
    lead, body = "De haven is dicht.", "De kust is vrij.\nDe haven aan de kust gaat open."
    assert marked("haven ", lead, body) == "De [haven] is dicht."
    assert marked("haven kust ", lead, body).endswith("De [haven] aan de [kust] gaat open.")
    assert marked("boot ", lead, body) == lead


def test_a_long_text_is_cut_between_words_around_the_matches() -> None:
    text = f"{'woord ' * 300}de zeehond slaapt {'langs ' * 300}"
    snippet = marked("zeehond slaapt ", text)
    assert "de [zeehond] [slaapt] langs" in snippet
    assert snippet.startswith("…woord")
    assert snippet.endswith("langs…")
    assert len(snippet) <= LENGTH + 6


def test_signs_that_could_change_a_terminal_are_dropped_and_matches_stay_right() -> None:
    assert marked("zeehond ", "Een \x1b[31m\u202ezeehond\x07 slaapt.") == "Een [zeehond] slaapt."


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    snippet, _ = best_snippet(["x" * 5_000], [make_term("haven")])
    assert len(snippet) <= LENGTH + 2


@given(st.text(max_size=400), st.text(max_size=8))
def test_matches_lie_in_the_snippet_in_order(text: str, query: str) -> None:
    snippet, matches = best_snippet([text], parse_query(query, NOON).wanted)
    places = [place for span in matches for place in span]
    assert places == sorted(places)
    assert all(0 <= place <= len(snippet) for place in places)
    assert all(first < last for first, last in matches)
    assert len(snippet) <= LENGTH + 2
