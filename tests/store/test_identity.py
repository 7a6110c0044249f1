"""Which headlines are one item, and how items are merged."""

from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.model import Article, Dateline, Listing, Teaser
from reader.store import Store

from .builders import (
    NOON,
    SITE,
    article,
    both,
    dump,
    everything,
    hours_old,
    later,
    link,
    linked,
    listing,
    nameless,
    only,
    titles,
    unlinked,
)

PONT = "Pont vaart weer naar Breskens"
LEAD = (
    "De pont vaart weer. Reizigers stonden er maandag al vroeg voor klaar aan de kade in de stad."
)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.zeelandnet.nl/nieuws/pont",
        "https://zeelandnet.nl/nieuws/pont",
        "https://WWW.ZeelandNet.nl/nieuws/pont/",
        "https://www.zeelandnet.nl/nieuws/pont#reacties",
        "https://www.zeelandnet.nl/nieuws/pont?utm_source=brief&utm_medium=mail",
        "//www.zeelandnet.nl/nieuws/pont",
    ],
)
def test_one_page_under_two_forms_of_its_address_is_one_item(cache: Store, url: str) -> None:
    cache.pages.add(listing(Teaser(SITE + "pont", "De pont")))
    cache.pages.add(listing(Teaser(url, "De pont vaart")))
    assert only(cache).teaser.url == SITE + "pont"
    assert cache.headlines.find(url) == only(cache).id


def test_addresses_that_differ_in_case_or_page_are_two_items(cache: Store) -> None:
    ends = ["pont-ANP140326001", "pont-anp140326001", "pont?id=1", "pont?id=2"]
    cache.pages.add(listing(*(Teaser(SITE + end, end) for end in ends)))
    assert titles(cache) == ends


def test_two_addresses_never_become_one_even_with_one_title_and_one_summary(cache: Store) -> None:
    urls = [SITE + "weer-1", SITE + "weer-2"]
    cache.pages.add(listing(*(Teaser(url, "Het weer", summary=LEAD) for url in urls)))
    cache.pages.add(listing(unlinked("Het weer", LEAD), nameless(LEAD)))
    assert [headline.teaser.url for headline in everything(cache)] == urls


def test_a_title_alone_belongs_to_the_address_made_from_it(cache: Store) -> None:
    cache.pages.add(listing(Teaser(link(PONT), "UPDATE: Pont vaart weer")))
    cache.pages.add(listing(unlinked(PONT)))
    assert only(cache).teaser.url == link(PONT)


def test_an_address_alone_belongs_to_the_title_it_was_made_from(cache: Store) -> None:
    cache.pages.add(listing(unlinked(PONT)))
    cache.pages.add(listing(Teaser(link(PONT) + "-ANP140326001", None)))
    assert only(cache).teaser == Teaser(link(PONT) + "-ANP140326001", PONT)


@pytest.mark.parametrize("order", permutations(range(4)))
def test_all_forms_of_one_headline_become_one_in_any_order(
    cache: Store, order: tuple[int, ...]
) -> None:
    pages: list[Article | Listing] = [
        listing(nameless(LEAD, age=hours_old(3)), fetched=later(0)),
        listing(unlinked(PONT, LEAD), fetched=later(1)),
        listing(linked(PONT), fetched=later(2)),
        article(linked(PONT), LEAD, "Tweede alinea.", fetched=later(3)),
    ]
    for index in order:
        cache.pages.add(pages[index])
    found = only(cache)
    assert (found.teaser.url, found.teaser.title, found.teaser.summary) == (link(PONT), PONT, LEAD)
    assert found.teaser.published == hours_old(3)
    assert found.seen == later(0)
    assert found.cached


