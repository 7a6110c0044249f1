"""The article on the screen: position, repainting, colours, and selection with the mouse."""

import pytest
from msgspec.structs import replace
from textual import constants
from textual.color import Color
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.strip import Strip
from textual.types import AnimationLevel
from textual.widgets import OptionList

from reader.model import Article, Block
from reader.ui.app import ReaderApp
from reader.ui.widgets.article_view import ArticleView

from .conftest import MakeApp
from .fakes import NOW, FakeLibrary, edition
from .screens import lines_of, opened_id, reading, text_of
from .test_reading import press

_WORDS = "De dijk bij de haven wordt dit najaar over een lengte van zes kilometer verzwaard."


def long_edition(paragraphs: int = 80) -> FakeLibrary:
    library = edition()
    for number in (1, 2):
        blocks = [
            Block("paragraph", f"Alinea {n} van {number}. {_WORDS}") for n in range(paragraphs)
        ]
        library.bodies[number] = Article(library.kept[number].teaser, tuple(blocks), (), NOW)
    library.relations = {}
    return library


def top_of(app: ReaderApp) -> str:
    view = reading(app).article
    return lines_of(app)[view.content_region.y][view.region.x : -1].strip()


def place_of(app: ReaderApp, text: str) -> Offset:
    """Return where `text` begins on the screen."""
    lines = lines_of(app)
    y = next(number for number, line in enumerate(lines) if text in line)
    return Offset(lines[y].index(text), y)


async def drag(pilot: Pilot[None], start: Offset, end: Offset) -> None:
    """Select from one place of the screen up to another."""
    await pilot.mouse_down(offset=start)
    await pilot.hover(offset=end)
    await pilot.mouse_up(offset=end)
    await pilot.pause()


def contrast_of(one: Color, other: Color) -> float:
    """Return the contrast of two colours as the accessibility guidelines reckon it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the lines of the article's view that are drawn from here on."""
    numbers: list[int] = []
    draw = ArticleView.render_line

    def note(view: ArticleView, y: int) -> Strip:
        numbers.append(y)
        return draw(view, y)

    monkeypatch.setattr(ArticleView, "render_line", note)
    return numbers


async def test_a_key_paints_the_article_once_however_long_it_is(
    make_app: MakeApp, drawn: list[int]
) -> None:
    app = make_app(long_edition(4000))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "n")
        for key in ("n", "space", "space"):
            drawn.clear()
            await press(pilot, key)
            assert sorted(drawn) == list(range(reading(app).article.size.height)), key


async def test_an_age_that_changes_paints_its_line_only(
    make_app: MakeApp, drawn: list[int]
) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        view = reading(app).article
        drawn.clear()
        reading(app).revision += 1
        await pilot.pause()
        assert drawn == []
        await press(pilot, "s")
        assert "★ saved" in lines_of(app)[view.content_region.y + drawn[0]]
        assert len(drawn) == 1


async def test_a_change_of_width_keeps_the_paragraph_at_the_top(make_app: MakeApp) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "pagedown", "pagedown", "down", "down")
        while not top_of(app).startswith("Alinea"):
            await press(pilot, "down")
        paragraph = top_of(app)[:9]
        for width in (60, 45, 100, 33, 200, 120):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
            assert top_of(app).startswith(paragraph), width


async def test_a_window_that_was_large_for_a_moment_loses_no_reading_place(
    make_app: MakeApp,
) -> None:
    library = long_edition()
    app = make_app(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "pagedown", "pagedown")
        top, place = top_of(app), reading(app).article.place
        for size in ((80, 400), (200, 400), (80, 24), (80, 300), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            reading(app).poll()
            assert library.kept_places[1] == place, size
        assert top_of(app) == top


async def test_an_article_that_is_updated_stays_where_one_was_reading(make_app: MakeApp) -> None:
    library = long_edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "pagedown", "pagedown")
        scrolled = reading(app).article.scroll_offset.y
        of = library.bodies[1]
        library.bring_article(1, replace(of, blocks=(*of.blocks, Block("paragraph", "Nagekomen."))))
        reading(app).poll()
        await press(pilot)
        assert reading(app).article.scroll_offset.y == scrolled
        await press(pilot, "end")
        assert "Nagekomen." in text_of(app)


async def test_a_held_key_pages_no_article_before_it_was_seen(make_app: MakeApp) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "end")
        for _ in range(4):
            reading(app).controllers.reading.read_on()
        await pilot.pause()
        assert opened_id(app) == 2
        assert reading(app).article.scroll_offset.y == 0


