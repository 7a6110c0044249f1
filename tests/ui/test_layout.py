"""How the reading room is laid out: panes and their borders, the strip, the way one came."""

from pathlib import Path

import pytest

from reader.ui.app import ReaderApp
from reader.ui.state.split import LEAST_ARTICLE, LEAST_LIST, Split, load_split, save_split
from reader.ui.widgets.list_pane import Divider
from reader.ui.widgets.teaser_strip import pitch

from .conftest import MakeApp
from .fakes import edition
from .screens import lines_of, opened_id, reading, text_of
from .test_reading import press


def list_width(app: ReaderApp) -> int:
    return reading(app).headlines.outer_size.width


# The width of the panes.


async def test_keys_move_the_border_and_set_it_back(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        usual = list_width(app)
        await press(pilot, ">", ">")
        assert list_width(app) == usual + 8
        await press(pilot, "enter", "<")
        assert list_width(app) == usual + 4
        await press(pilot, "=")
        assert list_width(app) == usual


@pytest.mark.parametrize(("key", "width"), [("<", LEAST_LIST), (">", 100 - 1 - LEAST_ARTICLE)])
async def test_both_panes_stay_usable(make_app: MakeApp, key: str, width: int) -> None:
    app = make_app(edition())
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, *[key] * 20)
        assert list_width(app) == width


async def test_the_mouse_moves_the_border(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.mouse_down(Divider, offset=(0, 9))
        await pilot.hover(offset=(61, 12))
        await pilot.mouse_up(offset=(61, 12))
        await pilot.pause()
        assert list_width(app) == 61
        await pilot.hover(offset=(30, 12))
        assert list_width(app) == 61


async def test_z_gives_one_pane_the_whole_width_and_takes_it_back(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "z")
        assert list_width(app) == 120
        await press(pilot, "enter")
        assert reading(app).article.outer_size.width == 120
        assert not reading(app).strip.region
        assert not reading(app).headlines.region
        await press(pilot, "escape")
        assert list_width(app) == 120
        await press(pilot, "z")
        assert list_width(app) < 60
        assert reading(app).strip.region


async def test_z_in_the_strip_leaves_the_article_alone_on_the_screen(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "tab", "z")
        assert reading(app).pane == "article"
        assert reading(app).article.outer_size.width == 120


async def test_the_next_start_finds_the_panes_as_they_were_left(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, ">", "z")
        width = reading(app).split.list_width(120)
    again = make_app(edition())
    async with again.run_test(size=(120, 40)) as pilot:
        assert list_width(again) == 120
        await press(pilot, "z")
        assert list_width(again) == width


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1]", '"wide"', '{"list_share": 0.5}', '{"list_share": -3}', '{"list_share": true}',
     '{"list_share": 1e999, "zoomed": "yes"}', "[" * 5000, "\x00", '{"list_share": 99999}'],
)  # fmt: skip
def test_a_file_of_something_else_counts_for_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "layout.json"
    path.write_text(text)
    assert load_split(path) == Split()


def test_what_cannot_be_read_or_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "layout.json").mkdir()
    save_split(tmp_path / "layout.json", Split(500))
    save_split(tmp_path / "nowhere" / "layout.json", Split(500))
    assert load_split(tmp_path / "layout.json") == Split()
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    assert load_split(tmp_path / "bytes.json") == Split()


def test_where_the_border_is_put_there_it_is() -> None:
    for columns in (90, 120, 200, 333):
        for width in range(LEAST_LIST, columns - LEAST_ARTICLE):
            assert Split().with_list(width, columns).list_width(columns) == width


# Titles, focus, the way one came.


async def test_titles_have_one_line_where_that_is_set(make_app: MakeApp) -> None:
    app = make_app(edition(), title_lines=1)
    async with app.run_test(size=(120, 40)):
        lines = lines_of(app)
    assert "● Doden en tientallen gewonden door tramo…" in lines[3]
    assert "Buitenland · MILAAN" in lines[4]
    assert "● Kabinet trekt" in lines[5]


async def test_the_pane_with_the_focus_has_the_heavy_border(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        assert lines_of(app)[2].startswith("━━━")
        assert lines_of(app)[2].endswith("───")
        await press(pilot, "enter")
        assert lines_of(app)[2].startswith("───")
        assert lines_of(app)[2].endswith("━━━")
        await press(pilot, "tab")
        assert "━━━" not in lines_of(app)[2]
        assert "━ More from Buitenland ━━━" in text_of(app)


async def test_where_the_article_stands_alone_the_top_tells_the_way_one_came(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "]", "]", "]", "enter")
        assert lines_of(app)[0].startswith(" Buitenland › Doden en tientallen gewonden ")
        assert "Saved" not in text_of(app)
        await press(pilot, "escape")
        assert lines_of(app)[0].startswith(" ZeelandNet nieuws  Buitenland  ")
        assert "Saved" in lines_of(app)[1]


# The strip.


@pytest.mark.parametrize(
    ("size", "lines"), [((40, 12), 1), ((45, 20), 1), ((80, 24), 4), ((120, 40), 5)], ids=str
)
async def test_the_strip_leaves_the_article_its_room(
    make_app: MakeApp, size: tuple[int, int], lines: int
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter")
        assert reading(app).strip.outer_size.height == lines


@pytest.mark.parametrize(("width", "whole"), [(45, 1), (73, 2), (80, 2), (135, 4)])
def test_half_a_card_shows_that_there_are_more(width: int, whole: int) -> None:
    assert width / pitch(width, 20) == pytest.approx(whole + 0.5, abs=0.1)


def test_cards_that_all_fit_are_no_wider_for_it() -> None:
    assert pitch(200, 3) == pitch(100, 3)


async def test_signs_tell_at_which_ends_there_are_more_cards(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "tab")
        assert (_ends(app)) == (False, True)
        await press(pilot, "right", "right", "right")
        assert (_ends(app)) == (True, True)
        await press(pilot, *["right"] * 3)
        assert (_ends(app)) == (True, False)
        cursor = next(line for line in lines_of(app)[-5:] if "▌" in line)
        assert "▌ ● " in cursor or "▌ ○ " in cursor or "▌   " in cursor


async def test_a_card_that_goes_on_beyond_an_end_says_in_its_words_that_it_is_cut(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        titles, rest = (line[60:].rstrip() for line in lines_of(app)[-4:-2])
        assert titles.endswith("NAC")
        assert rest.endswith("verspeelt… ›")


def _ends(app: ReaderApp) -> tuple[bool, bool]:
    strip = "\n".join(lines_of(app)[-5:-1])
    return "‹ " in strip, " ›" in strip


async def test_a_card_tells_place_age_and_whether_it_is_read(make_app: MakeApp) -> None:
    app = make_app(edition(), mark_read="open")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        titles, about = lines_of(app)[-5], lines_of(app)[-2]
        assert "● Kabinet trekt" in titles
        assert "○ Bibliotheekboek" in titles
        assert "MIDDELBURG" in about
        assert "1 h" in about
        await press(pilot, "tab", "enter", "b")
        assert opened_id(app) == 1
        assert "   Kabinet trekt" in lines_of(app)[-5]
