"""The layout: panes and their borders, the strip, and returning to it."""

from pathlib import Path

import pytest

from reader.ui.app import ReaderApp
from reader.ui.state.split import (
    LEAST_ARTICLE,
    LEAST_LIST,
    RAIL,
    WITH_RAIL,
    Split,
    load_split,
    save_split,
)
from reader.ui.widgets.cards import places
from reader.ui.widgets.header import Header
from reader.ui.widgets.list_pane import Divider

from .conftest import MakeApp
from .fakes import edition
from .quiet import until
from .screens import lines_of, opened_id, reading, text_of, told
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


async def test_z_changes_nothing_where_there_is_room_for_one_pane(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "z", "j", "z", "z")
        assert not reading(app).split.zoomed
        assert reading(app).pane == "list"


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
        rail = RAIL if columns >= WITH_RAIL else 0
        for width in range(LEAST_LIST, columns - LEAST_ARTICLE - rail):
            assert Split().with_list(width, columns).list_width(columns) == width


@pytest.mark.parametrize(
    ("columns", "width"),
    [(90, 36), (96, 36), (120, 45), (168, 63), (169, 64), (170, 51), (300, 64)],
)
def test_the_list_has_its_share_of_the_columns(columns: int, width: int) -> None:
    assert Split().list_width(columns) == width


