"""Reading: opening, reading on, and going back."""

import pytest
from msgspec.structs import replace

from reader.errors import CacheError, reason
from tests.ui.fakes import article, edition

from .conftest import MakeStage
from .stage import Stage


def opened(stage: Stage) -> int | None:
    """Return the number of the opened headline."""
    return stage.state.opened.headline.id if stage.state.opened else None


def test_what_is_at_the_cursor_is_opened_and_gone_to(make_stage: MakeStage) -> None:
    stage = make_stage(mark_read="open")
    stage.headlines.move(2)
    stage.controllers.reading.open_at_cursor()
    assert (opened(stage), stage.state.pane) == (3, "article")
    assert stage.library.kept[3].read


def test_back_and_forward_go_through_what_was_opened(stage: Stage) -> None:
    reading = stage.controllers.reading
    for number in (1, 2, 3):
        reading.open(number)
        stage.article.line = 10 * number
    assert reading.back()
    assert (opened(stage), stage.article.line) == (2, 20)
    assert reading.back()
    assert not reading.back()
    reading.forward()
    assert opened(stage) == 2


def test_a_detour_through_the_strip_does_not_move_the_list(stage: Stage) -> None:
    stage.controllers.reading.open(1)
    stage.strip.cursor_id = 9
    stage.controllers.reading.open_related()
    assert (opened(stage), stage.headlines.cursor_id) == (9, 1)
    stage.controllers.reading.open_unread(1)
    assert opened(stage) == 2


def test_reading_on_pages_and_at_the_end_opens_the_next_unread_one(stage: Stage) -> None:
    reading = stage.controllers.reading
    reading.open(3)
    reading.read_on()
    assert (opened(stage), stage.article.line) == (3, 10)
    stage.article.at_end = True
    reading.read_on()
    assert opened(stage) == 5, "4 has been read"


def test_at_the_end_of_the_list_it_is_said_where_to_read_on(stage: Stage) -> None:
    reading = stage.controllers.reading
    reading.open(36)
    stage.article.at_end = True
    reading.read_on()
    assert "above" in stage.screen.said
    reading.read_on()
    assert opened(stage) == 1


def test_where_one_stopped_is_where_one_goes_on(stage: Stage) -> None:
    reading = stage.controllers.reading
    reading.open(1)
    stage.article.place = 777
    reading.open(2)
    assert stage.library.kept_places[1] == 777
    reading.open(1)
    assert stage.article.resumed == 777


def test_an_article_is_shown_though_it_cannot_be_marked(make_stage: MakeStage) -> None:
    stage = make_stage(edition(), mark_read="open")
    stage.library.marks.failure = CacheError("cache_gone")
    stage.controllers.reading.open(1)
    assert (opened(stage), stage.state.pane) == (1, "article")
    assert stage.screen.failures == [reason("cache_gone")]


def test_a_headline_that_is_gone_is_not_opened(stage: Stage) -> None:
    stage.controllers.reading.open(999)
    assert opened(stage) is None
    assert stage.screen.said


def test_reading_on_starts_where_the_cursor_is(stage: Stage) -> None:
    reading = stage.controllers.reading
    reading.open(1)
    stage.state.pane = "list"
    stage.headlines.cursor = 10
    reading.open_unread(1)
    assert opened(stage) == 11, "the headline at the cursor is unread itself"
    stage.state.pane = "list"
    stage.headlines.cursor = 20
    reading.open_unread(-1)
    assert opened(stage) == 21, "it may be on it, whichever way one goes"
    reading.open_unread(-1)
    assert opened(stage) == 19, "20 has been read"
    stage.state.pane = "list"
    stage.headlines.cursor = 29
    reading.read_on()
    assert (opened(stage), stage.state.pane) == (30, "article")


def test_from_an_article_it_goes_on_after_that_article(stage: Stage) -> None:
    reading = stage.controllers.reading
    reading.open(5)
    stage.headlines.cursor = 20
    reading.open_unread(1)
    assert opened(stage) == 6


def test_without_a_network_reading_on_passes_over_what_is_not_offline(stage: Stage) -> None:
    reading = stage.controllers.reading
    stage.state.network = replace(stage.state.network, offline=True)
    reading.open(3)
    reading.open_unread(1)
    assert opened(stage) == 6, "4 has been read, and 5 never came"
    stage.state.pane = "list"
    stage.headlines.cursor = 9
    reading.read_on()
    assert opened(stage) == 11, "10 never came"
    for item in stage.library.kept.values():
        stage.library.kept[item.id] = replace(item, cached=False)
    reading.open_unread(1)
    assert stage.screen.said == "Nothing unread further down is available offline."


@pytest.mark.parametrize("mark_read", ["open", "moment", "end"])
def test_a_headline_whose_article_never_came_is_not_read_by_being_looked_at(
    make_stage: MakeStage, mark_read: str
) -> None:
    stage = make_stage(mark_read=mark_read)
    stage.article.at_end = True
    stage.controllers.reading.open(5)
    stage.state.fetch = None
    marks = stage.controllers.marks
    marks.moment_passed()
    marks.read_on()
    marks.confirm_read()
    assert not stage.library.kept[5].read
    stage.library.bring_article(5, article(stage.library.kept[5].teaser))
    marks.moment_passed()
    assert stage.library.kept[5].read, "now there is something to read"


def test_what_is_gone_for_good_is_read_by_being_looked_at(make_stage: MakeStage) -> None:
    stage = make_stage()
    gone = reason("http_status", status=410)
    stage.library.kept[5] = replace(stage.library.kept[5], failure=gone)
    stage.controllers.reading.open(5)
    stage.controllers.marks.moment_passed()
    assert stage.library.kept[5].read


def test_forward_from_the_last_article_is_said_to_lead_nowhere(stage: Stage) -> None:
    reading = stage.controllers.reading
    reading.open(1)
    reading.open(2)
    reading.back()
    reading.forward()
    assert not stage.screen.notices
    reading.forward()
    assert stage.screen.said == "There is no article to go forward to."
