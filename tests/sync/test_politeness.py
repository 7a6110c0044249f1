"""Politeness: few connections, pauses, Retry-After, robots.txt, an honest name."""

import pytest

from reader.errors import reason
from reader.sync.engine import Plan
from tests.site import Edition, Site, status
from tests.site.faults import Fault, Scene, sends
from tests.site.wire import Wire
from tests.sync.conftest import NOW, Reader, Turns


def test_at_most_four_connections_are_opened_and_kept_alive(reader: Reader, site: Site) -> None:
    site.latency = 0.01
    reader.sync()
    assert len(site.log.requests) > 25
    assert site.log.most_connections <= 4
    assert site.log.opened_connections <= 5


def test_every_request_names_the_program_and_takes_packed_pages(reader: Reader, site: Site) -> None:
    reader.change(articles=3)
    reader.sync()
    for request in site.log.requests:
        assert request.headers["user-agent"].startswith("znreader/")
        assert "gzip" in request.headers["accept-encoding"]
        assert "br" in request.headers["accept-encoding"]


def test_the_pause_that_was_set_lies_between_two_requests(
    reader: Reader, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = Turns(monkeypatch)
    reader.change(articles=3, pause=5.0, follow=("Sport", "Voetbal"))
    reader.sync()
    assert len(turns.begun) == len(site.log.requests) > 4
    assert turns.now - 1000 >= 5.0 * (len(turns.begun) - 1)


def test_robots_txt_keeps_pages_from_being_prefetched(reader: Reader, site: Site) -> None:
    barred = site.edition.items[0].path
    site.robots = f"User-agent: *\nDisallow: {barred}\n"
    done = reader.sync()
    assert barred not in site.log.arrived
    assert [failed.url for failed in done.failures] == [f"{site.url}{barred}"]
    assert reader.headline(barred).failure == reason("robots")


@pytest.mark.parametrize(
    "line", ["Disallow: //[x", "Crawl-delay: ²", "Request-rate: 1/²", "\x00\x1b", "Disallow"]
)
def test_rubbish_in_robots_txt_stops_nothing(reader: Reader, site: Site, line: str) -> None:
    site.robots = f"User-agent: *\n{line}\nDisallow: {site.edition.items[0].path}\n"
    assert reader.sync().articles == len(site.edition.items) - 1


def test_a_busy_robots_txt_is_asked_again(
    reader: Reader, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    Turns(monkeypatch)
    site.faults["/robots.txt"] = status(503, Retry_After="0").once()
    assert reader.sync().articles == len(site.edition.items)


def test_without_robots_txt_everything_may_be_fetched(reader: Reader, site: Site) -> None:
    site.robots = None
    assert reader.sync().articles == len(site.edition.items)


def test_robots_txt_counts_for_a_day(reader: Reader, site: Site) -> None:
    barred = site.edition.items[0].path
    site.robots = f"User-agent: *\nDisallow: {barred}\n"
    reader.sync()
    site.robots = None
    reader.later(hours=23)
    reader.sync(Plan(everything=True))
    assert site.log.arrived.count("/robots.txt") == 1
    assert reader.headline(barred).failure == reason("robots")
    reader.later(hours=2)
    reader.sync(Plan(everything=True))
    assert site.log.arrived.count("/robots.txt") == 2
    assert reader.headline(barred).cached


def test_a_site_that_is_not_asked_is_not_taken_for_one_without_a_connection(
    reader: Reader, site: Site
) -> None:
    site.robots = "User-agent: *\nDisallow: /\n"
    reader.sync()
    done = reader.sync()
    assert (done.requests, done.reached) == (0, False)
    assert {each.reason for each in done.failures} == {reason("robots")}
    assert reader.library.sources.sync_state().failed is None


def test_a_page_in_place_of_robots_txt_counts_for_one_run(reader: Reader, site: Site) -> None:
    site.robots = "<!DOCTYPE html><title>Log in op het netwerk</title>"
    reader.sync()
    barred = site.edition.items[0].path
    site.robots = f"User-agent: *\nDisallow: {barred}\n"
    reader.later(hours=2)
    reader.sync()
    assert site.log.arrived.count("/robots.txt") == 2


def test_a_site_that_is_gone_is_given_up_at_once_also_where_its_rules_are_known(
    reader: Reader, edition: Edition
) -> None:
    with Site(edition, clock=lambda: NOW) as site:
        reader.change(site=f"{site.url}/")
        reader.sync()
    reader.later(hours=2)
    done = reader.sync()
    assert not done.reached
    assert [failed.url for failed in done.failures] == [f"{site.url}/"]
    assert done.failures[0].reason.code == "connection_refused"


def test_the_known_sections_are_asked_for_together_with_the_front_page(
    reader: Reader, site: Site
) -> None:
    reader.change(follow=("Binnenland", "Politiek"))
    reader.sync()
    site.log.forget()
    front = sends(lambda scene: scene.html)
    together: list[bool] = []

    def play(wire: Wire, scene: Scene) -> None:
        together.extend(
            site.log.wait_for(path) for path in ("/nieuws/domestic", "/nieuws/politiek")
        )
        front.play(wire, scene)

    site.faults["/nieuws"] = Fault("late", play)
    assert not reader.sync().failures
    assert together == [True, True]


def test_a_busy_site_is_left_alone_for_as_long_as_it_asks(
    reader: Reader, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = Turns(monkeypatch)
    path = site.edition.items[0].path
    site.faults[path] = status(429, Retry_After="40").once()
    done = reader.sync()
    assert turns.now - 1000 >= 40
    assert not done.failures
    assert reader.headline(path).cached
    assert site.log.arrived.count(path) == 2


def test_a_site_that_asks_for_a_long_wait_is_not_asked_again_in_this_run(
    reader: Reader, site: Site
) -> None:
    site.faults["/nieuws/soccer"] = status(503, Retry_After="3600")
    done = reader.sync()
    assert done.articles == 0
    assert any(failed.reason.code == "site_busy" for failed in done.failures)
    assert len(site.log.arrived) < 15
