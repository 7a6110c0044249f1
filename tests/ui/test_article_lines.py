"""An article as lines: all of its text and nothing twice, at any width."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.model import Block, Dateline, Headline
from reader.text.clean import clean_line, clean_text
from reader.ui.state.values import Opened
from reader.ui.typeset.text import worth_showing
from reader.ui.typeset.wrapping import column
from reader.ui.widgets.article_lines import (
    BLANK,
    Lines,
    body_lines,
    characters,
    copied,
    heading_lines,
    line_at,
    missing_lines,
    notice_lines,
)

from .fakes import NOW, article, teaser
from .test_wrapping import TEXTS, WIDTHS

_HOSTILE = st.sampled_from(["\x1b]52;c;eA==\x07", "a\tb", "\x9b31m", "\u202e", "\ud800", "[/b]"])
_BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from(("paragraph", "heading", "item", "quote")),
        st.lists(TEXTS | _HOSTILE | st.just("\n")).map("".join),
    ),
    max_size=6,
).map(tuple)


def all_of(lines: Lines) -> str:
    return copied([(line, 0, len(line.text)) for line in lines])


def shown(lines: Lines) -> list[str]:
    return [line.sign + line.text + line.hyphen for line in lines]


def opened_of(title: str, section: str, places: tuple[str, ...]) -> Opened:
    of = replace(teaser(0), title=title, section=section, dateline=Dateline(places, ()))
    return Opened(Headline(1, of, NOW, saved=True), article(of))


@given(_BLOCKS, WIDTHS)
def test_a_body_holds_every_character_once_and_no_line_is_too_wide(
    blocks: tuple[Block, ...], width: int
) -> None:
    lines = body_lines(blocks, width)
    assert max(map(cell_len, shown(lines))) <= width
    told = "".join(clean_text(block.text) for block in blocks if worth_showing(block))
    assert "".join(all_of(lines).split()) == "".join(told.split())


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=3).map(tuple), WIDTHS)
def test_a_heading_fits_whatever_it_says(
    title: str, section: str, places: tuple[str, ...], width: int
) -> None:
    opened = opened_of(title, section, places)
    lines = heading_lines(opened, width, NOW, "nl")
    assert max(map(cell_len, shown(lines))) <= width
    told = "".join(line.text for line in lines).replace(" ", "")
    assert clean_line(section).upper().replace(" ", "") in told
    assert told.endswith("★saved")


@given(_BLOCKS, WIDTHS, WIDTHS, st.integers(0, 500))
def test_a_place_is_found_again_at_any_width(
    blocks: tuple[Block, ...], before: int, after: int, top: int
) -> None:
    old, new = body_lines(blocks, before), body_lines(blocks, after)
    top = min(top, len(old) - 1)
    place = sum(map(characters, old[:top]))
    line = line_at(new, place)
    assert sum(map(characters, new[:line])) <= place
    if line < len(new) - 1:
        assert place < sum(map(characters, new[: line + 1]))


def test_parts_are_set_apart_and_items_stand_together() -> None:
    blocks = (
        Block("paragraph", "Intro."),
        Block("heading", "Kop"),
        Block("paragraph", "Tekst."),
        Block("item", "Het eerste punt is lang."),
        Block("item", "Het tweede."),
        Block("quote", "Zei hij zacht tegen haar."),
    )
    lines = body_lines(blocks, 20)
    assert shown(lines) == [
        "Intro.", "", "", "Kop", "Tekst.", "", "•  Het eerste punt", "   is lang.",
        "•  Het tweede.", "", "▌ Zei hij zacht", "▌ tegen haar.", "",
    ]  # fmt: skip
    assert [line.part for line in lines if line.text][:3] == ["lead", "heading", "paragraph"]


def test_what_is_copied_runs_on_where_a_line_was_only_wrapped() -> None:
    blocks = (Block("paragraph", "Een twee drie vier."), Block("item", "Vijf zes zeven acht."))
    assert all_of(body_lines(blocks, 14)) == "Een twee drie vier.\n\nVijf zes zeven acht.\n"


def test_the_quiet_line_breaks_between_what_it_says() -> None:
    lines = heading_lines(opened_of("Titel", "Sport", ("MIDDELBURG",)), 30, NOW, "nl")
    assert [line.text for line in lines if line.part == "about"] == [
        "MIDDELBURG · 4 minuten geleden",
        "2 min read · ★ saved",
    ]


def test_the_column_stands_in_the_middle_at_no_more_than_its_measure() -> None:
    assert (column(120, 72).left, column(120, 72).width) == (24, 72)
    assert (column(120, 60).left, column(120, 60).width) == (30, 60)
    assert (column(29, 72).left, column(29, 72).width) == (1, 27)
    assert column(1, 72).width == 2


def test_why_an_article_is_missing_stands_behind_a_bar_and_a_notice_in_the_middle() -> None:
    assert shown(missing_lines("Weg.\nKom terug.", 20)) == ["▌ Weg.", "▌ Kom terug."]
    assert shown(notice_lines("Kies\nwat", 10, 1)) == ["", "   Kies", "   wat"]
    assert body_lines((), 20) == (BLANK,)
