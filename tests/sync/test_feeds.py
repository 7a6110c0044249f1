"""Feeds in a run: fair requests, every kind of answer, and stored failures."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path

import pytest

from reader.config.feeds import FollowedFeed
from reader.errors import Reason
from reader.events import Done, Failed, Stored
from reader.fetch import Client
from reader.fetch.reach import Neighbourhood
from reader.i18n.sentences import sentence
from reader.model import FeedState, Headline
from reader.sources.registry import followed_sources
from reader.sync.engine import Plan, sync
from tests.patience import wait_until
from tests.site import Edition, Site, make_edition
from tests.site.feeds import FeedHost, Reply, rss
from tests.site.ports import UNKNOWN_HOST, refused
from tests.sync.conftest import NOW, PATIENT, Reader

HAVEN = rss("Havenlog", "Boot vaart", "Kraan draait")


@pytest.fixture
def edition() -> Edition:
    """Return a few pages of news: each run reads them before the feeds, which are looked at."""
    return make_edition(7, 3, NOW)


@pytest.fixture
def host() -> Iterator[FeedHost]:
    """Run a host with one feed."""
    with FeedHost({"/rss": HAVEN}, "127.0.0.2") as running:
        yield running


@pytest.fixture
def follow(reader: Reader) -> Callable[..., None]:
    """Follow feeds by their addresses, in place of the sections of the site."""

    def following(*urls: str, **more: object) -> None:
        feeds = tuple(FollowedFeed(url, **more) for url in urls)  # type: ignore[arg-type]
        reader.change(feeds=feeds)

    return following


def state(reader: Reader, url: str) -> FeedState:
    found = reader.library.feeds.state(FollowedFeed(url).key)
    assert found is not None
    return found


def of_feeds(reader: Reader) -> list[Headline]:
    return [each for each in reader.headlines() if each.source != "zeelandnet"]


def titles(reader: Reader) -> set[str]:
    return {each.teaser.title or "" for each in of_feeds(reader)}


def code_of(why: Reason | None) -> str | None:
    return why.code if why else None


def test_news_of_feeds_comes_in_beside_that_of_the_site(
    reader: Reader, site: Site, host: FeedHost, follow: Callable[..., None]
) -> None:
    follow(host.url("/rss"))
    done = reader.sync()
    assert not done.failures
    assert titles(reader) == {"Boot vaart", "Kraan draait"}
    assert sum(each.source == "zeelandnet" for each in reader.headlines()) == len(
        site.edition.items
    )
    assert {each.source for each in of_feeds(reader)} == {"Havenlog"}
    stored = [each for each in reader.events if isinstance(each, Stored) and each.kind == "feed"]
    assert [(each.url, each.new, each.source) for each in stored] == [
        (host.url("/rss"), 2, "Havenlog")
    ]
    assert all(isinstance(each, Stored | Failed) and each.source for each in stored)


def test_a_feed_is_asked_for_when_it_is_due_and_with_what_it_sent(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    follow(host.url("/rss"))
    reader.sync()
    reader.later(minutes=59)
    reader.sync()
    assert host.asked == ["/rss"]
    reader.later(minutes=2)
    assert reader.sync().unchanged >= 1
    assert host.asked == ["/rss", "/rss"]
    assert "if-none-match" in host.requests[-1].headers
    assert state(reader, host.url("/rss")).checked == reader.now
    # A feed that is named is asked for at once.
    reader.sync(Plan(sections=("havenlog",)))
    assert host.asked == ["/rss"] * 3


def test_what_came_last_with_an_unchanged_feed_is_sent_back_and_no_time_to_come(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    host.is_conditional = False
    ahead = {"Last-Modified": "Fri, 01 Mar 2041 10:00:00 GMT"}
    host.pages["/rss"] = Reply(HAVEN, headers={"ETag": '"eerste"', **ahead})
    follow(host.url("/rss"))
    reader.sync()
    host.pages["/rss"] = Reply("", 304, {"ETag": '"tweede"'})
    for _ in range(2):
        reader.later(hours=2)
        assert not reader.sync().failures
    sent = [each.headers for each in host.requests if each.path == "/rss"]
    assert [each.get("if-none-match") for each in sent] == [None, '"eerste"', '"tweede"']
    assert not any("if-modified-since" in each for each in sent)


def test_a_feed_that_is_sent_as_before_is_unchanged_without_being_read(
    reader: Reader,
    host: FeedHost,
    follow: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    host.is_conditional = False
    follow(host.url("/rss"))
    reader.sync()
    monkeypatch.setattr("reader.sources.feed.read_feed", lambda _: pytest.fail("it was read"))
    reader.later(hours=2)
    done = reader.sync(Plan(sections=("havenlog",)))
    assert (done.listings, done.headlines, done.failures) == (0, 0, ())
    assert host.asked == ["/rss"] * 2
    assert state(reader, host.url("/rss")).checked == reader.now


def test_once_a_day_a_feed_is_sent_whole_whatever_it_says(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    follow(host.url("/rss"), interval=60)
    for _ in range(27):
        reader.sync()
        reader.later(minutes=61)
    whole_ones = [each for each in host.requests if each.path == "/rss"]
    asked = ["if-none-match" in each.headers for each in whole_ones]
    assert asked.count(False) == 2
    assert not asked[0]


@pytest.mark.parametrize(
    ("headers", "body", "minutes"),
    [
        ({"Cache-Control": "max-age=10800"}, HAVEN, 180),
        ({"Cache-Control": "public, max-age=999999999"}, HAVEN, 720),
        ({"Cache-Control": "max-age=60"}, HAVEN, 60),
        ({}, HAVEN.replace("<item>", "<ttl>240</ttl><item>", 1), 240),
        (
            {"Cache-Control": "max-age=7200"},
            HAVEN.replace("<item>", "<ttl>240</ttl><item>", 1),
            120,
        ),
    ],
)
def test_what_a_feed_wishes_counts_within_bounds(  # noqa: PLR0917
    reader: Reader,
    host: FeedHost,
    follow: Callable[..., None],
    headers: dict[str, str],
    body: str,
    minutes: int,
) -> None:
    host.pages["/rss"] = Reply(body, headers=headers)
    follow(host.url("/rss"))
    reader.sync()
    assert state(reader, host.url("/rss")).due == reader.now + timedelta(minutes=minutes)


def test_a_feed_that_fails_is_asked_for_ever_more_seldom(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    url = host.url("/rss")
    follow(url)
    reader.sync()
    host.pages["/rss"] = Reply("stuk", 500)
    waits = []
    for _ in range(7):
        now = state(reader, url).due
        assert now is not None
        reader.now = now
        done = reader.sync()
        assert [failed.url for failed in done.failures] == [url]
        due = state(reader, url).due
        assert due is not None
        waits.append((due - reader.now) / timedelta(hours=1))
    assert waits == [2, 4, 8, 16, 24, 24, 24]
    found = state(reader, url)
    assert (found.failures, code_of(found.failure), found.total) == (7, "http_status", 2)
    host.pages["/rss"] = HAVEN
    reader.later(hours=25)
    assert not reader.sync().failures
    assert state(reader, url).failures == 0


def test_a_feed_that_is_gone_is_kept_and_not_asked_for_again(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    url = host.url("/rss")
    follow(url)
    reader.sync()
    host.pages["/rss"] = Reply("weg", 410)
    reader.later(hours=2)
    reader.sync()
    reader.later(days=400)
    reader.sync()
    assert len(host.asked) == 2
    assert state(reader, url).gone
    assert len(titles(reader)) == 2


@pytest.mark.parametrize("code", [301, 302])
@pytest.mark.parametrize("reply", [Reply("weg", 410), Reply("weg", 404), Reply("<p>Te koop</p>")])
def test_a_feed_is_gone_elsewhere_only_after_three_runs(
    reader: Reader, host: FeedHost, follow: Callable[..., None], reply: Reply, code: int
) -> None:
    url = host.url("/rss")
    follow(url)
    reader.sync()
    with FeedHost({"/weg": reply}, "127.0.0.3") as other:
        host.pages["/rss"] = Reply("", code, {"Location": other.url("/weg")})
        for run in range(1, 5):
            reader.later(days=2)
            reader.sync()
            found = state(reader, url)
            assert found.gone == (reply.status == 410 and run >= 3)
            assert found.failure is not None
            said = sentence(found.failure, "nl")
            assert said.startswith(f"Het adres leidt naar {other.url('/weg')}: ")
        assert found.url == url
        assert len(other.asked) == (3 if reply.status == 410 else 4)
    assert len(titles(reader)) == 2


def test_a_feed_that_comes_back_was_gone_elsewhere_for_a_while(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    url = host.url("/rss")
    follow(url)
    reader.sync()
    away = Reply("", 301, {"Location": host.url("/weg")})
    host.pages["/weg"] = Reply("weg", 410)
    for reply in (away, away, HAVEN, away, away, Reply("", 503), away):
        host.pages["/rss"] = reply
        reader.later(days=2)
        reader.sync()
        assert not state(reader, url).gone
    reader.later(days=2)
    reader.sync()
    assert state(reader, url).gone


@pytest.mark.parametrize("code", [301, 308, 302, 307])
def test_only_a_move_for_good_that_lasts_changes_the_address(
    reader: Reader, host: FeedHost, follow: Callable[..., None], code: int
) -> None:
    url = host.url("/rss")
    follow(url)
    reader.sync()
    with FeedHost({"/nieuw": HAVEN}, "127.0.0.3") as other:
        host.pages["/rss"] = Reply("", code, {"Location": other.url("/nieuw")})
        for _ in range(4):
            reader.later(hours=2)
            assert not reader.sync().failures
        last = other.url("/nieuw") if code in {301, 308} else url
        assert state(reader, url).url == last
        assert len(host.asked) == (4 if code in {301, 308} else 5)
        assert len(titles(reader)) == 2


def test_feeds_that_move_to_one_address_are_all_read(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    with FeedHost({"/nieuw": HAVEN}, "127.0.0.3") as other:
        urls = [host.url("/rss"), host.url("/oud"), other.url("/nieuw")]
        for path in ("/rss", "/oud"):
            host.pages[path] = Reply("", 301, {"Location": urls[-1]})
        for followed in (urls[:2], urls):
            follow(*followed)
            for _ in range(5):
                reader.later(hours=2)
                assert not reader.sync().failures
                assert {state(reader, url).checked for url in followed} == {reader.now}
        assert {state(reader, url).url for url in urls} == {urls[-1]}


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (
            Reply("<html><body><h1>Even geduld</h1><p>Wij zijn zo terug.</p></body></html>"),
            "page_for_feed",
        ),
        (Reply(""), "empty_answer"),
        (Reply("Dit is geen feed."), "no_feed"),
        (Reply('{"titel": "x"}'), "no_feed"),
        (Reply(b"\x89PNG\r\n\x1a\n" + bytes(200)), "not_text"),
        (Reply("nee", 403), "http_status"),
        (Reply("", 302, {"Location": "file:///etc/passwd"}), "moved_away"),
        (Reply("", 302, {"Location": "/rss"}), "redirect_loop"),
    ],
)
def test_what_comes_in_place_of_a_feed_is_a_failure_and_costs_nothing(
    reader: Reader, host: FeedHost, follow: Callable[..., None], reply: Reply, code: str
) -> None:
    url = host.url("/rss")
    follow(url)
    reader.sync()
    host.pages["/rss"] = reply
    reader.later(hours=2)
    done = reader.sync()
    assert [failed.reason.code for failed in done.failures] == [code]
    assert done.failures[0].source == "Havenlog"
    assert code_of(state(reader, url).failure) == code
    assert len(titles(reader)) == 2
    assert done.reached


def test_an_entity_bomb_is_an_ordinary_feed(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]>'
    host.pages["/rss"] = HAVEN.replace("<rss", f"{bomb}<rss").replace("Boot vaart", "Boot &e11;", 1)
    follow(host.url("/rss"))
    assert not reader.sync().failures
    assert len(titles(reader)) == 2


def test_an_endless_answer_ends(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(b"<rss><channel>")
        while True:
            handler.wfile.write(b"<item><title>Alweer</title></item>" * 1000)

    host.pages["/rss"] = Reply(play=pour)
    follow(host.url("/rss"))
    assert [failed.reason.code for failed in reader.sync().failures] == ["page_too_large"]


def test_six_thousand_items_are_bounded(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    host.pages["/rss"] = rss("Havenlog", *(f"Bericht {number}" for number in range(6000)))
    follow(host.url("/rss"))
    assert not reader.sync().failures
    assert len(titles(reader)) == 5000


def test_hosts_that_hang_delay_no_other(
    reader: Reader, follow: Callable[..., None], site: Site
) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(FeedHost({}, f"127.0.0.{n}")) for n in range(10, 13)]
        fast = [
            stack.enter_context(FeedHost({"/rss": rss(f"Blad {n}", f"Nieuws {n}")}, f"127.0.0.{n}"))
            for n in range(20, 40)
        ]
        others = {host.url("/rss") for host in fast}

        def hang(handler: BaseHTTPRequestHandler) -> None:
            wait_until(lambda: others <= stored, "the news of the other hosts")
            handler.send_error(500)

        for host in slow:
            host.pages["/rss"] = host.pages["/robots.txt"] = Reply(play=hang)
        stored: set[str] = set()
        follow(*(host.url("/rss") for host in (*slow, *fast)))
        with Client(lambda: reader.now, PATIENT) as client:
            sources = followed_sources(reader.settings, reader.library.feeds)
            for event in sync(reader.library, client, reader.settings, sources=sources):
                if isinstance(event, Stored) and event.kind == "feed":
                    stored.add(event.url)
        assert others <= stored
        assert len(reader.headlines()) == 20 + len(site.edition.items)


def test_a_host_is_asked_for_two_feeds_at_once_and_every_host_gets_its_turn(
    reader: Reader, follow: Callable[..., None]
) -> None:
    with ExitStack() as stack:
        hosts = [
            stack.enter_context(
                FeedHost(
                    {
                        f"/{feed}": rss(f"Blad {n}-{feed}", f"Nieuws {n} {feed}")
                        for feed in range(6)
                    },
                    f"127.0.0.{n}",
                    delay=0.02,
                )
            )
            for n in range(2, 10)
        ]
        follow(*(host.url(f"/{feed}") for host in hosts for feed in range(6)))
        assert not reader.sync().failures
        assert len(titles(reader)) == 48
        assert max(host.most for host in hosts) <= 2
        # Nobody's last feed was asked for before each had its first.
        firsts = [min(r.began for r in host.requests if r.path != "/robots.txt") for host in hosts]
        lasts = [max(r.began for r in host.requests) for host in hosts]
        assert max(firsts) < min(lasts)


def test_a_busy_host_holds_up_no_other_and_is_left_alone(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    with FeedHost({"/rss": rss("Strand", "Zand stuift")}, "127.0.0.3") as other:
        host.pages["/rss"] = Reply("druk", 429, {"Retry-After": "36000"})
        rest = [f"/sport{number}" for number in range(6)]
        host.pages.update(dict.fromkeys(rest, host.pages["/rss"]))
        follow(host.url("/rss"), *map(host.url, rest), other.url("/rss"))
        done = reader.sync()
        assert "Zand stuift" in titles(reader)
        # Two are under way at once.
        assert len(host.asked) <= 2
        refused_ones = [host.url("/rss"), *map(host.url, rest)]
        assert sorted(failed.url for failed in done.failures) == sorted(refused_ones)
        assert {code_of(state(reader, url).failure) for url in refused_ones} == {"site_busy"}
        due = state(reader, host.url("/rss")).due
        assert due is not None
        assert due >= reader.now + timedelta(hours=10)


def test_robots_txt_of_a_host_counts(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    host.pages["/robots.txt"] = "User-agent: *\nDisallow: /rss\n"
    follow(host.url("/rss"))
    done = reader.sync()
    assert [failed.reason.code for failed in done.failures] == ["robots"]
    assert not host.asked
    assert code_of(state(reader, host.url("/rss")).failure) == "robots"


@pytest.mark.parametrize("make", [refused, lambda: UNKNOWN_HOST])
def test_a_host_without_connection_fails_alone(
    reader: Reader, host: FeedHost, follow: Callable[..., None], make: Callable[[], str]
) -> None:
    away = f"{make()}/rss"
    follow(away, host.url("/rss"))
    done = reader.sync()
    assert [failed.url for failed in done.failures] == [away]
    assert len(titles(reader)) == 2
    assert state(reader, away).failures == 1


def test_many_hosts_that_are_gone_stop_no_other(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    away = [f"{refused()}/rss" for _ in range(6)]
    host.delay = 0.2
    follow(*away, host.url("/rss"))
    done = reader.sync()
    assert done.reached
    assert {failed.url for failed in done.failures} == set(away)
    assert len(titles(reader)) == 2
    assert [state(reader, url).failures for url in away] == [1] * 6


def test_without_a_network_no_feed_is_to_blame(reader: Reader, follow: Callable[..., None]) -> None:
    urls = [f"{refused()}/rss" for _ in range(6)]
    reader.change(site=f"{refused()}/")
    follow(*urls)
    done = reader.sync()
    assert not done.reached
    assert [state(reader, url).failures for url in urls] == [0] * 6


def test_a_muted_feed_is_left_alone(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    follow(host.url("/rss"), muted=True)
    reader.sync()
    assert not host.requests


def test_a_public_feed_leads_to_no_private_address(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    with FeedHost({"/geheim": HAVEN}, "127.0.0.9") as inner:
        host.pages["/weg"] = Reply("", 302, {"Location": inner.url("/geheim")})
        link = inner.url("/nieuws/kort")
        short = rss("Havenlog", "Kort bericht").replace("/nieuws/kort-bericht", link)
        host.pages["/rss"] = short.replace("Er is ook een tweede alinea.", "").replace(
            "En dit is het eind.", ""
        )
        follow(host.url("/rss"), host.url("/weg"))
        around = Neighbourhood(is_private=lambda each: each != "127.0.0.2")
        sources = followed_sources(reader.settings, reader.library.feeds)
        with Client(lambda: reader.now, PATIENT, neighbours=around) as client:
            *_, done = sync(reader.library, client, reader.settings, sources=sources)
        assert isinstance(done, Done)
        assert {failed.reason.code for failed in done.failures} == {"private_address"}
        assert {failed.url for failed in done.failures} == {host.url("/weg"), link}
        assert not inner.requests
        # The reader's own network may be read from, where the feed itself is there.
        reader.later(hours=30)
        assert {failed.reason.code for failed in reader.sync().failures} == {"http_status"}
        assert set(inner.asked) == {"/geheim", "/nieuws/kort"}


def test_a_feed_of_this_machine_may_lead_to_its_own_pages(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    host.pages["/rss"] = (
        rss("Havenlog", "Boot vaart", text="Kort.")
        .replace("Er is ook een tweede alinea.", "")
        .replace("En dit is het eind.", "")
    )
    text = "Kort daarna voer de boot weer uit, zegt de schipper van de boot zelf. " * 12
    host.pages["/nieuws/boot-vaart"] = (
        f"<html><body><article><h1>Boot vaart</h1><p>{text}</p></article></body></html>"
    )
    follow(host.url("/rss"))
    done = reader.sync()
    assert not done.failures
    assert "/nieuws/boot-vaart" in host.asked
    (found,) = of_feeds(reader)
    article = reader.library.articles.load(found.id)
    assert article is not None
    assert "schipper" in article.blocks[-1].text


def test_an_entry_without_title_begins_with_its_text_and_one_with_nothing_is_none(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    text = "Een zeehond op de kade, en hij keek ons aan."
    host.pages["/feed.json"] = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Havenlog",
            "items": [
                {"id": "1", "content_html": f"<p>{text}</p><p>Tweede.</p><p>Derde.</p>"},
                {"id": "2", "attachments": [{"url": "/geluid.mp3", "mime_type": "audio/mpeg"}]},
            ],
        }
    )
    follow(host.url("/feed.json"))
    for _ in range(2):
        assert not reader.sync().failures
        (found,) = of_feeds(reader)
        assert (found.teaser.title, found.teaser.summary) == (None, text)
        reader.later(days=2)


LONG = "De boot vaart weer na de storm van gisteren, en de schipper is daar blij mee. " * 4


@pytest.mark.parametrize(
    ("full_text", "page", "shown", "asked", "why"),
    [
        ("feed", LONG * 3, "Kort bericht", False, None),
        ("auto", LONG * 3, "schipper", True, None),
        ("auto", "Iets heel anders staat hier, van een wand of een ander stuk. " * 9, "Kort", True,
         "page_says_other"),
        ("auto", "Al.", "Kort", True, "page_says_less"),
        ("page", LONG * 3, "schipper", True, None),
    ],
)  # fmt: skip
def test_the_better_text_is_shown_and_why(  # noqa: PLR0917
    reader: Reader,
    host: FeedHost,
    follow: Callable[..., None],
    full_text: str,
    page: str,
    shown: str,
    asked: bool,
    why: str | None,
) -> None:
    summary = "Kort bericht over de boot van vandaag."
    host.pages["/rss"] = (
        rss("Havenlog", "Boot vaart", text=summary)
        .replace("Er is ook een tweede alinea.", "")
        .replace("En dit is het eind.", "")
    )
    body = page if "anders" in page else f"{summary}</p><p>{page}"
    host.pages["/nieuws/boot-vaart"] = (
        f"<html><body><article><h1>Boot vaart</h1><p>{body}</p></article></body></html>"
    )
    follow(host.url("/rss"), full_text=full_text)
    assert not reader.sync().failures
    assert ("/nieuws/boot-vaart" in host.asked) == asked
    (found,) = of_feeds(reader)
    article = reader.library.articles.load(found.id)
    assert article is not None
    assert shown in " ".join(block.text for block in article.blocks)
    assert code_of(reader.library.feeds.kept_because(found.id)) == why
    # Neither is asked for again while nothing changes.
    before = len(host.requests)
    reader.later(days=2)
    reader.sync()
    assert host.asked[before - 1 :].count("/nieuws/boot-vaart") == 0


@pytest.mark.parametrize("is_chosen", [False, True])
def test_a_feed_that_comes_to_have_the_whole_text_shows_it(
    reader: Reader, host: FeedHost, follow: Callable[..., None], *, is_chosen: bool
) -> None:
    first = "Kort bericht over de boot van vandaag."
    body = f"<p>{first}</p><p>Er is ook een tweede alinea.</p><p>{LONG}</p>"
    host.pages["/nieuws/boot-vaart"] = f"<article><h1>Boot vaart</h1>{body}</article>"
    host.pages["/rss"] = rss("Havenlog", "Boot vaart", text=first).replace("eind.", "begin …")
    follow(host.url("/rss"))
    reader.sync()
    (found,) = of_feeds(reader)
    assert reader.library.feeds.shown(found.id) == "page"
    if is_chosen:
        reader.library.feeds.choose(host.url("/nieuws/boot-vaart"), "page")
    host.pages["/rss"] = rss("Havenlog", "Boot vaart", text=f"{first} {LONG} En nu is hij er.")
    reader.later(hours=2)
    reader.sync()
    assert reader.library.feeds.shown(found.id) == ("page" if is_chosen else "feed")


def test_feeds_do_not_count_among_the_articles_that_a_run_may_fetch(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    names = ("boot", "brug", "dijk")
    for name in names:
        host.pages[f"/{name}"] = rss(name.title(), f"{name.title()} weer open", text="Kort.")
    follow(*(host.url(f"/{name}") for name in names), full_text="page", section="Kust")
    reader.change(articles=2)
    # Articles of the site would count.
    reader.sync(Plan(sections=("Kust",)))
    assert len([path for path in host.asked if path.startswith("/nieuws/")]) == 2


def test_the_site_and_the_feeds_share_the_articles_that_a_run_may_fetch(
    reader: Reader, site: Site, host: FeedHost, follow: Callable[..., None]
) -> None:
    names = [f"Bericht {number}" for number in range(6)]
    host.pages["/rss"] = rss("Kort", *names, text="Kort.")
    follow(host.url("/rss"), full_text="page")
    reader.change(articles=4)
    own = {each.path for each in site.edition.items}

    def fetched() -> tuple[int, int]:
        of_feed = [path for path in host.asked if path.startswith("/nieuws/")]
        return len(own.intersection(site.log.arrived)), len(of_feed)

    reader.sync()
    assert sum(fetched()) == 4
    # What is left of the feed comes first, with half of the articles at most, then the site's.
    before = fetched()
    reader.later(minutes=1)
    reader.sync()
    assert sum(fetched()) == 8
    assert fetched()[0] == len(own)
    assert fetched()[1] >= before[1] + 2
    reader.later(minutes=1)
    reader.sync()
    assert fetched() == (len(own), 6)


def test_a_page_that_cannot_be_had_leaves_the_text_of_the_feed(
    reader: Reader, host: FeedHost, follow: Callable[..., None]
) -> None:
    host.pages["/rss"] = HAVEN
    follow(host.url("/rss"), full_text="page")
    done = reader.sync()
    failed = {(failed.reason.code, failed.source) for failed in done.failures}
    assert failed == {("http_status", "Havenlog")}
    assert all(each.cached for each in of_feeds(reader))
    before = len(host.requests)
    reader.later(minutes=30)
    reader.sync()
    assert len(host.requests) == before


def test_a_real_week_of_feeds_that_change_move_die_and_come_back(
    reader: Reader, follow: Callable[..., None]
) -> None:
    numbers = count()
    with FeedHost({}, "127.0.0.5") as one, FeedHost({}, "127.0.0.6") as two:
        names: list[str] = []

        def publish() -> str:
            names.insert(0, f"Bericht {next(numbers)}")
            return rss("Week", *names[:10], at=reader.now)

        one.pages["/rss"] = publish()
        two.pages["/rss"] = rss("Stil", "Ooit een bericht")
        follow(one.url("/rss"), two.url("/rss"))
        for hour in range(7 * 24):
            if hour % 3 == 0:
                one.pages["/rss"] = publish()
            if hour == 40:
                one.pages["/oud"] = Reply("", 301, {"Location": "/rss"})
            two.pages["/rss"] = (
                Reply("stuk", 503, {"Retry-After": "7200"})
                if 50 < hour < 80
                else rss("Stil", "Ooit een bericht")
            )
            reader.later(hours=1, minutes=1)
            reader.sync()
            reader.library.marks.set("read", reader.library.headlines.ids(), reader.now)
        assert titles(reader) == {*names, "Ooit een bericht"}
        assert all(each.read for each in of_feeds(reader))
        assert state(reader, two.url("/rss")).failures == 0


@pytest.mark.parametrize("rights", [0o600, 0o644])
def test_a_password_comes_from_a_private_netrc_alone(
    reader: Reader, host: FeedHost, follow: Callable[..., None], home: Path, rights: int
) -> None:
    def guarded(handler: BaseHTTPRequestHandler) -> None:
        is_known = handler.headers.get("Authorization") == "Basic bWFyaWU6Z2VoZWlt"
        data = HAVEN.encode() if is_known else b""
        handler.send_response(200 if is_known else 401)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    netrc = home / ".netrc"
    netrc.write_text("machine 127.0.0.2 login marie password geheim\ndefault login x password y\n")
    netrc.chmod(rights)
    host.pages["/rss"] = Reply(play=guarded)
    with FeedHost({"/rss": rss("Strand", "Zand stuift")}, "127.0.0.3") as other:
        follow(host.url("/rss"), other.url("/rss"))
        done = reader.sync()
        assert bool(done.failures) == (rights != 0o600)
        assert "Zand stuift" in titles(reader)
        assert not any("authorization" in each.headers for each in other.requests)
