"""What is known of pages that were asked for: validators, failures, and what to ask for next."""

from datetime import timedelta
from pathlib import Path

import pytest

from reader.errors import CacheError, Reason, reason
from reader.model import Article, PageOrigin, Teaser, Validators
from reader.store import Store
from reader.store.headlines import HEADLINES
from reader.store.ingest.page_import import Added
from reader.store.pages import RECHECK, UNCACHED

from .builders import (
    ALL,
    NOON,
    SITE,
    article,
    dump,
    everything,
    hours_old,
    later,
    link,
    linked,
    listing,
    only,
    origin,
    rows_of,
    unlinked,
)

NEVER = later(-1000)

_STORED = '{"code": "robots", "arguments": {}}'

_STORED = '{"code": "robots", "arguments": {}}'


def page(title: str, text: str = "Tekst.", hours: float = 0) -> Article:
    """Return the article of a linked headline, an hour old when fetched."""
    return article(linked(title, age=hours_old(1, later(hours))), text, fetched=later(hours))


def to_fetch(cache: Store, failed_hours: float = -1000) -> list[str]:
    """Return the URLs that are still to be fetched."""
    return [url for _, url in cache.pages.uncached(99, later(failed_hours))]


def test_a_page_never_asked_for_is_not_known(cache: Store) -> None:
    cache.pages.add(page("Krab"))
    assert cache.pages.asked(link("Krab")) is None


def test_a_page_comes_with_its_validators_by_any_form_of_its_address(cache: Store) -> None:
    told = PageOrigin(link("Krab"), '"krab-1"', "Sat, 14 Mar 2026 11:00:00 GMT", b"<p>")
    cache.pages.add(page("Krab"), origin=told)
    known = Validators('"krab-1"', "Sat, 14 Mar 2026 11:00:00 GMT", NOON)
    assert cache.pages.asked(link("Krab")) == known
    assert cache.pages.asked("http://ZeelandNet.nl/nieuws/krab/?utm_source=x#top") == known
    assert cache.pages.asked(link("Kreeft")) is None


