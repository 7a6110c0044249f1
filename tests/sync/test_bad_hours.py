"""A site that serves other pages than news for an hour costs no text."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from reader.fetch import Client
from reader.model import Article
from reader.store.conversion import blocks_of, packed_blocks
from reader.store.opening import add_functions
from reader.sync.engine import Plan
from reader.sync.one_page import fetch
from tests.site import Fault, Site
from tests.site.faults import PORTAL, Scene, sends
from tests.sync.conftest import NOW, PATIENT, Reader

_MAINTENANCE = (
    "<!doctype html><html lang=nl><head><title>Onderhoud</title></head><body><main>"
    "<h1>Wij zijn zo terug</h1><p>Op dit moment werken we aan de website. Probeer het straks nog"
    " eens.</p></main></body></html>"
)


def _paywall(scene: Scene) -> str:
    """Return the beginning of the article and an invitation to pay."""
    if scene.item is None:
        return scene.html
    lead = scene.item.blocks[0].text
    return (
        f"<!doctype html><html><head><title>{scene.item.title}</title></head><body><main><article>"
        f"<h1>{scene.item.title}</h1><p>{lead[: len(lead) // 2]}</p>"
        "<p>Verder lezen? Neem een abonnement op het nieuws uit de hele regio.</p>"
        "</article></main></body></html>"
    )


_HOURS = [sends(lambda _: _MAINTENANCE), sends(lambda _: PORTAL), sends(_paywall)]


def _everywhere(site: Site, fault: Fault | None) -> None:
    site.faults = {"*": fault} if fault else {}


def _texts(reader: Reader) -> dict[str, list[str]]:
    found = {}
    for headline in reader.headlines():
        article = reader.library.articles.load(headline.id)
        if article:
            found[headline.teaser.url or ""] = [block.text for block in article.blocks]
    return found


def test_a_bad_hour_of_any_kind_costs_no_text_and_heals(reader: Reader, site: Site) -> None:
    reader.sync()
    good = _texts(reader)
    marked = [headline.id for headline in reader.headlines()[:5]]
    reader.library.marks.set("saved", marked, NOW)
    titles = {headline.id: headline.teaser.title for headline in reader.headlines()}
    for fault in _HOURS:
        reader.later(hours=2)
        _everywhere(site, fault)
        done = reader.sync(Plan(everything=True))
        assert done.failures
        # Maintenance says nothing of the layout.
        assert not done.drifted or fault is not _HOURS[0]
        assert _texts(reader) == good
        assert {each.id: each.teaser.title for each in reader.headlines()} == titles
    reader.later(hours=2)
    _everywhere(site, None)
    done = reader.sync()
    assert done.articles + done.unchanged > 0
    assert not done.failures
    assert _texts(reader) == good
    assert [each.id for each in reader.headlines() if each.saved] == marked
    saved = {headline.id for headline in reader.headlines() if headline.failure}
    assert saved == set()


@pytest.mark.parametrize("page", [_MAINTENANCE, PORTAL])
def test_a_first_run_that_meets_one_page_everywhere_stores_nothing(
    reader: Reader, site: Site, page: str
) -> None:
    _everywhere(site, sends(lambda _: page))
    done = reader.sync()
    assert done.articles + done.listings + done.unchanged == 0
    assert done.failures
    assert reader.headlines() == []


def test_one_page_at_all_articles_is_none_of_them(reader: Reader, site: Site) -> None:
    fault = sends(lambda _: PORTAL)
    site.faults = {item.path: fault for item in site.edition.items}
    done = reader.sync()
    assert not any(headline.cached for headline in reader.headlines())
    assert "same_page_everywhere" in {failed.reason.code for failed in done.failures}
    site.faults = {}
    reader.later(hours=13)
    reader.sync()
    assert all(headline.cached for headline in reader.headlines())
    assert {each.teaser.title for each in reader.headlines()} == {
        item.title for item in site.edition.items
    }


def test_a_rectified_article_is_taken_on_a_readers_wish(reader: Reader, site: Site) -> None:
    reader.sync()
    victim = site.edition.items[0]
    headline = reader.headline(victim.path)
    reader.library.marks.set("saved", [headline.id], NOW)
    short = sends(
        lambda _: (
            f"<!doctype html><html><head><title>{victim.title}</title></head><body><main><article>"
            f"<h1>{victim.title}</h1><p>Dit bericht is ingetrokken, omdat het niet bleek te kloppen"
            " wat erin stond.</p><p>De redactie van deze site biedt de lezers daarvoor excuses"
            " aan.</p></article></main></body></html>"
        )
    )
    site.faults = {victim.path: short}
    reader.later(hours=2)
    url = f"{site.url}{victim.path}"
    kept = reader.library.articles.load(headline.id)
    assert isinstance(kept, Article)
    with Client(lambda: reader.now, PATIENT) as client:
        refused = list(fetch(reader.library, client, reader.settings, url))[-1]
        assert refused.failures  # type: ignore[union-attr]
        assert reader.library.articles.load(headline.id) == kept
        list(fetch(reader.library, client, reader.settings, url, accepted=True))
    now = reader.library.articles.load(headline.id)
    assert now
    assert now.blocks[0].text.startswith("Dit bericht is ingetrokken")
    older = reader.library.articles.revision(headline.id, 1)
    assert older
    assert older.blocks == kept.blocks
    assert reader.headline(victim.path).saved
    reader.later(hours=2)
    reader.sync()
    again = reader.library.articles.load(headline.id)
    assert again
    assert again.blocks == now.blocks


def test_what_another_parser_made_is_read_again_before_it_is_compared(
    reader: Reader, site: Site
) -> None:
    reader.sync()
    with closing(sqlite3.connect(reader.library.database.path)) as connection:
        add_functions(connection)
        # As an older parser would have left them: without their last block.
        for item, blocks in connection.execute("SELECT item, blocks FROM articles").fetchall():
            left = packed_blocks(blocks_of(blocks)[:-1])
            connection.execute(
                "UPDATE articles SET blocks = ?, parser = 1, digest = NULL WHERE item = ?",
                (left, item),
            )
        connection.commit()
    assert reader.library.changed()
    reader.later(hours=2)
    site.validators = frozenset()
    done = reader.sync()
    assert done.articles > 0
    for headline in reader.headlines():
        assert reader.library.articles.revisions(headline.id) == []


def test_older_texts_go_after_thirty_days_at_the_end_of_a_run(reader: Reader, site: Site) -> None:
    reader.sync()
    reader.later(hours=2)
    site.edition = site.edition.later(reader.now, new=0)
    site.clock = lambda: reader.now
    reader.sync()
    changed = [each.id for each in reader.headlines() if reader.library.articles.revisions(each.id)]
    assert changed
    reader.library.marks.set("saved", changed[:1], NOW)
    reader.now += timedelta(days=31)
    reader.sync()
    left = [each for each in changed if reader.library.articles.revisions(each)]
    assert left == changed[:1]