def test_items_that_become_one_keep_marks_sightings_first_seen_and_places(cache: Store) -> None:
    cache.pages.add(listing(nameless(LEAD, age=hours_old(1)), fetched=later(0)))
    cache.pages.add(listing(linked(PONT, age=hours_old(2, later(1.5))), fetched=later(1.5)))
    first, second = (headline.id for headline in everything(cache))
    cache.marks.set("read", [first], NOON)
    cache.marks.set("saved", [second], NOON)
    other = linked("Meeuw steelt patat in Domburg")
    cache.pages.add(article(other, "Een meeuw.", related=(nameless(LEAD), unlinked("Iets anders"))))
    assert len(everything(cache)) == 4

    cache.pages.add(listing(linked(PONT, LEAD), fetched=later(2)))

    number = cache.headlines.find(link(PONT))
    assert number is not None
    (found,) = cache.headlines.load([number])
    assert found.read
    assert found.saved
    assert found.seen == later(0)
    assert found.teaser.published is not None
    assert found.teaser.published == both(hours_old(1), hours_old(2, later(1.5)))
    home = cache.headlines.find(str(other.url))
    assert home is not None
    assert [each.teaser.title for each in cache.articles.related(home)] == [PONT, "Iets anders"]


def test_the_newer_of_two_articles_stays_when_their_items_become_one(cache: Store) -> None:
    old, new = unlinked(PONT), linked("Pont vaart toch")
    cache.pages.add(article(old, "Oud.", related=(unlinked("Oude buur"),), fetched=later(0)))
    cache.pages.add(article(new, "Nieuw.", related=(unlinked("Nieuwe buur"),), fetched=later(1)))
    cache.pages.add(listing(Teaser(new.url, PONT), fetched=later(2)))
    number = cache.headlines.find(str(new.url))
    assert number is not None
    found = cache.articles.load(number)
    assert found is not None
    assert found.blocks[0].text == "Nieuw."
    assert [teaser.title for teaser in found.related] == ["Nieuwe buur"]
    assert titles(cache).count(PONT) == 1


def test_the_place_in_the_older_of_two_articles_stays_where_the_newer_has_none(
    cache: Store,
) -> None:
    old, new = unlinked(PONT), linked("Pont vaart toch")
    cache.pages.add(article(old, "Oud.", fetched=later(0)))
    cache.articles.keep_place(only(cache).id, 3, NOON)
    cache.pages.add(article(new, "Nieuw.", fetched=later(1)))
    cache.pages.add(listing(Teaser(new.url, PONT), fetched=later(2)))
    assert cache.articles.place(only(cache).id) == 3


def test_a_summary_never_joins_two_different_titles(cache: Store) -> None:
    cache.pages.add(listing(unlinked("Kort uit Goes", LEAD), unlinked("Kort uit Tholen", LEAD)))
    cache.pages.add(listing(nameless(LEAD)))
    assert titles(cache) == ["Kort uit Goes", "Kort uit Tholen"]


def test_a_title_two_addresses_share_belongs_to_the_one_that_had_it_first(cache: Store) -> None:
    first, second = Teaser(SITE + "a", None, summary=LEAD), Teaser(SITE + "b", "Het weer")
    cache.pages.add(listing(second, first))
    cache.pages.add(listing(Teaser(first.url, "Het weer")))
    cache.pages.add(listing(unlinked("Het weer", "Zonnig.")))
    number = cache.headlines.find(SITE + "b")
    assert number is not None
    assert cache.headlines.load([number])[0].teaser.summary == "Zonnig."


def test_an_old_page_finds_its_item_after_title_and_summary_changed(cache: Store) -> None:
    old = listing(unlinked(PONT), nameless(LEAD), fetched=later(0))
    cache.pages.add(listing(linked(PONT, LEAD), fetched=later(0)))
    changed = Teaser(link(PONT), "Pont ligt stil", summary="Er is pech.")
    cache.pages.add(listing(changed, fetched=later(1)))
    cache.pages.add(old)
    assert only(cache).teaser.title == "Pont ligt stil"


def test_a_title_without_a_latin_letter_still_names_its_item(cache: Store) -> None:
    cache.pages.add(listing(unlinked("東京"), unlinked("???")))
    cache.pages.add(listing(unlinked("東京"), unlinked("???")))
    assert titles(cache) == ["東京", "???"]


def test_a_headline_that_says_nothing_is_left_out(cache: Store) -> None:
    assert cache.pages.add(listing(nameless(""), Teaser(None, ""))).headlines == 0