def test_a_listing_has_validators_as_well(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab")), origin=PageOrigin(SITE, '"lijst"'))
    assert cache.pages.asked(SITE) == Validators('"lijst"', None, NOON)


def test_new_validators_take_the_place_of_old_ones_also_where_there_are_none(cache: Store) -> None:
    cache.pages.add(page("Krab"), origin=origin("Krab", '"1"'))
    cache.pages.add(page("Krab", hours=1), origin=origin("Krab", None))
    assert cache.pages.asked(link("Krab")) == Validators(None, None, later(1))


def test_an_unchanged_page_keeps_its_validators_and_was_checked_later(cache: Store) -> None:
    cache.pages.add(page("Krab"), origin=origin("Krab"))
    cache.pages.mark_unchanged(link("Krab"), later(2))
    assert cache.pages.asked(link("Krab")) == Validators('"1"', None, later(2))


def test_a_page_unchanged_that_was_never_stored_is_known_without_validators(cache: Store) -> None:
    cache.pages.mark_unchanged(link("Krab"), NOON)
    assert cache.pages.asked(link("Krab")) == Validators(None, None, NOON)


def test_a_failure_stands_beside_its_headline_until_the_page_is_there(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab"), linked("Kreeft"), unlinked("Garnaal")))
    cache.pages.mark_failed("http://zeelandnet.nl/nieuws/krab/", reason("robots"), later(1))
    assert [each.failure for each in everything(cache)] == [reason("robots"), None, None]
    cache.pages.add(page("Krab", hours=2), origin=origin("Krab"))
    krab = cache.headlines.load([cache.headlines.find("krab") or 0])[0]
    assert (krab.cached, krab.failure) == (True, None)


def test_a_failure_is_kept_for_a_headline_that_turns_up_later(cache: Store) -> None:
    cache.pages.mark_failed(link("Krab"), reason("robots"), NOON)
    assert cache.pages.asked(link("Krab")) is None
    cache.pages.add(listing(linked("Krab")))
    assert only(cache).failure == reason("robots")


def test_a_failure_takes_nothing_away(cache: Store, path: Path) -> None:
    cache.pages.add(page("Krab"), origin=origin("Krab"))
    cache.pages.mark_failed(link("Krab"), reason("robots"), later(1))
    cache.pages.mark_failed(link("Krab"), reason("robots"), later(2))
    assert cache.pages.asked(link("Krab")) == Validators('"1"', None, NOON)
    assert (only(cache).cached, only(cache).failure) == (True, None)
    assert len(list(cache.pages.raw_pages())) == 1
    assert rows_of(path, "SELECT failure, tries FROM pages") == [(_STORED, 2)]


@pytest.mark.parametrize("succeed", ["stored", "unchanged"])
def test_success_ends_a_failure(cache: Store, path: Path, succeed: str) -> None:
    cache.pages.add(listing(linked("Krab")))
    cache.pages.mark_failed(link("Krab"), reason("robots"), NOON)
    if succeed == "stored":
        cache.pages.add(page("Krab"), origin=origin("Krab"))
    else:
        cache.pages.mark_unchanged(link("Krab"), later(1))
    assert only(cache).failure is None
    assert rows_of(path, "SELECT failure, failed, tries FROM pages") == [(None, None, 0)]


def test_a_page_that_cannot_be_stored_leaves_no_validators(cache: Store, path: Path) -> None:
    cache.pages.add(listing(linked("Krab")))
    cache.database._connection.execute("CREATE TRIGGER full BEFORE INSERT ON raw_pages "
                              "BEGIN SELECT raise(ABORT, 'no room'); END")  # fmt: skip
    before = dump(path)
    with pytest.raises(CacheError, match="no room"):
        cache.pages.add(page("Krab"), origin=origin("Krab"))
    assert dump(path) == before
    assert not cache.database._connection.in_transaction


def test_an_article_without_text_is_not_taken_for_had(cache: Store) -> None:
    empty = article(linked("Krab"))
    assert cache.pages.add(empty, origin=origin("Krab")) == Added("unchanged", 1)
    assert cache.pages.asked(link("Krab")) is None
    assert to_fetch(cache) == [link("Krab")]


def test_the_sample_edition_has_no_validators_and_is_never_asked_for(cache: Store) -> None:
    related = (linked("Kreeft"),)
    sample = article(linked("Krab"), "Tekst.", related=related, fetched=NOON)
    cache.pages.add_sample([sample])
    assert cache.pages.asked(link("Krab")) is None
    assert (to_fetch(cache), cache.pages.count_uncached()) == ([], 0)
    assert cache.pages.recheck(NEVER, later(9), 9) == []


def test_validators_without_their_article_are_not_given(cache: Store) -> None:
    cache.pages.add(page("Krab"), origin=origin("Krab"))
    cache.database._connection.execute("DELETE FROM items")
    assert cache.pages.asked(link("Krab")) == Validators(None, None, NOON)


def test_an_article_belongs_to_the_address_that_was_asked_for(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab"), linked("Kreeft")))
    for told in (linked("Moved"), Teaser(None, "Krab")):
        cache.pages.add(article(told, "Tekst.", fetched=later(1)), origin=origin("Krab"))
        assert to_fetch(cache) == [link("Kreeft")]
    assert len(cache.headlines.ids(ALL)) == 2


def test_what_is_to_fetch_comes_newest_first_without_what_failed_lately(cache: Store) -> None:
    news = [linked(title, age=hours_old(age)) for age, title in enumerate("ABCD")]
    cache.pages.add(listing(*news, unlinked("Zonder adres")))
    cache.pages.add(page("B"))
    cache.pages.mark_failed(link("A"), reason("robots"), later(3))
    assert to_fetch(cache, 3.5) == [link("A"), link("C"), link("D")]
    assert to_fetch(cache, 3) == [link("C"), link("D")]
    assert cache.pages.count_uncached() == 3
    ((number, _),) = cache.pages.uncached(1, NEVER)
    assert number == cache.headlines.find("c")
    assert cache.pages.uncached(-1, NEVER) == cache.pages.uncached(0, NEVER) == []
    assert len(cache.pages.uncached(10**30, NEVER)) == 2


def test_items_that_prove_to_be_one_are_to_fetch_once_or_not_at_all(cache: Store) -> None:
    cache.pages.add(article(unlinked("Krab wint"), "De krab won in Goes."))
    cache.pages.add(listing(linked("Krab verliest", "De krab won in Goes.")))
    assert cache.pages.count_uncached() == 1
    cache.pages.add(listing(Teaser(link("Krab verliest"), "Krab wint"), fetched=later(1)))
    assert len(cache.headlines.ids(ALL)) == 1
    assert cache.pages.count_uncached() == 0
    assert only(cache).cached


def test_young_articles_not_checked_lately_are_asked_for_again(cache: Store) -> None:
    for hours, title in enumerate(["Oud", "B", "A"]):
        cache.pages.add(page(title, hours=hours), origin=origin(title))
    cache.pages.add(listing(linked("Ongelezen", age=hours_old(0, later(2))), fetched=later(2)))
    assert cache.pages.recheck(later(-0.5), later(5), 9) == [link("A"), link("B")]
    assert cache.pages.recheck(later(-0.5), later(5), 1) == [link("A")]
    assert cache.pages.recheck(later(-0.5), later(2), 9) == [link("B")]
    cache.pages.mark_unchanged(link("A"), later(6))
    cache.pages.mark_failed(link("B"), reason("robots"), later(6))
    assert cache.pages.recheck(later(-0.5), later(5), 9) == []
    assert cache.pages.recheck(later(-0.5), later(7), 9) == [link("A"), link("B")]


def test_an_imported_article_was_checked_when_its_file_was_written(cache: Store) -> None:
    cache.pages.add(page("Krab"))
    assert cache.pages.recheck(NEVER, NOON, 9) == []
    assert cache.pages.recheck(NEVER, later(1), 9) == [link("Krab")]


def test_health_tells_what_failed_and_what_is_still_to_fetch(cache: Store) -> None:
    cache.pages.add(listing(linked("A"), linked("B"), linked("C"), unlinked("D")))
    cache.pages.mark_failed(link("A"), reason("robots"), NOON)
    cache.pages.add(page("B"), origin=origin("B"))
    cache.pages.mark_failed(link("B"), reason("robots"), NOON)
    cache.pages.mark_failed(SITE, reason("robots"), NOON)
    health = cache.maintenance.health()
    assert (health.uncached, health.failed) == (2, 1)


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        (UNCACHED, "SCAN items USING INDEX items_uncached"),
        (RECHECK, "SEARCH items USING INDEX items_newest (moment>?)"),
        (HEADLINES, "SCAN wanted VIRTUAL TABLE"),
    ],
    ids=["to fetch", "to check", "headlines"],
)
def test_what_is_known_of_headlines_is_found_along_indexes(
    cache: Store, statement: str, first: str
) -> None:
    values = dict.fromkeys(("since", "now", "limit", "published", "numbers"), 0)
    rows = cache.database._connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
    plan = [row[3] for row in rows]
    assert plan[0].startswith(first)
    assert any("names USING INDEX names_item (item=?)" in step for step in plan)
    assert any("pages USING INDEX sqlite_autoindex_pages_1 (address=?)" in step for step in plan)
    assert not any("SCAN" in step or "B-TREE" in step for step in plan[1:])


DAY = 24


@pytest.mark.parametrize(
    "why",
    [reason("http_status", status=404), reason("gone", url=SITE), reason("not_found")],
    ids=["404", "redirected", "told on the page"],
)
def test_a_page_that_is_gone_is_asked_for_after_1_7_and_30_days(cache: Store, why: Reason) -> None:
    cache.pages.add(listing(linked("Krab")))
    cache.pages.mark_failed(link("Krab"), why, NOON)
    for before, after in ((0.5, 1), (6, 7), (29, 30)):
        for days, expected in ((before, []), (after, [link("Krab")])):
            now = later(days * DAY)
            found = cache.pages.uncached(9, later(days * DAY - 12), now=now)
            assert [url for _, url in found] == expected
        cache.pages.mark_failed(link("Krab"), why, later(after * DAY))
    assert cache.pages.uncached(9, later(9_988), now=later(10_000)) == []
    # Validators for, as all that failed is.
    assert cache.pages.uncached(9, later(10_024), now=later(10_000)) != []


def test_another_failure_tells_nothing_of_whether_a_page_is_gone(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab")))
    cache.pages.mark_failed(link("Krab"), reason("http_status", status=404), NOON)
    cache.pages.mark_failed(link("Krab"), reason("connection_lost"), later(DAY))
    cache.pages.mark_failed(link("Krab"), reason("http_status", status=404), later(2 * DAY))
    assert cache.pages.uncached(9, later(5.5 * DAY), now=later(6 * DAY)) == []
    assert cache.pages.uncached(9, later(6.5 * DAY), now=later(7 * DAY)) != []


def test_what_is_gone_for_good_is_not_even_asked_for_with_all(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab")))
    cache.pages.mark_failed(link("Krab"), reason("http_status", status=410), NOON)
    for now in (later(1), later(10_000)):
        assert cache.pages.uncached(9, now, now=now) == []
        assert cache.pages.uncached(9, now + timedelta(days=1), now=now) == []
    cache.pages.add(page("Krab", hours=1), origin=origin("Krab"))
    assert only(cache).cached


def test_a_clock_that_was_wrong_does_not_keep_a_page_gone(cache: Store) -> None:
    cache.pages.add(listing(linked("Krab")))
    cache.pages.mark_failed(link("Krab"), reason("http_status", status=410), later(1_000))
    assert cache.pages.uncached(9, NOON, now=later(1)) != []
