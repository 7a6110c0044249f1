"""Links keep their words in any division of a text into lines, or are left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import TextLink
from reader.text.link_places import links_in_lines, web_url

_URL = "https://voorbeeld.example/a"


def words(lines: list[str], links: list[tuple[TextLink, ...]]) -> list[list[str]]:
    pairs = zip(lines, links, strict=True)
    return [[line[each.start : each.end] for each in its_links] for line, its_links in pairs]


def test_a_link_over_two_lines_is_one_in_each() -> None:
    lines = ["Zie de hele", "uitslag hier."]
    found = links_in_lines("Zie de  hele uitslag hier.", [TextLink(8, 20, _URL)], lines)
    assert words(lines, found) == [["hele"], ["uitslag"]]


@pytest.mark.parametrize(
    "link",
    [
        TextLink(-1, 2, _URL), TextLink(2, 2, _URL), TextLink(2, 99, _URL),
        TextLink(0, 2, "javascript:alert(1)"), TextLink(0, 2, _URL + "\x1b[m"),
        TextLink(0, 2, _URL + " b"),
    ],
)  # fmt: skip
def test_what_is_no_place_or_no_web_address_is_no_link(link: TextLink) -> None:
    assert links_in_lines("Zie hier.", [link], ["Zie hier."]) == [()]


def test_in_a_text_that_had_to_be_cleaned_no_place_is_trusted() -> None:
    assert links_in_lines("Z\x07ie hier.", [TextLink(5, 9, _URL)], ["Zie hier."]) == [()]


def test_of_links_that_overlap_the_first_stays() -> None:
    links = [TextLink(2, 6, _URL), TextLink(0, 4, _URL)]
    assert links_in_lines("abcdef", links, ["abcdef"]) == [(TextLink(0, 4, _URL),)]


@given(st.text("ab \n\xa0", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_the_words_of_a_link_are_those_of_the_text(text: str, start: int, end: int) -> None:
    lines = text.split()
    found = links_in_lines(text, [TextLink(start, end, _URL)], lines)
    told = "".join(text[start:end].split()) if end <= len(text) else ""
    assert "".join("".join(each) for each in words(lines, found)) == told


def test_a_web_address_is_plain_and_on_the_web() -> None:
    assert web_url("HTTPS://a.example") == "HTTPS://a.example"
    assert [web_url(url) for url in ("", "ftp://a", "https://a\u202e", "//a")] == [None] * 4
