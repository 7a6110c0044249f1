"""A clock that jumps: nothing waits for a time from a wrong clock."""

from datetime import UTC, datetime
from pathlib import Path

from reader.devices.hybrid_clock import is_stamp, wall_stamp
from reader.errors import reason
from reader.model import PageOrigin, Validators
from reader.store import Store
from reader.store.clock import next_stamp, raise_clock, stamp_of_present

from .builders import (
    NOON,
    SITE,
    article,
    both,
    everything,
    hours_old,
    later,
    link,
    linked,
    listing,
    only,
    origin,
)

YEAR = 365 * 24.0
LIST = PageOrigin(SITE, '"lijst"')


def test_what_was_checked_in_the_future_is_asked_for_again(cache: Store) -> None:
    cache.pages.add(article(linked("Krab"), "Tekst.", fetched=later(YEAR)), origin=origin("Krab"))
    assert cache.pages.asked(link("Krab")) == Validators('"1"', None, later(YEAR))
    assert cache.pages.recheck(later(-24), later(-1), 9) == []
    assert cache.pages.recheck(later(-24), later(-1), 9, now=NOON) == [link("Krab")]
    cache.pages.mark_unchanged(link("Krab"), NOON)
    assert cache.pages.recheck(later(-24), later(-1), 9, now=NOON) == []


def test_what_failed_in_the_future_is_tried_again(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab")))
    cache.pages.mark_failed(link("Krab"), reason("robots"), later(YEAR))
    assert cache.pages.uncached(9, later(-1)) == []
    assert [url for _, url in cache.pages.uncached(9, later(-1), now=NOON)] == [link("Krab")]
    cache.pages.mark_failed(link("Krab"), reason("robots"), NOON)
    assert cache.pages.uncached(9, later(-1), now=NOON) == []


def test_a_page_just_fetched_replaces_what_a_wrong_clock_stored(cache: Store, path: Path) -> None:
    cache.pages.add(article(linked("Krab"), "Oud.", fetched=later(YEAR)), origin=origin("Krab"))
    fresh = article(linked("Krab", "Nieuw."), "Nieuw.")
    assert cache.pages.add(fresh).article == "unchanged"
    assert cache.pages.add(fresh, origin=origin("Krab", '"2"')).article == "updated"
    found = cache.articles.load(only(cache).id)
    assert found is not None
    assert [block.text for block in found.blocks] == ["Nieuw."]
    assert (found.teaser.summary, found.fetched) == ("Nieuw.", NOON)
    assert cache.pages.asked(link("Krab")) == Validators('"2"', None, NOON)


def test_a_page_just_fetched_puts_false_times_right(cache: Store) -> None:
    ahead = later(YEAR)
    cache.pages.add(listing(linked("Krab", age=hours_old(1, ahead)), fetched=ahead), origin=LIST)
    cache.pages.add(listing(linked("Krab", age=hours_old(2))), origin=LIST)
    assert only(cache).teaser.published == hours_old(2)
    assert only(cache).seen == NOON


def test_pages_of_one_run_may_be_stored_in_any_order(cache: Store) -> None:
    soon = later(0.25)
    cache.pages.add(article(linked("Krab", age=hours_old(1, soon)), "Nieuw.", fetched=soon),
              origin=origin("Krab", '"2"'))  # fmt: skip
    cache.pages.add(listing(linked("Krab", age=hours_old(1))), origin=LIST)
    late = article(linked("Krab"), "Oud.")
    assert cache.pages.add(late, origin=origin("Krab", '"1"')).article == "unchanged"
    assert cache.pages.asked(link("Krab")) == Validators('"2"', None, soon)
    (krab,) = everything(cache)
    assert krab.teaser.published == both(hours_old(1), hours_old(1, soon))
    found = cache.articles.load(krab.id)
    assert found is not None
    assert found.blocks[0].text == "Nieuw."


def test_stamps_stay_valid_whatever_the_wall_clock_says(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab")))
    far = datetime(2106, 2, 7, tzinfo=UTC)
    with cache.database.writing() as connection:
        # As a trigger does whose clock is that far off.
        raise_clock(connection, wall_stamp(far))
        stamps = [next_stamp(connection, at) for at in (far, NOON, far, NOON)]
        stamps.append(stamp_of_present(connection))
    assert all(map(is_stamp, stamps))
    assert stamps == sorted(set(stamps))
