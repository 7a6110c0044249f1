"""What is kept of a reader's way through the news: marks of many, places in articles, visits."""

from pathlib import Path

from reader.model import LastVisit, Selection
from reader.store import Cache

from .builders import ALL, NOON, article, hours_old, later, linked, listing, rows_of, titles


def test_a_mark_of_many_tells_which_it_changed_and_is_taken_back_exactly(cache: Cache) -> None:
    cache.add(listing(*map(linked, "ABCD")))
    a, b, c, d = cache.ids(ALL)
    cache.mark_read(b)
    assert cache.mark_all("read", [a, b, c, 10**18]) == [a, c]
    assert cache.unread_among([a, b, c, d]) == {d}
    assert cache.mark_all("read", [a, c], value=False) == [a, c]
    assert cache.unread_among([a, b, c, d]) == {a, c, d}
    assert cache.mark_all("saved", [d, a]) == [d, a]
    assert titles(cache, Selection(saved=True)) == ["A", "D"]
    assert cache.mark_all("read", []) == []


def test_another_connection_to_the_same_cache_marks_too(cache: Cache) -> None:
    cache.add(listing(linked("A")))
    with cache.aside() as other:
        other.mark_all("read", cache.ids(ALL))
    assert cache.unread_among(cache.ids(ALL)) == set()


def test_the_place_in_an_article_is_kept_in_the_file_until_it_is_forgotten(path: Path) -> None:
    with Cache(path) as cache:
        cache.add(listing(linked("A"), linked("B")))
        a, b = cache.ids(ALL)
        cache.keep_place(a, 1200)
        cache.keep_place(10**18, 5)
    with Cache(path) as cache:
        assert (cache.place(a), cache.place(b)) == (1200, 0)
        cache.keep_place(a, 0)
        assert cache.place(a) == 0
    assert rows_of(path, "SELECT * FROM places") == []


def test_the_place_goes_with_its_article(cache: Cache, path: Path) -> None:
    cache.add(article(linked("Krab", "De krab won."), "Tekst.", fetched=later(0)))
    (krab,) = cache.ids(ALL)
    cache.keep_place(krab, 7)
    with cache._writing() as connection:
        connection.execute("DELETE FROM items WHERE id = ?", (krab,))
    assert rows_of(path, "SELECT * FROM places") == []


def test_what_came_in_after_the_last_visit_is_a_selection(path: Path) -> None:
    with Cache(path) as cache:
        assert cache.last_visit() is None
        cache.add(listing(linked("A"), linked("B", section="Sport")))
        visit = LastVisit(NOON, cache.last_id())
        cache.note_visit(visit)
        assert titles(cache, Selection(after=visit.newest)) == []
    with Cache(path) as cache:
        later_news = (linked("C", age=hours_old(99)), linked("D", section="Sport"))
        cache.add(listing(*later_news, fetched=later(1)))
        assert cache.last_visit() == visit
        assert sorted(map(str, titles(cache, Selection(after=visit.newest)))) == ["C", "D"]
        assert titles(cache, Selection(section="Sport", after=visit.newest)) == ["D"]
        cache.note_visit(LastVisit(later(2), cache.last_id()))
        assert cache.last_visit() == LastVisit(later(2), cache.last_id())
