"""The header: the tabs with their counts, the shown one, and choosing one."""

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual.pilot import Pilot

from reader.ui import wording
from reader.ui.app import ReaderApp
from reader.ui.state.values import Tab, Tabs, ViewStatus
from reader.ui.widgets.header import Header
from reader.ui.widgets.header_line import HeaderPart, header_line, placed_tabs, state_line
from reader.ui.widgets.header_state import list_labels
from reader.ui.widgets.rule_line import RuleText, rule_line

from .conftest import MakeApp
from .fakes import article, edition
from .quiet import until
from .screens import lines_of, reading
from .test_reading import press

_TABS = Tabs(tuple(Tab(f"Rubriek {number}", number % 3) for number in range(30)))


async def click_tab(pilot: Pilot[None], text: str) -> None:
    app = pilot.app
    assert isinstance(app, ReaderApp)
    await pilot.click(Header, offset=(lines_of(app)[0].index(text) + 1, 0))
    await pilot.pause()


async def test_the_tabs_show_what_is_unread_in_each_section(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        assert lines_of(app)[0].startswith(" All  Unread 27  Saved 4  Buitenland 6 ")
        await press(pilot, "enter", "s")
        assert lines_of(app)[0].startswith(" All  Unread 26  Saved 5  Buitenland 5 ")


async def test_a_click_on_a_tab_shows_that_section(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "j")
        await click_tab(pilot, "Vlissingen")
        assert reading(app).status.view == "Vlissingen"
        assert reading(app).pane == "list"
        await press(pilot, "[")
        assert reading(app).status.view == "Politiek"


async def test_a_click_behind_the_last_tab_in_view_brings_the_next(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(45, 20)) as pilot:
        assert "Buitenland" not in lines_of(app)[0]
        await pilot.click(Header, offset=(lines_of(app)[0].index("›"), 0))
        await pilot.pause()
        assert reading(app).status.view == "Buitenland"
        assert "Buitenland" in lines_of(app)[0]


async def test_the_present_tab_stands_out_without_colours(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "]")
        strip = app.screen._compositor.render_strips()[0]
    underlined = [part.text for part in strip if part.style and part.style.underline]
    assert underlined == ["Unread"]


@pytest.mark.parametrize("width", [3, 11, 25, 45, 80, 400])
def test_the_present_tab_is_in_view_at_every_width(width: int) -> None:
    for present in range(len(_TABS.tabs)):
        tabs = Tabs(_TABS.tabs, present)
        line = header_line(tabs, [], width)
        assert cell_len("".join(text for text, _ in line)) == width
        assert present in [number for number, _ in placed_tabs(tabs, width)]


def test_no_tabs_are_an_empty_line() -> None:
    assert "".join(text for text, _ in header_line(Tabs(), [], 20)) == " " * 20


async def test_the_header_counts_what_can_be_read_offline_where_that_is_not_all(
    make_app: MakeApp,
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        assert "29 of 36 available offline" in lines_of(app)[0]
        await press(pilot, "]")
        assert "21 of 27 available offline" in lines_of(app)[0]
        # A headline that was read stays in the list of the unread, and can still be read offline.
        await press(pilot, "u")
        assert "21 of 27 available offline" in lines_of(app)[0]
        await press(pilot, "backslash", "b")
        assert "available" not in lines_of(app)[0]
    for number in library.kept:
        library.bring_article(number, article(library.kept[number].teaser))
    app = make_app(library)
    async with app.run_test(size=(120, 40)):
        assert "available" not in lines_of(app)[0]


async def test_an_article_alone_has_one_figure_in_the_header(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(45, 20)) as pilot:
        assert "80%" in lines_of(app)[0]
        await press(pilot, "enter")
        assert lines_of(app)[0].count("%") == 1


def test_what_matters_least_is_shortened_first() -> None:
    trouble = HeaderPart("! stopped, 5 of 122", "! stopped", "trouble", 7)
    available = HeaderPart("24 of 26 available offline", "92%", "count", 2)
    line = state_line([trouble, available], 80)
    assert "".join(text for text, _ in line) == "! stopped, 5 of 122  92% "
    line = state_line([trouble, available], 45)
    assert "".join(text for text, _ in line) == "! stopped  92% "


@pytest.mark.parametrize(
    ("width", "label"),
    [
        (80, " 4.133 unread in 3.999 stories · 12 muted "),
        (50, " 4.133 unread in 3.999 stories "),
        (44, " 4.133 unread "),
    ],
)
def test_the_rule_over_the_list_leaves_out_whole_parts(width: int, label: str) -> None:
    status = ViewStatus(total=4133, unread=4133, stories=3999, muted=12)
    texts = [each.replace(",", ".") for each in list_labels(status)]
    rule = RuleText(texts[0], shorter=tuple(texts[1:]))
    line = rule_line([rule], "3.998/3.999", width, focused=True)
    drawn = "".join(text for text, _ in line)
    assert cell_len(drawn) == width
    assert drawn.startswith(f"━{label}━")
    assert drawn.endswith("━ 3.998/3.999 ━━")


def test_the_label_of_a_rule_counts_what_its_figure_counts() -> None:
    wording.set_language("nl")
    status = ViewStatus(total=26, unread=24, stories=21)
    assert list_labels(status) == (
        "24 ongelezen van 26 in 21 verhalen",
        "24 ongelezen, 21 verhalen",
        "24 ongelezen",
    )
    # Without stories, both count reports.
    assert list_labels(ViewStatus(total=26, unread=24))[0] == "24 ongelezen van 26"


def test_what_is_always_shown_is_shortened_where_it_does_not_fit() -> None:
    found = HeaderPart("7 hits, in 3 stories", "7 hits", "count", None)
    assert state_line([found], 60)[0] == ("7 hits, in 3 stories", "count")
    assert state_line([found], 45)[0] == ("7 hits", "count")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20)])
async def test_what_was_found_is_said_once_and_in_how_many_stories(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    library = edition()
    library.kept = {
        number: replace(item, story=1 if number in {2, 5, 7} else None)
        for number, item in library.kept.items()
    }
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "backslash", *"zeekr")
        rows = len(reading(app).ids)
        found = reading(app).status.shown.split()[0]
        await press(pilot, "enter")
        shown = "\n".join(lines_of(app)[:2])
        assert shown.count(f"{found} of 36") == 1
        assert f"{found} of 36 found" in shown
        if size[0] > 45:
            assert f"1/{rows}" in lines_of(app)[1]


def test_no_rule_has_room_for_less_than_a_label() -> None:
    for width in range(12):
        line = rule_line([RuleText("26 ongelezen", shorter=("26",))], "1/26", width, focused=False)
        assert sum(cell_len(text) for text, _ in line) == width


@pytest.mark.parametrize("columns", [120, 80, 60, 45, 40])
async def test_the_filter_tells_what_it_looks_for_in_whole_words(
    make_app: MakeApp, columns: int
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(columns, 24)) as pilot:
        await press(pilot, "backslash")
        hints = ("words in the headline, summary or place ", "words or a place ")
        await until(pilot, lambda: any(hint in lines_of(app)[0] for hint in hints))
        assert (hints[0] in lines_of(app)[0]) == (columns >= 80)
