"""What is muted is left out of the lists and counts, is found, and is never deleted."""

from pathlib import Path

import pytest

from reader.model import Counts, Mute, SectionCount, Selection
from reader.store import Store

from .builders import NOON, article, everything, later, linked, listing, rows_of, titles
from .tallies import MISCOUNTED

MUTED = Selection(muted=True)


@pytest.fixture
def news(cache: Store) -> Store:
    cache.pages.add(
        listing(
            linked("FC Goes wint van Kloetinge", section="Sport"),
            linked("Goes krijgt een fonteincafé", "Een plein in Goes.", section="Zeeland"),
            linked("Voetbalveld onder water", section="Tholen"),
            linked("Zwemmer wint", section="Sport"),
        )
    )
    return cache


@pytest.mark.parametrize(
    ("written", "hidden"),
    [
        ("fc goes", {"FC Goes wint van Kloetinge"}),
        ("goes fc", set()),
        ("FONTEINCAFE", {"Goes krijgt een fonteincafé"}),
        ("plein", {"Goes krijgt een fonteincafé"}),
        ("voetbal", set()),
        ("voetbal*", {"Voetbalveld onder water"}),
        ("section:sport", {"FC Goes wint van Kloetinge", "Zwemmer wint"}),
        ("rubriek: Sport", {"FC Goes wint van Kloetinge", "Zwemmer wint"}),
    ],
)
def test_words_phrases_and_sections_are_muted(
    news: Store, path: Path, written: str, hidden: set[str]
) -> None:
    every = set(titles(news))
    assert news.mutes.add(written)
    assert set(titles(news, MUTED)) == hidden
    assert set(titles(news)) == every - hidden
    assert news.headlines.counts() == Counts(4 - len(hidden), 4 - len(hidden))
    assert news.headlines.counts(MUTED).total == len(hidden)
    assert [each.hidden for each in news.mutes.all()] == [len(hidden)]
    assert not rows_of(path, MISCOUNTED)
    assert news.mutes.remove(written)
    assert (set(titles(news)), news.mutes.all()) == (every, [])
    assert not rows_of(path, MISCOUNTED)


def test_what_comes_in_later_is_muted_as_well(news: Store) -> None:
    news.mutes.add("storm")
    news.pages.add(listing(linked("Storm op zee"), linked("Rust op zee"), fetched=later(1)))
    assert titles(news, MUTED) == ["Storm op zee"]
    news.pages.add(listing(linked("Rust op zee", "Na de storm."), fetched=later(2)))
    assert set(titles(news, MUTED)) == {"Storm op zee", "Rust op zee"}


def test_a_section_that_is_muted_counts_for_nothing(news: Store) -> None:
    news.mutes.add("section:Sport")
    assert SectionCount("Sport", 0, 0) not in news.headlines.sections()
    assert {each.name for each in news.headlines.sections()} == {"Zeeland", "Tholen"}


def test_what_is_muted_is_found_and_read_and_stays_saved(news: Store) -> None:
    [swimmer] = [each.id for each in everything(news) if each.teaser.title == "Zwemmer wint"]
    news.marks.set("saved", [swimmer], NOON)
    news.mutes.add("zwemmer")
    assert titles(news, Selection(saved=True)) == ["Zwemmer wint"]
    found = news.search.find("zwemmer", NOON, 9)
    assert [hit.headline.id for hit in found.hits] == [swimmer]
    found = news.search.find("is:muted", NOON, 9)
    assert [hit.headline.id for hit in found.hits] == [swimmer]
    assert news.headlines.unread_among([swimmer]) == set()


def test_the_settings_mute_what_they_have_and_no_longer_what_they_had(news: Store) -> None:
    news.mutes.add("fonteincafé")
    news.mutes.adopt(["section:Sport", "voetbal*"])
    assert len(titles(news)) == 0
    assert Mute("section", "Sport", 2, fixed=True) in news.mutes.all()
    assert not news.mutes.remove("section:Sport"), "the settings have it"
    news.mutes.adopt([])
    assert len(titles(news)) == 3


@pytest.mark.parametrize("written", ["", "  ", "*", "!?", "section:", "-"])
def test_nothing_mutes_nothing(news: Store, written: str) -> None:
    assert news.mutes.add(written) is None
    news.mutes.adopt([written])
    assert (len(titles(news)), news.mutes.all()) == (4, [])


def test_a_phrase_of_any_length_and_signs_mutes_what_has_it(cache: Store) -> None:
    cache.pages.add(listing(linked("a'b\"; DROP TABLE items; --"), linked("Iets anders")))
    cache.mutes.add("a'b\"; DROP TABLE items; --")
    assert titles(cache) == ["Iets anders"]
    cache.mutes.add("x" * 100_000)
    assert titles(cache) == ["Iets anders"]


def test_what_is_muted_counts_as_offline_apart(news: Store) -> None:
    news.pages.add(article(linked("Zwemmer wint", section="Sport"), "Tekst.", fetched=later(1)))
    assert news.headlines.counts(Selection(cached=True)).total == 1
    news.mutes.add("section:Sport")
    assert news.headlines.counts(Selection(cached=True)).total == 0
    assert titles(news, Selection(cached=True)) == []
