"""Find in the article: matches are marked, and the reader moves between them."""

import pytest
from msgspec.structs import replace

from reader.model import Block
from reader.ui.app import ReaderApp
from reader.ui.state.matches import Sought, matches_in

from .clock import Clock
from .conftest import MakeApp
from .fakes import FakeLibrary, article, edition
from .quiet import until
from .screens import lines_of, opened_id, reading, text_of, told
from .test_reading import press


def long_edition() -> FakeLibrary:
    library = edition()
    of = article(library.kept[1].teaser)
    texts = ("De gemeente bouwt een brug bij de haven.", "Niets hierover.") * 30
    last = Block("paragraph", "Ook de Veerbrúg gaat open.")
    blocks = (*(Block("paragraph", text) for text in texts), last)
    library.bodies[1] = replace(of, blocks=blocks)
    return library


def marked(app: ReaderApp) -> list[str]:
    """Return the texts that are drawn as the present match."""
    view = reading(app).article
    return [
        segment.text
        for y in range(view.size.height)
        for segment in view.render_line(y)
        if segment.style and segment.style.reverse
    ]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20)])
async def test_what_is_typed_is_found_in_the_article(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter", "\\", *"BRUG")
        view, last = reading(app).article, lines_of(app)[-1]
        assert ("Find in article " if size[0] > 60 else "Find BRUG") in last
        assert "1 of 31" in last
        assert marked(app) == ["brug"]
        # A sign in the margin is beside the present match alone.
        assert text_of(app).count("› De gemeente bouwt een brug") == 1
        await press(pilot, "up")
        assert "31 of 31" in lines_of(app)[-1]
        assert marked(app) == ["brúg"]
        assert view.scroll_offset.y > 0
        await press(pilot, "down", "down")
        assert "2 of 31" in lines_of(app)[-1]
        assert view.scroll_offset.y <= view._matches[1][0][0]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20)])
async def test_a_click_on_a_key_of_the_bar_does_what_it_says(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter", "\\", *"brug")

        async def click(label: str, button: int = 1) -> None:
            at = lines_of(app)[-1].index(label)
            await pilot.click(offset=(at, size[1] - 1), button=button)
            await pilot.pause()

        await click("1 of 31")
        assert "1 of 31" in lines_of(app)[-1]
        assert reading(app).pane == "find"
        for label, place in (("↓", "2 of 31"), ("↑", "1 of 31")):
            if label in lines_of(app)[-1]:
                await click(label)
                assert place in lines_of(app)[-1]
                await click(label, button=3)
                assert place in lines_of(app)[-1]
                assert reading(app).pane == "find"
        await click("Esc")
        assert reading(app).pane == "article"
        assert not marked(app)


async def test_enter_keeps_the_marks_and_escape_takes_them_away(make_app: MakeApp) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "\\", *"brug", "enter")
        screen = reading(app)
        assert (screen.pane, screen.article.match_count) == ("article", 31)
        assert "Find in article" not in text_of(app)
        await press(pilot, "\\")
        assert "1 of 31" in lines_of(app)[-1]
        await press(pilot, "escape")
        assert (screen.pane, screen.article.match_count) == ("article", 0)
        await press(pilot, "\\", *"haven", "enter", "n")
        assert screen.article.match_count == 0, "another article was opened"


async def test_keys_go_on_paging_and_filtering_where_they_did(make_app: MakeApp) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "ctrl+f")
        assert reading(app).article.scroll_offset.y > 0
        await press(pilot, "ctrl+b", "h", "\\")
        assert reading(app).pane == "filter"


async def test_what_is_not_there_is_said(make_app: MakeApp) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "\\", *"xyz", "down", "up")
        assert "not found" in lines_of(app)[-1]


async def test_a_hit_opens_at_its_first_match_with_all_marked(make_app: MakeApp) -> None:
    library = long_edition()
    library.bodies[1] = replace(
        library.bodies[1],
        blocks=(
            *(Block("paragraph", "Een alinea zonder.") for _ in range(60)),
            Block("paragraph", "Het tramongeluk in Milaan."),
        ),
    )
    library.kept[1] = replace(
        library.kept[1], teaser=replace(library.kept[1].teaser, title="Tram in Milaan")
    )
    app = make_app(library)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "/", *"milaan", "enter")
        assert opened_id(app) == 1
        view = reading(app).article
        assert view.match_count == 3, "in the title, the dateline and the text"
        assert marked(app) == ["Milaan"]
        await press(pilot, "\\", "up")
        assert "3 of 3" in lines_of(app)[-1]
        assert view.scroll_offset.y > 0


async def test_the_titles_of_hits_are_marked_too(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "/", *"milaan")
        hits = reading(app).hits
        style = hits.get_visual_style("headlines--there", "headlines--match").rich_style
        title = hits.render_line(0), hits.render_line(1)
        assert "Milaan" in [each.text for line in title for each in line if each.style == style]


def test_a_match_may_go_over_the_end_of_a_line() -> None:
    lines = [("De brug bij de", " "), ("haven van Breskens", "\n"), ("de haven", "\n")]
    assert matches_in(lines, Sought("de haven")) == [((0, 12, 14), (1, 0, 5)), ((2, 0, 8),)]
    hyphenated = [("de veer", ""), ("boot", "\n")]
    assert matches_in(hyphenated, Sought("veerboot")) == [((0, 3, 7), (1, 0, 4))]


def test_accents_and_letters_that_fold_into_two_are_found_at_their_place() -> None:
    assert matches_in([("Straße über Malmö", "\n")], Sought("strasse")) == [((0, 0, 6),)]
    assert matches_in([("Straße über Malmö", "\n")], Sought("malmo")) == [((0, 12, 17),)]


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_the_last_text_is_replaced_by_typing_in_all_three_inputs(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=size) as pilot:
        screen = reading(app)
        await press(pilot, "enter", "\\", *"brug", "enter", "\\")
        assert screen.find.value == "brug"
        await press(pilot, *"haven")
        assert screen.find.value == "haven"
        assert screen.sought.text == "haven"
        await press(pilot, "escape", "escape", "\\", *"kabinet", "enter", "\\", *"trein")
        assert screen.filter.value == "trein"
        await press(pilot, "escape", "/", *"milaan")
        await until(pilot, lambda: screen.search_state.is_answered)
        await press(pilot, "down", "enter", "escape", "/", *"aex")
        assert screen.search.value == "aex"


async def test_an_arrow_keeps_the_last_text_to_type_on(make_app: MakeApp) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "\\", *"bru", "enter", "\\", "right", "g")
        assert reading(app).find.value == "brug"


async def test_the_article_that_is_seen_is_searched_not_the_one_behind_it(
    make_app: MakeApp, clock: Clock
) -> None:
    library = long_edition()
    library.bodies[2] = replace(library.bodies[1], teaser=library.kept[2].teaser)
    library.kept[2] = replace(library.kept[2], cached=True)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "j", "enter", "escape", "k")
        clock.passes(1)
        await pilot.pause()
        assert reading(app).preview is not None
        reading(app).controllers.find.begin()
        await press(pilot, *"brug")
        assert opened_id(app) == 2
        assert marked(app) == ["brug"]


@pytest.mark.parametrize("key", ["v", "L"])
async def test_an_article_that_never_came_is_said_not_to_be_fetched(
    make_app: MakeApp, key: str
) -> None:
    library = edition()
    library.kept[1] = replace(library.kept[1], cached=False)
    library.bodies.pop(1, None)
    app = make_app(library, offline=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", key)
        assert "This article has not been fetched yet" in told(app)
