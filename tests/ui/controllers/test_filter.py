"""The quick filter: narrows the list, and restores it."""

from .stage import Stage


def test_the_list_has_only_headlines_with_the_words(stage: Stage) -> None:
    stage.controllers.filter.begin()
    assert (stage.state.filtering, stage.state.pane) == (True, "filter")
    title = str(stage.library.kept[3].teaser.title)
    stage.filter.put(title.split(maxsplit=1)[0])
    stage.controllers.filter.settle()
    assert 0 < len(stage.state.ids) < 36
    assert stage.state.pane == "list"


def test_who_leaves_it_has_the_whole_list_where_it_was(stage: Stage) -> None:
    stage.headlines.move(5)
    stage.controllers.filter.begin()
    stage.controllers.filter.narrow("geen enkel bericht")
    assert not stage.state.ids
    assert stage.state.notice
    stage.controllers.filter.end()
    assert len(stage.state.ids) == 36
    assert stage.headlines.cursor == 5
    assert not stage.state.filtering


def test_it_ends_a_search(stage: Stage) -> None:
    stage.controllers.search.begin()
    stage.controllers.filter.begin()
    assert not stage.state.searching
