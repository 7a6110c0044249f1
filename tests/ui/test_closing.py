"""Views of their own close with q and with Esc, and neither ends the program there.

One application takes all keys one after another: to start one takes more time than to ask it.
"""

from itertools import product

import pytest
from msgspec.structs import replace
from textual.command import CommandList, CommandPalette
from textual.pilot import Pilot

from reader.model import Block, TextLink
from reader.ui.app import ReaderApp

from .conftest import MakeApp
from .fakes import FakeLibrary, edition
from .quiet import until
from .screens import reading, text_of
from .test_reading import press

SIZES = [(120, 40), (80, 24), (45, 20)]
KEYS = ["q", "escape"]


def is_open(app: ReaderApp) -> bool:
    """Tell whether the program goes on, with the main screen in front."""
    return app.is_running and app._exit is False and app.screen is reading(app)


@pytest.fixture
def library() -> FakeLibrary:
    library = edition()
    links = (TextLink(0, 3, "https://voorbeeld.test/programma"),)
    block = Block("paragraph", "Zie het programma van de week.", links=links)
    library.bodies[1] = replace(library.bodies[1], blocks=(block,))
    return library


@pytest.mark.parametrize("size", SIZES)
async def test_a_dialog(make_app: MakeApp, library: FakeLibrary, size: tuple[int, int]) -> None:
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        for opening, key in product(["gd", "F"], KEYS):
            await press(pilot, *opening)
            await until(pilot, lambda: app.screen is not reading(app))
            await press(pilot, key)
            await until(pilot, lambda: is_open(app))
            assert reading(app).pane == "list", (opening, key)


@pytest.mark.parametrize("size", SIZES)
async def test_a_dialog_in_which_one_types_takes_the_letter(
    make_app: MakeApp, library: FakeLibrary, size: tuple[int, int]
) -> None:
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        for opening in ("S", "?", "M", "#"):
            await press(pilot, opening, "q")
            assert app.screen is not reading(app), opening
            await press(pilot, "escape")
            await until(pilot, lambda: is_open(app))


@pytest.mark.parametrize("size", SIZES)
async def test_numbered_links(
    make_app: MakeApp, library: FakeLibrary, size: tuple[int, int]
) -> None:
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter")
        for key in KEYS:
            await press(pilot, "L")
            assert "[1]" in text_of(app), key
            await press(pilot, key)
            assert is_open(app), key
            assert "[1]" not in text_of(app), key
            assert reading(app).pane == "article", key


@pytest.mark.parametrize("size", SIZES)
async def test_the_changes_of_an_article(
    make_app: MakeApp, library: FakeLibrary, size: tuple[int, int]
) -> None:
    body = library.bodies[1]
    older = (replace(body.blocks[0], text="Lees het oude programma van de maand."),)
    library.older[1] = replace(body, blocks=older)
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter")
        for key in KEYS:
            await press(pilot, "v")
            assert reading(app).comparing, key
            await press(pilot, key)
            assert is_open(app), key
            assert not reading(app).comparing, key
            assert reading(app).pane == "article", key


@pytest.mark.parametrize("size", SIZES)
async def test_picking(make_app: MakeApp, library: FakeLibrary, size: tuple[int, int]) -> None:
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        for key in KEYS:
            await press(pilot, "V", "j")
            assert reading(app).picking, key
            await press(pilot, key)
            assert is_open(app), key
            assert not reading(app).picking, key


@pytest.mark.parametrize("size", SIZES)
async def test_the_hits_of_a_search(
    make_app: MakeApp, library: FakeLibrary, size: tuple[int, int]
) -> None:
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        for key in KEYS:
            await press(pilot, "/", *"kabinet")
            await until(pilot, lambda: len(reading(app).hits.ids) > 0)
            await press(pilot, "tab")
            assert reading(app).pane == "hits", key
            await press(pilot, key)
            assert is_open(app), key
            assert not reading(app).searching, key


async def test_elsewhere_q_quits(make_app: MakeApp, library: FakeLibrary) -> None:
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        await pilot.press("q")
        await until(pilot, lambda: app._exit)


async def choose(app: ReaderApp, pilot: Pilot[None], label: str) -> None:
    """Type a label in the palette, and run the command that has it."""
    await press(pilot, *("space" if letter == " " else letter for letter in label))

    def is_first() -> bool:
        found = app.screen.query_one(CommandList)
        return found.option_count == 1 or (
            found.option_count > 0 and label in str(found.get_option_at_index(0).prompt)
        )

    await until(pilot, is_first)
    await press(pilot, "enter")
    await until(pilot, lambda: app.screen is reading(app))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("name", "unread"),
    [("Mark above", range(4, 37)), ("Mark below", range(1, 5))],
)
async def test_above_and_below_are_marked_by_the_palette(
    make_app: MakeApp, size: tuple[int, int], name: str, unread: range
) -> None:
    library = FakeLibrary([replace(each, read=False) for each in edition().kept.values()])
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await press(pilot, *"jjj", "ctrl+p")
        await choose(app, pilot, f"{name} read")
        await until(pilot, lambda: any(item.read for item in library.kept.values()))
        left = [item.id for item in library.kept.values() if not item.read]
        assert left == list(unread)
        await press(pilot, "U")
        await until(pilot, lambda: not any(item.read for item in library.kept.values()))


@pytest.mark.parametrize("typed", ["1", "palette"])
async def test_what_is_older_than_a_day_is_marked_by_a_count_and_by_the_palette(
    make_app: MakeApp, typed: str
) -> None:
    library = FakeLibrary([replace(each, read=False) for each in edition().kept.values()])
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        if typed == "palette":
            await press(pilot, "ctrl+p")
            await choose(app, pilot, "Mark older read")
        else:
            await press(pilot, typed, "A")
        await until(pilot, lambda: library.kept[36].read)
        read = [item.id for item in library.kept.values() if item.read]
        assert read == list(range(read[0], 37))
        assert read[0] > 1


@pytest.mark.parametrize("size", SIZES)
async def test_no_other_dialog_opens_over_a_dialog(
    make_app: MakeApp, library: FakeLibrary, size: tuple[int, int]
) -> None:
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        for opening in ("?", "F", "S", "M", "#", "g d", "e"):
            await press(pilot, "enter", *opening.split())
            dialog = app.screen
            assert dialog is not reading(app), opening
            await press(pilot, "ctrl+p", "ctrl+l")
            assert app.screen is dialog, opening
            await press(pilot, "escape", "ctrl+p")
            await until(pilot, lambda: isinstance(app.screen, CommandPalette))
            await press(pilot, "escape")
            await until(pilot, lambda: is_open(app))
            # Back to the list.
            await press(pilot, "h")


async def test_the_palette_has_the_key_of_the_settings_alone(make_app: MakeApp) -> None:
    app = make_app(edition(), keys={"app.palette": ("ctrl+k",)})
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        assert app.screen is reading(app)
        await press(pilot, "ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))


async def test_the_palette_has_no_command_of_a_place_that_is_not_there(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+p")
        await until(pilot, lambda: "Read on" in text_of(app))
        found = app.screen.query_one(CommandList)
        shown = "\n".join(str(option.prompt) for option in found.options)
        assert "(search)" not in shown
        assert "(filter)" not in shown
        await press(pilot, "escape", "slash", "ctrl+p")
        await until(pilot, lambda: "(search)" in text_of(app))
