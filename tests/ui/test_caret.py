"""The position of the terminal's cursor, and the small repaint when the focus changes."""

from collections.abc import Callable
from functools import partial

import pytest
from msgspec.structs import replace
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets import OptionList

from reader.model import Block
from reader.ui.app import ReaderApp

from .clock import Clock
from .conftest import MakeApp
from .fakes import edition
from .quiet import until
from .screens import lines_of, reading, text_of
from .test_reading import press

SIZES = [(200, 50), (120, 40), (80, 24), (45, 20)]


def at_cursor(app: ReaderApp) -> str:
    """Return the text of the screen from the terminal's cursor on."""
    x, y = app.cursor_position
    # By cells: a sign may have two.
    strip = app.screen._compositor.render_strips(app.size)[y]
    return strip.crop(x, app.size.width).text


def begins(app: ReaderApp, headline_id: int) -> bool:
    """Tell whether a headline's title begins at the cursor, as far as it is on that line."""
    library = reading(app)._around.library
    (headline,) = library.headlines.load([headline_id])
    first = (headline.teaser.title or "").split()[0]
    return at_cursor(app).startswith(first)


def titles(app: ReaderApp, headline_id: int) -> str:
    """Return the kicker and the title of a headline, without capitals."""
    teaser = reading(app)._around.library.headlines.load([headline_id])[0].teaser
    return f"{teaser.section} {teaser.title}".casefold()


@pytest.mark.parametrize("size", SIZES)
async def test_it_lies_on_the_row_of_the_list(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app(edition(), preview=False)
    async with app.run_test(size=size) as pilot:
        assert begins(app, 1)
        await press(pilot, "j", "j")
        assert begins(app, 3)
        await press(pilot, "G")
        assert begins(app, 36)
        await press(pilot, "g", "g")
        assert begins(app, 1)


@pytest.mark.parametrize("size", SIZES)
async def test_in_an_empty_list_it_lies_on_why_that_is_empty(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    library = edition()
    library.kept = {number: replace(one, saved=False) for number, one in library.kept.items()}
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "g", "s")
        assert not reading(app).ids
        assert at_cursor(app).startswith("Nothing is saved")


async def test_without_an_article_it_lies_on_how_to_open_one(make_app: MakeApp) -> None:
    app = make_app(edition(), preview=False)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "tab")
        assert reading(app).pane == "article"
        assert at_cursor(app).startswith("Choose a headline")


@pytest.mark.parametrize("size", SIZES)
async def test_in_an_article_it_lies_on_the_title_and_then_on_what_is_new(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "j", "j", "enter")
        view = reading(app).article
        await until(pilot, lambda: view.seen)
        assert at_cursor(app).split()[0].casefold() in titles(app, 3)
        await press(pilot, "j")
        assert view.caret.y >= view.size.height - 2
        before = view.line + view.size.height
        await press(pilot, "pagedown")
        # The first line that was not in view before.
        assert view.line + view.caret.y >= min(before, view.max_scroll_y)
        await press(pilot, "k")
        assert view.caret.y <= 1


