"""Filter, sections, panes, the strip and the history."""

import pytest
from textual.widgets import OptionList

from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.teaser_strip import TeaserStrip

from .clock import Clock
from .conftest import MakeApp
from .fakes import edition
from .quiet import until
from .screens import lines_of, opened_id, reading, text_of
from .test_reading import press


async def test_the_filter_narrows_as_one_types(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "\\", *"zeekraal")
        await until(pilot, lambda: len(reading(app).ids) == 3)
        assert lines_of(app)[0].split() == ["\\", "zeekraal", "3", "of", "36", "found"]


async def test_the_filter_of_a_long_list_shows_its_beginning_first(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition(600))
    async with app.run_test(size=(120, 40)) as pilot:
        clock.passes(1)
        await press(pilot, "backslash", "e")
        assert len(reading(app).ids) == 256
        await until(pilot, lambda: "256+ of 600" in lines_of(app)[0])
        assert "/" not in lines_of(app)[1].split("─ ─")[0]
        await press(pilot, "enter", "G")
        clock.passes(0.1)
        await until(pilot, lambda: len(reading(app).ids) > 256)
        assert f"{len(reading(app).ids)} of 600" in lines_of(app)[0]
        assert reading(app).headlines.cursor == len(reading(app).ids) - 1


async def test_escape_drops_the_filter_and_returns_to_where_one_was(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *["j"] * 20)
        before = reading(app).headlines.place
        await press(pilot, "\\", *"aex")
        await until(pilot, lambda: len(reading(app).ids) < 36)
        await press(pilot, "enter", "j", "escape")
        assert reading(app).headlines.place == before
        assert len(reading(app).ids) == 36
        assert reading(app).pane == "list"


async def test_escape_in_the_filter_returns_to_the_list(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "h", "\\", *"a")
        await until(pilot, lambda: " of 36" in text_of(app))
        await press(pilot, "escape")
        assert reading(app).pane == "list"


async def test_a_filter_without_matches_says_what_to_do(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "\\", *"qqq")
        await until(pilot, lambda: "Nothing found." in text_of(app))
        assert "None of the 36 headlines has these words." in text_of(app)
        assert "Press Esc to show all of them again." in text_of(app)


async def test_brackets_walk_through_the_sections_and_round(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "]")
        assert reading(app).status.view == "Unread"
        await press(pilot, "]", "]")
        assert reading(app).status.view == "Buitenland"
        assert "unread of 9" in text_of(app)
        await press(pilot, "[", "[", "[", "[")
        assert reading(app).status.view == "Binnenland"


async def test_another_view_reads_each_headline_once_and_shows_its_present_marks(
    make_app: MakeApp,
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *"]]]")
        assert reading(app).status.view == "Buitenland"
        before = reading(app).status.unread
        await press(pilot, "u", "[")
        assert reading(app).status.view == "Saved"
        library.loads.clear()
        await press(pilot, "]")
        assert reading(app).status.unread == before - 1
        loaded = [each for ids in library.loads for each in ids]
        assert loaded
        assert len(loaded) == len(set(loaded))
        row = next(line for line in lines_of(app) if line.startswith("▌"))
        assert "●" not in row[:3]


