"""The list follows the store, and counts new headlines."""

from tests.ui.fakes import NOW, edition, fresh

from .conftest import MakeStage
from .stage import Stage


def test_what_another_process_stored_is_shown(stage: Stage) -> None:
    stage.controllers.headlines.refresh_if_changed()
    assert stage.state.status.fresh == 0
    stage.library.bring(fresh(50))
    stage.controllers.headlines.refresh_if_changed()
    assert stage.state.ids[0] == 50
    assert stage.state.status.fresh == 1


def test_who_goes_to_the_top_has_seen_what_came_in(stage: Stage) -> None:
    stage.library.bring(fresh(50))
    stage.controllers.headlines.reread()
    stage.controllers.headlines.reach_top()
    assert stage.state.status.fresh == 0
    assert stage.library.visit is not None
    assert stage.library.visit.at == NOW


def test_news_in_place_of_the_bundled_edition_begins_at_the_top(make_stage: MakeStage) -> None:
    stage = make_stage(edition(sample=True))
    stage.controllers.reading.open(5)
    stage.library.sample = False
    stage.library.bring(fresh(60))
    stage.controllers.headlines.reread()
    assert stage.state.opened is None
    assert (stage.state.pane, stage.headlines.cursor) == ("list", 0)
    assert stage.state.status.fresh == 0


def test_a_view_is_shown_again_where_it_was_left(stage: Stage) -> None:
    first, saved = stage.edition.view, stage.edition.named("saved")
    assert saved
    stage.headlines.move(7)
    stage.controllers.headlines.show_view(saved)
    assert stage.headlines.cursor == 0
    stage.controllers.headlines.show_view(first)
    assert stage.headlines.cursor == 7
