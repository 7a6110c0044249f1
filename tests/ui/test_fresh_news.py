"""News that comes in while reading is shown, and moves nothing."""

import pytest
from msgspec.structs import replace

from reader.events import Stored
from reader.sync.child_process import Tell

from .clock import Clock
from .conftest import MakeApp
from .fake_child import FakeChild, wait_until_asked
from .fakes import FakeLibrary, edition, fresh
from .screens import lines_of, opened_id, reading, text_of
from .test_reading import press

_BATCH = 2.1
_STORED = Stored("https://x/", "listing", 1)


async def test_the_cached_edition_is_on_screen_before_the_sync_starts(make_app: MakeApp) -> None:
    shown: list[str] = []

    class Noting(FakeChild):
        async def sync(self, tell: Tell, *, everything: bool = False) -> None:
            shown.append(text_of(app))
            await super().sync(tell, everything=everything)

    app = make_app(edition(), Noting(), sync="start")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.pause()
    assert "Doden en tientallen gewonden" in shown[0]


async def test_an_empty_cache_gets_the_bundled_edition_before_the_sync(make_app: MakeApp) -> None:
    order: list[str] = []

    async def load() -> None:
        order.append(f"sample, then {len(child.asked)}")

    child = FakeChild(load)
    app = make_app(FakeLibrary(), child, empty=True, sync="start")
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until_asked(pilot, child)
    assert order == ["sample, then 0"]


async def test_new_headlines_come_in_batches_and_move_neither_cursor_nor_view(
    make_app: MakeApp, clock: Clock
) -> None:
    library, child = edition(), FakeChild()
    app = make_app(library, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *["j"] * 15, "r")
        before = reading(app).headlines.place
        rows = [line[:40] for line in lines_of(app)[2:38]]
        for number in range(12):
            library.bring(fresh(900 + number))
            child.tell(_STORED)
        await pilot.pause()
        clock.passes(1.9)
        assert len(reading(app).ids) == 36
        clock.passes(_BATCH)
        await pilot.pause()
        assert len(reading(app).ids) == 48
        assert reading(app).headlines.place == before
        assert [line[:40] for line in lines_of(app)[2:38]] == rows
        assert "12 new" in text_of(app)


async def test_who_has_touched_nothing_is_not_moved_either(make_app: MakeApp, clock: Clock) -> None:
    library, child = edition(), FakeChild()
    app = make_app(library, child, sync="start")
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until_asked(pilot, child)
        rows = [line[:40] for line in lines_of(app)[2:38]]
        library.bring(fresh(901))
        child.tell(_STORED)
        await pilot.pause()
        clock.passes(_BATCH)
        await pilot.pause()
        assert reading(app).headlines.cursor == 1
        assert [line[:40] for line in lines_of(app)[2:38]] == rows


@pytest.mark.parametrize("keys", [["g", "g"], ["."], ["k", "k", "k", "k"], ["pageup"]])
async def test_the_mark_of_new_headlines_goes_when_one_goes_to_them(
    make_app: MakeApp, keys: list[str]
) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "j")
        library.bring(fresh(901), fresh(902))
        reading(app).poll()
        await pilot.pause()
        assert "2 new" in text_of(app)
        await press(pilot, *keys)
        assert reading(app).headlines.cursor == 0
        assert "2 new" not in text_of(app)


async def test_going_to_another_section_keeps_the_mark(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        library.bring(fresh(901))
        reading(app).poll()
        await press(pilot, "]")
        assert "1 new" in text_of(app)


async def test_the_point_goes_to_the_new_ones_wherever_they_are(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await press(pilot, "enter", ".")
        assert "There is nothing new." in text_of(app)
        library.kept[901] = fresh(901, "Oud nieuws dat nu pas kwam")
        library.other_process_wrote = True
        reading(app).poll()
        await press(pilot, ".")
        assert reading(app).headlines.cursor_id == 901
        assert "▌○ Oud nieuws dat nu pas kwam" in text_of(app)


async def test_a_real_edition_that_replaces_the_sample_is_shown_from_its_top(
    make_app: MakeApp,
) -> None:
    library = edition(sample=True)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *["j"] * 20, "enter")
        library.kept = {}
        library.sample = False
        library.bring(*(fresh(number) for number in range(900, 960)))
        reading(app).poll()
        await pilot.pause()
        assert reading(app).headlines.cursor == 0
        assert reading(app).headlines.scroll_offset.y == 0
        assert reading(app).pane == "list"
        assert opened_id(app) is None
        assert " new" not in lines_of(app)[0]


async def test_an_article_updated_while_one_reads_it_stays_where_it_is(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(100, 24)) as pilot:
        await press(pilot, "enter", "pagedown")
        scrolled = reading(app).article.scroll_offset.y
        assert scrolled > 0
        old = library.bodies[1]
        library.bring_article(1, replace(old, blocks=(*old.blocks, *old.blocks)))
        reading(app).poll()
        await pilot.pause()
        await pilot.pause()
        assert reading(app).article.scroll_offset.y == scrolled


async def test_opened_stays_opened_when_the_list_changes(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        library.bring(fresh(901))
        reading(app).poll()
        await pilot.pause()
        assert opened_id(app) == 1


async def test_the_point_steps_through_the_new_ones_one_by_one(make_app: MakeApp) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *["j"] * 8)
        library.bring(*(fresh(number) for number in (901, 902, 903)))
        reading(app).poll()
        await pilot.pause()
        for number, left in ((901, "2 new"), (902, "1 new")):
            await press(pilot, ".")
            assert reading(app).headlines.cursor_id == number
            assert left in text_of(app)
        await press(pilot, "j", "enter")
        assert opened_id(app) == 903
        assert " new" not in lines_of(app)[0]


async def test_after_the_first_edition_the_cursor_is_at_the_newest(
    make_app: MakeApp, clock: Clock
) -> None:
    library, child = edition(sample=True), FakeChild()
    app = make_app(library, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "r")
        library.kept, library.sample = {}, False
        for number in (900, 910, 920):
            library.bring(*(fresh(number + each) for each in range(5)))
            child.tell(_STORED)
            await pilot.pause()
            clock.passes(_BATCH)
            await pilot.pause()
            assert reading(app).headlines.cursor == 0
        await press(pilot, "j")
        library.bring(fresh(930))
        child.tell(_STORED)
        await pilot.pause()
        clock.passes(_BATCH)
        await pilot.pause()
        assert reading(app).headlines.cursor_id == 921
