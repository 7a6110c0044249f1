"""The division of the width among the panes."""

from functools import partial
from pathlib import Path

from reader.ui.state.split import Split, load_split

from .stage import Stage


def test_the_list_grows_and_shrinks_and_is_as_at_first_again(stage: Stage) -> None:
    layout = stage.controllers.layout
    width = stage.state.split.list_width(120)
    layout.widen(2)
    assert stage.state.split.list_width(120) > width
    layout.reset()
    assert stage.state.split == Split()


def test_where_there_is_one_pane_it_has_no_border_to_move(stage: Stage) -> None:
    stage.screen.narrow = True
    stage.screen.columns = 60
    for act in (partial(stage.controllers.layout.widen, 1), stage.controllers.layout.zoom):
        act()
        assert stage.screen.said == "The window is too narrow for list and article side by side."
        stage.screen.notices.clear()
    assert stage.state.split == Split()


def test_while_one_pane_has_the_whole_width_it_is_said_how_to_get_the_other_back(
    stage: Stage,
) -> None:
    stage.controllers.layout.zoom()
    stage.screen.narrow = True
    stage.controllers.layout.widen(-1)
    assert stage.screen.said == "One pane has the whole width now. Side by side again"


def test_it_is_remembered_once_it_rests(stage: Stage, tmp_path: Path) -> None:
    layout, path = stage.controllers.layout, tmp_path / "layout.json"
    layout.move_border(50)
    layout.changed()
    layout.changed()
    first, last = stage.screen.timers[-2:]
    assert first.stopped
    assert not path.exists()
    last.act()
    assert load_split(path) == stage.state.split


def test_from_the_strip_it_is_the_article_that_has_the_whole_width(stage: Stage) -> None:
    stage.screen.focus_pane("strip")
    stage.controllers.layout.zoom()
    assert stage.state.split.zoomed
    assert stage.state.pane == "article"
