"""Menus: the right mouse button, the list of themes, and the last notices."""

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual.command import CommandList
from textual.widgets import OptionList

from reader.errors import reason
from reader.events import Done, Failed
from reader.text.relative_time import Language
from reader.ui import themes, wording
from reader.ui.chosen_theme import chosen_theme
from reader.ui.commands.key_map import apply_keys
from reader.ui.commands.menus import menu_for, menu_of
from reader.ui.commands.table import COMMANDS
from reader.ui.screens.menu import MenuScreen
from reader.ui.state.panes import PANES
from reader.ui.state.values import Notice, Offer
from reader.ui.widgets.article_view import ArticleView
from reader.ui.widgets.headline_list import HeadlineList
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.key_bar_line import fitting_keys, key_line
from reader.ui.widgets.teaser_strip import TeaserStrip

from .conftest import MakeApp
from .fake_child import FakeChild, ended
from .fakes import edition
from .quiet import until
from .screens import lines_of, opened_id, reading, text_of, told
from .test_reading import press

_SIZES = [(120, 40), (80, 24), (45, 20)]


@pytest.mark.parametrize("size", _SIZES, ids=str)
async def test_the_right_button_offers_and_opens_nothing(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await pilot.click(HeadlineList, offset=(10, 4), button=3)
        await pilot.pause()
        assert isinstance(app.screen, MenuScreen)
        assert opened_id(app) is None
        chosen = reading(app).headlines.cursor_id
        shown = text_of(app)
        for label in ("Open", "Save", "Browser", "Copy link"):
            assert label in shown
        # A report without a story is not asked for one.
        assert "Story" not in shown
        await press(pilot, *["j"] * 2, "enter")
        assert chosen is not None
        assert library.kept[chosen].saved
        assert opened_id(app) is None


async def test_the_menu_is_where_the_mouse_is_and_wholly_on_the_screen(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.click(HeadlineList, offset=(8, 3), button=3)
        await pilot.pause()
        box = app.screen.query_one("#menu")
        assert box.region.offset == (8, 5)
        await press(pilot, "escape")
        await pilot.click(HeadlineList, offset=(40, 36), button=3)
        await pilot.pause()
        region = app.screen.query_one("#menu").region
        assert region.bottom <= 39
        assert region.right <= 120
        selected = reading(app).controllers.headlines.selected()
        assert region.height == len(menu_for("list", selected)) + 2


@pytest.mark.parametrize("button", [1, 3])
async def test_a_click_beside_the_menu_closes_it_and_does_nothing_else(
    make_app: MakeApp, button: int
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.click(offset=(20, 8), button=3)
        await until(pilot, lambda: isinstance(app.screen, MenuScreen))
        cursor = reading(app).headlines.cursor
        await pilot.click(offset=(100, 30), button=button)
        await until(pilot, lambda: app.screen is reading(app))
        assert (reading(app).headlines.cursor, reading(app).opened) == (cursor, None)


async def test_cards_and_the_article_have_menus_of_their_own(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        opened = opened_id(app)
        await pilot.click(TeaserStrip, offset=(10, 1), button=3)
        await pilot.pause()
        assert isinstance(app.screen, MenuScreen)
        await press(pilot, "escape")
        assert opened_id(app) == opened
        await pilot.click(ArticleView, offset=(10, 10), button=3)
        await pilot.pause()
        assert "Copy article" in text_of(app)


def test_only_what_a_headline_has_is_offered_for_it() -> None:
    headline = edition().kept[1]
    lone = {each.id for each in menu_for("list", replace(headline, story=None))}
    assert "reading.story" not in lone
    assert "reading.browser" in lone
    without = replace(headline, story=1, teaser=replace(headline.teaser, url=None))
    for pane in ("list", "hits"):
        offered = {each.id for each in menu_for(pane, without)}
        assert "reading.story" in offered
        assert not offered & {"reading.browser", "reading.copy-link"}


async def test_the_right_button_presses_no_button(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.click(KeyBar, offset=(3, 0), button=3)
        await pilot.pause()
        assert opened_id(app) is None
        before = reading(app).status.view
        await pilot.click("Header", offset=(10, 0), button=3)
        await pilot.pause()
        assert reading(app).status.view == before


def test_every_menu_is_of_commands_that_work_in_its_pane() -> None:
    for pane in PANES.values():
        for command in menu_of(pane.id):
            assert command in COMMANDS
            assert command.scope in (pane.scope, "reading")


async def test_a_theme_is_shown_while_the_cursor_rests_on_it_and_kept_only_when_chosen(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        before = app.theme
        reading(app).controllers.program.choose_theme()
        await until(pilot, lambda: isinstance(app.screen, MenuScreen))
        names = themes.names()
        line = next(line for line in lines_of(app) if before in line)
        assert f"● {before}" in line
        await press(pilot, "down")
        await until(pilot, lambda: app.theme == names[1])
        await press(pilot, "escape")
        assert app.theme == before
        assert chosen_theme(reading(app)._around.settings) in ("", before)
        reading(app).controllers.program.choose_theme()
        await until(pilot, lambda: isinstance(app.screen, MenuScreen))
        await press(pilot, "down", "enter")
        assert app.theme == names[1]
        assert chosen_theme(reading(app)._around.settings) == names[1]


async def test_the_last_notices_can_be_read_again_and_do_what_they_offered(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        for number in range(60):
            reading(app).notices.show(Notice(f"Melding {number}"))
        offers = (Offer("reading.next-section", "Verder"),)
        reading(app).notices.show(Notice("De laatste", offers=offers))
        reading(app).controllers.program.show_notices()
        await until(pilot, lambda: isinstance(app.screen, MenuScreen))
        options = app.screen.query_one(OptionList)
        assert options.option_count == 50
        await press(pilot, "enter")
        await until(pilot, lambda: reading(app).status.view == "Unread")


async def test_a_notice_leads_to_the_headline_that_it_is_about(make_app: MakeApp) -> None:
    library, child = edition(), FakeChild()
    app = make_app(library, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *"jjj", "u", "U")
        await until(pilot, lambda: told(app).startswith("Read again: "))
        await press(pilot, "r")
        failed = Failed(library.kept[5].teaser.url or "", reason("too_slow", seconds=20))
        await ended(pilot, child, Done(reached=True, failures=(failed,)))
        reading(app).notices.show(Notice("Zonder bericht"))
        for rows, opens in ((0, None), (1, 5), (2, 4)):
            reading(app).controllers.program.show_notices()
            await until(pilot, lambda: isinstance(app.screen, MenuScreen))
            await press(pilot, *["down"] * rows, "enter")
            await until(pilot, lambda: not isinstance(app.screen, MenuScreen))
            assert opened_id(app) == opens
        assert reading(app).pane == "article"
        assert reading(app).headlines.cursor_id == 4


async def test_undo_is_run_from_the_newest_notice_only(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(edition())
    ran: list[str] = []

    async def run(command: str) -> None:
        ran.append(command)

    async with app.run_test(size=(120, 40)) as pilot:
        undo = Notice("Gemarkeerd", offers=(Offer("reading.undo", "Ongedaan maken"),))
        reading(app).notices.show(undo)
        reading(app).notices.show(Notice("De laatste"))
        for keys in (["down", "enter"], ["enter"]):
            reading(app).controllers.program.show_notices()
            await until(pilot, lambda: isinstance(app.screen, MenuScreen))
            with monkeypatch.context() as patched:
                patched.setattr(app._dispatcher, "run", run)
                await press(pilot, *keys)
                await until(pilot, lambda: not isinstance(app.screen, MenuScreen))
            if "down" in keys:
                assert ran == []
                reading(app).notices.show(undo)
        assert ran == ["reading.undo"]


@pytest.mark.parametrize("keys", ["question_mark", "F", "S", "#"])
async def test_on_a_small_screen_a_dialog_has_all_of_it(make_app: MakeApp, keys: str) -> None:
    app = make_app(edition())
    async with app.run_test(size=(45, 20)) as pilot:
        await press(pilot, keys)
        (box,) = app.screen.children[:1]
        assert box.region.size == (45, 19)
        assert not any(sign in text_of(app) for sign in "╭╮╰╯")


@pytest.mark.parametrize("size", _SIZES, ids=str)
async def test_the_palette_has_no_picture_that_terminals_draw_differently(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "ctrl+p")
        await until(pilot, lambda: "Read on" in text_of(app))
        assert "🔎" not in text_of(app)


async def test_the_palette_has_a_line_for_each_command_where_it_is_narrow(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(45, 20)) as pilot:
        await press(pilot, "ctrl+p")
        await until(pilot, lambda: "Next unread" in text_of(app))
        assert sum(bool(line.strip()) for line in lines_of(app)) >= 13
        assert "Open the headline" not in text_of(app)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [20, 45, 60, 80, 120])
def test_a_key_bar_keeps_help_the_way_out_and_reading_on(language: Language, width: int) -> None:
    wording.set_language(language)
    apply_keys({}, {})
    shown = {
        pane: [command.id for command, _ in fitting_keys(pane, width)]
        for pane in ("list", "hits", "article", "strip")
    }
    assert all("app.help" in ids for ids in shown.values())
    if width >= 45:
        assert all("reading.leave" in ids for pane, ids in shown.items() if pane != "list")
        assert "reading.on" in shown["article"]
        assert all("list.open" in shown[pane] for pane in ("list", "hits"))
    if width == 45 and language == "nl":
        text = "".join(part for part, _ in key_line("article", width))
        assert text.split() == ["Spatie", "Verder", "Esc", "Sluiten", "?", "Toetsen"]


@pytest.mark.parametrize(
    ("width", "keys"),
    [
        (20, "Esc Sluiten ?"),
        (32, "Spatie Verder Esc Sluiten ?"),
        (40, "Spatie Verder Esc Sluiten ? Toetsen"),
        (80, "Spatie Verder lezen n Volgend ongelezen Esc Sluiten b Terug ? Toetsen"),
    ],
)
def test_above_an_article_the_key_to_read_on_outlasts_the_label_of_help(
    width: int, keys: str
) -> None:
    wording.set_language("nl")
    apply_keys({}, {})
    text = "".join(part for part, _ in key_line("article", width))
    assert " ".join(text.split()) == keys
    assert cell_len(text) <= width


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20)])
async def test_the_keys_of_the_palette_are_below_it_and_can_be_clicked(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "ctrl+p")
        await until(pilot, lambda: "Read on" in text_of(app))
        bar = lines_of(app)[-1]
        for key in ("↵ Run", "↓ Down", "↑ Up", "Esc Close"):
            assert key in bar
        await pilot.click(offset=(bar.index("Down"), size[1] - 1))
        found = app.screen.query_one(CommandList)
        await until(pilot, lambda: found.highlighted is not None)
        before = found.highlighted
        await pilot.click(offset=(bar.index("Down"), size[1] - 1))
        await until(pilot, lambda: found.highlighted != before)
        await pilot.click(offset=(bar.index("Up"), size[1] - 1))
        await until(pilot, lambda: found.highlighted == before)
        await pilot.click(offset=(bar.index("Close"), size[1] - 1))
        await until(pilot, lambda: app.screen is reading(app))


async def test_a_key_of_the_settings_works_in_the_palette(make_app: MakeApp) -> None:
    app = make_app(edition(), keys={"palette.close": ("ctrl+g",), "palette.down": ("ctrl+n",)})
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        await until(pilot, lambda: "Ctrl+G Close" in lines_of(app)[-1])
        found = app.screen.query_one(CommandList)
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: found.highlighted is not None)
        await press(pilot, "ctrl+g")
        await until(pilot, lambda: app.screen is reading(app))
