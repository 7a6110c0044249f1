"""Faults: the run goes on, and the reason is stored with its page."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest

from reader.events import Done, Stored
from reader.fetch import Client
from reader.store import Store
from reader.sync.engine import Plan, sync
from tests.said import said
from tests.site import FAULTS, Edition, Fault, Site, moved
from tests.site.faults import Scene
from tests.site.ports import UNKNOWN_HOST, deaf, refused, without_tls
from tests.site.wire import Wire
from tests.sync.conftest import (
    NOW,
    PATIENT,
    SHORT_CONNECT,
    SHORT_PAGE,
    SHORT_READ,
    Reader,
    Turns,
)

# The sentence at the headline for each fault that costs the article.
_REASONS = {
    "404": "404",
    "410": "410",
    "429": "site_busy",
    "500": "500",
    "503": "site_busy",
    "stalled-head": "connection_lost",
    "stalled-body": "connection_lost",
    "truncated": "connection_lost",
    "empty": "empty_answer",
    "drip": "too_slow seconds=2",
    "huge": "page_too_large most=5",
    "gzip-bomb": "page_too_large most=5",
    "redirect-loop": "redirect_loop",
    "redirect-host": "moved_away url=",
    "redirect-file": "moved_away url=",
    "binary": "not_text kind=png",
    "reset": "connection_lost",
    "garbage": "connection_lost",
}
_SHORT = {"stalled-head": SHORT_READ, "stalled-body": SHORT_READ, "drip": SHORT_PAGE}
# Some at a time, each between two sound pages; those that ask for patience by themselves.
_BUSY = ["429", "503"]
_OTHERS = sorted(set(_REASONS) - set(_BUSY))
_TOGETHER = [_BUSY, _OTHERS[::2], _OTHERS[1::2]]
_HARMLESS = sorted(set(FAULTS) - set(_REASONS) - {"short-length", "redirect-site"})


@pytest.mark.parametrize("names", _TOGETHER, ids=", ".join)
def test_a_fault_costs_its_own_page_alone_and_says_why(
    reader: Reader, site: Site, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Turns(monkeypatch)
    victims = dict(zip(names, site.edition.items[1::2], strict=False))
    reader.short = {
        f"{site.url}{victims[name].path}": _SHORT[name] for name in names if name in _SHORT
    }
    site.faults = {victim.path: FAULTS[name] for name, victim in victims.items()}
    done = reader.sync()
    assert done.articles == len(site.edition.items) - len(victims)
    reasons = {failed.url: failed.reason for failed in done.failures}
    assert set(reasons) == {f"{site.url}{victim.path}" for victim in victims.values()}
    for name, victim in victims.items():
        headline = reader.headline(victim.path)
        assert not headline.cached
        assert headline.failure is not None
        assert headline.failure == reasons[f"{site.url}{victim.path}"]
        assert _REASONS[name] in str(headline.failure)
        assert "\n" not in said(headline.failure)


def test_a_harmless_oddity_costs_nothing(reader: Reader, site: Site) -> None:
    victims = dict(zip(_HARMLESS, site.edition.items[1::2], strict=False))
    assert len(victims) == len(_HARMLESS)
    site.faults = {victim.path: FAULTS[name] for name, victim in victims.items()}
    done = reader.sync()
    assert not done.failures
    for name, victim in victims.items():
        article = reader.library.articles.load(reader.headline(victim.path).id)
        assert article is not None
        assert article.blocks[-1] == victim.blocks[-1], name


def test_a_page_that_moved_within_the_site_is_followed(reader: Reader, site: Site) -> None:
    victim = site.edition.items[3]
    site.faults[victim.path] = moved("{target}?verhuisd=1", 301)
    site.faults[f"{victim.path}?verhuisd=1"] = Fault(
        "found", lambda wire, scene: wire.answer(200, {}, scene.html.encode())
    )
    assert not reader.sync().failures
    found = reader.headline(f"{victim.path}?verhuisd=1")
    assert found.cached
    assert reader.library.headlines.find(f"{site.url}{victim.path}") == found.id


def test_a_length_that_is_too_short_costs_no_other_page(reader: Reader, site: Site) -> None:
    victim = site.edition.items[3]
    site.faults[victim.path] = FAULTS["short-length"]
    reader.sync()
    assert all(reader.headline(item.path).cached for item in site.edition.items if item != victim)


def test_hostile_text_is_stored_harmlessly(reader: Reader, site: Site) -> None:
    victim = site.edition.items[3]
    site.faults[victim.path] = FAULTS["hostile"]
    reader.sync()
    article = reader.library.articles.load(reader.headline(victim.path).id)
    assert article is not None
    text = "".join(str(part) for part in (article.teaser.title, *article.blocks))
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
    assert "[@click=app.quit]klik[/]" in (article.teaser.title or "")


@pytest.mark.parametrize("name", ["404", "500", "empty", "truncated", "binary", "reset"])
def test_a_listing_that_fails_costs_no_other_section(reader: Reader, site: Site, name: str) -> None:
    site.faults["/nieuws/soccer"] = FAULTS[name]
    done = reader.sync()
    assert [failed.url for failed in done.failures] == [f"{site.url}/nieuws/soccer"]
    assert done.listings >= 9
    assert done.articles > 10


def test_a_front_page_that_fails_leaves_the_known_sections(reader: Reader, site: Site) -> None:
    site.faults["/nieuws"] = FAULTS["500"]
    done = reader.sync()
    assert {"/nieuws/soccer", "/nieuws/politiek"} <= set(site.log.arrived)
    assert done.articles > 0


@pytest.mark.parametrize("where", ["unknown", "refused", "deaf", "without TLS"])
def test_a_site_out_of_reach_ends_the_run_soon_and_is_no_page_s_fault(
    reader: Reader, site: Site, where: str
) -> None:
    reader.sync()
    reader.limits = SHORT_CONNECT
    with deaf() as silent, without_tls() as plain:
        bases = {
            "unknown": UNKNOWN_HOST,
            "refused": refused(),
            "deaf": silent,
            "without TLS": plain,
        }
        reader.change(site=f"{bases[where]}/")
        done = reader.sync()
    assert not done.reached
    assert done.articles == done.listings == done.unchanged == 0
    assert len(done.failures) == 1
    assert "site" in said(done.failures[0].reason)
    state = reader.library.sources.sync_state()
    assert state.reached == NOW
    assert state.failed == NOW
    assert state.reason == done.failures[0].reason
    assert all(headline.cached for headline in reader.headlines())


def test_a_failed_page_is_tried_again_after_half_a_day_and_on_demand(
    reader: Reader, site: Site
) -> None:
    victim = site.edition.items[3].path
    site.faults[victim] = FAULTS["500"]
    reader.sync()
    del site.faults[victim]
    site.log.forget()
    reader.sync()
    assert victim not in site.log.arrived
    reader.later(hours=13)
    reader.sync()
    assert reader.headline(victim).cached
    assert reader.headline(victim).failure is None


def test_a_clock_that_jumps_back_loses_nothing(reader: Reader, site: Site) -> None:
    reader.sync()
    reader.later(days=-400)
    site.edition = site.edition.later(NOW + timedelta(hours=1), 3, 0)
    done = reader.sync()
    assert not done.failures
    assert len(reader.headlines()) == len(site.edition.items)


def test_a_redesign_that_cannot_be_read_is_noticed_and_loses_nothing(
    reader: Reader, site: Site
) -> None:
    reader.sync()
    before = len(reader.headlines())
    reader.later(minutes=30)
    site.edition = site.edition.later(reader.now, 6, 0)
    site.clock = lambda: reader.now
    site.layout, site.lists = "broken", "semantic"
    done = reader.sync()
    assert done.drifted
    assert reader.library.sources.sync_state().drifted
    assert len(reader.headlines()) == before + 6
    fresh = reader.headline(site.edition.items[0].path)
    assert not fresh.cached
    assert fresh.failure
    assert fresh.teaser.title == site.edition.items[0].title


def test_a_cache_that_cannot_be_opened_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    path.write_bytes(b"geen database " * 200)
    with pytest.raises(Exception, match=r"cache\.sqlite3"), Store(path):
        pass
    assert path.read_bytes() == b"geen database " * 200


def test_a_network_that_goes_away_in_mid_run_is_told(reader: Reader, edition: Edition) -> None:
    with Client(lambda: reader.now, PATIENT) as client:
        with Site(edition, clock=lambda: NOW) as site:
            reader.change(site=f"{site.url}/")
            run = sync(reader.library, client, reader.settings)
            next(event for event in run if isinstance(event, Stored) and event.kind == "article")
        done = list(run)[-1]
    assert isinstance(done, Done)
    assert done.reached
    assert done.lost
    state = reader.library.sources.sync_state()
    assert state.failed == NOW
    assert state.reason is not None
    assert "site" in said(state.reason)


def _cut_gzip(wire: Wire, scene: Scene) -> None:
    packed = gzip.compress(scene.html.encode())
    body = packed[: len(packed) // 2]
    wire.answer(200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, body)


def _drip_head(wire: Wire, _: Scene) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nX-Traag: ")
    while True:
        wire.wait(0.1)
        wire.send(b"a")


def _odd_packing(wire: Wire, _: Scene) -> None:
    wire.answer(200, {"Content-Encoding": "\x9b31mX"}, b"\x28\xb5\x2f\xfd\x00x")


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (moved("http://127.0.0.1:99999/"), "bad_address"),
        (moved("http://[/"), ""),
        (Fault("cut gzip", _cut_gzip), "connection_lost"),
        (Fault("drip head", _drip_head), "too_slow"),
        (Fault("odd packing", _odd_packing), "unasked_compression"),
    ],
    ids=["bad port", "bad host", "cut gzip", "drip head", "odd packing"],
)
def test_an_odd_answer_costs_its_own_page_alone(
    reader: Reader, site: Site, fault: Fault, reason: str
) -> None:
    victims = site.edition.items[:5]
    if reason == "too_slow":
        reader.short = {f"{site.url}{item.path}": SHORT_PAGE for item in victims}
    site.faults = {item.path: fault for item in victims}
    done = reader.sync()
    assert done.articles == len(site.edition.items) - len(victims)
    assert len(done.failures) == len(victims)
    assert all(reason in str(failed.reason) for failed in done.failures)
    assert not any("\x9b" in str(failed.reason) for failed in done.failures)


def test_the_warning_of_a_redesign_stays_until_an_article_is_read(
    reader: Reader, site: Site
) -> None:
    site.layout, site.lists = "broken", "semantic"
    assert reader.sync().drifted
    reader.later(minutes=30)
    assert reader.sync().drifted
    site.layout = "semantic"
    assert not reader.sync(Plan(everything=True)).drifted


def test_a_site_out_of_reach_is_so_since_the_first_time(reader: Reader, site: Site) -> None:
    reader.change(site=f"{refused()}/")
    reader.sync()
    reader.later(hours=3)
    reader.sync()
    assert reader.library.sources.sync_state().failed == NOW