@pytest.mark.parametrize(
    ("size", "panes", "has_rule"),
    [
        ((49, 40), 1, False), ((50, 17), 1, False), ((50, 18), 1, True), ((89, 30), 1, True),
        ((90, 17), 2, True), ((90, 30), 2, True), ((169, 40), 2, True), ((170, 40), 3, True),
    ],
    ids=str,
)  # fmt: skip
async def test_the_size_decides_how_many_panes_there_are_and_whether_they_have_a_rule(
    make_app: MakeApp, size: tuple[int, int], panes: int, has_rule: bool
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        assert (lines_of(app)[1].startswith("━ 27 unread of 36 ")) == has_rule
        assert reading(app).headlines.region.y == 1 + has_rule
        assert bool(reading(app).article.region) == (panes > 1)
        await press(pilot, "enter")
        assert bool(reading(app).headlines.region) == (panes > 1)
        assert reading(app).strip.rail == (panes > 2)
        if panes > 2:
            assert (reading(app).strip.region.width, reading(app).strip.region.right) == (46, 170)


# Titles, focus, the way one came.


async def test_the_list_is_as_dense_as_a_reader_wants_it(make_app: MakeApp) -> None:
    app = make_app(edition(), density="compact")
    async with app.run_test(size=(120, 40)) as pilot:
        lines = lines_of(app)
        assert "● Kabinet trekt" in lines[4]
        assert lines[3].rstrip().endswith("Buitenland · 4 min") or lines[3].rstrip().endswith(
            "4 min"
        )
        await press(pilot, "D", "D", "D")
        assert told(app) == "Density of the list: roomy"
        rows = [line[:44] for line in lines_of(app)[2:7]]
        assert "Buitenland · MILAAN" in rows[3]
        assert not rows[4].strip()
    again = make_app(edition(), density="compact")
    async with again.run_test(size=(120, 40)):
        assert "Buitenland · MILAAN" in lines_of(again)[5]


async def test_the_pane_with_the_focus_has_the_heavy_rule(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        assert lines_of(app)[1].startswith("━ 27 unread of 36 ━━━")
        assert " 1/36 ━━ ─" in lines_of(app)[1]
        assert lines_of(app)[1].endswith("───")
        await press(pilot, "enter")
        assert lines_of(app)[1].startswith("─ 27 unread of 36 ───")
        assert "% ━━" in lines_of(app)[1] or "end ━━" in lines_of(app)[1]
        await press(pilot, "tab")
        assert "━━━" not in lines_of(app)[1]
        assert "━ More from Buitenland 7 ━━━" in text_of(app)


async def test_the_rule_over_the_article_tells_how_far_one_is(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 24)) as pilot:
        await press(pilot, "enter")
        begun = lines_of(app)[1]
        assert begun.endswith("% ━━")
        await press(pilot, "end")
        assert lines_of(app)[1].endswith(" end ━━")


async def test_where_the_article_stands_alone_the_top_tells_the_way_one_came(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "]", "]", "]", "enter")
        assert lines_of(app)[0].startswith(" ‹ Buitenland  1/9 ")
        assert "Saved" not in text_of(app)
        # Once the title has scrolled away, it is there.
        await press(pilot, "pagedown")
        assert lines_of(app)[0].startswith(" ‹ Doden en tientallen gewonden ")
        await pilot.click(Header, offset=(4, 0))
        assert reading(app).pane == "list"
        assert " Buitenland 5 " in lines_of(app)[0]


async def test_without_rules_the_top_tells_how_far_one_is(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(45, 20)) as pilot:
        assert " 1/36 " in lines_of(app)[0]
        await press(pilot, "enter")
        assert lines_of(app)[0].rstrip().endswith("%")


# The strip.


@pytest.mark.parametrize(
    ("size", "lines"), [((40, 12), 1), ((45, 20), 1), ((80, 24), 3), ((120, 40), 4)], ids=str
)
async def test_the_strip_leaves_the_article_its_room(
    make_app: MakeApp, size: tuple[int, int], lines: int
) -> None:
    app = make_app(edition())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter")
        assert reading(app).strip.outer_size.height == lines


@pytest.mark.parametrize(
    ("width", "whole"), [(45, 1), (60, 1), (61, 2), (92, 3), (123, 4), (400, 4)]
)
def test_cards_are_whole_and_fill_the_pane(width: int, whole: int) -> None:
    cards = places(width, 20)
    assert len(cards) == whole
    assert sum(card.width for card in cards) + whole - 1 == width
    assert max(card.width for card in cards) - min(card.width for card in cards) <= 1
    assert len(places(width, 2)) == min(whole, 2)


async def test_the_rule_over_the_cards_counts_those_in_view(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "tab")
        assert " 1–2 of 7 › " in lines_of(app)[-6]
        # A cursor beyond the end moves the window by one card.
        await press(pilot, "right", "right")
        assert " ‹ 2–3 of 7 › " in lines_of(app)[-6]
        await press(pilot, *["right"] * 3)
        assert " ‹ 5–6 of 7 › " in lines_of(app)[-6]
        cursor = next(line for line in lines_of(app)[-5:] if "▌" in line)
        assert "▌ ● " in cursor or "▌ ○ " in cursor or "▌   " in cursor


async def test_unread_cards_come_first_and_stay_where_they_are(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        strip = reading(app).strip
        order = [headline.id for headline in strip._related]
        reads = [headline.read for headline in strip._related]
        assert reads == sorted(reads)
        await press(pilot, "tab", "u")
        assert [headline.id for headline in strip._related] == order


async def test_in_a_wide_terminal_the_cards_are_a_rail_beside_the_article(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(170, 50)) as pilot:
        await press(pilot, "enter", "tab", "down")
        screen = reading(app)
        assert screen.strip.region.x == 124
        assert screen.strip.region.height == screen.article.region.height
        assert screen.strip.cursor == 1
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert screen.pane == "strip"
        assert screen.strip.cursor == 1
        assert screen.strip.region.height == 4
        await pilot.resize_terminal(170, 50)
        await pilot.pause()
        await press(pilot, "left")
        assert screen.article.has_focus


async def test_a_card_tells_place_age_and_whether_it_is_read(make_app: MakeApp) -> None:
    app = make_app(edition(), mark_read="open")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        titles, about = lines_of(app)[-5], lines_of(app)[-2]
        assert "● Kabinet trekt" in titles
        assert "DEN HAAG" in about
        await press(pilot, "tab", "enter", "b")
        assert opened_id(app) == 1
        assert "Kabinet trekt" not in lines_of(app)[-5]


async def test_the_signs_in_the_rule_over_the_cards_bring_more_of_them(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        line = lines_of(app)[-6]
        assert " 1–2 of 7 › " in line
        await pilot.click(offset=(line.rindex("›"), 34), button=3)
        await pilot.click(offset=(line.rindex("›"), 34))
        await pilot.pause()
        line = lines_of(app)[-6]
        assert " ‹ 3–4 of 7 › " in line
        await pilot.click(offset=(line.rindex("‹"), 34))
        await pilot.pause()
        assert " 1–2 of 7 › " in lines_of(app)[-6]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (45, 20)])
@pytest.mark.parametrize("opening", ["enter", "n", "space"])
async def test_each_article_opens_at_its_beginning_where_one_pane_is_shown(
    make_app: MakeApp, size: tuple[int, int], opening: str
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "j", "enter")
        article = reading(app).article
        await until(pilot, lambda: article.seen)
        await press(pilot, "pagedown")
        await until(pilot, lambda: article.line > 0)
        before = opened_id(app)
        await press(pilot, "h", "j", opening)
        await until(pilot, lambda: opened_id(app) != before and article.seen)
        await pilot.pause()
        assert article.line == 0
        opened = reading(app).opened
        assert opened is not None
        word = str(opened.headline.teaser.title).partition(" ")[0]
        assert word in lines_of(app)[1] + lines_of(app)[2]


async def test_the_place_in_an_article_comes_back_where_one_pane_is_shown(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(45, 20)) as pilot:
        await press(pilot, "j", "enter")
        article = reading(app).article
        await until(pilot, lambda: article.seen)
        await press(pilot, "pagedown")
        await until(pilot, lambda: article.line > 0)
        left_at, title = article.line, opened_id(app)
        await press(pilot, "h", "j", "enter")
        await until(pilot, lambda: opened_id(app) != title and article.seen)
        await press(pilot, "pagedown", "pagedown")
        await press(pilot, "h", "k", "enter")
        await until(pilot, lambda: opened_id(app) == title and article.seen)
        await pilot.pause()
        assert article.line == left_at
