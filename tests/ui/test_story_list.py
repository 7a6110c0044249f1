"""Stories in the list, in the article and in the strip."""

import itertools
from datetime import timedelta

import pytest
from msgspec.structs import replace
from textual.widgets import OptionList

from reader.events import Done
from reader.model import Block, LastVisit, StorySize
from reader.ui.controllers import stories
from reader.ui.screens.digest import DigestScreen
from reader.ui.state.edition import Edition
from reader.ui.typeset.text import short_title

from .clock import Clock
from .conftest import MakeApp
from .fake_child import FakeChild
from .fakes import NOW, FakeLibrary, edition, fresh
from .quiet import until
from .screens import lines_of, opened_id, reading, text_of, told
from .test_reading import press

_STORY = (2, 5, 7)


def _library() -> FakeLibrary:
    """Return an edition in which three headlines are reports of one story, all unread."""
    library = edition()
    size = StorySize(len(_STORY), len(_STORY), NOW)
    for number in _STORY:
        library.kept[number] = replace(
            library.kept[number], story=1, story_size=size, read=False, cached=True
        )
        library.bodies[number] = replace(library.bodies[1], teaser=library.kept[number].teaser)
    return library


def _title(library: FakeLibrary, number: int) -> str:
    return str(library.kept[number].teaser.title)[:18]


def _story(library: FakeLibrary, number: int) -> int | None:
    return library.kept[number].story


async def test_a_story_is_one_row_until_it_is_opened(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        assert list(reading(app).ids)[:6] == [1, 2, 3, 4, 6, 8]
        assert "▸ 3 reports, 3 unread" in text_of(app)
        assert "unread of 36" in text_of(app)
        await press(pilot, "j", "t")
        assert list(reading(app).ids)[:6] == [1, 2, 5, 7, 3, 4]
        assert "▾ 3 reports" in text_of(app)
        assert any("│" in line and _title(library, 5) in line for line in lines_of(app))
        await press(pilot, "j", "t")
        assert list(reading(app).ids)[:4] == [1, 2, 3, 4]
        assert reading(app).headlines.cursor_id == 2


def test_the_beginning_of_a_list_has_all_reports_of_the_stories_that_begin_in_it() -> None:
    library = edition(600)
    for number in (2, 5, 590):
        library.kept[number] = replace(library.kept[number], story=1)
    shown = Edition(library)
    shown.read_beginning()
    beginning, total, fold = list(shown.ids), shown.total, shown.fold_of(2)
    assert fold is not None
    assert fold.here == 3
    shown.read()
    assert beginning == list(shown.ids)[: len(beginning)]
    assert (total, fold) == (shown.total, shown.fold_of(2))


def _long_story() -> FakeLibrary:
    """Return an edition in which ten unread headlines, from the second on, are one story."""
    library = edition()
    size = StorySize(10, 10, NOW)
    for number in range(2, 12):
        library.kept[number] = replace(
            library.kept[number], story=1, story_size=size, read=False, cached=True
        )
        library.bodies[number] = replace(library.bodies[1], teaser=library.kept[number].teaser)
    return library


async def test_older_reports_are_two_lines_each_and_the_rest_is_counted(make_app: MakeApp) -> None:
    library = _long_story()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "t")
        lines = [line[:44] for line in lines_of(app)]
        rows = [
            next(place for place, line in enumerate(lines) if _title(library, number) in line)
            for number in (3, 4, 5, 6, 7, 8)
        ]
        assert [below - above for above, below in itertools.pairwise(rows)] == [2] * 5
        assert all(lines[place].startswith("   │ ●") for place in rows)
        end = rows[-1] + 2
        assert lines[end].rstrip() == "   │   and 3 more, ↓"
        assert not lines[end + 1].strip()
        assert _title(library, 12) in lines[end + 2]


