"""Tables as lines: columns if there is room, else records, and no character lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.tables import clean_rows, numeric_columns, table_lines

_STAND = (
    ("Ploeg", "Gespeeld", "Punten"),
    ("Zwaakse Boys", "9", "21,5"),
    ("De Meeuwen", "10", "-"),
)
_CELLS = st.text("ab 1,%|\n", max_size=9)


def drawn(rows: tuple[tuple[str, ...], ...], width: int) -> list[str]:
    return [line.text for line in table_lines(rows, width)]


def test_columns_are_aligned_under_a_header_with_numbers_at_the_right() -> None:
    assert drawn(_STAND, 40) == [
        "Ploeg          Gespeeld   Punten",
        "────────────   ────────   ──────",
        "Zwaakse Boys          9     21,5",
        "De Meeuwen           10        -",
    ]
    assert [line.kind for line in table_lines(_STAND, 40)] == ["header", "rule", "row", "row"]


def test_where_it_is_too_wide_each_row_is_a_record() -> None:
    lines = table_lines(_STAND, 31)
    assert [line.text for line in lines] == [
        "Ploeg: Zwaakse Boys", "Gespeeld: 9", "Punten: 21,5", "",
        "Ploeg: De Meeuwen", "Gespeeld: 10", "Punten: -",
    ]  # fmt: skip
    assert {line.kind for line in lines} == {"field", "gap"}
    assert lines[0].text[lines[0].label :] == "Zwaakse Boys"


def test_a_table_may_lack_cells_headers_and_rows() -> None:
    assert drawn((), 9) == drawn((("", " "), ()), 9) == []
    assert drawn((("Wind", "zee"),), 40) == ["Wind   zee"]
    assert drawn((("Wind", "zee"),), 5) == ["Wind", "zee"]
    assert drawn((("", "Uur"), ("ma",), ("di", "3", "")), 40) == [
        "     Uur", "──   ───", "ma", "di     3",
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["12", "1.200,50", "€ 3", "-4 %", "14:05", "", "–", "+0,2°"])
def test_numbers_with_signs_and_units_are_numbers(cell: str) -> None:
    assert numeric_columns([("Kop",), (cell,), ("7",)]) == [True]


@pytest.mark.parametrize("cell", ["12 km zuid", "a", "n.v.t.", "1e"])
def test_words_are_no_numbers(cell: str) -> None:
    assert numeric_columns([("Kop",), (cell,), ("7",)]) == [False]


@given(st.lists(st.lists(_CELLS, max_size=4).map(tuple), max_size=4).map(tuple))
def test_lines_stand_for_the_same_characters_at_any_width(
    rows: tuple[tuple[str, ...], ...],
) -> None:
    cells = "".join("".join(row) for row in clean_rows(rows)).replace(" ", "")
    for width in (1, 12, 99):
        lines = table_lines(rows, width)
        assert sum(line.characters for line in lines) == len(cells)
        assert all(len(line.text) <= width for line in lines if line.kind != "field")
