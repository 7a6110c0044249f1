"""What the reader says: one quiet line, in the reader's language, with what to do."""

import pytest
from rich.cells import cell_len

from reader.errors import reason
from reader.events import Done, Failed
from reader.ui.state.network import sync_summary
from reader.ui.state.values import Notice
from reader.ui.widgets.notice_line import notice_lines

from .clock import Clock
from .conftest import MakeApp
from .fake_child import FakeChild, ended, wait_until_asked
from .fakes import NOW, edition
from .screens import lines_of, reading, text_of
from .test_reading import press

_AWAY = (Failed("https://x/", reason("no_connection")),)


async def test_a_notice_stands_in_the_place_of_the_keys_and_leaves_by_itself(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        keys = lines_of(app)
        reading(app).notices.show(Notice("Er is [b]iets.", seconds=2))
        await pilot.pause()
        assert lines_of(app)[:-1] == keys[:-1]
        assert lines_of(app)[-1].strip() == "Er is [b]iets."
        clock.passes(1.9)
        await pilot.pause()
        assert lines_of(app) != keys
        clock.passes(0.2)
        await pilot.pause()
        assert lines_of(app) == keys


async def test_a_long_notice_loses_its_middle_and_an_error_has_a_sign(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(45, 20)) as pilot:
        reading(app).notices.show(Notice("Er is iets\nmis. " * 9, "error"))
        await pilot.pause()
        assert lines_of(app)[-3].startswith(" ✕ Er is iets mis. Er")
        assert lines_of(app)[-2].rstrip().endswith("…")
        assert lines_of(app)[-1].rstrip().endswith(" Er is iets mis.")
        assert {cell_len(line) for line in lines_of(app)[-3:]} == {45}


async def test_what_only_informs_makes_way_for_the_keys_at_the_next_key(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        reading(app).notices.show(Notice("Er is iets."))
        clock.passes(1.4)
        await press(pilot, "j")
        assert "Er is iets." in lines_of(app)[-1]
        clock.passes(0.2)
        await press(pilot, "j")
        assert "Er is iets." not in lines_of(app)[-1]
        reading(app).notices.show(Notice("Er is iets.", "warning"))
        clock.passes(1.6)
        await press(pilot, "j")
        assert "Er is iets." in lines_of(app)[-1]


async def test_a_click_on_a_notice_shows_the_keys_again(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+c")
        assert "Press q to quit." in lines_of(app)[-1]
        await pilot.click(offset=(5, 39))
        await pilot.pause()
        assert "Press q to quit." not in lines_of(app)[-1]


async def test_a_first_run_without_a_network_says_so_with_the_key_to_try_again(
    make_app: MakeApp,
) -> None:
    child = FakeChild()
    app = make_app(edition(sample=True), child, sync="start")
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until_asked(pilot, child)
        await ended(pilot, child, Done(failures=_AWAY))
        assert "this is a sample edition. r: try again" in lines_of(app)[-1]
        assert "! no connection since 12:00" in lines_of(app)[0]


async def test_what_failed_in_a_sync_stands_in_the_status_line_until_the_next(
    make_app: MakeApp,
) -> None:
    child = FakeChild()
    app = make_app(edition(), child, sync="start")
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until_asked(pilot, child)
        await ended(pilot, child, Done(reached=True, failures=_AWAY * 3))
        assert "! 3 failed  29 of 36 available offline  12:00" in lines_of(app)[0]
        await press(pilot, "r")
        assert "failed" not in lines_of(app)[0]


async def test_what_retention_will_remove_is_announced_once_with_what_to_do(
    make_app: MakeApp,
) -> None:
    child = FakeChild()
    app = make_app(edition(), child)
    due = Done(reached=True, due=7, due_after="2026-03-03T11:00:00Z")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "r")
        await ended(pilot, child, due)
        assert "7 old headlines will be removed after 3 Mar. s: save one" in text_of(app)
        await press(pilot, "r")
        await ended(pilot, child, due)
        assert "old headlines" not in text_of(app)


def test_what_was_pruned_is_told_with_the_way_back() -> None:
    tells = sync_summary(Done(reached=True, pruned=1), NOW, asked=False, sample=False)
    assert tells is not None
    assert "prune --undo" in tells.text


async def test_a_notice_behind_a_dialog_is_still_there_after_it(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "question_mark")
        reading(app).notices.show(Notice("Er is iets.", seconds=1))
        clock.passes(1.1)
        await press(pilot, "escape")
        assert lines_of(app)[-1].strip() == "Er is iets."
        clock.passes(1.1)
        await pilot.pause()
        assert "Er is iets." not in lines_of(app)[-1]


@pytest.mark.parametrize("width", [30, 45, 80])
def test_a_long_notice_wraps_and_never_loses_the_key_that_helps(width: int) -> None:
    for count in (1, 3, 12):
        text = "De pagina kwam niet binnen twintig seconden. " * count + "r: opnieuw proberen"
        lines = notice_lines(text, width)
        assert len(lines) <= 3
        assert max(map(len, lines)) <= width
        assert " ".join(" ".join(lines).split()).endswith("r: opnieuw proberen")


async def test_on_a_narrow_screen_a_notice_takes_the_lines_that_it_needs(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(45, 20), notifications=True) as pilot:
        said = "The page did not come within 20 seconds. r: try again"
        reading(app).notices.show(Notice(said, "warning"))
        await pilot.pause()
        shown = " ".join(" ".join(lines_of(app)[-2:]).split())
        assert shown == f"! {said}"
