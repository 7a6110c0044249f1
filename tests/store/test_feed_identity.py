"""The identity of feed items over time, and their marks."""

from datetime import datetime, timedelta
from hashlib import blake2b

import pytest

from reader.errors import reason
from reader.model import (
    Block,
    Entry,
    Feed,
    FeedName,
    FeedPage,
    FeedUnchanged,
    Headline,
    Selection,
    Sighting,
    Teaser,
)
from reader.store import Store
from reader.text.url import address

from .builders import NOON, everything, later, linked, listing, origin

HAVEN = "https://haven.test/rss"
STRAND = "https://strand.test/atom"


def entry(
    title: str,
    url: str | None = None,
    guid: str | None = None,
    text: str = "Een bericht over de haven.",
    at: datetime | None = NOON,
) -> Entry:
    """Return an entry as a feed states it."""
    published = Sighting(at, at) if at else None
    said = repr((title, url, guid, text, at))
    digest = blake2b(said.encode(), digest_size=12).hexdigest()
    return Entry(guid, Teaser(url, title, summary=text, published=published), "", digest)


def bring(
    cache: Store,
    *entries: Entry,
    url: str = HAVEN,
    section: str = "Haven",
    at: datetime = NOON,
) -> int:
    """Store one fetch of a feed; return how many items are new."""
    source = address(url)
    cache.feeds.describe([FeedName(source, url)])
    feed = Feed(section, None, entries)
    texts = {each.digest: (Block("paragraph", each.teaser.summary),) for each in entries}
    digest = blake2b("".join(each.digest for each in entries).encode()).digest()
    page = FeedPage(source, section, section, feed, at, at + timedelta(hours=1), digest, texts)
    return cache.feeds.add([page])[0].new


def read_all(cache: Store) -> None:
    cache.marks.set("read", cache.headlines.ids(), NOON)


def unread(cache: Store) -> list[str | None]:
    ids = cache.headlines.ids(Selection(unread=True))
    return [each.teaser.title for each in cache.headlines.load(ids)]


def only(cache: Store) -> Headline:
    (found,) = everything(cache)
    return found


