"""Tags are marks with names; saved searches are lists of what a query asks for."""

from pathlib import Path

import pytest

from reader.model import Counts, MarkChange, SavedSearch, Selection
from reader.store import Store

from .builders import NOON, article, everything, later, linked, listing, titles


@pytest.fixture
def ids(cache: Store) -> list[int]:
    cache.pages.add(listing(*(linked(f"Bericht {number}") for number in range(4))))
    cache.pages.add(article(linked("Bericht 0"), "De haven van Goes.", fetched=later(1)))
    return [each.id for each in everything(cache)]


def test_a_tag_is_a_mark_with_a_list_of_its_own(cache: Store, ids: list[int]) -> None:
    assert cache.marks.set("tag:Werk", ids[:2], NOON) == ids[:2]
    cache.marks.set("tag:thuis", ids[1:2], NOON)
    assert cache.headlines.tags() == ["Werk", "thuis"]
    assert [each.tags for each in everything(cache)] == [("Werk",), ("Werk", "thuis"), (), ()]
    assert list(cache.headlines.ids(Selection(tag="Werk"))) == ids[:2]
    assert list(cache.headlines.ids(Selection(tag="werk"))) == ids[:2]
    assert cache.headlines.counts(Selection(tag="Werk")) == Counts(2, 2)
    cache.marks.set("tag:Werk", ids, NOON, value=False)
    assert cache.headlines.tags() == ["thuis"]


def test_a_query_asks_for_tags_and_for_what_is_offline(cache: Store, ids: list[int]) -> None:
    cache.marks.set("tag:werk", ids[1:3], NOON)

    def found(query: str) -> set[int]:
        return {hit.headline.id for hit in cache.search.find(query, NOON, 9).hits}

    assert found("tag:werk") == set(ids[1:3])
    assert found("bericht -tag:Werk") == {ids[0], ids[3]}
    [cached] = [each.id for each in everything(cache) if each.cached]
    assert found("is:offline") == {cached}
    assert found("-is:offline bericht") == set(ids) - {cached}


def test_a_saved_search_is_a_list_by_time(cache: Store, ids: list[int]) -> None:
    assert cache.searches.save("  Haven ", "haven is:unread") == SavedSearch(
        "Haven", "haven is:unread"
    )
    assert cache.searches.save("haven", "goes") == SavedSearch("haven", "goes")
    assert cache.searches.all() == [SavedSearch("Haven", "goes")]
    selection = Selection(query="haven -is:read", at=NOON)
    [hit] = titles(cache, selection)
    assert hit == "Bericht 0"
    assert cache.headlines.counts(selection) == Counts(1, 1)
    assert titles(cache, Selection(query="bericht after:2099-01-01", at=NOON)) == []
    assert set(titles(cache, Selection(query='-"haven van"', at=NOON))) == {
        "Bericht 1", "Bericht 2", "Bericht 3",
    }  # fmt: skip
    assert cache.searches.forget("HAVEN")
    assert not cache.searches.forget("haven")
    assert cache.searches.save("", "x") is None
    assert cache.searches.save("x", " ") is None


def test_the_order_of_a_list_may_be_another(cache: Store, ids: list[int]) -> None:
    assert list(cache.headlines.ids(Selection(order="oldest"))) == ids[::-1]
    assert list(cache.headlines.ids(Selection(order="oldest"), 2)) == ids[::-1][:2]
    cache.marks.set("read", [ids[0], ids[2]], NOON)
    unread_first = [ids[1], ids[3], ids[0], ids[2]]
    for limit in (None, 1, 2, 3, 4, 9):
        assert list(cache.headlines.ids(Selection(order="unread"), limit)) == unread_first[:limit]


def test_changes_of_marks_are_undone_the_last_first_also_after_a_restart(
    cache: Store, ids: list[int], path: Path
) -> None:
    cache.marks.set("read", ids[:2], NOON)
    cache.marks.set("saved", ids[:1], NOON)
    cache.marks.set("tag:werk", ids[3:], NOON)
    cache.marks.set("read", ids[:1], NOON)
    with Store(path) as again:
        assert again.marks.undo(later(1)) == MarkChange("tag:werk", True, (ids[3],))
        assert again.marks.undo(later(1)) == MarkChange("saved", True, (ids[0],))
        assert again.marks.undo(later(1)) == MarkChange("read", True, tuple(ids[:2]))
        assert again.marks.undo(later(1)) is None
        assert not any(each.read or each.saved or each.tags for each in everything(again))


def test_the_changes_that_can_be_undone_are_bounded(cache: Store, ids: list[int]) -> None:
    for number in range(150):
        cache.marks.set("read", ids[:1], NOON, value=number % 2 == 0)
    undone = 0
    while cache.marks.undo(NOON):
        undone += 1
    assert undone == 100
