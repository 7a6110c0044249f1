"""Bulk marks, reading positions in articles, and visits."""

from pathlib import Path

from reader.model import LastVisit, Selection
from reader.store import Store

from .builders import ALL, NOON, article, hours_old, later, linked, listing, titles


def test_a_mark_of_many_tells_which_it_changed_and_is_taken_back_exactly(cache: Store) -> None:
    cache.pages.add(listing(*map(linked, "ABCD")))
    a, b, c, d = cache.headlines.ids(ALL)
    cache.marks.set("read", [b], NOON)
    assert cache.marks.set("read", [a, b, c, 10**18], NOON) == [a, c]
    assert cache.headlines.unread_among([a, b, c, d]) == {d}
    assert cache.marks.set("read", [a, c], NOON, value=False) == [a, c]
    assert cache.headlines.unread_among([a, b, c, d]) == {a, c, d}
    assert cache.marks.set("saved", [d, a], NOON) == [d, a]
    assert titles(cache, Selection(saved=True)) == ["A", "D"]
    assert cache.marks.set("read", [], NOON) == []


def test_another_connection_to_the_same_cache_marks_too(cache: Store) -> None:
    cache.pages.add(listing(linked("A")))
    with cache.open_connection() as other:
        other.marks.set("read", cache.headlines.ids(ALL), NOON)
    assert cache.headlines.unread_among(cache.headlines.ids(ALL)) == set()


def test_the_place_in_an_article_is_kept_in_the_file_until_it_is_forgotten(path: Path) -> None:
    with Store(path) as cache:
        cache.pages.add(listing(linked("A"), linked("B")))
        a, b = cache.headlines.ids(ALL)
        cache.articles.keep_place(a, 1200, NOON)
        cache.articles.keep_place(10**18, 5, NOON)
    with Store(path) as cache:
        assert (cache.articles.place(a), cache.articles.place(b)) == (1200, 0)
        cache.articles.keep_place(a, 0, NOON)
        assert cache.articles.place(a) == 0


def test_the_place_goes_with_its_article(cache: Store, path: Path) -> None:
    cache.pages.add(article(linked("Krab", "De krab won."), "Tekst.", fetched=later(0)))
    (krab,) = cache.headlines.ids(ALL)
    cache.articles.keep_place(krab, 7, NOON)
    with cache.database.writing() as connection:
        connection.execute("DELETE FROM items WHERE id = ?", (krab,))


def test_what_came_in_after_the_last_visit_is_a_selection(path: Path) -> None:
    with Store(path) as cache:
        assert cache.visits.last() is None
        cache.pages.add(listing(linked("A"), linked("B", section="Sport")))
        visit = LastVisit(NOON, cache.headlines.last_id())
        cache.visits.note(visit)
        assert titles(cache, Selection(after=visit.newest)) == []
    with Store(path) as cache:
        later_news = (linked("C", age=hours_old(99)), linked("D", section="Sport"))
        cache.pages.add(listing(*later_news, fetched=later(1)))
        assert cache.visits.last() == visit
        assert sorted(map(str, titles(cache, Selection(after=visit.newest)))) == ["C", "D"]
        assert titles(cache, Selection(section="Sport", after=visit.newest)) == ["D"]
        cache.visits.note(LastVisit(later(2), cache.headlines.last_id()))
        assert cache.visits.last() == LastVisit(later(2), cache.headlines.last_id())
