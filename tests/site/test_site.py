"""The stand-in behaves as stated, so that a failure of another test is the reader's."""

import gzip
import http.client
import itertools
import socket
import ssl
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from reader.model import Article, Listing, Teaser
from reader.parse import parse_page
from tests.patience import PATIENCE
from tests.site import (
    FAULTS,
    READABLE,
    Desk,
    Edition,
    Item,
    Site,
    View,
    desks,
    make_edition,
    scatter,
)
from tests.site.layouts import LAYOUTS
from tests.site.ports import deaf, refused, without_tls

NOW = datetime(2026, 3, 26, 15, 5, tzinfo=UTC)
BASE = "http://127.0.0.1:8017"
EDITION = make_edition(seed=7, articles=300, now=NOW)
_FAST = set(FAULTS) - {"stalled-head", "stalled-body", "drip", "huge", "gzip-bomb"}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(EDITION, clock=lambda: NOW) as running:
        yield running


@pytest.fixture
def client(site: Site) -> Iterator[http.client.HTTPConnection]:
    connection = _connection(site)
    yield connection
    connection.close()


def _connection(site: Site) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=PATIENCE)


def _get(
    client: http.client.HTTPConnection, target: str, **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    client.request("GET", target, headers=named)
    response = client.getresponse()
    return response, response.read()


def _assert_shown(teaser: Teaser, item: Item, *, titled: bool = True) -> None:
    assert teaser.url == BASE + item.path
    assert teaser.title == (item.title if titled else None)
    assert (teaser.dateline, teaser.summary) == (item.dateline, item.lead)
    assert teaser.published is not None
    assert teaser.published.earliest <= item.published <= teaser.published.latest


def _view(layout: str, edition: Edition = EDITION) -> View:
    return View(edition, LAYOUTS[layout], edition.now, BASE, size=20_000)


@pytest.mark.parametrize("layout", READABLE)
def test_an_article_reads_as_the_edition_has_it(layout: str) -> None:
    for item in EDITION.items[::10]:
        html = _view(layout).article(item).html
        page = parse_page(html.encode(), NOW, BASE + item.path)
        assert isinstance(page, Article)
        assert page.teaser.title == item.title
        assert (page.teaser.section, page.teaser.dateline) == (item.section, item.dateline)
        assert page.blocks == item.blocks
        assert len(html.encode()) == 20_000
        for teaser, other in zip(page.related, EDITION.related(item), strict=True):
            _assert_shown(teaser, other)


@pytest.mark.parametrize("layout", READABLE)
@pytest.mark.parametrize("section", desks(), ids=lambda section: section.name)
def test_all_pages_of_a_listing_read_as_the_edition_has_them(layout: str, section: Desk) -> None:
    items, number = EDITION.of(section.name), 0
    follow: str | None = section.path
    while follow:
        number += 1
        shown = _view(layout).listing(section, number)
        assert shown is not None
        page = parse_page(shown.html.encode(), NOW, BASE + follow)
        assert isinstance(page, Listing)
        assert page.section == section.name
        assert [(each.name, each.url) for each in page.sections] == [
            (each.name, BASE + each.path) for each in desks()
        ]
        here = items[(number - 1) * 20 : number * 20]
        for teaser, item in zip(page.teasers, here, strict=True):
            _assert_shown(teaser, item, titled=not section.regional)
        follow = page.next.removeprefix(BASE) if page.next else None
    assert number == -(-len(items) // 20)
    assert _view(layout).listing(section, number + 1) is None


@pytest.mark.parametrize("layout", READABLE)
def test_the_ticker_tells_the_minute(layout: str) -> None:
    shown = _view(layout).page("/nieuws/regio/tholen")
    assert shown is not None
    page = parse_page(shown.html.encode(), NOW, f"{BASE}/nieuws/regio/tholen")
    assert isinstance(page, Listing)
    for teaser, item in zip(page.ticker, EDITION.items[:8], strict=True):
        assert (teaser.url, teaser.title) == (BASE + item.path, item.title)
        assert teaser.section == item.section
        assert teaser.published is not None
        assert teaser.published.earliest == item.published.replace(second=0)


@pytest.mark.parametrize("layout", READABLE)
def test_the_front_page_shows_the_newest_and_the_way_to_all_sections(layout: str) -> None:
    page = parse_page(_view(layout).front().html.encode(), NOW, f"{BASE}/nieuws")
    assert isinstance(page, Listing)
    assert [each.name for each in page.sections] == [each.name for each in desks()]
    for teaser, item in zip(page.teasers, EDITION.items[:12], strict=True):
        _assert_shown(teaser, item)


def test_an_edition_is_the_same_for_its_seed_and_no_title_comes_twice() -> None:
    large = make_edition(seed=7, articles=2_000, now=NOW)
    assert make_edition(seed=7, articles=300, now=NOW) == EDITION
    assert large.items[:300] == EDITION.items
    assert len({item.title for item in large.items}) == 2_000
    assert len({item.path for item in large.items}) == 2_000
    for newer, older in itertools.pairwise(large.items):
        assert NOW > newer.published > older.published


def test_a_later_edition_has_new_items_on_top_and_updated_ones_below() -> None:
    later = EDITION.later(NOW + timedelta(hours=3), new=12, updated=2)
    assert later.items[14:] == EDITION.items[2:]
    assert all(NOW < item.published < later.now for item in later.items[:12])
    for updated, old in zip(later.items[12:14], EDITION.items[:2], strict=True):
        assert (updated.path, updated.published) == (old.path, old.published)
        assert updated.title == f"UPDATE: {old.title}"
        assert updated.changed == later.now
        assert len(updated.body) == len(old.body) + 1
    again = later.later(later.now + timedelta(hours=1), new=5)
    assert len({item.path for item in again.items}) == 317


def test_an_unchanged_page_is_not_sent_again(
    site: Site, client: http.client.HTTPConnection
) -> None:
    path = EDITION.items[0].path
    first, body = _get(client, path)
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    assert first.status == 200
    assert int(first.headers["Content-Length"]) == len(body)
    assert _get(client, path, If_None_Match=tag)[0].status == 304
    assert _get(client, path, If_Modified_Since=date)[0].status == 304
    assert _get(client, path, If_None_Match='"else"', If_Modified_Since=date)[0].status == 200
    site.edition = EDITION.later(NOW + timedelta(minutes=1), new=0)
    assert _get(client, path, If_None_Match=tag, If_Modified_Since=date)[0].status == 200
    assert [request.status for request in site.log.requests] == [200, 304, 304, 200, 200]
    assert site.log.requests[1].sent < 300 < len(body) < site.log.requests[0].sent


def test_pages_are_packed_where_that_is_welcome(client: http.client.HTTPConnection) -> None:
    plain, body = _get(client, "/nieuws")
    packed, squeezed = _get(client, "/nieuws", Accept_Encoding="br, gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed) == body
    assert packed.headers["ETag"] != plain.headers["ETag"]
    again, _ = _get(client, "/nieuws", Accept_Encoding="gzip", If_None_Match=packed.headers["ETag"])
    assert again.status == 304


def test_connections_are_kept_and_counted(site: Site, client: http.client.HTTPConnection) -> None:
    for item in EDITION.items[:5]:
        assert _get(client, item.path, User_Agent="proef")[0].status == 200
    assert site.log.opened_connections == 1
    assert {request.connection for request in site.log.requests} == {1}
    assert site.log.requests[0].headers["user-agent"] == "proef"
    other = _connection(site)
    assert _get(other, "/robots.txt")[1].startswith(b"User-agent: *")
    assert _get(other, "/nieuws/bestaat-niet")[0].status == 404
    other.close()
    assert site.log.most_connections == 2
    assert site.log.wait_for("/robots.txt")
    assert not site.log.wait_for("/robots.txt", times=2, seconds=0.01)


def test_layout_latency_and_robots_can_change_while_it_runs(
    site: Site, client: http.client.HTTPConnection
) -> None:
    site.layout, site.latency, site.robots = "broken", 0.05, None
    assert b"skeleton" in _get(client, EDITION.items[0].path)[1]
    assert site.log.requests[0].seconds >= 0.05
    assert _get(client, "/robots.txt")[0].status == 404
    site.lists = "bem"
    assert b"skeleton" not in _get(client, "/nieuws/soccer")[1]


@pytest.mark.parametrize("name", sorted(_FAST))
def test_a_fault_strikes_its_own_page_only(
    site: Site, client: http.client.HTTPConnection, name: str
) -> None:
    faulty, well = EDITION.items[:2]
    site.faults[faulty.path] = FAULTS["429"]
    _get(client, faulty.path)
    site.faults[faulty.path] = FAULTS[name]
    sound = site.view(faulty.path).article(faulty).html.encode()
    try:
        response, body = _get(client, faulty.path)
        assert (response.status, body) != (200, sound)
        if name.isdecimal():
            assert response.status == int(name)
            assert response.headers["Retry-After"] == {"429": "1", "503": "1"}.get(name)
        if name.startswith("redirect"):
            assert response.headers["Location"]
        if name == "redirect-site":
            assert _get(client, response.headers["Location"])[1] == sound
    except (OSError, http.client.HTTPException):
        assert name in {"truncated", "reset", "garbage"}
    client.close()
    assert _get(client, well.path)[0].status == 200
    if FAULTS[name].times:
        assert _get(client, faulty.path)[1] == sound


@pytest.mark.parametrize("name", ["stalled-head", "stalled-body", "drip"])
def test_a_page_that_never_ends_lets_the_site_close_at_once(name: str) -> None:
    path = EDITION.items[0].path
    with Site(EDITION, faults={path: FAULTS[name]}) as site:
        leaving, waiting = (_connection(site), _connection(site))
        for client in (leaving, waiting):
            client.request("GET", path)
        assert site.log.wait_for(path, times=2)
        if name != "stalled-head":
            with waiting.getresponse() as response:
                assert response.read(5) == b"<!DOC"
        leaving.close()
    waiting.close()
    assert [request.aborted for request in site.log.requests] == [True, True]
    assert site.log.open_connections == 0


def test_a_huge_page_and_a_bomb_come_in_pieces(site: Site) -> None:
    huge, bomb = EDITION.items[:2]
    site.faults |= {huge.path: FAULTS["huge"], bomb.path: FAULTS["gzip-bomb"]}
    client = _connection(site)
    client.request("GET", huge.path)
    with client.getresponse() as response:
        assert sum(len(response.read(1 << 20)) for _ in range(8)) == 8 << 20
    client.close()
    packed = _get(client, bomb.path)[1]
    unpacker = zlib.decompressobj(wbits=31)
    assert len(packed) < 2_000_000
    assert len(unpacker.decompress(packed, 30_000_000)) == 30_000_000
    client.close()


def test_faults_are_scattered_the_same_way_for_a_seed() -> None:
    faults = scatter(EDITION, 0.1, seed=3)
    assert faults == scatter(EDITION, 0.1, seed=3)
    assert len(faults) == 30
    assert {fault.name for fault in faults.values()} >= {"404", "drip", "hostile"}


def test_addresses_at_which_no_site_answers() -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(_endpoint(refused()), 2)
    with deaf() as url, pytest.raises(TimeoutError):
        socket.create_connection(_endpoint(url), 0.2)
    with without_tls() as url, socket.create_connection(_endpoint(url), 2) as connection:
        context = ssl.create_default_context()
        with pytest.raises(ssl.SSLError):
            context.wrap_socket(connection, server_hostname="127.0.0.1")


def _endpoint(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return str(parts.hostname), int(parts.port or 0)
