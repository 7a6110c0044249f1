"""The preview of the headline at the cursor, beside the list."""

import pytest

from reader.ui.app import ReaderApp

from .clock import Clock
from .conftest import MakeApp
from .fake_child import FakeChild
from .fakes import edition
from .quiet import until
from .screens import opened_id, reading, text_of
from .test_reading import press

REST = 0.15


def shown_id(app: ReaderApp) -> int | None:
    shown = reading(app).shown
    return shown.headline.id if shown else None


async def test_the_headline_at_the_cursor_is_shown_once_that_rests(
    make_app: MakeApp, clock: Clock
) -> None:
    library = edition()
    app = make_app(library, child := FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j")
        clock.passes(REST / 2)
        await press(pilot, "j")
        clock.passes(REST / 2)
        assert shown_id(app) is None
        clock.passes(REST / 2)
        await until(pilot, lambda: shown_id(app) == 3)
        title = library.kept[3].teaser.title or ""
        assert title.split()[0] in text_of(app)
        assert opened_id(app) is None
        assert reading(app).pane == "list"
        clock.passes(60)
        assert not library.written
        assert not child.asked


async def test_it_never_fetches_what_is_not_offline(make_app: MakeApp, clock: Clock) -> None:
    library = edition()
    app = make_app(library, child := FakeChild(), mark_read="open")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *"jjjj")
        clock.passes(REST)
        assert shown_id(app) == 5
        assert not library.kept[5].cached
        clock.passes(60)
        assert not child.asked
        assert not library.written


async def test_it_is_no_step_of_the_history(make_app: MakeApp, clock: Clock) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "h", "j")
        clock.passes(REST)
        await press(pilot, "j")
        clock.passes(REST)
        assert (shown_id(app), opened_id(app)) == (3, 1)
        await press(pilot, "j", "enter")
        assert (shown_id(app), opened_id(app)) == (4, 4)
        await press(pilot, "b")
        assert (shown_id(app), opened_id(app)) == (1, 1)
        await press(pilot, "b")
        assert opened_id(app) == 1
        assert reading(app).pane == "list"


async def test_what_is_opened_stands_where_it_was_left(make_app: MakeApp, clock: Clock) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 20)) as pilot:
        await press(pilot, "j", "j", "enter", "j", "j", "j", "j")
        line = reading(app).article.line
        assert line == 4
        await press(pilot, "h", "j")
        clock.passes(REST)
        assert shown_id(app) == 4
        await until(pilot, lambda: reading(app).article.line == 0)
        clock.passes(10)
        kept = library.kept_places[3]
        assert kept
        await press(pilot, "k")
        clock.passes(REST)
        assert shown_id(app) == 3
        await until(pilot, lambda: reading(app).article.line == line)
        clock.passes(10)
        assert library.kept_places == {3: kept}


async def test_who_goes_to_the_preview_opens_it(make_app: MakeApp, clock: Clock) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j")
        clock.passes(REST)
        await press(pilot, "tab")
        assert opened_id(app) == 2
        assert reading(app).preview is None
        assert reading(app).pane == "article"


async def test_reading_on_goes_on_from_the_cursor(make_app: MakeApp, clock: Clock) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "h", "j", "j")
        clock.passes(REST)
        await press(pilot, "space")
        assert (shown_id(app), opened_id(app)) == (3, 3)


async def test_the_hits_of_a_search_are_previewed_and_what_was_opened_comes_back(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "h", "/", *"kabinet")
        await until(pilot, lambda: len(reading(app).hits.ids) > 1)
        await press(pilot, "tab", "j")
        clock.passes(REST)
        assert shown_id(app) == reading(app).hits.cursor_id
        await press(pilot, "escape")
        assert (shown_id(app), opened_id(app)) == (1, 1)


async def test_it_ends_where_no_headline_is_at_the_cursor(make_app: MakeApp, clock: Clock) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j")
        clock.passes(REST)
        assert shown_id(app) is not None
        reading(app).headlines.ids = ()
        await press(pilot, "j")
        clock.passes(REST)
        assert shown_id(app) is None


async def test_it_follows_the_rows_that_a_filter_leaves(make_app: MakeApp, clock: Clock) -> None:
    library = edition()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j")
        clock.passes(REST)
        assert shown_id(app) == 2
        word = (library.kept[5].teaser.title or "").split()[0]
        await press(pilot, "\\", *word)
        first = reading(app).headlines.cursor_id
        assert first not in (None, 2)
        clock.passes(REST)
        assert shown_id(app) == first
        await press(pilot, *"zzz")
        clock.passes(REST)
        assert shown_id(app) is None
        assert not library.written


async def test_a_search_without_hits_shows_none(make_app: MakeApp, clock: Clock) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j")
        clock.passes(REST)
        await press(pilot, "/", *"zzz")
        clock.passes(REST)
        assert shown_id(app) is None


async def test_another_section_shows_its_own(make_app: MakeApp, clock: Clock) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j")
        clock.passes(REST)
        assert shown_id(app) == 2
        await press(pilot, *"]]]")
        first = reading(app).headlines.cursor_id
        assert first != 2
        clock.passes(REST)
        assert shown_id(app) == first


@pytest.mark.parametrize(("size", "wanted"), [((80, 24), True), ((120, 40), False)])
async def test_there_is_none_where_one_pane_is_shown_or_it_is_off(
    make_app: MakeApp, clock: Clock, size: tuple[int, int], wanted: bool
) -> None:
    app = make_app(edition(), preview=wanted)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "j")
        clock.passes(10)
        assert shown_id(app) is None


async def test_a_key_of_the_cursor_reads_nothing_more(make_app: MakeApp, clock: Clock) -> None:
    library = edition(200)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        asked: list[int] = []
        library.articles.load = asked.append  # type: ignore[method-assign, assignment]
        await press(pilot, *("j" * 10))
        assert not asked
        clock.passes(REST)
        assert asked == [11]


async def test_what_is_opened_already_is_opened_again_where_it_was_left(
    make_app: MakeApp, clock: Clock
) -> None:
    app = make_app(edition())
    async with app.run_test(size=(120, 20)) as pilot:
        await press(pilot, "j", "j", "enter", "j", "j", "j", "h", "j")
        clock.passes(REST)
        assert shown_id(app) == 4
        await press(pilot, "k", "enter")
        assert (shown_id(app), opened_id(app)) == (3, 3)
        await until(pilot, lambda: reading(app).article.line == 3)


@pytest.mark.parametrize("command", ["article.fetch", "article.full-text", "article.down"])
async def test_a_command_of_the_article_from_elsewhere_is_for_the_one_that_is_seen(
    make_app: MakeApp, clock: Clock, command: str
) -> None:
    app = make_app(edition(), FakeChild())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "escape", "j", "j")
        clock.passes(REST)
        await pilot.pause()
        assert (shown_id(app), opened_id(app)) == (3, 1)
        await app.action_run_command(command)
        await pilot.pause()
        assert (shown_id(app), opened_id(app)) == (3, 3)
