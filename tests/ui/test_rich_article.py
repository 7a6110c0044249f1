"""An article with byline, table, code, numbered list and links on the screen."""

import pytest
from msgspec.structs import replace
from textual.geometry import Offset

from reader.model import Block, Image, TextLink
from reader.ui.app import ReaderApp

from .conftest import MakeApp
from .fakes import NOW, FakeLibrary, edition
from .screens import lines_of, reading, text_of
from .test_article import drag, place_of, top_of
from .test_reading import press

_LEAD = "De roeiers van Zwaakse Boys winnen de slotrace en staan nu bovenaan in de eindstand."
_BODY = "Na de laatste boei was het verschil nog twee meter, zegt de schipper van de volgboot. " * 3
_ROWS = (
    ("Ploeg", "Woonplaats van de ploeg", "Gevaren", "Punten"),
    ("Zwaakse Boys", "Kwadendamme", "9", "21,5"),
    ("De Meeuwen", "Vrouwenpolder", "10", "7"),
)


def rich_edition() -> FakeLibrary:
    """Return an edition whose first article has everything, and text after it."""
    library = edition()
    at = _LEAD.index("eindstand")
    blocks = (
        Block("paragraph", _LEAD, links=(TextLink(at, at + 9, "https://roeien.example/stand"),)),
        Block("table", "\n".join(map(" | ".join, _ROWS)), rows=_ROWS),
        Block("item", "Vaar om de boei.", number=1),
        Block("item", "Roei terug.", number=2),
        Block("code", "punten = 3\nals winst:\n\tpunten += 2"),
        *(Block("paragraph", f"Alinea {number}. {_BODY}") for number in range(30)),
    )
    library.bodies[1] = replace(
        library.bodies[1],
        blocks=blocks,
        authors=("Jannie de Visser",),
        modified=NOW,
        image=Image("https://beeld.example/boot.jpg", "De boot.", "Wim Kodde"),
        tags=("roeien",),
    )
    return library


@pytest.fixture
def app(make_app: MakeApp) -> ReaderApp:
    """Return the reader with that edition."""
    return make_app(rich_edition())


async def test_a_wide_article_has_all_of_it(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        shown = text_of(app)
        for part in (
            "By Jannie de Visser",
            "Ploeg          Woonplaats van de ploeg   Gevaren   Punten",
            "─────────────────────────────────────────────────────────",
            "Zwaakse Boys   Kwadendamme                     9     21,5",
            "1. Vaar om de boei.",
            "2. Roei terug.",
            "│ als winst:",
            "│     punten += 2",
        ):
            assert part in shown
        await press(pilot, "end")
        assert "Image: De boot. (Wim Kodde)" in text_of(app)
        assert "Tags: roeien" in text_of(app)


async def test_in_a_narrow_one_the_table_is_records(app: ReaderApp) -> None:
    async with app.run_test(size=(45, 30)) as pilot:
        await press(pilot, "enter", "down", "down", "down", "down")
        lines = [line.strip() for line in lines_of(app)]
        at = lines.index("Ploeg: Zwaakse Boys")
        assert lines[at : at + 6] == [
            "Ploeg: Zwaakse Boys", "Woonplaats van de ploeg: Kwadendamme", "Gevaren: 9",
            "Punten: 21,5", "", "Ploeg: De Meeuwen",
        ]  # fmt: skip


async def test_the_words_of_a_link_are_underlined_and_copied_as_words(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        view = reading(app).article
        place = place_of(app, "eindstand")
        strip = view.render_line(place.y - view.content_region.y)
        assert [each.text for each in strip if each.style and each.style.underline] == ["eindstand"]
        await drag(pilot, place, Offset(place.x + 8, place.y))
        assert reading(app).get_selected_text() == "eindstand"
        strip = view.render_line(place.y - view.content_region.y)
        assert [each.text for each in strip if each.style and each.style.underline] == ["eindstand"]


async def test_a_table_is_copied_as_it_stands_without_its_rule(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        end = place_of(app, "De Meeuwen")
        await drag(pilot, place_of(app, "Ploeg  "), Offset(end.x + 9, end.y))
        assert reading(app).get_selected_text() == (
            "Ploeg          Woonplaats van de ploeg   Gevaren   Punten\n"
            "Zwaakse Boys   Kwadendamme                     9     21,5\n"
            "De Meeuwen"
        )


async def test_the_place_stays_when_the_table_becomes_records_above_it(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", *["pagedown"] * 3)
        place = top_of(app)
        while not place.startswith("Alinea"):
            await press(pilot, "down")
            place = top_of(app)
        for width in (45, 100, 33, 200, 120):
            await pilot.resize_terminal(width, 40)
            await pilot.pause()
            assert top_of(app).startswith(place[:9]), width
