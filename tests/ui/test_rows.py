"""Rows of a list: their places among dividers, and their layout at each density."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from reader.config import Density
from reader.errors import reason
from reader.model import Dateline, Headline, Sighting, StorySize, Teaser
from reader.ui.state.density import row_form
from reader.ui.state.folding import Fold
from reader.ui.state.rows import Dividing, Rows
from reader.ui.widgets.dividers import divider_line
from reader.ui.widgets.headline_lines import line_width, row_lines

from .fakes import NOW

_LEAD = "Het blijft tot en met zaterdag zacht en overwegend droog, en zondag regent het."


def headline_of(title: str, *, read: bool = False, failed: bool = False) -> Headline:
    teaser = Teaser(
        "https://www.example/a", title, "Binnenland", Dateline(("DE BILT",)), _LEAD,
        Sighting(NOW, NOW),
    )  # fmt: skip
    failure = reason("robots") if failed else None
    return Headline(1, teaser, NOW, read=read, cached=not failed, failure=failure)


def texts(title: str, density: Density, width: int, *, failed: bool = False) -> list[str]:
    form = row_form(density, width, 40)
    lines = row_lines(headline_of(title, failed=failed), width, form, NOW, "nl")
    assert len(lines) == form.height
    assert {line_width(line) for line in lines} == {width}
    return ["".join(text for text, _ in line).rstrip() for line in lines]


@given(
    st.integers(1, 5),
    st.lists(st.integers(0, 60), max_size=12).map(sorted),
    st.integers(1, 61),
    st.sets(st.integers(0, 60)).map(sorted),
    st.data(),
)
def test_every_line_is_that_of_one_row_or_divider(
    height: int, below: list[int], count: int, lower: list[int], data: st.DataObject
) -> None:
    least = data.draw(st.integers(1, height))
    dividing = [Dividing(row, "") for row in below if row <= count]
    rows = Rows(height, dividing, [row for row in lower if row < count], least)
    seen = [rows.at(line) for line in range(rows.extent(count))]
    expected: list[tuple[int, int] | Dividing] = []
    for row in range(count):
        expected += [each for each in rows.dividing if each.row == row]
        assert rows.top(row) == len(expected)
        assert rows.height_of(row) == (least if row in rows.lower else height)
        expected += [(row, line) for line in range(rows.height_of(row))]
    expected += [each for each in dividing if each.row == count]
    assert seen == expected
    first = data.draw(st.integers(0, max(len(expected) - 1, 0)))
    assert list(rows.lines(first, len(expected) - first)) == expected[first:]


@pytest.mark.parametrize("width", [30, 36, 44, 60, 76])
@pytest.mark.parametrize("title", ["Zacht en droog", "Het blijft zacht en droog tot en met " * 2])
def test_a_headline_of_a_feed_names_it_at_every_width(title: str, width: int) -> None:
    headline = replace(headline_of(title), source="Omroep Strand")
    form = row_form("normal", width, 40)
    lines = row_lines(headline, width, form, NOW, "nl")
    assert {line_width(line) for line in lines} == {width}
    assert "Omroep" in "".join(text for line in lines for text, _ in line)


def test_a_short_title_leaves_its_second_line_to_the_lead() -> None:
    assert texts("Zacht en droog", "normal", 44) == [
        " ● Zacht en droog",
        "   Het blijft tot en met…   Binnenland · nu",
        "",
    ]


def test_a_long_title_ends_beside_section_and_age() -> None:
    assert texts("Eerst nog lenteweer, zondag wind en veel buien", "normal", 44) == [
        " ● Eerst nog lenteweer, zondag wind en veel",
        "   buien                    Binnenland · nu",
        "",
    ]


def test_what_has_no_room_beside_the_title_is_the_age_then_a_line_below() -> None:
    title = "Eerst nog lenteweer, zondag wind en veel buien over het hele land in"
    assert texts(title, "normal", 44)[1:] == ["   buien over het hele land in           nu", ""]
    longer = title + " de middag en de"
    assert texts(longer, "normal", 44)[2] == "                            Binnenland · nu"


def test_a_row_of_the_compact_list_is_two_lines_one_or_columns() -> None:
    assert texts("Zacht", "compact", 40)[0] == " ● Zacht"
    assert texts("Zacht", "compact", 60) == [f" ● Zacht{' ' * 49}nu"]
    assert texts("Zacht", "compact", 80) == [f" ● Zacht{' ' * 49}Binnenland          nu"]


def test_the_size_of_a_story_stands_before_section_and_age() -> None:
    story = replace(headline_of("Brug dicht"), story=1, story_size=StorySize(7, 3, NOW))
    fold = Fold("closed", 7)
    compact = row_form("compact", 50, 40)
    lines = row_lines(story, 50, compact, NOW, "nl", fold=fold)
    assert "".join(text for text, _ in lines[1]).rstrip().endswith("▸7 Binnenland · nu")


def test_saved_stands_where_the_first_mark_would_if_that_is_free() -> None:
    form = row_form("normal", 44, 40)
    for read, marks in ((True, "★ "), (False, "●★")):
        saved = replace(headline_of("Zacht en droog", read=read), saved=True)
        lines = row_lines(saved, 44, form, NOW, "nl")
        assert "".join("".join(text for text, _ in line)[1] for line in lines[:2]) == marks


def test_a_roomy_row_has_more_of_the_lead_and_the_place() -> None:
    assert texts("Zacht en droog", "roomy", 44) == [
        " ● Zacht en droog",
        "   Het blijft tot en met zaterdag zacht en",
        "   overwegend droog, en zondag regent het.",
        "   Binnenland · DE BILT                  nu",
        "",
    ]


def test_why_an_article_is_missing_stands_where_the_lead_would() -> None:
    row = texts("Zacht en droog", "normal", 60, failed=True)
    assert row[0].startswith(" ✕ Zacht")
    assert row[1].startswith("   The site asks not to fetch this page")
    long = texts(
        "Eerst nog lenteweer, zondag wind en buien en dan droog", "normal", 44, failed=True
    )
    assert long[2].startswith("   The site asks not to fetch")


@pytest.mark.parametrize(("density", "width"), [("normal", 44), ("normal", 76), ("compact", 76)])
def test_a_row_of_a_missing_article_keeps_its_section(density: Density, width: int) -> None:
    whole, failed = (
        "\n".join(texts("Zacht", density, width, failed=each)) for each in (False, True)
    )
    assert whole.split("Binnenland")[1] == failed.split("Binnenland")[1]


def test_a_roomy_row_of_a_missing_article_has_the_reason_for_its_lead() -> None:
    row = texts("Zacht en droog", "roomy", 44, failed=True)
    assert row[1].startswith("   The site asks not to fetch this page")
    assert row[-2].strip().startswith("Binnenland · DE BILT")
    assert "asks" not in row[-2]


@pytest.mark.parametrize(
    ("density", "width", "height", "lines"),
    [
        ("auto", 44, 48, 5), ("auto", 44, 30, 3), ("auto", 44, 11, 2), ("auto", 80, 30, 2),
        ("normal", 71, 30, 3), ("normal", 72, 30, 2), ("compact", 55, 30, 2),
        ("compact", 56, 30, 1), ("roomy", 200, 30, 5), ("roomy", 44, 8, 2),
    ],
)  # fmt: skip
def test_the_density_and_the_room_decide_how_high_a_row_is(
    density: Density, width: int, height: int, lines: int
) -> None:
    assert row_form(density, width, height).height == lines


@given(st.text(max_size=60), st.integers(0, 90), *[st.booleans()] * 3)
def test_rows_are_as_wide_as_the_list_whatever_they_say(
    title: str, width: int, failed: bool, is_of_feed: bool, is_dated: bool
) -> None:
    headline = headline_of(title or "x", failed=failed)
    if is_of_feed:
        headline = replace(headline, source="feed")
    if not is_dated:
        headline = replace(headline, teaser=replace(headline.teaser, published=None))
    for density in ("compact", "normal", "roomy"):
        form = row_form(density, width, 40)
        lines = row_lines(headline, width, form, NOW, "nl")
        # A list that is laid out for the first time has no width yet.
        assert width < 20 or {line_width(line) for line in lines} == {width}


@pytest.mark.parametrize("kind", ["day", "fresh"])
@pytest.mark.parametrize("width", [8, 20, 44])
def test_a_divider_fills_its_line(kind: str, width: int) -> None:
    line = divider_line(Dividing(3, "gisteren, woensdag 25 november · 14", kind), width)  # type: ignore[arg-type]
    assert sum(cell_len(text) for text, _ in line) == width
