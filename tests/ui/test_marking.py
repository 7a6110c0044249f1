"""Marks: by reading, by hand, in bulk, and undone."""

from pathlib import Path

import pytest

from reader.model import Listing, Selection
from reader.store import Store

from .clock import Clock
from .conftest import MakeApp
from .fakes import NOW, FakeLibrary, edition, teaser
from .quiet import until
from .screens import opened_id, reading, text_of, told
from .test_reading import press

# More than the moment that an article must be in view (seconds).
_MOMENT = 1.1


def read_ids(library: FakeLibrary) -> list[int]:
    return [number for kind, number, value in library.written if kind == "read" and value]


async def test_what_is_in_view_for_a_moment_is_marked_read(make_app: MakeApp, clock: Clock) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        clock.passes(0.9)
        assert read_ids(library) == []
        clock.passes(0.2)
        await pilot.pause()
        assert read_ids(library) == [1]
        assert "26 unread of 36" in text_of(app)


async def test_skimming_marks_nothing_that_nobody_saw(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "n", "n", "n", "n")
        assert read_ids(library) == []
        assert opened_id(app) == 5  # 4 was read already
        await press(pilot, "p")
        assert opened_id(app) == 3
    assert read_ids(library) == []


async def test_behind_a_dialog_or_another_pane_nothing_is_marked_read(
    make_app: MakeApp, clock: Clock
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "enter", "?")
        clock.passes(_MOMENT)
        await pilot.pause()
        await press(pilot, "escape", "escape")
        clock.passes(_MOMENT)
        await pilot.pause()
        assert read_ids(library) == []


@pytest.mark.parametrize("keys", [["pagedown"], ["s"], ["space"], ["j"] * 12])
async def test_who_does_something_with_an_article_has_read_it(
    make_app: MakeApp, keys: list[str]
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(100, 20)) as pilot:
        await press(pilot, "enter")
        await press(pilot, *keys)
        assert read_ids(library) == [1]


async def test_at_the_end_means_not_before_it(make_app: MakeApp, clock: Clock) -> None:
    library = edition()
    app = make_app(library, mark_read="end")
    async with app.run_test(size=(100, 20)) as pilot:
        await press(pilot, "enter", "pagedown", "s")
        clock.passes(_MOMENT)
        await pilot.pause()
        assert read_ids(library) == []
        await press(pilot, "end")
        assert read_ids(library) == [1]


async def test_space_at_the_end_of_a_short_article_marks_it_read(
    make_app: MakeApp, clock: Clock
) -> None:
    library = edition()
    app = make_app(library, mark_read="end")
    async with app.run_test(size=(120, 90)) as pilot:
        await press(pilot, "enter", "space")
        assert read_ids(library) == [1]
        assert opened_id(app) == 2
        clock.passes(_MOMENT)
        await pilot.pause()
        assert read_ids(library) == [1, 2]


async def test_what_one_marks_unread_stays_so_while_it_is_open(
    make_app: MakeApp, clock: Clock
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(100, 20)) as pilot:
        await press(pilot, "enter", "pagedown", "u", "pagedown")
        clock.passes(_MOMENT)
        await pilot.pause()
        assert not library.kept[1].read


async def test_each_undo_takes_back_one_mark_and_says_which(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "s", "u", "j", "s")
        await press(pilot, "U")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "No longer saved: Kabinet trekt 40 miljoen uit" in told(app)
        assert (library.kept[1].saved, library.kept[2].saved) == (True, False)
        for says in ("Unread again: Doden en tientallen", "No longer saved: Doden en tientallen"):
            await press(pilot, "U")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert told(app).startswith(says)
        assert (library.kept[1].saved, library.kept[1].read) == (False, False)
        await press(pilot, "U")
        await pilot.pause()
        assert "There is nothing to undo." in told(app)


async def test_all_read_marks_what_is_shown_and_undo_restores_exactly_that(
    make_app: MakeApp, tmp_path: Path
) -> None:
    with Store(tmp_path / "real.sqlite3") as library:
        teasers = tuple(teaser(number) for number in range(30))
        library.pages.add(Listing("Nieuws", teasers, (), (), None, NOW))
        before = library.headlines.ids(Selection(unread=True))
        library.marks.set("read", [before[0]], NOW)
        app = make_app(library)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await press(pilot, "A", "U", "A")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert library.headlines.counts().unread == 0
            assert "29 headlines marked as read. U Undo" in told(app)
            assert "0 unread of 30" in text_of(app)
            await press(pilot, "A")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert "Everything in this list is already read." in told(app)
            await press(pilot, "U")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert "29 headlines are unread again." in told(app)
        assert library.headlines.ids(Selection(unread=True)) == before[1:]


async def test_all_read_leaves_what_the_filter_hides(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "\\", *"zeekraal")
        await until(pilot, lambda: len(reading(app).ids) == 3)
        await press(pilot, "enter", "A")
        await app.workers.wait_for_complete()
        assert ("all read", 3, True) in library.written or ("all read", 2, True) in library.written
        assert library.headlines.counts().unread in (24, 25)


async def test_where_nothing_is_that_old_the_list_is_not_said_to_be_read(
    make_app: MakeApp,
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *"999A")
        await until(pilot, lambda: "All of those are already read." in told(app))
