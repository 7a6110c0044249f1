"""The lists: their order, what is selected, and that they stay quick when there is much."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.model import Counts, Dateline, PageOrigin, Section, SectionCount, Selection, Teaser
from reader.store import Store
from reader.store.connection import Database
from reader.store.headlines import Headlines, ids_query
from reader.ui.state.edition import Edition
from reader.ui.state.values import Tab

from .builders import (
    ALL,
    NOON,
    SITE,
    everything,
    hours_old,
    later,
    linked,
    listing,
    titles,
    unlinked,
)


def test_the_newest_comes_first_and_one_page_keeps_its_order(cache: Store) -> None:
    cache.pages.add(listing(linked("C", age=hours_old(2)), linked("D", age=hours_old(2))))
    cache.pages.add(listing(linked("A", age=hours_old(1)), linked("B", age=hours_old(1))))
    cache.pages.add(listing(linked("E", age=hours_old(9))))
    assert titles(cache) == ["A", "B", "C", "D", "E"]


def test_what_has_no_time_stands_where_it_was_first_seen(cache: Store) -> None:
    cache.pages.add(listing(linked("B"), linked("C"), fetched=later(-3)))
    cache.pages.add(listing(linked("D", age=hours_old(5)), linked("A", age=hours_old(1))))
    cache.pages.add(listing(linked("B"), fetched=later(1)))
    assert titles(cache) == ["A", "B", "C", "D"]


def test_the_ticker_stands_above_the_headlines_of_its_page(cache: Store) -> None:
    cache.pages.add(listing(linked("B"), ticker=[linked("A")]))
    assert titles(cache) == ["A", "B"]


def test_the_limit_cuts_the_oldest(cache: Store) -> None:
    cache.pages.add(listing(*map(linked, "ABC")))
    assert len(cache.headlines.ids(ALL)) == 3
    assert cache.headlines.ids(ALL, 2) == cache.headlines.ids(ALL)[:2]
    assert not cache.headlines.ids(ALL, 0)
    assert not cache.headlines.ids(ALL, -1)
    assert cache.headlines.ids(ALL, 10**30) == cache.headlines.ids(ALL)


def test_headlines_come_in_the_order_asked_without_vanished_ones(cache: Store) -> None:
    cache.pages.add(listing(*(linked(f"Bericht {number}") for number in range(1200))))
    ids = cache.headlines.ids(ALL)[::-1]
    found = cache.headlines.load([10**30, *ids, 0, ids[0]])
    assert [headline.id for headline in found] == [*ids, ids[0]]
    assert cache.headlines.load([]) == []


def test_selections_hold_together(cache: Store) -> None:
    sections = {"A": "Sport", "B": "Sport", "C": "Tholen", "D": None}
    cache.pages.add(listing(*(linked(title, section=name) for title, name in sections.items())))
    a, b, c, _ = cache.headlines.ids(ALL)
    cache.marks.set("read", [a], NOON)
    cache.marks.set("saved", [b], NOON)
    cache.marks.set("saved", [c], NOON)
    assert titles(cache, Selection(section="Sport")) == ["A", "B"]
    assert titles(cache, Selection(section="sport", unread=True)) == ["B"]
    assert titles(cache, Selection(unread=True)) == ["B", "C", "D"]
    assert titles(cache, Selection(saved=True)) == ["B", "C"]
    assert titles(cache, Selection(section="Tholen", unread=True, saved=True, words="c")) == ["C"]
    assert titles(cache, Selection(section="Politiek")) == []


def test_what_is_selected_is_counted_with_what_of_it_is_unread(cache: Store) -> None:
    assert cache.headlines.counts() == Counts(0, 0)
    sections = {"A": "Sport", "B": "Sport", "C": "Tholen", "D": None}
    cache.pages.add(listing(*(linked(title, section=name) for title, name in sections.items())))
    a, b, _, _ = cache.headlines.ids(ALL)
    cache.marks.set("read", [a], NOON)
    cache.marks.set("saved", [a], NOON)
    cache.marks.set("saved", [b], NOON)
    assert cache.headlines.counts() == Counts(4, 3)
    assert cache.headlines.counts(Selection(section="sport")) == Counts(2, 1)
    assert cache.headlines.counts(Selection(unread=True)) == Counts(3, 3)
    assert cache.headlines.counts(Selection(saved=True)) == Counts(2, 1)
    assert cache.headlines.counts(Selection(section="Sport", saved=True, words="a")) == Counts(1, 0)
    assert cache.headlines.counts(Selection(section="Politiek")) == Counts(0, 0)


def test_those_unread_among_some_are_told_without_vanished_ones(cache: Store) -> None:
    cache.pages.add(listing(*map(linked, "ABC")))
    a, b, c = cache.headlines.ids(ALL)
    cache.marks.set("read", [b], NOON)
    assert cache.headlines.unread_among([c, b, a, a, 10**18]) == {a, c}
    assert cache.headlines.unread_among([]) == set()


def test_the_last_to_come_in_has_the_highest_number(cache: Store) -> None:
    assert cache.headlines.last_id() == 0
    cache.pages.add(listing(*map(linked, "AB")))
    before = cache.headlines.last_id()
    cache.pages.add(listing(linked("C", age=hours_old(99)), fetched=later(1)))
    assert (
        cache.headlines.last_id()
        == cache.headlines.ids(ALL)[-1]
        > before
        == max(cache.headlines.ids(ALL)[:-1])
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cooperatie", True),
        ("COÖPERATIE  malmo", True),
        ("operat", False),
        ("coop", True),
        ("co", True),
        ("th an", True),
        ("tholen anp", True),
        ("100%", True),
        ("10%", False),
        ("00", False),
        ("%", True),
        ("plan_b", True),
        ("plan_c", False),
        ("o'neill", True),
        ("''", True),
        ('"zo"', True),
        ("zo niet", False),
        ("bes", False),
        ("besl", True),
        ("\\", True),
        ("AND", False),
        ("NEAR(plan b", False),
        ("\x00coo\udc80peratie", True),
        (" \t", True),
    ],
)
def test_a_word_must_begin_with_each_of_the_filter_whatever_signs_it_holds(
    cache: Store, words: str, found: bool
) -> None:
    line = Dateline(("MALMÖ",), ("ANP",))
    summary = 'Volgens O\'Neill is het plan_b, "zo" besluit hij, 100% klaar.'
    cache.pages.add(listing(Teaser(None, "Coöperatie deelt fietsen", "Tholen", line, summary)))
    assert bool(titles(cache, Selection(words=words))) is found


def test_a_filter_sees_what_a_newer_page_tells(cache: Store) -> None:
    cache.pages.add(listing(Teaser(SITE + "x", "Oud")))
    cache.pages.add(listing(Teaser(SITE + "x", "Nieuw"), fetched=later(1)))
    assert titles(cache, Selection(words="oud")) == []
    assert titles(cache, Selection(words="nieuw")) == ["Nieuw"]


def test_sections_keep_the_order_of_the_site_the_followed_first(cache: Store) -> None:
    add_from_site(
        cache, ("Tholen", "Beveland", "Sport"),
        linked("A", section="Tholen"), linked("B", section="Sport"), linked("E"),
        linked("C", section="Sport"), linked("D", section="Beveland"),
        linked("F", section="Elders"),
    )  # fmt: skip
    for headline in everything(cache, Selection(section="Sport")):
        cache.marks.set("read", [headline.id], NOON)
    cache.sources.follow("Tholen", False)
    assert list(cache.headlines.sections()) == [
        SectionCount("Beveland", 1, 1), SectionCount("Sport", 2, 0), SectionCount("Tholen", 1, 1),
        SectionCount("Elders", 1, 1),
    ]  # fmt: skip


def test_sections_stay_where_they_are_while_news_comes_in(cache: Store) -> None:
    add_from_site(cache, ("Sport", "Tholen"), linked("A", section="Sport"))
    for number in range(5):
        add_from_site(cache, ("Sport", "Tholen"), linked(f"T{number}", section="THOLEN"))
        assert [each.name.casefold() for each in cache.headlines.sections()] == ["sport", "tholen"]


def test_sections_are_those_of_the_present_after_each_write_of_any_process(path: Path) -> None:
    """They are remembered as long as nothing is written."""

    def counted(library: Store) -> list[SectionCount]:
        return list(library.headlines.sections())

    with Store(path) as here, Store(path) as there:
        here.pages.add(listing(linked("A", section="Sport"), linked("B", section="Sport")))
        first, second = here.headlines.ids()
        for library in (here, there, here, there):
            assert counted(library) == [SectionCount("Sport", 2, 2)]
        there.marks.set("read", [first], NOON)
        here.marks.set("read", [second], NOON)
        for library in (here, there, here, there):
            assert counted(library) == [SectionCount("Sport", 2, 0)]
        here.marks.undo(NOON)
        assert counted(here) == [SectionCount("Sport", 2, 1)]


def test_sections_that_were_read_within_a_failed_write_are_not_remembered(path: Path) -> None:
    with Store(path) as library:
        library.pages.add(listing(linked("A", section="Sport")))
    with closing(Database(path)) as database:
        headlines = Headlines(database)
        with suppress(ZeroDivisionError), database.writing() as connection:
            connection.execute("UPDATE items SET read = 1")
            assert list(headlines.sections()) == [SectionCount("Sport", 1, 0)]
            raise ZeroDivisionError
        assert list(headlines.sections()) == [SectionCount("Sport", 1, 1)]


def test_sections_that_the_settings_follow_come_first(cache: Store) -> None:
    names = ("Sport", "Tholen")
    add_from_site(cache, names, *(linked(name, section=name) for name in names))
    tabs = Edition(cache, ("tholen",)).tabs().tabs
    assert [tab.name for tab in tabs][-2:] == ["Tholen", "Sport"]


def add_from_site(cache: Store, names: Sequence[str], *teasers: Teaser) -> None:
    """Store a page of the site, with its navigation."""
    sections = tuple(Section(name, SITE + name.lower()) for name in names)
    cache.pages.add(replace(listing(*teasers), sections=sections), origin=PageOrigin(SITE))


def test_a_section_that_is_spelt_in_two_cases_is_one_with_all_that_is_unread(path: Path) -> None:
    with Store(path) as library:
        library.pages.add(listing(linked("A", section="SPORT"), linked("B", section="Sport")))
        for spelling in ("SPORT", "Sport"):
            for headline in everything(library):
                is_read = headline.teaser.section == spelling
                library.marks.set("read", [headline.id], NOON, value=is_read)
            [section] = library.headlines.sections()
            assert (section.name.casefold(), section.total, section.unread) == ("sport", 2, 1)
            assert Edition(library).tabs().tabs[-1] == Tab(section.name, 1)


def test_a_headline_is_found_by_its_address_or_its_slug(cache: Store) -> None:
    cache.pages.add(listing(Teaser(SITE + "Pont-ANP140326001", "Pont"), unlinked("Café open")))
    pont, cafe = cache.headlines.ids(ALL)
    assert (
        cache.headlines.find("http://zeelandnet.nl/nieuws/Pont-ANP140326001/?utm_source=x#top")
        == pont
    )
    assert cache.headlines.find("pont") == pont
    assert cache.headlines.find(SITE + "cafe-open?page=2") == cafe
    assert cache.headlines.find("cafe-open") == cafe
    assert cache.headlines.find("https://example.org/nieuws/pont") is None
    assert cache.headlines.find("") is None
    assert cache.headlines.find("\udcff\x00' OR 1=1 --") is None


def test_every_list_is_one_walk_along_an_index(cache: Store, path: Path) -> None:
    cache.pages.add(
        listing(*(linked(f"Bericht {number}", section="Sport") for number in range(5000)))
    )
    indexes = {
        Selection(): "items_newest",
        Selection(unread=True): "items_unread",
        Selection(saved=True): "items_saved",
        Selection(section="Sport"): "items_section",
        Selection(section="Sport", unread=True): "items_section_unread",
    }
    with closing(sqlite3.connect(path)) as connection:
        for (selection, index), limit in product(indexes.items(), (None, 60)):
            statement, values = ids_query(selection, limit)
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
            # Muted items are read once, from their own small index.
            plan = [step for step in plan if "SUBQUERY" not in step and "items_muted" not in step]
            assert len(plan) == 1, (selection, limit)
            assert f"INDEX {index}" in plan[0].removesuffix(" (section=?)"), (selection, limit)
            assert "B-TREE" not in plan[0], (selection, limit)


@pytest.mark.parametrize("is_unread", [False, True])
@pytest.mark.parametrize("query", ["", "bericht"])
def test_what_came_in_since_is_not_looked_for_among_all_headlines(
    cache: Store, is_unread: bool, query: str
) -> None:
    cache.pages.add(listing(*(linked(f"Bericht {number}") for number in range(9, 0, -1))))
    numbers = sorted(cache.headlines.ids(ALL))
    selection = Selection(after=numbers[6], unread=is_unread, query=query, at=NOON)
    assert list(cache.headlines.ids(selection)) == numbers[:6:-1]
    statement, values = ids_query(selection, None)
    with cache.database.using("read") as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = [row[3] for row in rows]
    assert "SEARCH items USING INTEGER PRIMARY KEY (rowid>?)" in steps


def test_times_come_back_in_whole_seconds(cache: Store) -> None:
    moment = NOON + timedelta(microseconds=999_999)
    cache.pages.add(listing(linked("A", age=hours_old(1, moment)), fetched=moment))
    (headline,) = everything(cache)
    assert headline.seen == NOON
    assert headline.teaser.published == hours_old(1)


def test_times_far_from_now_are_kept(cache: Store) -> None:
    first, last = NOON.replace(year=1, month=1, day=2), NOON.replace(year=9999)
    cache.pages.add(listing(linked("A"), fetched=first))
    cache.pages.add(listing(linked("B"), fetched=last))
    assert [headline.seen for headline in everything(cache)] == [last, first]


def test_the_times_of_headlines_are_those_of_their_order(cache: Store) -> None:
    cache.pages.add(listing(linked("A", age=hours_old(1)), linked("B"), linked("C")))
    *others, last = cache.headlines.ids(ALL)
    moments = cache.headlines.moments([last, *others, 999])
    assert set(moments) == {last, *others}
    assert moments[last] == NOON - timedelta(hours=1)
    assert {moments[number] for number in others} == {NOON}
