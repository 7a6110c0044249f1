"""Answers are trusted within bounds, and none ends a thread or a run."""

import base64
import gzip
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from reader.errors import FetchError
from reader.fetch import Client, Fetched, Unchanged
from reader.model import Validators
from tests.said import said
from tests.site import FAULTS, Fault, Site, make_edition, moved, status
from tests.site.proxy import Proxy
from tests.sync.conftest import NOW, PATIENT, Reader, Turns

_HTML = {"Content-Type": "text/html; charset=utf-8"}
_SOCCER = "/nieuws/soccer"


def page_with(headers: dict[str, str], body: Callable[[bytes], bytes] = bytes) -> Fault:
    """Return the page as it should be, with headers of its own, and its body made otherwise."""
    return Fault(
        "page with",
        lambda wire, scene: wire.answer(200, _HTML | headers, body(scene.html.encode())),
    )


_UNCHANGED = Fault("304", lambda wire, _: wire.answer(304, {}))


def test_a_site_that_says_for_ever_that_nothing_has_changed_is_asked_anew_once_a_day(
    reader: Reader, site: Site
) -> None:
    reader.change(follow=("Voetbal",))
    site.clock = lambda: reader.now
    reader.sync()
    site.unchanging = True
    whole = []
    for _ in range(7 * 8):
        reader.later(hours=3)
        site.edition = site.edition.later(reader.now, 1, 0)
        site.log.forget()
        assert not reader.sync().failures
        if any(not each.conditional for each in site.log.of(_SOCCER)):
            whole.append(reader.now)
    assert [(later - before).days for before, later in pairwise([NOW, *whole])] == [1] * 7
    # The front page shows the newest.
    old = [each for each in site.edition.items if reader.now - each.published > timedelta(days=1)]
    known = {each.teaser.url for each in reader.headlines()}
    assert len({f"{site.url}{each.path}" for each in old} & known) > 24 + 7


def test_a_listing_is_asked_for_whole_where_the_clock_went_back(reader: Reader, site: Site) -> None:
    reader.sync()
    reader.later(days=-3)
    site.log.forget()
    reader.sync()
    assert not any(each.conditional for each in site.log.requests if each.target == _SOCCER)


def test_an_answer_that_nothing_has_changed_unasked_is_a_failure(
    reader: Reader, site: Site
) -> None:
    victim = site.edition.items[3]
    site.faults = {_SOCCER: _UNCHANGED, victim.path: _UNCHANGED}
    done = reader.sync()
    assert {failed.reason.code for failed in done.failures} == {"unasked_unchanged"}
    assert len(done.failures) == 2
    assert not reader.headline(victim.path).cached
    assert reader.library.pages.asked(f"{site.url}{_SOCCER}") is None


def test_validators_that_come_with_a_304_take_the_place_of_the_old_ones(
    reader: Reader, site: Site
) -> None:
    reader.sync()
    url = f"{site.url}{_SOCCER}"
    before = reader.library.pages.asked(url)
    assert before is not None
    site.faults[_SOCCER] = Fault("304", lambda wire, _: wire.answer(304, {"ETag": '"nieuw"'}))
    reader.later(minutes=5)
    reader.sync()
    asked = reader.library.pages.asked(url)
    assert asked == Validators('"nieuw"', before.modified, reader.now)


def test_a_date_to_come_is_not_believed(reader: Reader, site: Site) -> None:
    future = {"Last-Modified": "Fri, 01 Jan 2038 00:00:00 GMT", "ETag": '"één"'}
    site.faults[_SOCCER] = page_with(future)
    reader.sync()
    asked = reader.library.pages.asked(f"{site.url}{_SOCCER}")
    assert asked is not None
    assert (asked.etag, asked.modified) == (None, None)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "utf-8"}, bytes),
        ({"Content-Encoding": "gzip"}, bytes),
        ({}, gzip.compress),
        ({"Content-Encoding": "br"}, gzip.compress),
        (
            {"Content-Encoding": "gzip"},
            lambda page: gzip.compress(page[:999]) + gzip.compress(page[999:]),
        ),
    ],
    ids=["charset", "not packed", "not said", "said otherwise", "two members"],
)
def test_a_page_is_unpacked_as_its_bytes_tell(
    reader: Reader, site: Site, headers: dict[str, str], body: Callable[[bytes], bytes]
) -> None:
    victim = site.edition.items[3]
    site.faults[victim.path] = page_with(headers, body)
    assert not reader.sync().failures
    article = reader.library.articles.load(reader.headline(victim.path).id)
    assert article is not None
    assert article.blocks == victim.blocks


