"""The text that a feed gives stays available whatever text its item shows, and is stored once."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.model import Teaser
from reader.store import Store

from .builders import NOON, article, later, linked, only
from .test_feed_identity import STRAND, bring, entry

URL = str(linked("Boot vaart").url)
_SAID = "De boot vaart weer op Breskens, elke dag om zeven uur en om twaalf uur."
ENTRY = entry("Boot vaart", URL, "1", _SAID)
_LONG = f"{_SAID} Op zondag vaart hij ook om vijf uur. De kaartjes zijn even duur als vorig jaar."


def of_site(cache: Store) -> None:
    """Fetch the article as one of the site."""
    cache.pages.add(article(linked("Boot vaart"), _LONG, "Er is ook een fiets.", fetched=later(1)))


def of_entry(cache: Store) -> None:
    """Fetch the page of the entry."""
    page = article(Teaser(URL, "Boot vaart"), *[f"{_LONG} {n}" for n in range(5)], fetched=later(1))
    assert cache.feeds.add_page(URL, page) is None


def of_other_feed(cache: Store) -> None:
    """Read a longer text in another feed."""
    bring(cache, entry("Boot vaart", URL, "a", _LONG * 3), url=STRAND, at=later(1))


def of_twin(cache: Store) -> None:
    """Learn that the entry is an article at another address, which has a later text."""
    other = linked("Boot vaart morgen")
    cache.pages.add(article(other, _LONG, "Er is ook een fiets.", fetched=later(1)))
    again = entry("Boot vaart", other.url, "1", f"{_SAID} ")
    bring(cache, again, at=later(2))


def of_import(cache: Store) -> None:
    """Remove the item, and take that back."""
    cache.retention.remove(cache.headlines.ids(), NOON)
    cache.retention.undo_prune(NOON)
    of_entry(cache)


@pytest.mark.parametrize("comes", [of_site, of_entry, of_other_feed, of_twin, of_import])
def test_the_text_of_a_feed_can_be_shown_after_any_other_text(
    cache: Store, comes: Callable[[Store], None]
) -> None:
    bring(cache, ENTRY)
    assert cache.feeds.shown(only(cache).id) == "feed"
    comes(cache)
    found = only(cache)
    if comes is not of_other_feed:
        assert cache.feeds.shown(found.id) == "page"
    assert found.teaser.url
    if comes is of_other_feed:
        # Of the texts of two feeds the longer one is shown, until its feed shortens it.
        bring(cache, entry("Boot vaart", URL, "a", "Kort."), url=STRAND, at=later(2))
        bring(cache, entry("Boot vaart", URL, "1", f"{_SAID} "), at=later(3))
    assert cache.feeds.choose(found.teaser.url, "feed")
    shown = cache.articles.load(found.id)
    assert shown is not None
    assert [block.text.strip() for block in shown.blocks] == [_SAID]
    assert cache.feeds.shown(found.id) == "feed"


def test_a_text_of_a_feed_takes_its_room_only_once(path: Path) -> None:
    dice = random.Random(1)  # noqa: S311 - the same in every run
    letters = "abcdefghijklmnopqrstuvwxyz     "
    entries = [
        entry(
            f"Bericht {n}",
            f"https://haven.test/{n}",
            str(n),
            "".join(dice.choices(letters, k=4000)),
        )
        for n in range(50)
    ]
    with Store(path) as cache:
        bring(cache, *entries)
        with cache.database.using("read") as connection:
            (texts,) = connection.execute("SELECT sum(length(blocks)) FROM articles").fetchone()
            (copies,) = connection.execute("SELECT sum(length(blocks)) FROM feed_texts").fetchone()
    assert texts > 50 * 2_000
    assert not copies


def test_a_file_that_has_a_text_twice_has_it_once_from_then_on(path: Path) -> None:
    with Store(path) as cache:
        bring(cache, ENTRY)
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE feed_texts SET blocks = (SELECT blocks FROM articles)")
        file.execute("PRAGMA user_version = 26")
        file.commit()
    with Store(path) as cache:
        with cache.database.using("read") as connection:
            assert connection.execute("SELECT blocks FROM feed_texts").fetchall() == [(b"",)]
        assert cache.feeds.shown(only(cache).id) == "feed"
        shown = cache.articles.load(only(cache).id)
        assert shown is not None
        assert [block.text for block in shown.blocks] == [_SAID]