@pytest.mark.parametrize("density", ["compact", "normal", "roomy"])
async def test_going_down_shows_more_of_a_story_and_a_click_does_too(
    make_app: MakeApp, density: str
) -> None:
    library = _long_story()
    app = make_app(library, density=density)
    async with app.run_test(size=(120, 60)) as pilot:
        await press(pilot, "j", "t", *"jjjjjj")
        screen = reading(app)
        assert screen.headlines.cursor_id == 8
        assert "and 3 more" in text_of(app)
        await press(pilot, "j")
        assert screen.headlines.cursor_id == 9
        assert "more, ↓" not in text_of(app)
        await press(pilot, "t", "t")
        place = next(place for place, line in enumerate(lines_of(app)) if "and 3 more" in line)
        await pilot.click(offset=(9, place))
        await pilot.pause()
        assert screen.headlines.cursor_id == 9
        assert opened_id(app) is None


@pytest.mark.parametrize("size", [(120, 60), (45, 20)])
@pytest.mark.parametrize("density", ["compact", "normal", "roomy"])
async def test_a_click_on_the_size_of_a_story_opens_and_closes_it(
    make_app: MakeApp, density: str, size: tuple[int, int]
) -> None:
    library = _library()
    short = replace(library.kept[2].teaser, title="Brug gaat open")
    library.kept[2] = replace(library.kept[2], teaser=short)
    app = make_app(library, density=density)
    async with app.run_test(size=size) as pilot:
        for sign, there in (("▸", True), ("▾", False)):
            line = next(place for place, line in enumerate(lines_of(app)) if sign in line)
            await pilot.click(offset=(lines_of(app)[line].index(sign), line))
            await pilot.pause()
            assert (5 in reading(app).ids) == there
            assert opened_id(app) is None
            assert reading(app).headlines.cursor_id == 2
        line = next(place for place, line in enumerate(lines_of(app)) if "Brug gaat" in line)
        await pilot.click(offset=(5, line))
        await pilot.pause()
        assert opened_id(app) == 2


async def test_reading_on_brings_hidden_reports_into_the_list(make_app: MakeApp) -> None:
    library = _long_story()
    for number in range(2, 9):
        library.kept[number] = replace(library.kept[number], read=True)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "t", "n")
        assert opened_id(app) == 9
        assert reading(app).headlines.cursor_id == 9


async def test_undo_takes_back_a_report_taken_out_before_the_mark_of_its_reading(
    make_app: MakeApp, clock: Clock
) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "enter", "x")
        await until(pilot, lambda: _story(library, 2) is None)
        clock.passes(1)
        await until(pilot, lambda: library.kept[2].read)
        await press(pilot, "U")
        await until(pilot, lambda: _story(library, 2) == 1)
        assert library.kept[2].read
        await press(pilot, "U")
        await until(pilot, lambda: not library.kept[2].read)


async def test_in_another_order_the_cursor_is_on_the_story_of_its_headline(
    make_app: MakeApp,
) -> None:
    app = make_app(_library())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "i")
        assert (reading(app).headlines.cursor_id, reading(app).status.view) == (7, "All")
        await press(pilot, "i")
        assert reading(app).headlines.cursor_id == 2
        await press(pilot, "j", "i")
        assert reading(app).headlines.cursor_id == 3


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_a_new_report_of_the_story_at_the_cursor_moves_neither_view_nor_cursor(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    library = _library()
    for number in (20, 25):
        library.kept[number] = replace(library.kept[number], story=2)
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await press(pilot, *["j"] * 17)
        assert reading(app).headlines.cursor_id == 20
        place = reading(app).headlines.place
        assert place is not None
        library.bring(*(fresh(number) for number in (901, 902, 903)))
        library.kept[902] = replace(library.kept[902], story=2)
        reading(app).poll()
        await pilot.pause()
        # Its row is at the top now; the next one is where it was.
        assert reading(app).headlines.place == replace(place, headline_id=21)


async def test_all_reports_stand_apart_on_a_wish(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "T")
        assert list(reading(app).ids)[:7] == [1, 2, 3, 4, 5, 6, 7]
        assert "▸" not in text_of(app)
        await press(pilot, "T")
        assert list(reading(app).ids)[:4] == [1, 2, 3, 4]


async def test_the_story_key_shows_a_story_whose_reports_stand_apart(make_app: MakeApp) -> None:
    app = make_app(_library())
    async with app.run_test(size=(120, 40)) as pilot:
        # The story was open before; its reports are shown all the same.
        await press(pilot, "j", "t", "T", "t")
        assert list(reading(app).ids)[:6] == [1, 2, 5, 7, 3, 4]
        assert told(app) == "Reports of one event stand together."
        await press(pilot, "t")
        assert list(reading(app).ids)[:4] == [1, 2, 3, 4]


async def test_how_reports_stand_is_remembered(make_app: MakeApp) -> None:
    app = make_app(_library())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "T")
    app = make_app(_library())
    async with app.run_test(size=(120, 40)) as pilot:
        assert list(reading(app).ids)[:7] == [1, 2, 3, 4, 5, 6, 7]
        await press(pilot, "T")
    assert make_app(_library(), stories="apart").reading_screen.edition.apart is False


