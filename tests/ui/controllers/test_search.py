"""Search: it asks, shows hits, and returns to the previous place."""

from reader.errors import reason
from reader.model import Found, Hit
from reader.ui.controllers.search_worker import Answered, Delayed

from .stage import Stage


def answer(stage: Stage, query: str, *numbers: int) -> None:
    """Answer a query with these headlines."""
    hits = tuple(Hit(stage.library.kept[number], "", ()) for number in numbers)
    stage.controllers.search.handle_answer(Answered(query, Found(hits)))


def rest(stage: Stage) -> None:
    """Let the typing rest."""
    for timer in stage.screen.timers:
        if not timer.stopped:
            timer.act()


def opened_id(stage: Stage) -> int | None:
    """Return the number of the opened headline."""
    return stage.state.opened.headline.id if stage.state.opened else None


def test_what_was_found_is_shown_and_counted(stage: Stage) -> None:
    search = stage.controllers.search
    search.begin()
    assert (stage.state.searching, stage.state.pane) == (True, "search")
    search.ask("trams")
    search.handle_delay(Delayed("trams"))
    assert "searching" in stage.state.status.shown.lower()
    answer(stage, "trams", 3, 4)
    assert stage.hits.ids == [3, 4]
    assert "2" in stage.state.status.shown


def test_an_answer_that_was_overtaken_is_not_shown(stage: Stage) -> None:
    stage.controllers.search.begin()
    stage.controllers.search.ask("tram")
    stage.controllers.search.ask("trams")
    answer(stage, "tram", 3)
    assert stage.hits.ids == []


def test_enter_before_the_answer_opens_the_first_hit_once_it_is_there(stage: Stage) -> None:
    stage.controllers.search.begin()
    stage.controllers.search.ask("trams")
    stage.controllers.search.settle()
    assert opened_id(stage) is None
    answer(stage, "trams", 4)
    assert opened_id(stage) == 4


def test_who_leaves_the_search_is_where_one_was_and_forward_returns(stage: Stage) -> None:
    stage.controllers.reading.open(2)
    stage.controllers.search.begin()
    stage.controllers.search.ask("trams")
    answer(stage, "trams", 9)
    stage.controllers.search.settle()
    stage.controllers.search.leave()
    assert not stage.state.searching
    assert opened_id(stage) == 2
    assert stage.screen.cancelled == ["search"]
    stage.controllers.reading.forward()
    assert opened_id(stage) == 9


def test_the_last_search_can_be_taken_up_again(stage: Stage) -> None:
    search = stage.controllers.search
    search.begin()
    search.ask("trams")
    answer(stage, "trams", 9)
    search.end()
    search.begin()
    assert "trams" in stage.state.hits_notice
    search.move(1)
    assert stage.search.typed == "trams"


def test_a_search_that_fails_is_shown_as_an_error(stage: Stage) -> None:
    stage.controllers.search.begin()
    stage.controllers.search.ask("trams")
    stage.controllers.search.handle_answer(Answered("trams", None, reason("cache_gone")))
    assert stage.screen.failures == [reason("cache_gone")]
    assert stage.state.hits_notice.startswith("The cache is gone")


def test_what_means_nothing_is_told_once_the_typing_rests(stage: Stage) -> None:
    search = stage.controllers.search
    search.begin()
    search.ask("tag:werk")
    doubts = (reason("unknown_tag", tag="werk"),)
    search.handle_answer(Answered("tag:werk", Found(doubts=doubts)))
    assert "werk" not in stage.state.hits_notice
    rest(stage)
    assert "no tag “werk”" in stage.state.hits_notice
    hits = (Hit(stage.library.kept[3], "", ()),)
    search.ask("-tag:werk")
    search.handle_answer(Answered("-tag:werk", Found(hits, doubts=doubts)))
    rest(stage)
    assert "no tag “werk”" in stage.screen.said


def test_typing_on_or_leaving_tells_nothing_of_the_query_before(stage: Stage) -> None:
    search = stage.controllers.search
    search.begin()
    search.ask("after:gis")
    doubts = (reason("query_date", part="after:gis", field="after"),)
    search.handle_answer(Answered("after:gis", Found(doubts=doubts)))
    search.ask("after:gisteren")
    rest(stage)
    assert "after" not in stage.state.hits_notice
    assert stage.screen.said == ""
