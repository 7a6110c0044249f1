"""Sync in the background: progress, result, and the state of the network."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from reader.errors import reason
from reader.events import Done, Failed, Progress, Started
from reader.model import SyncState
from reader.ui.app import ReaderApp
from reader.ui.state.network import Network
from reader.ui.state.values import ViewStatus
from reader.ui.widgets.header_line import state_line
from reader.ui.widgets.header_state import state_pieces
from reader.ui.widgets.headline_lines import line_width

from .clock import Clock
from .conftest import MakeApp
from .fake_child import FakeChild, ended, wait_until_asked
from .fakes import NOW, edition, fresh
from .quiet import until
from .screens import lines_of, reading, text_of, told
from .test_reading import press

# Longer than anything that is put off (seconds).
_LONG = 60.0


async def test_progress_is_shown_where_it_stays_and_never_goes_back(
    make_app: MakeApp, clock: Clock
) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "r")
        assert "syncing …" in lines_of(app)[0]
        child.tell(Started(120), Progress(60, 120, 12, 0))
        await pilot.pause()
        assert lines_of(app)[0].endswith("  50% ▰▰▰▱▱▱ ")
        # A step directly after the last one is not painted.
        child.tell(Progress(90, 121, 12, 0))
        await pilot.pause()
        assert lines_of(app)[0].endswith("  50% ▰▰▰▱▱▱ ")
        clock.passes(0.6)
        child.tell(Progress(61, 240, 12, 2))
        await pilot.pause()
        assert lines_of(app)[0].endswith("  50% ▰▰▰▱▱▱ ")
        await ended(pilot, child, Done(reached=True))
        assert "50%" not in lines_of(app)[0]
        assert lines_of(app)[0].endswith(" 12:00 ")


def test_a_run_that_has_only_begun_does_not_look_almost_done() -> None:
    network = Network().begun(60).after_event(Started(1))
    for done, total, new in ((1, 1, 12), (11, 11, 133), (12, 144, 133)):
        network = network.after_event(Progress(done, total, new, 0))
        assert network.fraction < 0.2
    assert network.after_event(Progress(144, 144, 133, 0)).fraction == 1


async def test_a_second_sync_is_not_started_and_said(make_app: MakeApp) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "r", "r")
        assert child.asked == ["sync"]
        assert "already being fetched" in text_of(app)


async def test_what_a_sync_brought_is_said_to_who_asked_for_it(make_app: MakeApp) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "r")
        failures = (Failed("https://x/a", reason("http_status", status=404)),)
        await ended(pilot, child, Done(headlines=12, articles=30, reached=True, failures=failures))
        shown = " ".join(text_of(app).split())
        assert "12 new headlines, 30 articles fetched." in shown
        assert "The page no longer exists (error 404)." in shown


async def test_a_sync_by_itself_says_nothing(make_app: MakeApp) -> None:
    child = FakeChild()
    app = make_app(edition(), child, sync="start")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await wait_until_asked(pilot, child)
        await ended(pilot, child, Done(headlines=12, reached=True))
        assert "12 new headlines" not in text_of(app)


async def test_a_child_that_fails_is_one_notice_and_the_next_sync_may_start(
    make_app: MakeApp,
) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "r")
        child.fail("the cache is [b]locked")
        await pilot.pause()
        await pilot.pause()
        assert "the cache is [b]locked" in text_of(app)
        await press(pilot, "r")
        assert child.asked == ["sync", "sync"]


async def test_an_unreachable_site_is_told_until_it_answers_again(make_app: MakeApp) -> None:
    library, child = edition(), FakeChild()
    library.state = SyncState(reached=NOW - timedelta(minutes=55))
    app = make_app(library, child)
    async with app.run_test(size=(120, 40)) as pilot:
        assert lines_of(app)[0].endswith(" 11:05 ")
        await press(pilot, "r")
        await ended(pilot, child, Done(failures=(Failed("https://x/", reason("no_connection")),)))
        assert "no connection since 12:00" in lines_of(app)[0]
        await press(pilot, "r")
        await ended(pilot, child, Done(reached=True))
        assert lines_of(app)[0].endswith(" 12:00 ")


async def test_what_another_process_found_out_about_the_network_is_shown(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        library.state = SyncState(
            NOW - timedelta(days=3), NOW - timedelta(hours=3), reason("no_connection")
        )
        library.other_process_wrote = True
        reading(app).poll()
        await pilot.pause()
        assert "no connection since 09:00" in lines_of(app)[0]


async def test_a_changed_layout_is_told_and_stays_marked(make_app: MakeApp) -> None:
    library, child = edition(), FakeChild()
    app = make_app(library, child, sync="start")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await wait_until_asked(pilot, child)
        await ended(pilot, child, Done(reached=True, drifted=True))
        assert "layout seems to have changed" in " ".join(text_of(app).split())
        assert "layout changed?" in lines_of(app)[0]
        await press(pilot, "r")
        await ended(pilot, child, Done(reached=True))
        assert "layout changed?" not in lines_of(app)[0]


async def test_offline_mode_ends_every_child_and_starts_none(
    make_app: MakeApp, clock: Clock
) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "j", "j", "j", "j", "enter", "escape", "r")
        await wait_until_asked(pilot, child)
        await press(pilot, "ctrl+o")
        assert child.killed == child.asked
        assert lines_of(app)[0].endswith(" OFFLINE MODE   80% ")
        asked = list(child.asked)
        await press(pilot, "r", "O", "enter")
        assert "Offline mode is on: nothing is fetched." in " ".join(text_of(app).split())
        clock.passes(_LONG)
        await pilot.pause()
        assert child.asked == asked
        await press(pilot, "ctrl+o", "escape", "r")
        assert child.asked == [*asked, "sync"]
        assert "OFFLINE" not in lines_of(app)[0]


async def test_offline_from_the_start_touches_no_network(make_app: MakeApp, clock: Clock) -> None:
    child = FakeChild()
    app = make_app(edition(), child, offline=True, sync="start")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "j", "j", "j", "enter")
        clock.passes(_LONG)
        await pilot.pause()
        assert child.asked == []
        assert "Press Ctrl+O to turn it off." in text_of(app)


async def test_everything_is_made_offline_with_its_count(make_app: MakeApp) -> None:
    library, child = edition(), FakeChild()
    app = make_app(library, child)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "r", "O")
        assert child.asked == ["sync", "everything"]
        assert child.killed == ["sync"]
        assert "7 articles are not available offline yet" in text_of(app)
        await press(pilot, "O")
        assert "already being fetched" in text_of(app)
        for number in library.kept:
            library.kept[number] = replace(library.kept[number], cached=True)
        await ended(pilot, child, Done(reached=True))
        await press(pilot, "O")
        assert "Every article is already available offline." in text_of(app)


async def test_stopping_keeps_what_has_come_in(make_app: MakeApp) -> None:
    library, child = edition(), FakeChild()
    app = make_app(library, child)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "r")
        library.bring(fresh(901))
        await press(pilot, "ctrl+x")
        assert child.killed == ["sync"]
        assert "1 new" in lines_of(app)[0]
        await press(pilot, "ctrl+x")
        assert "Nothing is being fetched." in text_of(app)


async def test_a_stopped_sync_says_how_far_it_was_until_the_next(make_app: MakeApp) -> None:
    library, child = edition(), FakeChild()
    library.state = SyncState(reached=NOW - timedelta(hours=3))
    app = make_app(library, child)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "r")
        child.tell(Progress(5, 122, 0, 0))
        await press(pilot, "ctrl+x")
        assert told(app) == "Stopped at 5 of 122. What has been fetched is kept."
        assert "stopped, 5 of 122" in lines_of(app)[0]
        assert reading(app).network.state.reached == NOW - timedelta(hours=3)
        await press(pilot, "r")
        assert "stopped" not in lines_of(app)[0]


def test_fetching_one_article_is_no_sync() -> None:
    before = Network(state=SyncState(reached=NOW))
    after = before.after_run(Done(reached=True), NOW + timedelta(hours=1), whole=False)
    assert after.state.reached == NOW


async def test_what_a_run_tells_that_was_stopped_changes_nothing(make_app: MakeApp) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "r")
        child.tell(Progress(60, 120, 12, 0))
        reading(app).controllers.sync.toggle_offline()
        await pilot.pause()
        assert "▰" not in lines_of(app)[0]
        assert reading(app).network.progress is None


async def test_sections_are_followed_and_left_at_once(make_app: MakeApp) -> None:
    library, child = edition(), FakeChild()
    app = make_app(library, child)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "r")
        [section] = [
            each.section for each in library.sources.followings() if each.section.name == "Sport"
        ]
        failures = (Failed(section.url, reason("site_busy", status=503)),)
        await ended(pilot, child, Done(reached=True, failures=failures))
        await press(pilot, "F")
        shown = text_of(app)
        assert "[x] Buitenland" in shown
        assert "[x] Sport · The site is busy." in shown
        assert "[ ] Tholen" in shown
        await press(pilot, "space", "down", "j", "enter")
        assert library.followed == {"Buitenland": False, "Sport": True, "Tholen": True}
        assert "[ ] Buitenland" in text_of(app)
        await press(pilot, "escape")
        assert app.screen is reading(app)


@pytest.mark.parametrize("way", [("U",), ("escape", "U")])
async def test_what_was_chosen_among_the_followed_is_undone(
    make_app: MakeApp, way: tuple[str, ...]
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "space")
        assert library.followed == {"Buitenland": False, "Sport": True, "Tholen": False}
        await press(pilot, *way)
        await until(pilot, lambda: "Buitenland is followed again." in text_of(app))
        assert library.followed == {"Buitenland": True, "Sport": True, "Tholen": False}


async def test_a_choice_of_all_sections_is_one_step_to_undo(make_app: MakeApp) -> None:
    library = edition()
    before = dict(library.followed)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "space", "a")
        assert all(library.followed.values())
        await press(pilot, "U")
        await until(pilot, lambda: "2 sections are no longer followed." in text_of(app))
        assert library.followed == {**before, "Buitenland": False}
        assert "[ ] Buitenland" in text_of(app)
        assert "[ ] Tholen" in text_of(app)
        await press(pilot, "U")
        await until(pilot, lambda: "[x] Buitenland" in text_of(app))
        await press(pilot, "U")
        await until(pilot, lambda: "nothing to undo" in text_of(app))
        assert library.followed == before


async def test_a_section_without_a_page_that_was_muted_comes_back(make_app: MakeApp) -> None:
    library = edition()
    library.followed = {}
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "space")
        await until(pilot, lambda: bool(library.mutes.all()))
        await until(pilot, lambda: "Muted: " in text_of(app))
        await press(pilot, "U")
        await until(pilot, lambda: not library.mutes.all())
        await until(pilot, lambda: "[ ]" not in text_of(app))


async def test_sections_of_one_name_are_told_apart_by_their_source(make_app: MakeApp) -> None:
    library = edition()
    library.followed_elsewhere = {("weekblad", "Sport"): True, ("weekblad", "Recept"): True}
    app = make_app(library)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "F")
        shown = text_of(app)
        assert "[x] Sport (zeelandnet)" in shown
        assert "[x] Sport (weekblad)" in shown
        assert "[x] Recept" in shown
        assert "Recept (" not in shown
        await press(pilot, "down", "down", "down", "enter")
        assert library.followed_elsewhere["weekblad", "Sport"] is False
        assert library.followed["Sport"] is True
        assert "[ ] Sport (weekblad)" in text_of(app)


async def test_without_known_sections_that_is_said(make_app: MakeApp) -> None:
    library = edition(0)
    library.followed = {}
    app = make_app(library)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "F")
        assert "No sections are known yet." in text_of(app)


async def test_sections_without_a_page_are_known_as_well(make_app: MakeApp) -> None:
    library = edition()
    library.followed = {}
    app = make_app(library)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "F")
        assert "No sections are known yet." not in text_of(app)
        section = library.kept[1].teaser.section
        assert f"[x] {section}" in text_of(app)


async def test_every_so_many_minutes_the_news_is_fetched(make_app: MakeApp, clock: Clock) -> None:
    child = FakeChild()
    app = make_app(edition(), child, sync=5)
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until_asked(pilot, child)
        # While one goes on, no other is begun.
        clock.passes(5 * 60)
        await pilot.pause()
        assert child.asked == ["sync"]
        await ended(pilot, child, Done(reached=True))
        clock.passes(4.9 * 60)
        await pilot.pause()
        assert child.asked == ["sync"]
        clock.passes(0.2 * 60)
        await wait_until_asked(pilot, child, 2)


_SIZES = [(120, 40), (80, 24), (60, 20), (45, 20), (40, 12), (20, 8), (6, 4), (1, 1)]


@pytest.mark.parametrize("size", _SIZES)
async def test_all_that_the_bar_can_tell_at_once_breaks_nothing(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    library, child = edition(sample=True), FakeChild()
    library.kept[1] = replace(
        library.kept[1], cached=False, failure=reason("text", text="the server is busy (503); " * 5)
    )
    library.state = SyncState(NOW, drifted=True)
    app = make_app(library, child)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "r")
        child.tell(Started(1200), Progress(999, 1200, 120, 38))
        library.bring(*(fresh(number) for number in range(900, 1030)))
        reading(app).poll()
        await press(pilot, "F", "space", "escape")
        check_lines(app, size)
        await press(pilot, "ctrl+o", "enter", "O")
        check_lines(app, size)
        if size[0] >= 40:
            assert "OFFLINE" in lines_of(app)[0]
            assert "130 new" in lines_of(app)[0] or size[0] < 80


def check_lines(app: ReaderApp, size: tuple[int, int]) -> None:
    lines = lines_of(app)
    assert len(lines) == size[1]
    assert {cell_len(line) for line in lines} == {size[0]}


@pytest.mark.parametrize(
    ("network", "full", "least"),
    [
        (Network(), "", ""),
        (Network(state=SyncState(NOW)), "12:00", ""),
        (
            Network(state=SyncState(NOW, NOW, reason("no_connection"))),
            "! no connection since 12:00",
            "",
        ),
        (
            Network(state=SyncState(NOW, NOW, reason("robots"))),
            "! robots.txt refuses since 12:00",
            "",
        ),
        (
            Network(offline=True, state=SyncState(NOW, NOW, reason("robots"))),
            "OFFLINE MODE",
            "OFFLINE MODE",
        ),
        (Network(progress=Progress(7, 9, 1, 2), fraction=0.8), "80% ▰▰▰▰▱▱", ""),
        (Network(state=SyncState(NOW), failures=3), "! 3 failed  12:00", ""),
    ],
)
def test_the_header_says_least_of_all_that_it_is_offline(
    network: Network, full: str, least: str
) -> None:
    pieces = state_pieces(ViewStatus(), network, NOW)
    assert "".join(text for text, _ in state_line(pieces, 120)).strip() == full
    assert "".join(text for text, _ in state_line(pieces, 2)).strip() == least
    for width in range(2, 120):
        assert line_width(state_line(pieces, width)) <= max(width * 40 // 100 + 1, 15)


def test_an_older_word_about_the_network_does_not_replace_a_newer() -> None:
    now = Network().after_run(Done(reached=True), NOW, whole=True)
    assert now.known(SyncState(NOW - timedelta(hours=1))).state.reached == NOW
    later = SyncState(None, NOW + timedelta(hours=1), reason("robots"))
    assert now.known(later).state.failed is not None


async def test_one_key_follows_all_sections_or_none(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "F", "a")
        assert set(library.followed.values()) in ({True}, {False})
        first = next(iter(library.followed.values()))
        await press(pilot, "a")
        assert set(library.followed.values()) == {not first}


async def test_while_filtered_that_key_follows_only_the_sections_that_are_shown(
    make_app: MakeApp,
) -> None:
    library = edition()
    app = make_app(library, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        before = dict(library.followed)
        name = next(name for name in before if name.isalpha())
        await press(pilot, "F", "slash", *name.casefold(), "enter")
        await until(pilot, lambda: " ".join(text_of(app).split()).count("[") == 1)
        await press(pilot, "a")
        changed = {each for each, value in library.followed.items() if value != before[each]}
        assert changed == {name}


async def test_a_section_without_a_page_of_its_own_is_there_and_is_muted_when_left(
    make_app: MakeApp,
) -> None:
    library = edition()
    app = make_app(library, FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "F")
        shown = [line for line in lines_of(app) if "without a page of its own" in line]
        without = {each.name for each in library.headlines.sections()} - library.followed.keys()
        assert len(shown) == len(without) > 0
        await press(pilot, *["j"] * len(library.followed), "space")
        await until(pilot, lambda: any(each.kind == "section" for each in library.mutes.all()))
        (rule,) = library.mutes.all()
        assert f"[ ] {rule.name}" in text_of(app)
        assert rule.name == min(without, key=str.casefold)
        await press(pilot, "escape", "F")
        assert any(rule.name in line and "[ ]" in line for line in lines_of(app))