async def test_a_cache_from_before_is_placed_beside_the_screen(make_app: MakeApp) -> None:
    library, child = _library(), FakeChild()
    library.stories.pending = True
    app = make_app(library, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "stories" in child.asked)


async def test_what_a_sync_left_is_placed_once_it_has_ended(make_app: MakeApp) -> None:
    library, child = _library(), FakeChild()
    app = make_app(library, child)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "r")
        await until(pilot, lambda: child.asked == ["sync"])
        library.stories.pending = True
        child.tell(Done(reached=True))
        await until(pilot, lambda: child.asked == ["sync", "stories"])


async def test_reading_on_visits_every_report_the_newest_of_a_story_first(
    make_app: MakeApp,
) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        seen = []
        for _ in range(6):
            await press(pilot, "n")
            seen.append(opened_id(app))
        assert seen == [1, 2, 5, 7, 3, 6]
        await press(pilot, "p", "p", "p")
        assert opened_id(app) == 5


async def test_the_rest_of_a_story_is_read_in_one_step_and_unread_again(
    make_app: MakeApp,
) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "m")
        await pilot.app.workers.wait_for_complete()
        assert all(library.kept[number].read for number in _STORY)
        await press(pilot, "U")
        await pilot.app.workers.wait_for_complete()
        assert not any(library.kept[number].read for number in _STORY)


async def test_a_report_is_taken_out_and_put_back(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "t", "j", "x")
        assert _story(library, 5) is None
        assert 5 in reading(app).ids
        await press(pilot, "U")
        await pilot.app.workers.wait_for_complete()
        assert _story(library, 5) == 1
        await press(pilot, "g", "g", "x")
        assert "stands alone" in told(app)


async def test_a_report_is_added_to_the_story_of_the_opened_one(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "J")
        assert "First open a report" in told(app)
        await press(pilot, "j", "enter", "escape", "j", "J")
        assert _story(library, 3) == 1
        title = short_title(library.kept[3].teaser, of_two=True)
        assert f"and “{title}” are one story now. U Undo" in told(app)
        assert list(reading(app).ids)[:4] == [1, 2, 4, 6]
        await press(pilot, "U")
        await pilot.app.workers.wait_for_complete()
        assert _story(library, 3) is None
        assert list(reading(app).ids)[:4] == [1, 2, 3, 4]


async def test_a_closed_story_is_added_as_a_whole(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "escape", "j", "J")
        assert {_story(library, number) for number in (1, *_STORY)} == {1}
        await press(pilot, "U")
        await pilot.app.workers.wait_for_complete()
        assert _story(library, 1) is None
        # Of an open one it is the report at the cursor.
        await press(pilot, "t", "j", "J")
        assert _story(library, 1) == 1


async def test_what_becomes_one_story_is_named_and_so_is_what_is_taken_back(
    make_app: MakeApp,
) -> None:
    library = _library()
    app = make_app(library)
    first, second = (short_title(library.kept[each].teaser, of_two=True) for each in (3, 4))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "j", "V", "j", "space", "J")
        assert told(app) == f"“{first}” and “{second}” are one story now. U Undo"
        await press(pilot, "U")
        await until(pilot, lambda: told(app) == f"“{first}” and “{second}” stand apart again.")
        await press(pilot, "V", *["space"] * 3, "J")
        assert "and 1 more report are one story now" in told(app)


async def test_an_article_that_the_preview_hides_is_not_joined(
    make_app: MakeApp, clock: Clock
) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "enter", "escape", "j")
        clock.passes(1)
        await pilot.pause()
        assert reading(app).preview is not None
        await press(pilot, "J")
        assert told(app) == "Select the reports that belong together. V Select several"
        assert _story(library, 3) is None


