"""Runs: their beginnings, their notices, and their ends."""

import asyncio

from msgspec.structs import replace

from reader.errors import reason
from reader.events import Done, NotifyFailed, Progress
from reader.ui.controllers.runs import Run, RunEnded, RunEvent
from reader.ui.state.values import FetchAttempt
from tests.ui.fakes import edition

from .conftest import MakeStage
from .stage import Stage


def test_a_second_sync_is_not_begun(stage: Stage) -> None:
    stage.controllers.sync.sync()
    assert list(stage.screen.work) == ["sync"]
    assert stage.state.network.progress
    stage.controllers.sync.sync()
    assert stage.screen.said == "The news is already being fetched."


def test_offline_nothing_is_begun_and_what_runs_is_ended(stage: Stage) -> None:
    stage.controllers.sync.sync()
    stage.controllers.sync.toggle_offline()
    assert stage.screen.cancelled == ["sync"]
    assert stage.state.network.progress is None
    stage.screen.work.clear()
    stage.controllers.sync.sync()
    assert not stage.screen.work


def test_an_article_that_is_not_offline_is_fetched_when_it_is_opened(stage: Stage) -> None:
    stage.controllers.reading.open(5)
    assert list(stage.screen.work) == ["article"]
    assert stage.state.fetch == FetchAttempt(5)
    assert stage.controllers.sync.cancel_fetch()
    assert not stage.state.fetch
    assert not stage.controllers.sync.cancel_fetch()


def test_an_article_that_is_gone_for_good_is_fetched_on_demand_alone(
    make_stage: MakeStage,
) -> None:
    library = edition()
    gone = reason("http_status", status=410)
    library.kept[5] = replace(library.kept[5], failure=gone)
    stage = make_stage(library)
    stage.controllers.reading.open(5)
    assert not stage.screen.work
    stage.controllers.sync.fetch_opened()
    assert list(stage.screen.work) == ["article"]


def test_what_a_run_that_was_replaced_tells_is_not_shown(stage: Stage) -> None:
    stage.controllers.sync.sync()
    before = stage.state.network
    stage.controllers.sync.handle_event(RunEvent(Run("sync"), Progress(5, 10, 0, 0)))
    assert stage.state.network == before


async def test_what_came_of_a_run_is_said(stage: Stage) -> None:
    stage.controllers.sync.sync()
    running = asyncio.ensure_future(stage.screen.finish("sync"))
    while not stage.child.asked:
        await asyncio.sleep(0)
    stage.child.tell(Done(headlines=3, articles=2, reached=True))
    await running
    assert "3" in stage.screen.said
    assert stage.state.network.state.reached
    assert stage.state.network.progress is None


def test_the_end_of_another_run_changes_nothing(stage: Stage) -> None:
    stage.controllers.sync.handle_end(RunEnded(Run("sync"), Done(reached=True)))
    assert not stage.screen.notices


def test_where_all_is_offline_there_is_nothing_to_fetch(make_stage: MakeStage) -> None:
    library = edition()
    library.kept = {number: replace(one, cached=True) for number, one in library.kept.items()}
    stage = make_stage(library)
    stage.controllers.sync.fetch_everything()
    assert not stage.screen.work
    assert stage.screen.said


def test_sections_are_followed_on_disk(stage: Stage) -> None:
    feeds = stage.controllers.feeds
    sections = [each.section for each in feeds.followings()]
    assert sum(bool(each.url) for each in sections) == 3
    assert feeds.follow([sections[2]], True) == [sections[2]]
    assert stage.library.followed["Tholen"]


async def test_an_empty_store_is_laid_out_and_then_synced(make_stage: MakeStage) -> None:
    stage = make_stage(sync="start")
    await stage.controllers.sync.go_live(empty=False)
    assert "sync" in stage.screen.work


def test_a_command_that_was_to_tell_of_news_and_failed_is_told(stage: Stage) -> None:
    stage.controllers.sync.sync()
    (run,) = stage.controllers.sync._runs.values()
    why = reason("command_failed", status=3, detail="vol").at("notify-send")
    stage.controllers.sync.handle_event(RunEvent(run, NotifyFailed(why)))
    assert stage.screen.failures == [why]