def test_another_guid_for_the_same_address_is_the_same_item(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"))
    read_all(cache)
    assert not bring(cache, entry("Boot vaart", "https://haven.test/boot", "2"), at=later(1))
    assert only(cache).read


def test_another_address_for_the_same_guid_takes_the_place_of_the_first(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"))
    read_all(cache)
    assert not bring(cache, entry("Boot vaart", "https://haven.test/veer", "1"), at=later(1))
    found = only(cache)
    assert found.read
    assert found.teaser.url == "https://haven.test/veer"
    assert cache.headlines.find("https://haven.test/boot") == found.id
    assert cache.headlines.find("https://haven.test/veer") == found.id


def test_a_guid_that_all_entries_share_names_none_of_them(cache: Store) -> None:
    titles = [f"Bericht {number}" for number in range(3)]
    entries = [entry(title, f"https://haven.test/{title[-1]}", "x") for title in titles]
    assert bring(cache, *entries) == 3
    assert not bring(cache, *entries[::-1], at=later(1))
    # Nor does it later, where one entry alone is left with it.
    assert bring(cache, entry("Bericht 9", "https://haven.test/9", "x"), at=later(2)) == 1
    assert {each.teaser.title for each in everything(cache)} == {*titles, "Bericht 9"}


def test_a_guid_that_is_used_again_for_other_news_is_other_news(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "nieuwste"))
    more = entry("Kraan draait", "https://haven.test/kraan", "nieuwste", at=later(3))
    assert bring(cache, more, at=later(4)) == 1
    assert {each.teaser.title for each in everything(cache)} == {"Boot vaart", "Kraan draait"}


def test_a_place_in_a_feed_without_dates_is_no_name_of_its_news(cache: Store) -> None:
    def numbered(*titles: str) -> list[Entry]:
        return [
            entry(title, f"https://haven.test/{title}", str(place), f"Over {title}.", at=None)
            for place, title in enumerate(titles)
        ]

    assert bring(cache, *numbered("Aal", "Bot", "Dorade")) == 3
    read_all(cache)
    assert bring(cache, *numbered("Vis", "Aal", "Bot"), at=later(1)) == 1
    assert unread(cache) == ["Vis"]
    assert len(everything(cache)) == 4


def fault(number: int, guid: str | None, *, link: str = "https://haven.test/") -> Entry:
    """Return one of several entries that link to the same page."""
    text = f"Sluis {number} van de haven is gestremd."
    return entry(f"Storing {number}", link, guid, text, at=later(number - 9))


@pytest.mark.parametrize(
    ("has_guid", "part"), [(True, ""), (False, ""), (True, "#storing"), (False, "?utm_source=rss")]
)
def test_entries_that_all_link_to_the_site_are_news_of_their_own(
    cache: Store, has_guid: bool, part: str
) -> None:
    faults = [
        fault(n, f"s{n}" if has_guid else None, link=f"https://haven.test/{part}") for n in range(6)
    ]
    assert bring(cache, *faults[2::-1]) == 3
    read_all(cache)
    assert bring(cache, *faults[4:0:-1], at=later(1)) == 2
    # One that is left alone is not the item at its address either.
    assert bring(cache, faults[5], at=later(2)) == 1
    assert not bring(cache, *faults[::-1], at=later(3))
    assert unread(cache) == ["Storing 5", "Storing 4", "Storing 3"]
    assert {each.teaser.url for each in everything(cache)} == {f"https://haven.test/{part}"}
    pages = [cache.articles.load(each.id) for each in everything(cache)]
    texts = {page.blocks[0].text for page in pages if page}
    assert texts == {each.teaser.summary for each in faults}


def test_a_feed_of_one_entry_at_one_address_brings_other_news_each_time(cache: Store) -> None:
    for number in range(3):
        assert bring(cache, fault(number, f"s{number}"), at=later(number)) == 1
        read_all(cache)
    assert not bring(cache, fault(2, "s2"), fault(1, "s1"), at=later(5))
    assert len(everything(cache)) == 3


@pytest.mark.parametrize("guid", ["1", None])
def test_two_versions_of_an_article_in_one_fetch_do_not_take_turns(
    cache: Store, guid: str | None
) -> None:
    text = "De boot vaart om acht uur."
    old = entry("Boot vaart", "https://haven.test/boot", guid, text)
    new = entry("Boot vaart later", "https://haven.test/boot", guid, text, at=later(1))
    for hour in range(2, 6):
        more = entry("Vondst", f"https://haven.test/{hour}", str(hour))
        assert bring(cache, old, new, more, at=later(hour)) == (2 if hour == 2 else 1)
        (boat,) = [each for each in everything(cache) if "Boot" in (each.teaser.title or "")]
        assert boat.teaser.title == "Boot vaart later"
        assert not cache.articles.revisions(boat.id)


def test_another_guid_for_the_article_of_another_feed_is_the_same_item(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"))
    for guid in ("a", "b"):
        said = entry("Veer terug", "https://haven.test/boot", guid, "De boot is er.", at=later(-1))
        assert not bring(cache, said, url=STRAND, section="Strand", at=later(1))
    assert only(cache).teaser.title == "Boot vaart"


def test_one_guid_in_two_feeds_is_two_items(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"))
    other = entry("Zand stuift", "https://strand.test/zand", "1")
    assert bring(cache, other, url=STRAND, section="Strand") == 1
    assert {each.teaser.section for each in everything(cache)} == {"Haven", "Strand"}


def test_one_article_in_two_feeds_is_one_item_of_both(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"))
    read_all(cache)
    again = entry("Boot vaart!", "http://www.haven.test/boot?utm_source=rss", "a")
    assert not bring(cache, again, url=STRAND, section="Strand", at=later(1))
    found = only(cache)
    assert (found.teaser.section, found.source, found.read) == ("Haven", "Haven", True)
    assert found.teaser.title == "Boot vaart"
    assert cache.feeds.sources_of(found.id) == ["Haven", "Strand"]


def test_what_the_site_shows_as_well_keeps_the_section_of_its_feed(cache: Store) -> None:
    url = linked("Boot vaart").url
    bring(cache, entry("Boot vaart", url, "1"))
    shown = linked("Boot vaart", "De boot vaart weer.", section="Zeeland")
    cache.pages.add(listing(shown, fetched=later(1)), origin=origin("x"))
    assert only(cache).teaser.section == "Haven"


def test_equal_titles_in_two_feeds_without_links_are_two_items(cache: Store) -> None:
    bring(cache, entry("Weer", None, None))
    assert bring(cache, entry("Weer", None, None), url=STRAND, section="Strand") == 1
    assert not bring(cache, entry("Weer", None, None), at=later(1))
    assert len(everything(cache)) == 2


def test_equal_titles_in_one_feed_are_two_items_where_their_guids_differ(cache: Store) -> None:
    first = entry("Weerbericht", None, "ma", "Maandag regent het.")
    second = entry("Weerbericht", None, "di", "Dinsdag schijnt de zon.", at=later(2))
    assert bring(cache, first, second) == 2
    third = entry("Weerbericht", None, "wo", "Woensdag mist.", at=later(20))
    assert bring(cache, second, third, at=later(24)) == 1
    assert len(everything(cache)) == 3


def test_an_entry_without_link_and_guid_is_updated(cache: Store) -> None:
    text = "Maandag regent het, en dinsdag ook, en woensdag trekt er een buienlijn over de kust."
    bring(cache, entry("Weerbericht", None, None, text))
    read_all(cache)
    assert not bring(cache, entry("Weerbericht", None, None, f"{text} Update."), at=later(1))
    assert only(cache).read
    assert only(cache).teaser.summary.endswith("Update.")


def test_an_entry_without_link_is_known_by_its_words_when_its_guid_changes(cache: Store) -> None:
    bring(cache, entry("Weerbericht", None, "ma", "Maandag regent het."))
    read_all(cache)
    assert not bring(cache, entry("Weerbericht", None, "mo", "Maandag regent het."), at=later(1))
    assert only(cache).read


@pytest.mark.parametrize("link", [None, "https://haven.test/"])
def test_guids_that_are_new_each_time_bring_nothing_new(cache: Store, link: str | None) -> None:
    def made(build: int) -> list[Entry]:
        return [
            entry(f"Storing {number}", link, f"{build}-{number}", "", later(number - 9))
            for number in range(4)
        ]

    assert bring(cache, *made(1)) == 4
    read_all(cache)
    assert not bring(cache, *made(2), at=later(1))
    assert not unread(cache)


@pytest.mark.parametrize("after", ["https://haven.test/boot", "https://www.haven.test/boot/"])
def test_http_that_becomes_https_brings_nothing_new(cache: Store, after: str) -> None:
    bring(cache, entry("Boot vaart", "http://haven.test/boot", "http://haven.test/boot"))
    read_all(cache)
    assert not bring(cache, entry("Boot vaart", after, after), at=later(1))
    assert only(cache).read


def test_a_site_that_gets_another_host_brings_nothing_new(cache: Store) -> None:
    def at(host: str) -> list[Entry]:
        return [
            entry(f"Bericht {number}", f"https://{host}/p/{number}", f"https://{host}/?p={number}")
            for number in range(5)
        ]

    bring(cache, *at("oud.test"))
    read_all(cache)
    assert not bring(cache, *at("nieuw.test"), at=later(1))
    assert not unread(cache)


def test_what_was_pruned_stays_away_while_its_feed_shows_it(cache: Store) -> None:
    entries = [
        entry("Boot vaart", "https://haven.test/boot", "1"),
        entry("Weer", None, None),
        entry("Kraan draait", "https://haven.test/kraan"),
    ]
    bring(cache, *entries)
    assert cache.retention.remove(cache.headlines.ids(), later(1)) == 3
    assert not bring(cache, *entries, at=later(2))
    changed = entry("Boot vaart!", "https://haven.test/boot", "1", "Toch een ander bericht.")
    assert not bring(cache, changed, *entries[1:], at=later(3))
    assert not everything(cache)
    assert bring(cache, entry("Zeehond", "https://haven.test/zeehond", "9"), at=later(4)) == 1


def test_the_first_stated_date_stays_where_another_is_stated_later(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1", at=later(-20)))
    bring(cache, entry("Kraan draait", "https://haven.test/kraan", "2", at=later(-10)))
    read_all(cache)
    moved = entry("Boot vaart", "https://haven.test/boot", "1", at=later(0.5))
    assert not bring(cache, moved, at=later(1))
    first, second = everything(cache)
    assert [first.teaser.title, second.teaser.title] == ["Kraan draait", "Boot vaart"]
    assert second.teaser.published == Sighting(later(-20), later(-20))
    assert second.read


def test_a_date_of_the_future_is_no_date(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1", at=later(900)))
    bring(cache, entry("Kraan draait", "https://haven.test/kraan", "2", at=later(1)), at=later(2))
    assert [each.teaser.title for each in everything(cache)] == ["Kraan draait", "Boot vaart"]
    assert everything(cache)[1].teaser.published is None


def test_an_update_changes_the_text_and_never_a_mark(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1", "De boot vaart om acht uur."))
    read_all(cache)
    cache.marks.set("saved", cache.headlines.ids(), NOON)
    cache.marks.set("read", cache.headlines.ids(), NOON, value=False)
    text = "De boot vaart pas om negen uur, want er is mist."
    bring(cache, entry("Boot vaart later", "https://haven.test/boot", "1", text), at=later(1))
    found = only(cache)
    assert (found.read, found.saved) == (False, True)
    assert (found.teaser.title, found.teaser.summary) == ("Boot vaart later", text)
    page = cache.articles.load(found.id)
    assert page is not None
    assert [block.text for block in page.blocks] == [text]
    assert len(cache.articles.revisions(found.id)) == 1


def test_what_is_old_when_a_feed_is_first_followed_comes_in_read(cache: Store) -> None:
    old = entry("Krab van toen", "https://haven.test/krab", "1", at=later(-15 * 24))
    new = entry("Boot vaart", "https://haven.test/boot", "2", at=later(-13 * 24))
    bring(cache, old, new)
    assert unread(cache) == ["Boot vaart"]
    # An item that appears later is news, whatever its date.
    late = entry("Vondst", "https://haven.test/vondst", "3", at=later(-20 * 24))
    bring(cache, old, new, late, at=later(1))
    assert set(unread(cache)) == {"Boot vaart", "Vondst"}


def test_two_items_become_one_where_a_guid_gets_the_address_of_another(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/p1", "1"))
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "a"), url=STRAND, section="Strand")
    cache.marks.set("saved", [cache.headlines.ids()[0]], NOON)
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"), at=later(1))
    assert only(cache).saved
    assert not bring(
        cache, entry("Boot vaart", "https://haven.test/boot", "a"), url=STRAND, at=later(2)
    )


def test_the_same_feed_again_changes_nothing(cache: Store) -> None:
    entries = [entry(f"Bericht {n}", f"https://haven.test/{n}", str(n)) for n in range(40)]
    assert bring(cache, *entries) == 40
    before = everything(cache)
    assert not bring(cache, *entries, at=later(5))
    assert everything(cache) == before
    # The one at the top of the feed is at the top of the list.
    assert before[0].teaser.title == "Bericht 0"


def test_a_feed_keeps_what_it_brought_when_it_fails(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"))
    source = address(HAVEN)
    cache.feeds.mark_failed(
        source, reason("http_status", status=410), later(1), later(9), gone=True
    )
    state = cache.feeds.state(source)
    assert state is not None
    assert (state.gone, state.failures, state.total, state.unread) == (True, 1, 1, 1)
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"), at=later(2))
    state = cache.feeds.state(source)
    assert state is not None
    assert (state.gone, state.failures, state.failure) == (False, 0, None)


def test_a_feed_is_at_its_new_address_after_three_runs_there(cache: Store) -> None:
    source = address(HAVEN)
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"))
    new = "https://haven.test/nieuw"

    def run(moved: str | None) -> str:
        cache.feeds.mark_unchanged([FeedUnchanged(source, later(1), later(2), moved=moved)])
        state = cache.feeds.state(source)
        assert state is not None
        return state.url

    assert [run(new), run(new), run(None), run(new), run(new)] == [HAVEN] * 5
    assert run(new) == new