@pytest.mark.parametrize("size", [(200, 50), (120, 40)])
async def test_it_lies_on_the_card_and_on_the_rail(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter", "tab")
        strip = reading(app).strip
        assert reading(app).pane == "strip"
        assert strip.cursor_id is not None
        assert begins(app, strip.cursor_id)
        await press(pilot, *("jj" if strip.rail else "ll"))
        assert strip.cursor == 2
        assert begins(app, strip.cursor_id)


@pytest.mark.parametrize("size", [(45, 20), (60, 20)])
async def test_in_one_line_of_cards_it_lies_on_the_title_behind_a_sign(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter")
        strip = reading(app).strip
        line = strip.region.y
        shown = lines_of(app)[line]
        assert shown.startswith(" ")
        await press(pilot, "tab")
        assert reading(app).pane == "strip"
        assert lines_of(app)[line] == f"▌{shown[1:]}"
        for _ in range(2):
            assert strip.cursor_id is not None
            assert begins(app, strip.cursor_id)
            await press(pilot, "right")


@pytest.mark.parametrize(
    ("alike", "width", "label"),
    [((0, 0), 45, "Related"), ((0, 0), 80, "More from Buitenland"),
     ((2, 0), 45, "This story"), ((0, 2), 45, "Similar")],
)  # fmt: skip
async def test_one_line_of_cards_names_the_group_of_its_title(
    make_app: MakeApp, alike: tuple[int, int], width: int, label: str
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(width, 20)) as pilot:
        await press(pilot, "enter")
        screen = reading(app)
        opened = screen.opened
        assert opened is not None
        screen.opened = replace(opened, alike=alike)
        await pilot.pause()
        assert lines_of(app)[screen.strip.region.y].startswith(f" {label}  ")
        await press(pilot, "tab", "right", "right")
        last = "Related" if width == 45 else "More from Buitenland"
        assert lines_of(app)[screen.strip.region.y].startswith(f"▌{last}  ")


@pytest.mark.parametrize("size", SIZES)
async def test_in_a_field_it_is_the_caret(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "/", *"kab")
        x, y = app.cursor_position
        assert lines_of(app)[y][:x].endswith("kab")
        await press(pilot, "escape", "escape", "\\", *"ro")
        x, y = app.cursor_position
        assert lines_of(app)[y][:x].endswith("ro")


@pytest.mark.parametrize("size", SIZES)
async def test_while_words_are_typed_it_goes_to_the_hit_that_one_goes_to_and_back(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "/", *"kabinet")
        hits = reading(app).hits
        await until(pilot, lambda: len(hits.ids) > 1)
        for _ in range(2):
            await press(pilot, "down")
            assert hits.cursor_id is not None
            assert begins(app, hits.cursor_id)
        await press(pilot, "backspace")
        x, y = app.cursor_position
        assert lines_of(app)[y][:x].endswith("kabine")


@pytest.mark.parametrize("size", SIZES)
async def test_in_an_article_it_goes_from_match_to_match_and_stays_at_the_last(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    library = edition()
    texts = ("Er komt een brug bij de haven.", "Niets hierover.") * 30
    blocks = tuple(Block("paragraph", text) for text in texts)
    library.bodies[1] = replace(library.bodies[1], blocks=blocks)
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter", "\\", *"brug")
        x, y = app.cursor_position
        assert lines_of(app)[y][:x].endswith("brug")
        for key in ("down", "down", "up", "up", "up"):
            await press(pilot, key)
            assert at_cursor(app).startswith("brug")
        await press(pilot, "enter")
        assert reading(app).pane == "article"
        assert at_cursor(app).startswith("brug")
        await press(pilot, "pageup")
        assert not at_cursor(app).startswith("brug")


@pytest.mark.parametrize("size", SIZES)
async def test_in_a_dialog_it_lies_on_the_option_that_one_went_to(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        for key in ("S", "?", "F", "M"):
            await press(pilot, key, "down")
            await until(pilot, lambda: app.cursor_position != Offset())
            options = app.screen.query_one(OptionList)
            assert options.highlighted is not None
            first = str(options.get_option_at_index(options.highlighted).prompt).split()[0]
            assert at_cursor(app).startswith(first), key
            await press(pilot, "escape")
            await until(pilot, lambda: app.screen is reading(app))


@pytest.mark.parametrize("size", SIZES)
async def test_in_the_palette_it_lies_on_the_command_that_one_went_to(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "ctrl+p", *"read")
        await until(pilot, lambda: "Read on" in text_of(app))
        x, y = app.cursor_position
        assert lines_of(app)[y][:x].endswith("read")
        options = app.screen.query_one(OptionList)
        for _ in range(2):
            await press(pilot, "down")
            await until(pilot, lambda: bool(app.screen.is_choosing))  # type: ignore[attr-defined]
            assert options.highlighted is not None
            first = str(options.get_option_at_index(options.highlighted).prompt).split()[0]
            await until(pilot, partial(_is_at, app, first))
        await press(pilot, "y")
        x, y = app.cursor_position
        assert lines_of(app)[y][:x].endswith("ready")


def _is_at(app: ReaderApp, text: str) -> bool:
    return at_cursor(app).startswith(text)


async def test_a_change_of_focus_repaints_rules_and_rows_alone(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: reading(app).article.seen)
        painted: list[int] = []
        for widget in (reading(app).headlines, reading(app).article, reading(app).strip):
            widget.render_line = _counting(widget.render_line, painted)  # type: ignore[method-assign, assignment]
        await press(pilot, "shift+tab")
        assert reading(app).pane == "list"
        # One row of the list, which has three lines at most.
        assert 0 < len(painted) <= 3
        painted.clear()
        await press(pilot, "shift+tab")
        assert reading(app).pane == "strip"
        # The row of the list, and the card at the cursor.
        assert 0 < len(painted) <= 3 + reading(app).strip.size.height
        painted.clear()
        await press(pilot, "shift+tab")
        assert reading(app).pane == "article"
        assert 0 < len(painted) <= reading(app).strip.size.height


def _counting(render: Callable[[int], Strip], painted: list[int]) -> Callable[[int], Strip]:
    def counted(y: int) -> Strip:
        painted.append(y)
        return render(y)

    return counted