def test_what_is_known_is_not_lost_to_a_page_that_tells_less(cache: Store) -> None:
    full = linked(PONT, LEAD, section="Middelburg", dateline=Dateline(("VLISSINGEN",), ("ANP",)))
    cache.pages.add(listing(full, fetched=later(0)))
    cache.pages.add(listing(Teaser(full.url, None), fetched=later(1)))
    assert only(cache).teaser == full


def test_the_newer_page_is_believed_whichever_is_read_first(cache: Store, tmp_path: Path) -> None:
    pages = [
        listing(Teaser(link(PONT), title), fetched=later(hour)) for hour, title in enumerate("AB")
    ]
    with Store(tmp_path / "other") as other:
        for page in pages:
            cache.pages.add(page)
        for page in reversed(pages):
            other.pages.add(page)
        assert titles(cache) == titles(other) == ["B"]


def test_an_article_is_believed_before_a_teaser_of_its_time_or_older(cache: Store) -> None:
    own = Teaser(link(PONT), PONT, dateline=Dateline(("BRESKENS",)))
    teaser = Teaser(link(PONT), "ANP Pont", dateline=Dateline(("BRES",)))
    cache.pages.add(listing(teaser))
    cache.pages.add(article(own, LEAD))
    cache.pages.add(listing(teaser))
    assert (only(cache).teaser.title, only(cache).teaser.dateline) == (PONT, own.dateline)


_TEASERS = st.builds(
    Teaser,
    url=st.sampled_from([None, SITE + "pont", SITE + "meeuw"]),
    title=st.sampled_from([None, "Pont", "Meeuw", "Kade"]),
    summary=st.sampled_from(["", "De pont vaart.", "De meeuw eet."]),
    section=st.sampled_from([None, "Sport", "Tholen"]),
    published=st.sampled_from([None, hours_old(1), hours_old(2), hours_old(5)]),
)
_TIMES = st.sampled_from([later(hour) for hour in range(4)])
_LISTINGS = st.builds(
    lambda teasers, at: listing(*teasers, fetched=at), st.lists(_TEASERS, max_size=3), _TIMES
)
_ARTICLES = st.builds(
    lambda own, text, related, at: article(own, text, related=tuple(related), fetched=at),
    _TEASERS, st.sampled_from(["De pont vaart.", "Iets."]), st.lists(_TEASERS, max_size=3), _TIMES,
)  # fmt: skip
_PAGES = st.one_of(_LISTINGS, _ARTICLES)


_NAMELESS = nameless("De pont vaart.")


@settings(max_examples=150, deadline=None)
@given(page=_PAGES, others=st.lists(_PAGES, max_size=4))
@example(
    page=article(_NAMELESS, "Iets.", fetched=later(1)),
    others=[article(nameless(""), "Iets.", fetched=later(1)), listing(_NAMELESS)],
)
@example(
    page=article(
        unlinked("Meeuw"),
        "De pont vaart.",
        related=(Teaser(SITE + "pont", "Meeuw"),),
        fetched=later(0),
    ),
    others=[article(unlinked("Pont"), "Iets.", fetched=later(1))],
)
@example(
    page=article(
        unlinked("Pont"), "Iets.", related=(unlinked("Pont", "De pont vaart."),), fetched=later(0)
    ),
    others=[
        listing(Teaser(SITE + "pont", "Meeuw")),
        article(nameless(""), "De pont vaart.", fetched=later(1)),
    ],
)
@example(
    page=article(Teaser(SITE + "pont", "Pont"), "Iets.", related=(_NAMELESS,), fetched=later(1)),
    others=[article(Teaser(SITE + "pont", None), "De pont vaart.", fetched=later(0))],
)
def test_importing_a_page_twice_in_a_row_changes_nothing(
    page: Article | Listing, others: list[Article | Listing]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "cache")
        with Store(path) as cache:
            for each in (*others, page):
                cache.pages.add(each)
            before = dump(path)
            added = cache.pages.add(page)
            assert dump(path) == before
            assert added.headlines == 0
            assert added.article in {None, "unchanged"}
            assert cache.maintenance.health().check == "ok"