async def test_a_view_is_found_again_as_it_was_left(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *"jjjjj", "]", "j", "[")
        assert reading(app).headlines.cursor == 5
        await press(pilot, "g", "u")
        assert reading(app).headlines.cursor == 1
        await press(pilot, "]")
        assert reading(app).headlines.cursor == 0


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_tab_also_reaches_a_pane_that_another_has_the_place_of(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter", *(["z"] if size[0] > 90 else []), "shift+tab")
        assert reading(app).pane == "list"
        assert not reading(app).reading
        await press(pilot, "tab")
        assert reading(app).pane == "article"
        await press(pilot, "/", "tab")
        assert reading(app).pane == "hits"


async def test_tab_goes_round_the_panes_and_the_key_bar_follows(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        panes = []
        for _ in range(4):
            panes.append(reading(app).pane)
            await press(pilot, "tab")
        assert panes == ["article", "strip", "list", "article"]
        await press(pilot, "shift+tab")
        assert reading(app).pane == "article"


async def test_the_strip_opens_related_headlines_and_back_returns_where_one_was(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(100, 24)) as pilot:
        await press(pilot, "enter", "pagedown")
        scrolled = reading(app).article.scroll_offset.y
        assert scrolled > 0
        await press(pilot, "tab", "right", "enter")
        related = opened_id(app)
        assert related not in (None, 1)
        assert reading(app).pane == "article"
        await press(pilot, "b")
        assert opened_id(app) == 1
        assert reading(app).article.scroll_offset.y == scrolled
        await press(pilot, "alt+right", "alt+right")
        assert opened_id(app) == related
        assert reading(app).pane == "article"
        await press(pilot, "backspace")
        assert opened_id(app) == 1


async def test_a_detour_through_the_strip_does_not_lose_the_place_in_the_edition(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "tab", "right", "right", "enter")
        assert opened_id(app) != 1
        await press(pilot, "n")
        assert opened_id(app) == 2


async def test_the_strip_is_hidden_without_related_headlines(make_app: MakeApp) -> None:
    library = edition()
    library.relations = {}
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        assert not reading(app).strip.region
        assert "More from" not in text_of(app)


async def test_a_click_on_a_card_opens_it(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        expected = reading(app).strip.opened
        assert expected is not None
        await pilot.click(TeaserStrip, offset=(40, 2))
        await pilot.pause()
        assert opened_id(app) == expected.related[1].id


async def test_the_key_bar_and_the_palette_do_what_the_keys_do(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.click(KeyBar, offset=(2, 0))
        await pilot.pause()
        assert opened_id(app) == 1
        await press(pilot, "ctrl+p", *"next unr")
        await until(pilot, lambda: "Next unread" in text_of(app).split("next unr")[1])
        await press(pilot, "enter")
        await until(pilot, lambda: opened_id(app) == 2)


async def test_help_shows_every_command_and_narrows_to_what_is_typed(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "?")
        await pilot.pause()
        assert "Open the next unread headline of the list." in text_of(app)
        await press(pilot, *"browser")
        assert "Open the page in the browser." in text_of(app)
        assert "Open the next unread headline of the list." not in text_of(app)
        await press(pilot, "escape")
        assert app.screen is reading(app)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20)], ids=str)
async def test_paging_through_the_help_comes_to_the_signs_at_its_end_and_back(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "question_mark")
        for _ in range(60):
            await press(pilot, "pagedown")
            if "≈" in text_of(app):
                break
        assert "≈" in text_of(app)
        highlighted = app.screen.query_one(OptionList).highlighted
        await press(pilot, "pagedown", "pagedown")
        assert "≈" in text_of(app)
        assert app.screen.query_one(OptionList).highlighted == highlighted
        await press(pilot, "pageup")
        assert "≈" not in text_of(app)


@pytest.mark.parametrize("typed", ["follow.close", "close"])
async def test_help_does_nothing_that_only_a_dialog_can_do(make_app: MakeApp, typed: str) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "?", *typed)
        await pilot.pause()
        await press(pilot, "enter", "escape")
        await pilot.pause()
        assert app.screen is reading(app)


async def test_narrow_shows_one_pane_at_a_time_with_a_way_back(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(60, 20)) as pilot:
        assert not reading(app).article.region
        for back in ("escape", "h", "backspace"):
            await press(pilot, "enter")
            assert reading(app).article.region
            assert not reading(app).headlines.region
            await press(pilot, back)
            assert reading(app).headlines.region
            assert not reading(app).article.region


async def test_quitting_takes_one_key(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("q")
    assert app.return_code == 0
