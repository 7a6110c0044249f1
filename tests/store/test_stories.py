"""Stories in the cache: their numbers, what a reader says of them, and caches from before."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from reader.model import Selection
from reader.store import Store
from reader.store.story_placement import load_report, unplaced_reports
from tests.store.builders import NOON, article, both, hours_old, linked
from tests.store.versions import make_first
from tests.stories.news import BARN, KITCHEN, OTHERS

Told = tuple[str, str, str]


def _add(cache: Store, told: Told, hours: int, at: datetime = NOON) -> int:
    title, lead, body = told
    age = hours_old(hours, at)
    teaser = linked(title, lead, age=both(age, age))
    cache.pages.add(article(teaser, lead, body, fetched=at))
    number = cache.headlines.find(teaser.url or "")
    assert number is not None
    return number


def _with_others(cache: Store) -> None:
    for hours, told in enumerate(OTHERS, 30):
        _add(cache, told, hours)


def _story(cache: Store, item: int) -> int | None:
    return cache.headlines.load([item])[0].story


def test_reports_of_one_event_have_one_number_and_a_single_has_none(cache: Store) -> None:
    _with_others(cache)
    barn = [_add(cache, told, 20 - 2 * number) for number, told in enumerate(BARN[:2])]
    kitchen = [_add(cache, told, 10 - 2 * number) for number, told in enumerate(KITCHEN)]
    museum = cache.headlines.find(linked(OTHERS[0][0]).url or "") or 0
    assert cache.stories.place(NOON) == len(OTHERS) + 4
    one, other = _story(cache, barn[0]), _story(cache, kitchen[0])
    assert one is not None
    assert other is not None
    assert one != other
    assert _story(cache, barn[1]) == one
    assert _story(cache, kitchen[1]) == other
    assert _story(cache, museum) is None
    assert cache.stories.reports(one) == barn[::-1]
    assert list(cache.headlines.ids(Selection(story=one))) == barn[::-1]
    assert cache.headlines.counts(Selection(story=one)).total == 2
    newest = cache.headlines.ids(limit=1)
    assert list(newest) == kitchen[-1:]
    known = cache.headlines.stories(newest)
    assert known == {kitchen[-1]: other}
    others = cache.headlines.other_reports(Selection(), known)
    assert list(others.items()) == [(each, other) for each in kitchen[-2::-1]]
    assert not cache.headlines.other_reports(Selection(section="Elders"), known)
    narrowed = cache.headlines.other_reports(Selection(words="keukenb vliss"), known)
    assert list(narrowed) == kitchen[:1]
    assert not cache.headlines.other_reports(Selection(words="keukenb zierik"), known)
    assert not cache.stories.is_pending()


def test_a_number_stays_when_more_reports_come(cache: Store) -> None:
    _with_others(cache)
    first, second = _add(cache, BARN[0], 126), _add(cache, BARN[1], 124)
    cache.stories.place(NOON)
    number = _story(cache, first)
    third = _add(cache, BARN[2], 76)
    cache.stories.place(NOON)
    assert number is not None
    assert [_story(cache, each) for each in (first, second, third)] == [number] * 3


def test_the_words_that_are_counted_are_those_of_the_reports_there_are(cache: Store) -> None:
    _with_others(cache)
    first = _add(cache, BARN[0], 126)
    cache.stories.place(NOON)
    page = article(linked(BARN[0][0], BARN[0][1]), *BARN[0][1:], "Nog een zin.", fetched=NOON)
    cache.pages.add(replace(page, fetched=NOON + timedelta(hours=1)))
    cache.stories.place(NOON)
    with cache.database.writing() as connection:
        connection.execute("DELETE FROM items WHERE id <> ?", (first,))
        report = load_report(connection, first)
        assert report is not None
        rows = connection.execute("SELECT word, item FROM report_words").fetchall()
        counted = connection.execute("SELECT word, reports FROM word_counts WHERE reports > 0")
        assert dict(rows) == dict.fromkeys(report.words, first)
        assert dict(counted) == dict.fromkeys(report.words, 1)


def test_what_was_taken_out_stays_out_until_that_is_undone(cache: Store) -> None:
    _with_others(cache)
    first, second, third = (_add(cache, told, 20 - n) for n, told in enumerate(BARN))
    cache.stories.place(NOON)
    number = _story(cache, first)
    assert cache.stories.split([second]) == [second]
    assert cache.stories.split([second]) == []
    page = article(linked(BARN[1][0], BARN[1][1]), *BARN[1][1:], "Nog een zin.", fetched=NOON)
    cache.pages.add(replace(page, fetched=NOON + timedelta(hours=1)))
    cache.stories.place(NOON)
    assert _story(cache, second) is None
    assert _story(cache, third) == number
    assert cache.stories.undo() == [second]
    assert cache.stories.undo() == []
    assert _story(cache, second) == number


def test_what_was_joined_stays_joined_until_that_is_undone(cache: Store) -> None:
    museum, oysters = _add(cache, OTHERS[0], 3), _add(cache, OTHERS[1], 2)
    cache.stories.place(NOON)
    assert cache.stories.join([museum, museum]) is None
    number = cache.stories.join([museum, oysters])
    assert number is not None
    _add(cache, BARN[0], 1)
    cache.stories.place(NOON)
    assert cache.stories.reports(number) == [oysters, museum]
    assert cache.stories.undo() == [museum, oysters]
    assert _story(cache, museum) is None


def test_placing_goes_on_where_it_was_broken_off(cache: Store) -> None:
    _with_others(cache)
    first, second = _add(cache, BARN[0], 5), _add(cache, BARN[1], 3)
    assert cache.stories.place(NOON, seconds=0) < len(OTHERS) + 2
    assert cache.stories.is_pending()
    cache.stories.place(NOON)
    assert _story(cache, first) == _story(cache, second) is not None


def test_a_cache_from_before_is_placed(path: Path) -> None:
    make_first(path, headlines=20)
    with Store(path) as cache:
        assert cache.stories.is_pending()
        cache.stories.place(NOON)
        assert not cache.stories.is_pending()
        assert all(each.story is None for each in cache.headlines.load(cache.headlines.ids()))


def test_a_story_of_a_removed_report_keeps_its_number(cache: Store) -> None:
    _with_others(cache)
    first, second = _add(cache, BARN[0], 5), _add(cache, BARN[1], 3)
    cache.stories.place(NOON)
    number = _story(cache, first)
    with cache.database.writing() as connection:
        connection.execute("DELETE FROM items WHERE id = ?", (second,))
    third = _add(cache, BARN[2], 1)
    cache.stories.place(NOON)
    assert _story(cache, first) == _story(cache, third) == number


def test_related_reports_are_alike_and_of_another_story(cache: Store) -> None:
    _with_others(cache)
    first, second = _add(cache, BARN[0], 5), _add(cache, BARN[1], 3)
    cache.stories.place(NOON)
    assert second not in cache.stories.related(first)
    cache.stories.split([second])
    assert cache.stories.related(first)[0] == second
    museum = cache.headlines.find(linked(OTHERS[0][0]).url or "") or 0
    assert cache.stories.related(museum) == []


def test_a_watched_story_is_known(cache: Store) -> None:
    number = cache.stories.join([_add(cache, OTHERS[0], 3), _add(cache, OTHERS[1], 2)])
    assert number is not None
    cache.stories.watch(number)
    assert cache.stories.watched() == [number]
    cache.stories.watch(number, value=False)
    assert cache.stories.watched() == []


def test_a_story_is_watched_anew_as_often_as_one_likes(cache: Store) -> None:
    number = cache.stories.join([_add(cache, OTHERS[0], 3), _add(cache, OTHERS[1], 2)])
    assert number is not None
    for _ in range(3):
        cache.stories.watch(number)
        assert cache.stories.watched() == [number]
        cache.stories.watch(number, value=False)
        assert cache.stories.watched() == []


def test_search_finds_the_reports_of_a_story(cache: Store) -> None:
    _with_others(cache)
    barn = [_add(cache, told, 20 - number) for number, told in enumerate(BARN)]
    cache.stories.place(NOON)
    number = _story(cache, barn[0])
    found = cache.search.find(f"story:{number}", NOON, 20)
    assert {hit.headline.id for hit in found.hits} == set(barn)
    assert {hit.headline.id for hit in cache.search.find("is:verhaal", NOON, 20).hits} == set(barn)
    rest = cache.search.find("-is:story", NOON, 20)
    assert {hit.headline.id for hit in rest.hits}.isdisjoint(barn)
    assert len(cache.search.find("heftruck is:story", NOON, 20).hits) == 1


def test_a_title_that_changed_since_it_was_read_is_told(cache: Store) -> None:
    item = _add(cache, BARN[0], 20)
    cache.articles.note_read(item)
    text = linked(*BARN[0][:2])

    def retitle(title: str, hours: int) -> bool:
        at = NOON + timedelta(hours=hours)
        cache.pages.add(article(replace(text, title=title), *BARN[0][1:], fetched=at))
        return cache.headlines.load([item])[0].retitled

    assert not retitle(BARN[0][0].replace(" ", "  "), 1)
    assert retitle(f"{BARN[0][0]} geblust", 2)
    cache.articles.note_read(item)
    assert not cache.headlines.load([item])[0].retitled


def test_of_a_cache_from_before_the_newest_reports_are_placed_first(cache: Store) -> None:
    items = [_add(cache, told, hours) for hours, told in enumerate(OTHERS, 1)]
    with cache.database.reading() as connection:
        reports, _ = unplaced_reports(connection, 2)
    assert {report.id for report in reports} == set(items[:2])


def test_reports_from_the_end_of_time_are_placed_like_any_other(cache: Store) -> None:
    late = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    for told, hours in zip(BARN[:2], (1, 0), strict=True):
        title, lead, body = told
        teaser = linked(title, lead, age=both(hours_old(hours, late), hours_old(hours, late)))
        cache.pages.add(article(teaser, lead, body, fetched=late))
    assert cache.stories.place(NOON) == 2
    assert not cache.stories.is_pending()
    assert len(cache.stories.numbers()) == 1
    assert cache.stories.place(NOON) == 0