_WAITS = ["9" * 400, "9" * 5000, "1e400", "-1", "nan", "²", "", "Fri, 31 Dec 9999 23:59:59 GMT",
          "Mon, 01 Jan 99999999999 00:00:00 GMT", "Sat, 14 Mar 2026 00:00:00 +9999"]  # fmt: skip


@pytest.mark.parametrize("wait", _WAITS)
def test_no_retry_after_ends_a_thread_or_a_run(
    reader: Reader, site: Site, wait: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Turns(monkeypatch)
    victim = site.edition.items[3].path
    site.faults[victim] = status(503, Retry_After=wait).once()
    reader.sync()
    del site.faults[victim]
    reader.later(hours=13)
    assert not reader.sync().failures
    assert all(headline.cached for headline in reader.headlines())


@pytest.mark.parametrize("wait", ["9" * 400, "nan", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_no_retry_after_of_robots_txt_ends_a_run(
    reader: Reader, site: Site, wait: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Turns(monkeypatch)
    site.faults["/robots.txt"] = status(429, Retry_After=wait)
    done = reader.sync()
    assert [failed.reason.code for failed in done.failures] == ["site_busy"]
    assert said(done.failures[0].reason)


@pytest.mark.parametrize("delay", ["²", "inf", "nan", "1" + "0" * 400, "-3", "1e400", "x"])
def test_no_crawl_delay_ends_a_run(reader: Reader, site: Site, delay: str) -> None:
    reader.change(articles=0, follow=("Voetbal",))
    site.robots = f"User-agent: *\nCrawl-delay: {delay}\nCrawl-delay: 0\n"
    assert reader.sync().listings == 2


_HEADERS = {
    "ETag": '"\xe9\xff"',
    "Last-Modified": "\xff" * 200,
    "Content-Type": "text/html; charset=\xff\xfe",
    "Set-Cookie": "a=\xe9; Domain=\xff; Expires=Mon, 99 Xxx 99999",
    "Date": "\xff",
    "Vary": "*" * 5_000,
    "Age": "9" * 500,
    "Content-Language": "\x9b31m",
    "Link": "<" * 5_000,
}


@pytest.mark.parametrize("name", _HEADERS)
def test_no_header_ends_a_run_and_a_second_one_is_as_good(
    reader: Reader, site: Site, name: str
) -> None:
    headers = {name: _HEADERS[name]}
    site.faults = {item.path: page_with(headers) for item in site.edition.items}
    site.faults[_SOCCER] = page_with(headers)
    for _ in range(2):
        done = reader.sync()
        reader.later(hours=2)
        assert not done.failures
    assert done.articles + done.unchanged


@pytest.mark.parametrize("edition", [make_edition(7, 6, NOW)], ids=["few"])
@pytest.mark.parametrize("code", [301, 302, 307])
@pytest.mark.parametrize(
    "target",
    [
        "",
        "http://",
        "http://[::1",
        "//",
        "\xff",
        "http://127.0.0.1:-1/",
        "x" * 60_000,
        "?",
        "data:,",
    ],
)
def test_no_location_ends_a_run(reader: Reader, site: Site, target: str, code: int) -> None:
    victim = site.edition.items[3].path
    site.faults[victim] = moved(target, code)
    done = reader.sync()
    assert {failed.url for failed in done.failures} <= {f"{site.url}{victim}"}
    assert sum(headline.cached for headline in reader.headlines()) >= len(site.edition.items) - 1


def test_no_exception_of_a_fetching_thread_is_lost(
    reader: Reader, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    victims = [item.path for item in site.edition.items[:6]]
    get = Client.get

    def fail(self: Client, url: str, *rest: object) -> Fetched | Unchanged:
        if url.endswith(tuple(victims)):
            raise KeyError("dit was niet voorzien")
        return get(self, url, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Client, "get", fail)
    done = reader.sync()
    assert done.articles == len(site.edition.items) - len(victims)
    assert {failed.reason.code for failed in done.failures} == {"unexpected"}
    assert "KeyError" in said(done.failures[0].reason)


def test_robots_txt_counts_for_what_a_page_redirects_to(reader: Reader, site: Site) -> None:
    victim = site.edition.items[3].path
    site.faults[victim] = moved("/mijn/nieuws")
    done = reader.sync()
    assert [failed.reason.code for failed in done.failures] == ["robots"]
    assert "/mijn/nieuws" not in site.log.arrived


def test_where_robots_txt_cannot_be_sent_nothing_is_fetched_ahead(
    reader: Reader, site: Site
) -> None:
    site.faults["/robots.txt"] = status(500)
    done = reader.sync()
    assert [failed.reason.code for failed in done.failures] == ["robots_withheld"]
    assert done.reached
    assert set(site.log.arrived) == {"/robots.txt"}


def test_where_robots_txt_breaks_off_nothing_is_fetched_ahead(reader: Reader, site: Site) -> None:
    site.faults["/robots.txt"] = FAULTS["truncated"]
    done = reader.sync()
    assert [failed.reason.code for failed in done.failures] == ["connection_lost"]
    assert set(site.log.arrived) == {"/robots.txt"}
    site.faults["/robots.txt"] = FAULTS["truncated"].once()
    assert not reader.sync().failures


def test_no_cookies_are_kept(reader: Reader, site: Site) -> None:
    site.faults["/nieuws"] = page_with({"Set-Cookie": "volg=1; Path=/; Max-Age=99999"})
    site.faults[site.edition.items[3].path] = page_with({"Set-Cookie": "volg=2; Path=/"})
    reader.sync()
    assert not any("cookie" in each.headers for each in site.log.requests)


def test_a_site_at_an_ipv6_address_is_read(reader: Reader, site: Site) -> None:
    with Site(site.edition, clock=lambda: NOW, host="::1") as other:
        victim = other.edition.items[3]
        other.robots = f"User-agent: *\nDisallow: {other.edition.items[4].path}\n"
        reader.change(site=f"{other.url}/")
        done = reader.sync()
        assert [failed.reason.code for failed in done.failures] == ["robots"]
        assert done.articles == len(other.edition.items) - 1
        hosts = {each.headers["host"] for each in other.log.requests}
    assert hosts == {other.url.removeprefix("http://")}
    assert reader.headline(victim.path).teaser.url == f"{other.url}{victim.path}"


def test_a_site_is_read_through_a_proxy(
    reader: Reader, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Proxy(site.url) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        reader.change(site="http://nieuws.invalid/")
        done = reader.sync()
        assert not done.failures
        assert done.articles == len(site.edition.items)
        assert "GET http://nieuws.invalid/robots.txt" in proxy.asked
        assert all(each.startswith("GET http://nieuws.invalid/") for each in proxy.asked)


def test_this_machine_is_not_asked_through_a_proxy(
    reader: Reader, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Proxy(site.url) as proxy:
        monkeypatch.setenv("all_proxy", proxy.url)
        assert not reader.sync().failures
        assert proxy.asked == []


@pytest.mark.parametrize(
    ("proxy", "code", "word"),
    [
        ("socks5://naam:geheim@wachter.invalid:1080", "proxy_socks", "SOCKS"),
        ("http://naam:geheim@wachter.invalid:3128", "proxy_unreachable", "wachter.invalid:3128"),
        ("ftp://wachter.invalid", "proxy_wrong", "wachter.invalid"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_told_in_one_sentence(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, proxy: str, code: str, word: str
) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    reader.change(site="http://nieuws.invalid/")
    done = reader.sync()
    assert not done.reached
    assert [failed.reason.code for failed in done.failures] == [code]
    assert word in said(done.failures[0].reason)
    assert "geheim" not in said(done.failures[0].reason)


def test_a_proxy_that_wants_a_password_gets_the_one_of_its_address(
    reader: Reader, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "Basic " + base64.b64encode(b"naam:geheim").decode()
    reader.change(site="http://nieuws.invalid/")
    with Proxy(site.url, password=told) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        done = reader.sync()
        assert [failed.reason.code for failed in done.failures] == ["proxy_refuses"]
        assert not done.reached
        assert len(proxy.asked) == 1
        monkeypatch.setenv("http_proxy", proxy.url.replace("//", "//naam:geheim@"))
        assert not reader.sync().failures


def test_a_proxy_that_refuses_a_tunnel_is_named(
    reader: Reader, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Proxy(site.url) as proxy, Client(lambda: NOW, PATIENT) as client:
        monkeypatch.setenv("https_proxy", proxy.url)
        with pytest.raises(FetchError, match="proxy_refuses"):
            client.get("https://nieuws.invalid/")
        assert proxy.asked == ["CONNECT nieuws.invalid:443"]


@pytest.mark.parametrize("minute", [5, 25, 45])
def test_in_the_night_the_clock_goes_back_nothing_is_a_day_off(
    reader: Reader, site: Site, minute: int
) -> None:
    # The second time that it is past two.
    reader.now = datetime.fromisoformat("2026-10-25T01:00:00+00:00") + timedelta(minutes=minute)
    site.edition = make_edition(7, 8, reader.now)
    site.clock = lambda: reader.now
    reader.sync()
    for item in site.edition.items:
        published = reader.headline(item.path).teaser.published
        assert published is not None
        assert abs(published.earliest - item.published) < timedelta(hours=2)
