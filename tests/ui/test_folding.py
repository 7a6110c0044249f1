"""The rows of a list, and the reading order of its headlines."""

from reader.ui.state.folding import Fold, fold

# Newest first; two stories, and one headline that is alone.
_IDS = [9, 8, 7, 6, 5, 4]
_STORIES = {9: 1, 7: 1, 8: 2, 5: 2, 4: 2}


def test_the_newest_report_stands_for_its_story() -> None:
    folded = fold(_IDS, _STORIES, {})
    assert list(folded.rows) == [9, 8, 6]
    assert list(folded.order) == [9, 7, 8, 5, 4, 6]
    assert folded.folds == {9: Fold("closed", 2), 8: Fold("closed", 3)}
    assert [folded.row_of(each) for each in (7, 4, 9, 6)] == [9, 8, 9, 6]


def test_an_open_story_has_a_row_for_each_report() -> None:
    folded = fold(_IDS, _STORIES, {2: 6})
    assert list(folded.rows) == [9, 8, 5, 4, 6]
    assert list(folded.order) == [9, 7, 8, 5, 4, 6]
    assert folded.folds[8] == Fold("open", 3)
    assert folded.folds[5] == Fold("member", 3)
    assert folded.row_of(5) == 5


def test_of_a_long_story_some_reports_are_shown_and_the_others_counted() -> None:
    folded = fold(_IDS, _STORIES, {2: 1})
    assert list(folded.rows) == [9, 8, 5, 6]
    assert list(folded.order) == [9, 7, 8, 5, 4, 6]
    assert folded.members == [2]
    assert folded.more == {3: 1}
    assert folded.below == [1, 3]
    assert folded.row_of(4) == 8


def test_a_list_without_stories_stays_as_it_is() -> None:
    folded = fold(_IDS, {}, {1: 6})
    assert folded.rows == folded.order == _IDS
    assert not folded.folds


def test_reports_that_the_list_lacks_are_no_rows() -> None:
    folded = fold([9, 6], _STORIES, {1: 6}, in_section=True)
    assert list(folded.rows) == [9, 6]
    assert folded.folds == {9: Fold("open", 1, in_section=True)}
