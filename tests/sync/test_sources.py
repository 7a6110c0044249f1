"""A second, invented source beside the site: the protocol suffices, and hosts are independent."""

import re
from collections.abc import Collection, Iterator, Sequence
from html import unescape
from itertools import pairwise

import pytest
from msgspec import Struct

from reader.events import Done
from reader.fetch import Client, Fetched, Hosts
from reader.model import Article, Following, Listing, Section, Teaser
from reader.parse import parse_page
from reader.sources.base import Source
from reader.sources.registry import owner_of, sources_of
from reader.sync.engine import sync
from tests.site import Site, make_edition, status
from tests.site.ports import refused
from tests.sync.conftest import NOW, PATIENT, Reader

_LINK = re.compile(r'<a [^>]*href="(/nieuws/[a-z0-9-]{25,})"[^>]*>([^<]{20,})</a>')


class VillagePaper(Struct, frozen=True):
    """A paper without sections: two pages of headlines, each read by a pattern of its own."""

    home: str
    pause: float = 0.0
    name: str = "dorpsblad"

    def owns(self, url: str) -> bool:
        return url.startswith(self.home)

    def first_pages(self) -> Sequence[str]:
        return (f"{self.home}/nieuws/soccer", f"{self.home}/nieuws/politiek")

    def listings(self, known: Sequence[Following], named: Collection[str]) -> Sequence[Section]:
        return ()

    def next_listing(self, url: str) -> str | None:
        return None

    def read(self, fetched: Fetched, url: str) -> Article | Listing:
        if url not in self.first_pages():
            return parse_page(fetched.data, fetched.at, url, self.home)
        links = _LINK.findall(fetched.data.decode())
        teasers = tuple(Teaser(self.home + path, unescape(title)) for path, title in links)
        return Listing(None, teasers, (), (), None, fetched.at)

    def follow(self, page: Article | Listing) -> Sequence[str]:
        return ()


@pytest.fixture
def village() -> Iterator[Site]:
    """Run a second stand-in, on a host of its own."""
    with Site(make_edition(11, 24, NOW), clock=lambda: NOW) as running:
        yield running


def run(reader: Reader, paper: Source) -> Done:
    """Sync the site and the paper in one run."""
    with Client(lambda: reader.now, PATIENT) as client:
        sources = (*sources_of(reader.settings), paper)
        *_, done = sync(reader.library, client, reader.settings, sources=sources)
    assert isinstance(done, Done)
    return done


def _of(reader: Reader, home: str) -> list[str]:
    """Return the titles of the cached articles of a host."""
    return [
        each.teaser.title or ""
        for each in reader.headlines()
        if each.cached and (each.teaser.url or "").startswith(home)
    ]


def test_news_of_both_sources_comes_in_with_one_run(
    reader: Reader, site: Site, village: Site
) -> None:
    done = run(reader, VillagePaper(village.url))
    assert not done.failures
    assert done.reached
    assert len(_of(reader, site.url)) == len(site.edition.items)
    listed = village.edition.of("Voetbal") + village.edition.of("Politiek")
    assert set(_of(reader, village.url)) == {item.title for item in listed}
    assert {"/nieuws/soccer", "/nieuws/politiek"} <= set(village.log.arrived)
    assert "/nieuws" not in village.log.arrived
    for headline in reader.headlines():
        is_theirs = (headline.teaser.url or "").startswith(village.url)
        assert headline.source == ("dorpsblad" if is_theirs else "zeelandnet")


def test_each_host_has_its_own_robots_txt(reader: Reader, site: Site, village: Site) -> None:
    village.robots = "User-agent: *\nDisallow: /nieuws/politiek\n"
    done = run(reader, VillagePaper(village.url))
    assert [failed.url for failed in done.failures] == [f"{village.url}/nieuws/politiek"]
    assert "/nieuws/politiek" in site.log.arrived
    assert [target for target in village.log.arrived if target == "/robots.txt"] == ["/robots.txt"]


def test_a_source_may_ask_for_a_pause(reader: Reader, site: Site, village: Site) -> None:
    run(reader, VillagePaper(village.url, pause=0.05))
    starts = sorted(request.started for request in village.log.requests)[1:]
    assert all(after - before > 0.02 for before, after in pairwise(starts))


def test_a_host_that_wants_patience_holds_up_no_other() -> None:
    hosts = Hosts()
    hosts.of("http://traag.test/nieuws").hold(3600)
    assert hosts.of("http://vlug.test/nieuws").is_ready
    assert not hosts.of("http://traag.test/nieuws").is_ready
    assert hosts.of("http://www.traag.test/") is hosts.of("http://traag.test/nieuws")
    assert hosts.of("http://traag.test:8080/") is not hosts.of("http://traag.test/")


@pytest.mark.parametrize("how", ["refused", "busy"])
def test_a_host_that_is_away_stops_no_other(
    reader: Reader, site: Site, village: Site, how: str
) -> None:
    home = village.url
    if how == "refused":
        home = refused()
    else:
        village.faults["/robots.txt"] = status(503, Retry_After="3600")
    done = run(reader, VillagePaper(home))
    assert [failed.url for failed in done.failures] == [home]
    assert done.reached
    assert not done.lost
    assert len(_of(reader, site.url)) == len(site.edition.items)
    assert reader.library.sources.sync_state().reached == NOW


def test_an_address_belongs_to_the_source_that_owns_it(reader: Reader, village: Site) -> None:
    site, paper = *sources_of(reader.settings), VillagePaper(village.url)
    assert owner_of((site, paper), f"{village.url}/nieuws/iets") is paper
    assert owner_of((site, paper), f"{reader.settings.site}nieuws/iets") is site
    assert owner_of((site, paper), "https://elders.test/") is None
    assert owner_of((site, paper), "http://[") is None