async def test_where_there_is_one_pane_only_what_is_selected_is_joined(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(45, 20)) as pilot:
        await press(pilot, "enter", "escape", "j", "j", "J")
        shown = " ".join(text_of(app).split())
        assert "Select the reports that belong together." in shown
        assert _story(library, 3) is None
        await press(pilot, "V", "space", "space", "J")
        shown = " ".join(text_of(app).split())
        names = (short_title(library.kept[each].teaser, of_two=True) for each in (3, 4))
        assert "“{}” and “{}” are one story now.".format(*names) in shown


async def test_reports_that_are_picked_become_one_story(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "j", "V", "j", "space", "J")
        story = _story(library, 3)
        assert story is not None
        assert _story(library, 4) == story
        assert (reading(app).picking, reading(app).picked) == (False, ())
        await press(pilot, "U")
        await pilot.app.workers.wait_for_complete()
        assert _story(library, 3) is _story(library, 4) is None


async def test_a_story_is_watched_and_found_again(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "w")
        assert library.stories.watched() == [1]
        await press(pilot, "w")
        assert library.stories.watched() == []
        for says, watched in (("watched again", [1]), ("no longer watched", [])):
            await press(pilot, "U")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert says in told(app)
            assert library.stories.watched() == watched
        await press(pilot, "g", "w")
        assert lines_of(app)[0].startswith(" All  Unread 27  Saved 4  Watched 27  ")
        await press(pilot, "[")
        assert reading(app).edition.view.name == "Saved"


async def test_an_article_tells_of_its_story_and_the_strip_has_the_others(
    make_app: MakeApp,
) -> None:
    app = make_app(_library())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "enter")
        assert "3 reports in this story, this is the newest" in text_of(app)
        assert "This story 2" in text_of(app)
        await press(pilot, "tab", "enter")
        assert opened_id(app) == 5
        assert "There is a newer report in this story" in text_of(app)


async def test_what_changed_since_it_was_read_is_shown_and_then_known(
    make_app: MakeApp,
) -> None:
    library = _library()
    new = library.bodies[1]
    first, *rest = new.blocks
    library.older[1] = replace(
        new, blocks=(Block("paragraph", f"Vroeger stond hier iets. {first.text}"), *rest)
    )
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "v")
        assert "Choose a headline" in told(app)
        await press(pilot, "enter")
        assert "Changed since you read it: 1 sentence" in text_of(app)
        await press(pilot, "v")
        assert "gone: Vroeger stond hier iets." in text_of(app)
        assert "unchanged" in text_of(app)
        await press(pilot, "v")
        assert "gone: Vroeger" not in text_of(app)
        await press(pilot, "n", "b")
        assert opened_id(app) == 1
        assert "Changed since you read it" not in text_of(app)


async def test_the_digest_opens_a_story(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "d")
        assert "36 reports, 1 story and 33 single reports" in text_of(app)
        assert f"1  {_title(library, 2)}" in text_of(app)
        await press(pilot, "space", "k", "enter")
        assert opened_id(app) == 2
        await press(pilot, "g", "d", "escape")
        assert opened_id(app) == 2


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (45, 20)])
async def test_a_digest_without_news_says_so_since_when_and_how_to_close_it(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    library = _library()
    library.visit = LastVisit(NOW - timedelta(days=2, hours=3), 36)
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "g", "d")
        await until(pilot, lambda: "Nothing new came in." in text_of(app))
        shown = " ".join(text_of(app).split())
        assert "Since your last visit" in shown
        assert "Sat 09:00 · Nothing new came in." in shown
        # Only what does something is offered.
        assert lines_of(app)[-1].split() == ["Esc", "Close"]
        await press(pilot, "enter", "down", "escape")
        assert app.screen is reading(app)


