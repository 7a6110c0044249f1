"""Commands with a site that serves something other than its news."""

from collections.abc import Iterator

import pytest

from tests.cli.conftest import Call
from tests.site import Site, make_edition
from tests.site.faults import PORTAL, sends
from tests.survival.conftest import NOW

_WITHDRAWN = (
    "<p>Dit bericht is ingetrokken, omdat het niet bleek te kloppen wat erin stond.</p>"
    "<p>De redactie van deze site biedt de lezers daarvoor excuses aan.</p>"
)


@pytest.fixture
def site(home: object) -> Iterator[Site]:
    with Site(make_edition(2, 6, NOW), clock=lambda: NOW) as running:
        yield running


def test_a_first_sync_that_meets_one_page_everywhere_fails_and_stores_nothing(
    znreader: Call, site: Site
) -> None:
    site.faults = {"*": sends(lambda _: PORTAL)}
    done = znreader("--site", site.url, "sync")
    assert done.status == 1
    assert done.err
    assert znreader("list", "--json").json == {"teasers": []}
    site.faults = {}
    assert znreader("--site", site.url, "sync").status == 0
    assert len(znreader("list", "--json").json["teasers"]) >= len(site.edition.items)


def test_a_withdrawn_article_is_taken_with_accept_and_its_older_text_kept(
    znreader: Call, site: Site
) -> None:
    victim = site.edition.items[0]
    url = f"{site.url}{victim.path}"
    assert znreader("--site", site.url, "fetch", url).status == 0
    before = znreader("show", url, "--json").json["blocks"]
    page = (
        f"<!doctype html><html><head><title>{victim.title}</title></head><body><main><article>"
        f"<h1>{victim.title}</h1>{_WITHDRAWN}</article></main></body></html>"
    )
    site.faults = {victim.path: sends(lambda _: page)}
    refused = znreader("--site", site.url, "fetch", url)
    assert refused.status == 1
    assert "--accept" in refused.err
    assert znreader("show", url, "--json").json["blocks"] == before
    assert znreader("--site", site.url, "fetch", "--accept", url).status == 0
    now = znreader("show", url, "--json").json["blocks"]
    assert now[0]["text"].startswith("Dit bericht is ingetrokken")
    assert znreader("show", url, "--revision", "1", "--json").json["blocks"] == before


@pytest.mark.usefixtures("english")
def test_one_listing_is_counted_in_the_singular(znreader: Call, site: Site) -> None:
    answer = znreader("--site", site.url, "sync", "Nergens")
    assert ", 1 listing, " in answer.out
