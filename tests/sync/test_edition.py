"""A sync fetches the whole edition, newest first, and is cheap the second time."""

from datetime import timedelta

import pytest

from reader.events import Failed, Progress, Started, Stored
from reader.model import Sighting
from reader.sync.engine import Plan
from tests.said import said
from tests.site import READABLE, Edition, Site, make_edition
from tests.sync.conftest import NOW, Reader


def _articles(site: Site) -> list[str]:
    """Return the paths of the articles that were asked for, in order."""
    return [target for target in site.log.arrived if site.edition.find(target)]


@pytest.mark.parametrize("layout", READABLE)
def test_a_first_sync_makes_the_whole_edition_readable_offline(
    reader: Reader, site: Site, layout: str
) -> None:
    site.layout = layout
    done = reader.sync()
    assert done.reached
    assert not done.failures
    assert done.articles == len(site.edition.items)
    for item in site.edition.items:
        headline = reader.headline(item.path)
        article = reader.library.articles.load(headline.id)
        assert article is not None
        assert article.teaser.title == item.title
        assert article.blocks == item.blocks
        assert headline.teaser.section == item.section
        assert headline.teaser.published is not None
        assert headline.teaser.published.earliest <= item.published
        assert item.published <= headline.teaser.published.latest


def test_the_sections_of_the_site_are_discovered_and_remembered(reader: Reader, site: Site) -> None:
    reader.sync()
    names = [each.section.name for each in reader.library.sources.followings()]
    assert {"Binnenland", "Buitenland", "Financieel", "Sport", "Tholen"} <= set(names)
    assert all(each.followed for each in reader.library.sources.followings())


def test_listings_come_before_articles_and_articles_newest_first(
    reader: Reader, site: Site
) -> None:
    reader.sync()
    asked = site.log.arrived
    articles = _articles(site)
    first = asked.index(articles[0])
    assert not set(asked[:first]) & set(articles)
    assert all(site.edition.find(target) for target in asked[first:])
    published = [item.published for path in articles if (item := site.edition.find(path))]
    # Four are under way at once, so neighbours may change places.
    assert all(later <= earlier for earlier, later in zip(published, published[8:], strict=False))


def test_no_page_is_asked_for_twice_in_one_run(reader: Reader, site: Site) -> None:
    reader.sync()
    assert len(site.log.arrived) == len(set(site.log.arrived))


def test_a_second_sync_costs_one_conditional_request_for_each_listing(
    reader: Reader, site: Site
) -> None:
    first = reader.sync()
    site.log.forget()
    done = reader.sync()
    assert _articles(site) == []
    assert done.unchanged == first.listings
    assert done.articles == done.listings == 0
    requests = [request for request in site.log.requests if request.target != "/robots.txt"]
    assert all(request.conditional and request.status == 304 for request in requests)


def test_new_articles_are_fetched_and_the_others_left_alone(reader: Reader, site: Site) -> None:
    reader.sync()
    site.log.forget()
    reader.later(minutes=30)
    site.edition = site.edition.later(reader.now, 5, 0)
    site.clock = lambda: reader.now
    done = reader.sync()
    fresh = {item.path for item in site.edition.items[:5]}
    assert set(_articles(site)) == fresh
    assert done.headlines == 5


def test_a_young_article_is_asked_again_and_its_update_replaces_it(
    reader: Reader, site: Site
) -> None:
    reader.sync()
    old = site.edition.items[0]
    headline = reader.headline(old.path)
    reader.library.marks.set("saved", [headline.id], NOW)
    reader.later(hours=2)
    site.edition = site.edition.later(reader.now, 0, 1)
    site.clock = lambda: reader.now
    site.log.forget()
    reader.sync()
    new = site.edition.find(old.path)
    assert new is not None
    assert new.blocks != old.blocks
    article = reader.library.articles.load(headline.id)
    assert article is not None
    assert article.blocks == new.blocks
    assert reader.headline(old.path).saved
    day_old = [
        item.path for item in site.edition.items if reader.now - item.published > timedelta(days=1)
    ]
    assert not set(day_old) & set(_articles(site))


def test_a_young_article_is_left_alone_for_an_hour(reader: Reader, site: Site) -> None:
    reader.sync()
    site.log.forget()
    reader.later(minutes=20)
    reader.sync()
    assert _articles(site) == []


def test_more_pages_of_a_listing_are_read_as_far_as_asked(reader: Reader, site: Site) -> None:
    site.edition = make_edition(7, 150, NOW)
    reader.change(articles=1, follow=("Binnenland",))
    reader.sync(Plan(pages=2))
    assert "/nieuws/domestic?page=2" in site.log.arrived
    assert "/nieuws/domestic?page=3" not in site.log.arrived
    site.log.forget()
    reader.sync()
    assert not any("page=" in target for target in site.log.arrived)