async def test_the_digest_of_the_first_visit_is_of_everything(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        # What the reader sees of the first edition is noted as seen.
        library.bring(fresh(901))
        reading(app).poll()
        await press(pilot, ".")
        assert library.visit is not None
        await press(pilot, "g", "d")
        assert "37 reports" in text_of(app)


async def test_the_digest_of_very_many_tells_how_many_stories_and_reports_are_left_out(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "_MOST_IN_DIGEST", 2)
    library = _library()
    for story, numbers in ((2, (10, 11)), (3, (20, 21)), (4, (25, 26))):
        for number in numbers:
            library.kept[number] = replace(library.kept[number], story=story)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "g", "d")
        await until(pilot, lambda: "and 2 stories, 27 single reports more" in text_of(app))
        # In one column, on wide screens too.
        box = app.screen.query_one("#digest").region
        assert (box.width, box.x) == (92, 14)


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_esc_leads_back_to_the_digest_where_it_was_left(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(_library())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "g", "d", "space", "space", "enter")
        second = opened_id(app)
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, DigestScreen))
        # The list of reports is drawn once its width is known.
        await until(pilot, lambda: app.screen.query_one(OptionList).highlighted is not None)
        await press(pilot, "enter")
        assert opened_id(app) == second
        await press(pilot, "escape")
        await until(pilot, lambda: app.screen.query_one(OptionList).highlighted is not None)
        await press(pilot, "space", "enter")
        assert opened_id(app) not in (None, second)
        # A digest that is closed leads to the list; what was opened by other keys goes up as ever.
        await press(pilot, "escape", "escape")
        assert (app.screen is reading(app), reading(app).pane) == (True, "list")
        await press(pilot, "enter", "escape")
        assert (app.screen is reading(app), reading(app).pane) == (True, "list")


async def test_the_digest_can_be_read_where_it_is_narrow(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(45, 20)) as pilot:
        await press(pilot, "g", "d")
        await until(pilot, lambda: f"▌1  {_title(library, 2)}" in text_of(app))
        assert any(line.startswith("▌   3 new · ") for line in lines_of(app))
        await press(pilot, "space", "enter")
        assert opened_id(app) not in (None, 2)


async def test_stories_are_told_where_it_is_narrow(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(45, 20)) as pilot:
        assert "▸ 3 reports" in text_of(app)
        await press(pilot, "j", "t")
        assert "▾ 3 reports" in text_of(app)
        await press(pilot, "enter")
        assert "3 reports in this story" in " ".join(text_of(app).split())


async def test_further_hits_of_a_story_are_folded_under_the_best(make_app: MakeApp) -> None:
    library = _library()
    for number in (*_STORY, 9):
        teaser = replace(library.kept[number].teaser, title=f"Zeearend bij Sluis {number}")
        library.kept[number] = replace(library.kept[number], teaser=teaser, read=False)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "/", *"zeearend")
        await until(pilot, lambda: list(reading(app).hits.ids) == [2, 9])
        assert "+2 in this story" in text_of(app)
        await press(pilot, "enter", "escape", "t")
        assert list(reading(app).hits.ids) == [2, 5, 7, 9]
        assert "+2 in this story" not in text_of(app)
        await press(pilot, "t")
        assert list(reading(app).hits.ids) == [2, 9]
        await press(pilot, "T")
        assert list(reading(app).hits.ids) == [2, 5, 7, 9]
        assert "+2 in this story" not in text_of(app)
        await press(pilot, "T")
        assert list(reading(app).hits.ids) == [2, 9]
        await press(pilot, "T", "t")
        assert list(reading(app).hits.ids) == [2, 5, 7, 9]
        await press(pilot, "t")
        assert list(reading(app).hits.ids) == [2, 9]
        seen = []
        for _ in range(3):
            await press(pilot, "n")
            seen.append(opened_id(app))
        assert seen == [5, 7, 9]


async def test_the_list_says_how_many_stories_it_tells_and_which_titles_changed(
    make_app: MakeApp,
) -> None:
    library = _library()
    for number, headline in library.kept.items():
        library.kept[number] = replace(headline, read=False, retitled=number == 3)
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        assert "36 unread in 34 stories" in text_of(app)
        (row,) = (line for line in lines_of(app) if "± title" in line)
        await press(pilot, "T")
        assert "36 unread in" not in text_of(app)
        assert row


