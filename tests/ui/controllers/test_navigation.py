"""Navigation: views, panes, and up a level."""

from .stage import Stage


def test_tab_goes_through_the_panes_that_are_shown(stage: Stage) -> None:
    stage.screen.hidden -= {"strip"}
    seen = []
    for _ in range(3):
        stage.controllers.panes.next_pane(1)
        seen.append(stage.state.pane)
    assert seen == ["article", "strip", "list"]


def test_up_leads_from_the_strip_to_the_list(stage: Stage) -> None:
    stage.screen.focus_pane("strip")
    seen = []
    for _ in range(2):
        stage.controllers.panes.up()
        seen.append(stage.state.pane)
    assert seen == ["article", "list"]


def test_escape_first_ends_a_fetch_and_then_goes_up(stage: Stage) -> None:
    stage.controllers.reading.open(5)
    stage.controllers.panes.leave()
    assert (stage.state.fetch, stage.state.pane) == (None, "article")
    stage.controllers.panes.leave()
    assert stage.state.pane == "list"


def test_back_from_the_first_article_goes_up(stage: Stage) -> None:
    stage.controllers.reading.open(1)
    stage.controllers.panes.back()
    assert stage.state.pane == "list"


def test_views_are_walked_through_round(stage: Stage) -> None:
    count = len(stage.edition.choices())
    first = stage.state.status.view
    stage.controllers.navigation.next_view(-1)
    assert stage.state.status.view != first
    stage.controllers.navigation.next_view(count + 1)
    assert stage.state.status.view == first


def test_a_view_is_chosen_from_a_list(stage: Stage) -> None:
    stage.controllers.feeds.choose_view()
    assert stage.state.status.view == stage.screen.offered[-1].view.name


def test_where_nothing_came_in_there_is_nothing_to_go_to(stage: Stage) -> None:
    stage.controllers.navigation.go_to_fresh()
    assert stage.screen.said


def test_going_to_a_view_ends_the_search(stage: Stage) -> None:
    stage.controllers.search.begin()
    stage.controllers.navigation.go_to_named("saved")
    assert not stage.state.searching
    assert stage.state.pane == "list"
