"""An article as lines: all of its text, nothing twice, at any width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from reader.model import Block, Dateline, Headline, Image, TextLink
from reader.text.sanitize import clean_line, clean_text
from reader.ui.state.values import Opened
from reader.ui.typeset.text import worth_showing
from reader.ui.typeset.wrapping import column
from reader.ui.widgets.article_lines import (
    BLANK,
    Lines,
    body_lines,
    characters,
    copied,
    extra_lines,
    heading_lines,
    line_at,
    missing_lines,
    notice_block,
)

from .fakes import NOW, article, teaser
from .test_wrapping import TEXTS, WIDTHS

_HOSTILE = st.sampled_from(["\x1b]52;c;eA==\x07", "a\tb", "\x9b31m", "\u202e", "\ud800", "[/b]"])
_BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from(("paragraph", "heading", "item", "quote", "code", "table")),
        st.lists(TEXTS | _HOSTILE | st.just("\n")).map("".join),
        st.none() | st.integers(0, 10**30),
    ),
    max_size=6,
).map(tuple)


_TABLES = st.lists(st.lists(TEXTS, max_size=4).map(tuple), min_size=1, max_size=4).map(
    lambda rows: Block("table", "\n".join(map(" | ".join, rows)) + "x", rows=tuple(rows))
)


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
    lines = heading_lines(opened, width, 30, NOW, "nl", bare=False)
    assert max(map(cell_len, shown(lines))) <= width
    told = "".join(line.text for line in lines).replace(" ", "")
    assert clean_line(section).upper().replace(" ", "") in told
    assert told.endswith("★saved")


@given(_TABLES, WIDTHS, WIDTHS)
def test_a_table_fits_and_stands_for_the_same_characters_at_any_width(
    table: Block, narrow: int, wide: int
) -> None:
    lines = body_lines((table,), narrow)
    assert max(map(cell_len, shown(lines))) <= narrow
    assert all(characters(line) >= 0 for line in lines)
    counts = [sum(map(characters, body_lines((table,), width))) for width in (narrow, wide, 500)]
    assert len(set(counts)) == 1


@given((_BLOCKS | st.lists(_TABLES, max_size=2).map(tuple)), WIDTHS, WIDTHS, st.integers(0, 500))
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
        "Intro.", "", "Kop", "Tekst.", "", "•  Het eerste punt", "   is lang.",
        "•  Het tweede.", "", "▎ Zei hij zacht", "▎ tegen haar.", "",
    ]  # fmt: skip
    assert [line.part for line in lines if line.text][:3] == ["lead", "heading", "paragraph"]


def test_what_is_copied_runs_on_where_a_line_was_only_wrapped() -> None:
    blocks = (Block("paragraph", "Een twee drie vier."), Block("item", "Vijf zes zeven acht."))
    assert all_of(body_lines(blocks, 14)) == "Een twee drie vier.\n\nVijf zes zeven acht.\n"


def test_the_quiet_line_breaks_between_what_it_says() -> None:
    lines = heading_lines(
        opened_of("Titel", "Sport", ("MIDDELBURG",)), 30, 30, NOW, "nl", bare=False
    )
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
    assert shown(missing_lines("Weg.\nKom terug.", 20)) == ["▎ Weg.", "▎ Kom terug."]
    assert shown(notice_block("Kies\nwat", 10, 1)) == ["", "   Kies", "   wat"]
    assert body_lines((), 20) == (BLANK,)


_STAND = Block(
    "table",
    "Ploeg | Punten\nZwaakse Boys | 9\nDe Meeuwen | 12,5",
    rows=(("Ploeg", "Punten"), ("Zwaakse Boys", "9"), ("De Meeuwen", "12,5")),
)


def test_a_table_stands_in_columns_where_there_is_room_and_in_records_where_not() -> None:
    lines = body_lines((_STAND,), 30)
    assert shown(lines) == [
        "Ploeg          Punten", "─────────────────────", "Zwaakse Boys        9",
        "De Meeuwen       12,5", "",
    ]  # fmt: skip
    assert [line.part for line in lines[:3]] == ["table-header", "table", "table"]
    assert all_of(lines).splitlines() == [
        "Ploeg          Punten", "Zwaakse Boys        9", "De Meeuwen       12,5",
    ]  # fmt: skip
    assert shown(body_lines((_STAND,), 16)) == [
        "Ploeg: Zwaakse", "  Boys", "Punten: 9", "", "Ploeg: De", "  Meeuwen", "Punten: 12,5", "",
    ]  # fmt: skip


def test_code_is_shown_as_it_stands_and_a_long_line_goes_on_further_in() -> None:
    code = Block("code", "\nals krab:\n\tzwem naar de overkant\n\neinde\n")
    lines = body_lines((code,), 20)
    assert shown(lines) == [
        "│ als krab:", "│     zwem", "│       naar de", "│       overkant", "│ ", "│ einde", "",
    ]  # fmt: skip
    assert all_of(lines) == "als krab:\n    zwem naar de overkant\n\neinde\n"


def test_numbers_of_a_list_end_at_one_place_and_their_text_hangs() -> None:
    blocks = (
        Block("item", "Vang een grote krab.", number=9),
        Block("item", "Laat hem los.", number=10),
        Block("item", "Klaar."),
    )
    assert shown(body_lines(blocks, 18)) == [
        " 9. Vang een grote", "    krab.", "10. Laat hem los.", "•  Klaar.", "",
    ]  # fmt: skip


def test_a_link_keeps_its_words_over_the_end_of_a_line() -> None:
    url = "https://voorbeeld.example/uitslag"
    block = Block("paragraph", "Zie de hele uitslag hier.", links=(TextLink(7, 19, url),))
    lines = body_lines((block,), 12)
    assert [[line.text[each.start : each.end] for each in line.links] for line in lines] == [
        ["hele"], ["uitslag"], [], [],
    ]  # fmt: skip
    bad = Block("paragraph", "Zie hier.", links=(TextLink(0, 3, "javascript:alert(1)"),))
    assert [line.links for line in body_lines((bad,), 12)] == [(), ()]


def test_in_a_view_of_few_lines_the_section_is_said_quietly_and_no_line_is_empty() -> None:
    opened = opened_of("Titel", "Sport", ("MIDDELBURG",))
    lines = heading_lines(opened, 60, 19, NOW, "nl", bare=False)
    assert {line.part for line in lines[1:-1]} == {"about"}
    assert all(line.text for line in lines[:-1])
    assert lines[1].text.startswith("Sport · MIDDELBURG · ")
    assert not any(line.aside for line in lines)


@pytest.mark.parametrize("width", [20, 41, 72])
@pytest.mark.parametrize("word", ["woord ", "漢", "Z", "a\u0301"])
def test_a_vast_title_or_dateline_leaves_the_screen_to_the_article(word: str, width: int) -> None:
    of = replace(teaser(0), title=word * 3000, section=word * 300, dateline=Dateline((word * 400,)))
    opened = Opened(Headline(1, of, NOW), replace(article(of), authors=(word * 200,)))
    lines = heading_lines(opened, width, 30, NOW, "nl", bare=False)
    assert sum(cell_len(line.text) for line in lines) < 1100
    assert all(cell_len(line.text) <= width for line in lines)
    assert [line.text[-1] for line in lines if line.part == "title"][-1] == "…"


def test_the_head_stands_on_a_band_with_a_bar_beside_what_it_says() -> None:
    opened = opened_of("Titel", "Sport", ("MIDDELBURG",))
    lines = heading_lines(opened, 60, 30, NOW, "nl", bare=True)
    assert [(line.part, line.aside) for line in lines] == [
        ("band", ""), ("kicker", "▊"), ("title", "▊"), ("about", "▊"), ("band", ""),
        ("band-rule", ""), ("paragraph", ""),
    ]  # fmt: skip


def test_who_wrote_it_stands_below_the_title_and_when_it_was_changed_beside_its_age() -> None:
    of = teaser(0)
    page = replace(article(of), authors=("Jannie de Visser", "Ko Kodde"), modified=NOW)
    lines = heading_lines(Opened(Headline(1, of, NOW), page), 60, 30, NOW, "nl", bare=False)
    assert [line.text for line in lines if line.part == "byline"] == [
        "Door Jannie de Visser en Ko Kodde"
    ]
    about = " ".join(line.text for line in lines if line.part == "about")
    assert f"bijgewerkt {NOW.astimezone():%H:%M}" in about
    assert sum(map(characters, lines)) == 0


def test_image_and_tags_stand_below_the_body_and_count_for_no_place() -> None:
    image = Image("https://beeld.example/a.jpg", "Een krab op de kade.", "Wim Kodde")
    page = replace(article(teaser(0)), image=image, tags=("krabben", "kade"))
    lines = extra_lines(page, 60, "nl")
    assert shown(lines) == [
        "Beeld: Een krab op de kade. (Wim Kodde)", "", "Trefwoorden: krabben, kade", "",
    ]  # fmt: skip
    assert sum(map(characters, lines)) == 0
    assert extra_lines(article(teaser(0)), 60, "nl") == []