async def test_a_page_leaves_lines_to_read_on_from(make_app: MakeApp) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        view = reading(app).article
        bottom = lines_of(app)[view.content_region.bottom - 1][view.region.x :]
        await press(pilot, "pagedown")
        assert bottom[:-1] in text_of(app)
        await press(pilot, "pageup")
        assert view.scroll_offset.y == 0


async def test_thirty_columns_are_enough_to_read_in(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(30, 24)) as pilot:
        await press(pilot, "enter")
        shown = text_of(app)
        for words in ("Doden en tientallen", "MILAAN (ANP/AFP)", "Bij de ontsporing zijn"):
            assert words in shown


async def test_the_measure_is_what_is_asked_for(make_app: MakeApp) -> None:
    app = make_app(long_edition())
    app.reading_screen.article._measure = 60
    async with app.run_test(size=(160, 40)) as pilot:
        await press(pilot, "enter")
        view = reading(app).article
        text = [line[view.region.x : view.region.right - 1] for line in lines_of(app)[4:30]]
        assert 50 < max(len(line.strip("▊ ")) for line in text) <= 60


async def test_what_the_mouse_selects_is_copied_as_running_text(make_app: MakeApp) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        end = place_of(app, "Alinea 1 van 1.")
        await drag(pilot, place_of(app, "dijk bij"), Offset(end.x + 7, end.y))
        await press(pilot, "ctrl+c")
        first = f"Alinea 0 van 1. {_WORDS}"
        assert app.clipboard == f"{first[first.index('dijk') :]}\n\nAlinea 1"


async def test_a_selection_is_seen_and_ends_with_the_article(make_app: MakeApp) -> None:
    app = make_app(long_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        place = place_of(app, "Alinea 1 van 1.")
        view = reading(app).article
        plain = view.render_line(place.y - view.content_region.y)
        await drag(pilot, place, Offset(place.x + 8, place.y))
        marked = view.render_line(place.y - view.content_region.y)
        assert marked.text == plain.text
        [segment] = [each for each in marked if each.text == "Alinea 1 "]
        assert segment.style
        assert segment.style.bgcolor != marked._segments[0].style.bgcolor  # type: ignore[union-attr]
        await press(pilot, "n")
        assert reading(app).get_selected_text() is None


async def test_wide_characters_are_selected_whole(make_app: MakeApp) -> None:
    library = long_edition()
    library.bodies[1] = replace(library.bodies[1], blocks=(Block("paragraph", "東京で地震 ja"),))
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        view = reading(app).article
        y = place_of(app, "東京で地震").y
        x = view.region.x + view._column.left
        await drag(pilot, Offset(x + 2, y), Offset(x + 6, y))
        assert reading(app).get_selected_text() == "京で地"


@pytest.mark.parametrize("theme", ["zeeland-dark", "zeeland-light"])
async def test_every_part_is_legible(make_app: MakeApp, theme: str) -> None:
    app = make_app(edition())
    app.theme = theme
    async with app.run_test(size=(120, 40)):
        view = reading(app).article
        for part in sorted(ArticleView.COMPONENT_CLASSES):
            style = view.get_visual_style(part)
            assert style.background
            assert style.foreground
            text = style.background.blend(style.foreground, style.foreground.a, 1)
            contrast = contrast_of(text, style.background)
            assert contrast >= 4.5 or part.endswith(("-sign", "-rule")), (part, contrast)


@pytest.mark.parametrize("level", ["none", "full"])
async def test_whatever_scrolls_jumps(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, level: AnimationLevel
) -> None:
    # Textual reads TEXTUAL_ANIMATIONS when it is imported.
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", level)
    app = make_app(long_edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        view = reading(app).article
        places: list[float] = []

        def note(y: float) -> None:
            places.append(y)

        reading(app).watch(view, "scroll_y", note, init=False)
        await press(pilot, "end", "home", "pagedown")
        view.scroll_down()
        await pilot.pause()
        assert places == [view.max_scroll_y, 0, view.size.height - 2, view.size.height - 1]
        await press(pilot, "?")
        await pilot.pause()
        commands = app.screen.query_one(OptionList)
        places.clear()
        app.screen.watch(commands, "scroll_y", note, init=False)
        await press(pilot, "pagedown", "pagedown")
        assert len(places) <= 2
        assert app.animation_level == "none"
