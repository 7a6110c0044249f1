"""Keys of several strokes, counts, and keys that come faster than the screen follows."""

import pytest
from textual.events import Paste

from reader.ui.app import ReaderApp
from reader.ui.state.pending import Pending

from .clock import Clock
from .conftest import MakeApp
from .fakes import edition
from .screens import opened_id, reading, text_of
from .test_reading import press

_UNTIL_THE_HINT = 0.4


async def test_a_key_of_two_strokes_acts_on_the_second(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "G", "g")
        assert reading(app).headlines.cursor == 35
        assert reading(app).pending == Pending(prefix="g")
        await press(pilot, "g")
        assert reading(app).headlines.cursor == 0
        assert reading(app).pending == Pending()


@pytest.mark.parametrize("other", ["escape", "x", "j", "enter"])
async def test_any_other_stroke_ends_a_begun_key_and_does_nothing_else(
    make_app: MakeApp, other: str
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "g", other)
        assert reading(app).headlines.cursor == 1
        assert opened_id(app) is None
        assert not reading(app).pending
        await press(pilot, "j")
        assert reading(app).headlines.cursor == 2


async def test_a_key_that_opens_a_dialog_is_not_begun_any_more(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "d")
        assert app.screen is not reading(app)
        assert not reading(app).pending
        await press(pilot, "escape", "j")
        assert reading(app).headlines.cursor == 1


async def test_a_count_before_the_end_goes_to_the_headline_of_that_number(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        headlines = reading(app).headlines
        for keys, cursor in (("20G", 19), ("1G", 0), ("999G", 35), ("G", 35)):
            await press(pilot, *keys)
            assert headlines.cursor == cursor


async def test_a_count_goes_so_many_times_as_far(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "1", "0", "j")
        assert reading(app).headlines.cursor == 10
        await press(pilot, "3", "k")
        assert reading(app).headlines.cursor == 7
        await press(pilot, "4", "escape", "j")
        assert reading(app).headlines.cursor == 8
        await press(pilot, "0", "j")
        assert reading(app).headlines.cursor == 9
        await press(pilot, "2", "]")
        assert reading(app).status.view == "Saved"


async def test_a_count_before_a_key_without_one_changes_nothing(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = edition()
    copied: list[str] = []
    monkeypatch.setattr(ReaderApp, "copy_to_clipboard", lambda _, text: copied.append(text))
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "2", "y")
        assert copied == [library.kept[2].teaser.url]
        assert not reading(app).pending
        await press(pilot, "3", "s")
        assert [number for number in (2, 3, 4) if library.kept[number].saved] == [2]
        await press(pilot, "j")
        assert reading(app).headlines.cursor_id == 3


async def test_who_hesitates_is_shown_how_a_key_goes_on(make_app: MakeApp, clock: Clock) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g")
        clock.passes(_UNTIL_THE_HINT)
        await pilot.pause()
        assert "g  g Beginning" in text_of(app)
        await press(pilot, "escape")
        assert "g  g Beginning" not in text_of(app)
        await press(pilot, "enter", "1", "2", "g")
        clock.passes(_UNTIL_THE_HINT)
        await pilot.pause()
        assert "12g  g Beginning" in text_of(app)


async def test_what_is_typed_in_an_input_begins_no_key(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "/", *"gg 12")
        assert reading(app).search.value == "gg 12"
        assert not reading(app).pending


async def test_pasted_text_runs_no_commands(make_app: MakeApp) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        app.post_message(Paste("qsnj\n"))
        await press(pilot)
        assert app.is_running
        assert opened_id(app) is None
        assert reading(app).headlines.cursor == 0
        await press(pilot, "/")
        app.post_message(Paste("haven"))
        await press(pilot)
        assert reading(app).search.value == "haven"
