"""Articles: stored without loss, and the better of two copies is kept."""

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from reader.model import Article, Block, Dateline, Sighting, Teaser
from reader.store import Store
from reader.store.ingest.page_import import Added

from .builders import (
    NOON,
    article,
    both,
    dump,
    hours_old,
    later,
    linked,
    listing,
    only,
    rich,
    rows_of,
    titles,
    unlinked,
)

BODY = (
    Block("paragraph", "In de haven ligt een ‘zeehond’ op de steiger."),
    Block("heading", "Rust"),
    Block("item", "Houd afstand; 100% zeker_weten"),
    Block("quote", '"Hij slaapt gewoon",\nzegt de havenmeester.'),
)
OWN = Teaser(
    "https://www.zeelandnet.nl/nieuws/zeehond",
    "Zeehond slaapt op steiger",
    "Tholen",
    Dateline(("THOLEN", "‘s-HEERENHOEK"), ("ANP", "RTR")),
    "In de haven ligt een zeehond.",
    Sighting(NOON - timedelta(hours=2), NOON - timedelta(hours=1)),
)
BUREN = (
    linked("Krab wint wedstrijd", "Een krab.", age=hours_old(2)),
    linked("Boot vaart uit", age=hours_old(1)),
    unlinked("Haven krijgt bank", age=hours_old(1)),
)


def stored(cache: Store, page: Article) -> Article:
    cache.pages.add(page)
    number = cache.headlines.find(str(page.teaser.url))
    assert number is not None
    found = cache.articles.load(number)
    assert found is not None
    return found


def test_an_article_comes_back_as_it_was_given(cache: Store) -> None:
    page = Article(OWN, BODY, BUREN, NOON)
    assert stored(cache, page) == page


def test_the_related_headlines_come_in_page_order_each_once(cache: Store) -> None:
    cache.pages.add(article(OWN, "Een.", related=(*BUREN, BUREN[0])))
    (number,) = [cache.headlines.find(str(OWN.url))]
    assert number is not None
    assert [each.teaser for each in cache.articles.related(number)] == list(BUREN)


def test_a_headline_without_an_article_gives_none(cache: Store) -> None:
    cache.pages.add(listing(OWN))
    assert not only(cache).cached
    assert cache.articles.load(only(cache).id) is None
    assert cache.articles.load(999) is None
    assert cache.articles.related(999) == []


def test_adding_tells_what_a_page_brought(cache: Store) -> None:
    page = Article(OWN, BODY, BUREN, NOON)
    assert cache.pages.add(listing(BUREN[0])) == Added(None, 1)
    assert cache.pages.add(page) == Added("new", 3)
    assert cache.pages.add(page) == Added("unchanged", 0)
    assert cache.pages.add(Article(OWN, BODY[:1], (), later(1))) == Added("updated", 0)


def test_importing_a_page_again_leaves_the_file_as_it_is(cache: Store, path: Path) -> None:
    page = Article(OWN, BODY, BUREN, NOON)
    cache.pages.add(page)
    cache.pages.add(listing(*reversed(BUREN), fetched=later(1)))
    before = dump(path)
    cache.pages.add(page)
    assert dump(path) == before


def test_a_newer_copy_replaces_text_and_related_and_keeps_marks(cache: Store) -> None:
    cache.pages.add(article(OWN, "Oud.", related=BUREN))
    number = cache.headlines.find(str(OWN.url))
    assert number is not None
    cache.marks.set("read", [number], NOON)
    cache.marks.set("saved", [number], NOON)
    found = stored(cache, article(OWN, "Nieuw.", related=BUREN[:1], fetched=later(1)))
    assert [block.text for block in found.blocks] == ["Nieuw."]
    assert [teaser.title for teaser in found.related] == ["Krab wint wedstrijd"]
    (headline,) = cache.headlines.load([number])
    assert (headline.read, headline.saved) == (True, True)


def test_an_older_copy_replaces_nothing_but_its_sightings_count(cache: Store) -> None:
    boot = "Boot vaart uit"
    new = article(
        OWN, "Nieuw.", related=(linked(boot, age=hours_old(3, later(2.5))),), fetched=later(2.5)
    )
    old = article(OWN, "Oud.", related=(linked(boot, age=hours_old(1)), BUREN[0]))
    cache.pages.add(new)
    assert cache.pages.add(old) == Added("unchanged", 1)
    found = stored(cache, old)
    assert found.blocks[0].text == "Nieuw."
    assert [teaser.title for teaser in found.related] == [boot]
    assert found.related[0].published == both(hours_old(1), hours_old(3, later(2.5)))


def test_a_copy_of_the_same_time_read_better_replaces_the_text(cache: Store) -> None:
    cache.pages.add(article(OWN, "Half."))
    assert stored(cache, article(OWN, "Half.", "Heel.")).blocks[1].text == "Heel."


def test_an_article_without_text_replaces_nothing(cache: Store) -> None:
    cache.pages.add(article(OWN, "Tekst."))
    assert cache.pages.add(article(OWN, fetched=later(1))).article == "unchanged"
    assert cache.pages.add(article(linked("Leeg"))) == Added("unchanged", 1)
    assert titles(cache)[0] == "Leeg"


def test_an_article_without_summary_is_listed_with_its_lead(cache: Store) -> None:
    cache.pages.add(article(linked("Krab wint"), "De krab won.", "Meer tekst."))
    assert only(cache).teaser.summary == "De krab won."


def test_a_saved_text_without_title_and_address_is_known_by_its_lead(cache: Store) -> None:
    page = article(Teaser(None, None), "Alleen een tekst zonder meer.")
    assert cache.pages.add(page) == Added("new", 1)
    assert cache.pages.add(page) == Added("unchanged", 0)
    assert only(cache).cached


def test_all_that_an_article_has_comes_back(cache: Store) -> None:
    page = rich("Krab wint", related=BUREN)
    assert replace(stored(cache, page), related=page.related) == page


def test_a_newer_copy_says_anew_who_wrote_it_and_what_it_links_to(cache: Store) -> None:
    page = rich("Krab wint")
    cache.pages.add(page)
    plain = replace(page, blocks=page.blocks[:1], authors=(), fetched=later(1))
    assert cache.pages.add(plain) == Added("updated", 0)
    assert stored(cache, plain) == plain
    assert cache.pages.add(replace(page, fetched=later(1))) == Added("updated", 0)
    assert cache.pages.add(replace(page, fetched=later(2))) == Added("unchanged", 0)


def test_only_what_is_not_said_is_not_stored(cache: Store, path: Path) -> None:
    cache.pages.add(article(OWN, "Tekst."))
    assert rows_of(path, "SELECT details FROM articles") == [(None,)]
