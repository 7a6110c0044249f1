"""The site's sections and how it last answered."""

import pytest

from reader.errors import reason
from reader.model import Following, Section, SyncState
from reader.store import Store
from reader.store.sources import arrange

from .builders import NOON, SITE, later, show_sections

SPORT, GOES, THOLEN = (Section(name, SITE + name.lower()) for name in ("Sport", "Goes", "Tholen"))


def followed(cache: Store) -> dict[str, bool]:
    """Return the names of the sections, in order, with whether each is followed."""
    return {each.section.name: each.followed for each in cache.sources.followings()}


def test_a_section_is_followed_until_one_says_otherwise(cache: Store) -> None:
    assert cache.sources.followings() == []
    show_sections(cache, [SPORT, GOES], NOON)
    assert cache.sources.followings() == [Following(SPORT, True), Following(GOES, True)]
    cache.sources.follow("Sport", False)
    show_sections(cache, [SPORT, THOLEN, GOES], later(1))
    assert followed(cache) == {"Sport": False, "Tholen": True, "Goes": True}
    cache.sources.follow("Sport", followed=True)
    assert followed(cache)["Sport"]


def test_a_section_that_was_never_seen_cannot_be_followed(cache: Store) -> None:
    cache.sources.follow("\udc80Politiek", True)
    assert cache.sources.followings() == []


def test_a_section_that_moved_keeps_whether_it_is_followed(cache: Store) -> None:
    show_sections(cache, [SPORT], NOON)
    cache.sources.follow("Sport", False)
    moved = Section("Sport", SITE + "regio/sport")
    show_sections(cache, [moved, SPORT], later(-5))
    assert cache.sources.followings() == [Following(moved, False)]


def test_sections_of_two_sources_may_have_one_name(cache: Store) -> None:
    show_sections(cache, [SPORT, GOES], NOON)
    paper = Section("Sport", "https://blad.test/sport", "blad")
    show_sections(cache, [paper], later(1), "blad")
    assert cache.sources.followings() == [
        Following(SPORT, True), Following(GOES, True), Following(paper, True),
    ]  # fmt: skip
    cache.sources.follow("Sport", False, "blad")
    assert [each.followed for each in cache.sources.followings()] == [True, True, False]


def test_a_navigation_without_sections_loses_none(cache: Store) -> None:
    show_sections(cache, [SPORT, GOES], NOON)
    show_sections(cache, [], later(1))
    assert list(followed(cache)) == ["Sport", "Goes"]


@pytest.mark.parametrize(
    ("known", "named", "expected"),
    [("", "abc", "abc"), ("abc", "", "abc"), ("abcd", "cd", "abcd"), ("abcd", "ad", "abcd"),
     ("abc", "cab", "cab"), ("ab", "xaby", "xaby"), ("ab", "xy", "abxy"), ("abxy", "ab", "abxy"),
     ("abxy", "xy", "abxy"), ("abc", "ca", "cab"), ("", "aba", "ab")],
)  # fmt: skip
def test_each_navigation_orders_what_it_shows_and_leaves_the_rest_in_place(
    known: str, named: str, expected: str
) -> None:
    assert arrange(known, named) == list(expected)


def test_the_state_of_the_last_runs_comes_back_as_it_was_noted(cache: Store) -> None:
    assert cache.sources.sync_state() == SyncState()
    for state in (SyncState(NOON, later(1), reason("no_connection"), True), SyncState(later(-9))):
        cache.sources.note_sync(state)
        assert cache.sources.sync_state() == state
