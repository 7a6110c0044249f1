"""Wrapping in cells: nothing is lost, nothing is too wide, no character is split."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.model import Block
from reader.text.sanitize import clean_line
from reader.ui.typeset.hyphens import dutch_hyphens
from reader.ui.typeset.wrapping import Wrapped, wrap_evenly, wrap_notice, wrap_text
from reader.ui.widgets.article_lines import body_lines

# Every script and the characters that make one of several: marks, vowel signs, jamo, flags.
_ALPHABET = "ab ’é–€ e\u0301 ж 東京 ｱ 🌊 🇳🇱🇧🇪 हिन्दी நி ก็ \u1112\u1161\u11ab \u0903 -"
TEXTS = st.one_of(st.text(), st.text(_ALPHABET, max_size=120), st.text("abc ", max_size=200))
WIDTHS = st.integers(2, 200)
_WORDS = (
    "De verantwoordelijkheid geëvalueerd NAVO-top (omroep), 東京 reën www.zeelandnet.nl dijkgraven"
).split()


def text_of(lines: list[Wrapped]) -> str:
    return "".join(text for line in lines for text in (line.text, line.joint)).removesuffix("\n")


@given(TEXTS.map(clean_line), WIDTHS, st.booleans())
def test_wrapping_loses_nothing_and_is_never_too_wide(text: str, width: int, evenly: bool) -> None:
    lines = wrap_evenly(text, width) if evenly else wrap_text(text, width)
    assert text_of(lines) == text
    assert max(cell_len(line.text) for line in lines) <= width


@given(st.lists(st.sampled_from(_WORDS), max_size=40), WIDTHS)
def test_hyphenation_loses_nothing_either(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = wrap_text(text, width, dutch_hyphens())
    assert text_of(lines) == text
    assert max(cell_len(line.text + line.hyphen) for line in lines) <= width
    for line, following in pairwise(lines):
        assert not (line.hyphen and following.hyphen)


@pytest.mark.parametrize(
    "character", ["e\u0301\u0302", "🇳🇱", "हि", "நி", "ก็", "\u1112\u1161\u11ab", "東"]
)
def test_a_character_of_several_is_never_torn(character: str) -> None:
    for width in range(2, 9):
        for line in wrap_text(character * 20, width):
            assert len(line.text) % len(character) == 0


def test_words_stay_whole_where_they_fit_and_long_ones_are_cut() -> None:
    lines = wrap_text("zie https://nieuws.example/abcdefgh nu", 12)
    assert [line.text for line in lines] == ["zie", "https://nieu", "ws.example/a", "bcdefgh nu"]
    assert [line.joint for line in lines] == [" ", "", "", "\n"]


def test_a_title_is_spread_evenly_over_as_few_lines() -> None:
    title = "Ministers uit drie landen spreken in Ankara over graanroute Zwarte Zee"
    assert [line.text for line in wrap_evenly(title, 60)] == [
        "Ministers uit drie landen spreken in",
        "Ankara over graanroute Zwarte Zee",
    ]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("vergaderingen", "ver ga de rin gen"),
        ("(vergaderingen),", "(ver ga de rin gen),"),
        ("Vergaderingen", "Ver ga de rin gen"),
        ("VERGADERINGEN", "VERGADERINGEN"),
        ("vergaderingen.example", "vergaderingen.example"),
        ("https://vergaderingen", "https://vergaderingen"),
        ("ZeelandNet", "ZeelandNet"),
        ("coördinatie", "coör di na tie"),
        ("brug", "brug"),
        ("", ""),
    ],
)
def test_only_plain_words_are_hyphenated_and_where_their_spelling_stays(
    word: str, parts: str
) -> None:
    hyphens = dutch_hyphens()
    assert hyphens
    places = hyphens(word)
    ends = [*places, len(word)]
    assert " ".join(word[a:b] for a, b in zip([0, *places], ends, strict=True)) == parts


def test_an_article_that_is_drawn_again_is_not_hyphenated_again() -> None:
    blocks = (Block("paragraph", "De leden van de vergaderingen"),)
    assert body_lines(blocks, 18, dutch_hyphens()) is body_lines(blocks, 18, dutch_hyphens())


def test_a_word_is_hyphenated_only_where_the_line_would_be_ragged() -> None:
    hyphens = dutch_hyphens()
    assert hyphens
    [ragged, _] = wrap_text("De leden van vergaderingen", 18, hyphens)
    assert ragged == Wrapped("De leden van ver", "", "-")
    [full, _] = wrap_text("De leden van de vergaderingen", 18, hyphens)
    assert full == Wrapped("De leden van de", " ")


def test_a_placard_stands_in_the_middle_and_its_columns_stay_together() -> None:
    text = "Zoek in alles.\n\nplaats:goes  hier\n-haven       niet dat woord"
    assert wrap_notice(text, 40) == [
        "             Zoek in alles.",
        " " * 20,
        "      plaats:goes  hier          ",
        "      -haven       niet dat woord",
    ]
