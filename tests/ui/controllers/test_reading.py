"""Reading: what is opened, how one reads on, and the way back."""

from reader.errors import CacheError, reason
from tests.ui.fakes import edition

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
    assert "above" in stage.host.said
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
    assert stage.host.failures == [reason("cache_gone")]


def test_a_headline_that_is_gone_is_not_opened(stage: Stage) -> None:
    stage.controllers.reading.open(999)
    assert opened(stage) is None
    assert stage.host.said
