"""Marks: by hand, by reading, in bulk, and undone."""

from collections.abc import Callable

import pytest

from reader.errors import CacheError
from reader.ui.controllers.assembly import Controllers
from tests.ui.fakes import FakeLibrary, edition

from .conftest import MakeStage
from .stage import Stage


def test_saving_is_for_the_headline_at_the_cursor_and_shows(stage: Stage) -> None:
    before = stage.state.revision
    stage.headlines.move(1)
    stage.controllers.marks.toggle_saved()
    assert stage.library.written == [("saved", 2, True)]
    assert stage.state.revision > before


@pytest.mark.parametrize(
    "act",
    [
        lambda each: each.marks.toggle_saved(),
        lambda each: each.marks.toggle_read(),
        lambda each: each.tags.tag(),
        lambda each: each.sharing.copy_link(),
        lambda each: each.sharing.copy_article(),
        lambda each: each.sharing.open_in_browser(),
        lambda each: each.sharing.export(),
        lambda each: each.stories.toggle(),
        lambda each: each.stories.toggle_watched(),
        lambda each: each.picking.begin(),
    ],
)
def test_a_key_for_a_headline_says_that_there_is_none(
    make_stage: MakeStage, act: Callable[[Controllers], object]
) -> None:
    stage = make_stage(FakeLibrary())
    act(stage.controllers)
    assert stage.screen.said == "No headline is selected."
    assert not stage.state.picking


async def test_a_mark_that_another_process_set_meanwhile_offers_no_undo(stage: Stage) -> None:
    stage.controllers.marks.mark_many("saved", [3], value=True)
    await stage.screen.finish("marks")
    stage.controllers.marks.mark_many("saved", [3], value=True)
    await stage.screen.finish("marks")
    assert stage.screen.said == "There was nothing to change."


def test_the_key_for_links_says_how_to_open_an_article_first(make_stage: MakeStage) -> None:
    stage = make_stage(FakeLibrary())
    stage.controllers.links.begin()
    assert stage.screen.said.startswith("Choose a headline with ↑ and ↓")


async def test_the_last_mark_is_taken_back_first_and_said(stage: Stage) -> None:
    stage.controllers.marks.toggle_saved()
    stage.controllers.marks.toggle_read()
    for _ in range(2):
        stage.controllers.marks.undo()
        await stage.screen.finish("marks")
    kept = stage.library.kept[1]
    assert (kept.read, kept.saved) == (False, False)
    stage.controllers.marks.undo()
    await stage.screen.finish("marks")
    assert stage.screen.said == "There is nothing to undo."


async def test_all_of_the_list_is_marked_and_counted(stage: Stage) -> None:
    stage.controllers.marks.mark_all_read()
    await stage.screen.finish("marks")
    assert stage.state.status.unread == 0
    assert "27" in stage.screen.said


def test_what_was_in_view_for_a_moment_counts_as_read(make_stage: MakeStage) -> None:
    stage = make_stage(mark_read="moment")
    stage.controllers.reading.open(1)
    assert not stage.library.kept[1].read
    stage.screen.timers[-1].act()
    assert stage.library.kept[1].read


@pytest.mark.parametrize("covered", [True, False])
def test_behind_a_dialog_or_the_list_no_moment_passes(make_stage: MakeStage, covered: bool) -> None:
    stage = make_stage(mark_read="moment")
    stage.controllers.reading.open(1)
    stage.screen.is_front = not covered
    stage.screen.narrow, stage.state.reading = True, covered
    stage.controllers.marks.moment_passed()
    assert not stage.library.kept[1].read


def test_a_mark_that_was_touched_is_left_alone(make_stage: MakeStage) -> None:
    stage = make_stage(mark_read="moment")
    stage.controllers.reading.open(1)
    stage.controllers.marks.toggle_read()
    stage.controllers.marks.toggle_read()
    stage.controllers.marks.moment_passed()
    assert not stage.library.kept[1].read


def test_an_error_rises_to_who_called(make_stage: MakeStage) -> None:
    stage = make_stage(edition())
    stage.library.marks.failure = CacheError("cache_gone")
    with pytest.raises(CacheError):
        stage.controllers.marks.toggle_saved()


async def undo(stage: Stage) -> str:
    """Undo the last action, and return what is said."""
    stage.controllers.marks.undo()
    await stage.screen.finish("marks")
    return stage.screen.said


async def test_a_read_mark_of_reading_is_taken_back_only_as_the_last_step(
    make_stage: MakeStage,
) -> None:
    stage = make_stage(mark_read="open")
    stage.controllers.marks.toggle_saved()
    for number in (1, 2, 3):
        stage.controllers.reading.open(number)
    assert (await undo(stage)).startswith("Unread again")
    assert [stage.library.kept[number].read for number in (1, 2, 3)] == [True, True, False]
    assert (await undo(stage)).startswith("No longer saved")
    assert await undo(stage) == "There is nothing to undo."
    assert [stage.library.kept[number].read for number in (1, 2, 3)] == [True, True, False]


async def test_after_a_key_that_marks_nothing_no_article_becomes_unread(
    make_stage: MakeStage,
) -> None:
    stage = make_stage(mark_read="open")
    stage.controllers.marks.mark_all_read()
    await stage.screen.finish("marks")
    assert (await undo(stage)).endswith("unread again.")
    stage.controllers.reading.open(1)
    stage.controllers.marks.mark_many_read([1])
    await stage.screen.finish("marks")
    assert stage.screen.said == "All of those are already read."
    assert await undo(stage) == "There is nothing to undo."
    assert stage.library.kept[1].read


async def test_what_was_done_in_an_article_is_taken_back_before_its_read_mark(
    make_stage: MakeStage,
) -> None:
    stage = make_stage(mark_read="open")
    stage.controllers.reading.open(1)
    stage.controllers.marks.toggle_saved()
    assert (await undo(stage)).startswith("No longer saved")
    assert (await undo(stage)).startswith("Unread again")
    stage.controllers.reading.open(1)
    stage.controllers.marks.toggle_read()
    assert (await undo(stage)).startswith("Read again")
    assert stage.library.kept[1].read