async def test_a_blank_line_parts_a_closed_story_from_what_follows(make_app: MakeApp) -> None:
    app = make_app(_library())
    async with app.run_test(size=(120, 40)) as pilot:
        lines = [line[:44] for line in lines_of(app)]
        (place,) = [y for y, line in enumerate(lines) if "▸ 3 reports" in line]
        assert not lines[place + 1].strip()
        assert lines[place + 2].strip()
        # In the compact layout there is no empty line.
        while reading(app).density != "compact":
            await press(pilot, "D")
        lines = [line[:44] for line in lines_of(app)[2:38]]
        assert all(line.strip() for line in lines)


async def test_older_reports_of_an_open_story_are_further_in(make_app: MakeApp) -> None:
    library = _library()
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "t")
        title = _title(library, 5)
        line = next(line for line in lines_of(app) if title in line)
        assert line.startswith(f"   │ ● {title}")


async def test_the_rail_has_a_label_over_each_group(make_app: MakeApp) -> None:
    app = make_app(_library())
    async with app.run_test(size=(200, 60)) as pilot:
        await press(pilot, "j", "enter")
        rail = [line[154:] for line in lines_of(app)]
        assert rail[1].startswith("─ This story 2 ")
        (place,) = [y for y, line in enumerate(rail) if line.startswith("  More from")]
        assert "7 ──" in rail[place] or "6 ──" in rail[place] or "5 ──" in rail[place]
        assert not rail[place - 1].strip()
        assert rail[place + 1].strip()
        await press(pilot, "tab", *["j"] * 3)
        last = app.screen.query_one("TeaserStrip").caret  # type: ignore[attr-defined]
        assert last.y < 58


@pytest.mark.parametrize("height", [20, 30, 60])
async def test_the_card_at_the_cursor_is_whole_in_the_rail(make_app: MakeApp, height: int) -> None:
    app = make_app(_library())
    async with app.run_test(size=(200, height)) as pilot:
        await press(pilot, "j", "enter", "tab")
        strip = reading(app).strip
        for _ in range(len(strip._related)):
            region = strip._region_of(strip.cursor)
            assert region.y >= 0
            assert region.bottom <= strip.size.height
            await press(pilot, "j")


async def test_what_the_head_of_an_article_names_is_a_button(make_app: MakeApp) -> None:
    app = make_app(_library())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "j", "enter")
        lines = lines_of(app)
        (place,) = [y for y, line in enumerate(lines) if "t show" in line]
        await pilot.click(offset=(lines[place].index("t show"), place))
        await pilot.pause()
        assert "▾ 3 reports" in text_of(app)


async def test_the_rule_over_the_list_tells_in_how_many_stories_all_is_unread(
    make_app: MakeApp,
) -> None:
    library = _library()
    library.kept = {number: replace(each, read=False) for number, each in library.kept.items()}
    app = make_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        assert "36 unread in 34 stories" in lines_of(app)[1]
        await press(pilot, "t", "u")
        assert "35 unread of 36" in lines_of(app)[1]


@pytest.mark.parametrize("size", [(120, 40), (45, 20)])
async def test_each_report_of_a_story_of_several_sources_is_shown_with_its_own(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    library = _library()
    feeds = {5: "Havenlog", 7: "Strandpost"}
    for number, name in feeds.items():
        library.kept[number] = replace(library.kept[number], source=name)
    app = make_app(library)
    async with app.run_test(size=size) as pilot:
        assert not any(name in text_of(app) for name in feeds.values())
        await press(pilot, "j", "t")
        # A row has the name of its feed in the line of its age.
        for number, name in feeds.items():
            place = next(
                n for n, line in enumerate(lines_of(app)) if _title(library, number) in line
            )
            assert name in "".join(lines_of(app)[place : place + 3])
        await press(pilot, "n", "n")
        assert opened_id(app) == 5
        above = "".join(lines_of(app)[:8])
        assert "Havenlog".casefold() in above.casefold()
        if size == (120, 40):
            # The other report stands in the strip.
            assert any("Strandpost" in line[46:] for line in lines_of(app)[-6:])
        await press(pilot, "g", "d")
        shown = " ".join(text_of(app).split())
        assert "(Havenlog)" in shown
        if size == (120, 40):
            assert "(Strandpost)" in shown