def test_deeper_pages_are_read_even_where_the_first_is_as_it_was(
    reader: Reader, site: Site
) -> None:
    site.edition = make_edition(7, 150, NOW)
    reader.change(articles=1, follow=("Binnenland",))
    reader.sync(Plan(pages=1))
    site.log.forget()
    reader.sync(Plan(pages=2))
    assert "/nieuws/domestic?page=2" in site.log.arrived


def test_listings_of_several_pages_cost_conditional_requests_too(
    reader: Reader, site: Site
) -> None:
    site.edition = make_edition(7, 150, NOW)
    reader.change(articles=1, follow=("Binnenland",), pages=2)
    reader.sync()
    site.log.forget()
    reader.sync()
    listings = [each for each in site.log.requests if each.target.startswith("/nieuws/domestic")]
    # Both are asked for at once, and either may be answered first.
    assert sorted((each.target, each.status) for each in listings) == [
        ("/nieuws/domestic", 304),
        ("/nieuws/domestic?page=2", 304),
    ]


def test_a_section_that_the_site_has_not_is_named(reader: Reader, site: Site) -> None:
    done = reader.sync(Plan(sections=("Bestaatniet",)))
    assert ["Bestaatniet" in said(failed.reason) for failed in done.failures] == [True]


def test_only_the_sections_that_are_followed_are_read(reader: Reader, site: Site) -> None:
    reader.sync()
    reader.library.sources.follow("Sport", followed=False)
    site.log.forget()
    reader.sync()
    sport = next(each.section for each in reader.library.sources.followings() if not each.followed)
    paths = [f"{site.url}{target}" for target in site.log.arrived]
    assert sport.url not in paths
    assert len(paths) > 5


def test_sections_named_on_the_command_line_or_in_the_settings_decide(
    reader: Reader, site: Site
) -> None:
    reader.sync()
    site.log.forget()
    reader.sync(Plan(sections=("voetbal",)))
    assert sorted(site.log.arrived) == ["/nieuws", "/nieuws/soccer"]
    site.log.forget()
    reader.change(follow=("Politiek",))
    reader.sync()
    assert sorted(site.log.arrived) == ["/nieuws", "/nieuws/politiek"]


def test_the_number_of_articles_in_one_run_is_bounded(reader: Reader, site: Site) -> None:
    reader.change(articles=10)
    done = reader.sync()
    assert done.articles == 10
    assert reader.library.pages.count_uncached() > 0
    everything = reader.sync(Plan(everything=True))
    assert reader.library.pages.count_uncached() == 0
    assert everything.articles >= len(site.edition.items) - 10


def test_the_ticker_narrows_a_time_to_the_minute(reader: Reader, site: Site) -> None:
    reader.sync()
    minute = timedelta(minutes=1)
    published = [each.teaser.published for each in reader.headlines()]
    assert any(each and each.latest - each.earliest <= minute for each in published)


def test_two_fetches_narrow_an_age(reader: Reader, site: Site, edition: Edition) -> None:
    reader.change(follow=("Sport",))
    path = next(
        item.path for item in edition.of("Sport") if NOW - item.published > timedelta(hours=3)
    )
    reader.sync()
    before = reader.headline(path).teaser.published
    reader.later(minutes=40)
    site.clock = lambda: reader.now
    reader.sync()
    after = reader.headline(path).teaser.published
    assert isinstance(before, Sighting)
    assert isinstance(after, Sighting)
    assert after.latest - after.earliest <= before.latest - before.earliest
    item = edition.find(path)
    assert item is not None
    assert after.earliest <= item.published <= after.latest


def test_the_events_tell_the_run(reader: Reader, site: Site) -> None:
    done = reader.sync()
    kinds = [type(event) for event in reader.events]
    assert kinds[0] is Started
    stored = [event for event in reader.events if isinstance(event, Stored)]
    assert len(stored) == done.articles + done.listings
    assert all(event.sure >= 0.5 for event in stored if event.kind == "article")
    progress = [event for event in reader.events if isinstance(event, Progress)]
    assert [event.done for event in progress] == sorted(event.done for event in progress)
    assert progress[-1].done == progress[-1].total
    assert not any(isinstance(event, Failed) for event in reader.events)


def test_the_last_sync_is_remembered(reader: Reader, site: Site) -> None:
    reader.sync()
    assert reader.library.sources.sync_state().reached == NOW
