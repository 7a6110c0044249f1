"""A good text is never lost: the valid replacements, and the revisions of replaced texts."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from reader.errors import reason
from reader.model import Article, Block, Dateline, Revision, Teaser
from reader.store import Store
from reader.store.archive.format import parse_line
from reader.store.ingest.page_import import Added

from .builders import NOON, SITE, article, later, linked, listing, only, origin

TITLE = "Veerpont Breskens ligt stil na storing"
PARTS = (
    "De veerpont tussen Breskens en Vlissingen ligt sinds vanochtend stil door een storing.",
    "Monteurs zoeken naar de oorzaak in de elektronica van het schip, zegt een woordvoerder.",
    "Reizigers worden met bussen door de tunnel gebracht, wat een half uur langer duurt.",
    "Het is de derde keer dit jaar dat de pont op een drukke ochtend niet kan varen.",
)
WORLD = tuple(Block("paragraph", text) for text in PARTS)
BUREN = (linked("Krab wint de prijs"), linked("Boot zonder bemanning"))


def good(hours: float = 0, title: str = TITLE, blocks: tuple[Block, ...] = WORLD) -> Article:
    teaser = replace(linked(TITLE, dateline=Dateline(("BRESKENS",), ("ANP",))), title=title)
    return Article(teaser, blocks, BUREN, later(hours))


def junk(hours: float, title: str, *texts: str) -> Article:
    blocks = tuple(Block("paragraph", text) for text in texts)
    return Article(Teaser(linked(TITLE).url, title), blocks, (), later(hours))


MAINTENANCE = (
    "Wij zijn zo terug met nieuws uit de hele regio.",
    "Er wordt op dit moment gewerkt aan deze website, probeer het later nog eens.",
)


def number_of(cache: Store) -> int:
    number = cache.headlines.find(str(linked(TITLE).url))
    assert number is not None
    return number


def text_of(cache: Store) -> list[str]:
    found = cache.articles.load(number_of(cache))
    assert found
    return [block.text for block in found.blocks]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (junk(1, "Even geduld", *MAINTENANCE), "other_article"),
        (junk(1, TITLE, PARTS[0], PARTS[1][:40]), "became_stub"),
        (junk(1, TITLE, "Lees verder met een abonnement op de krant van vandaag."), "became_stub"),
        (junk(1, TITLE, PARTS[2], PARTS[3]), "text_lost"),
    ],
)
def test_a_worse_text_is_refused_and_nothing_of_it_stored(
    cache: Store, page: Article, code: str
) -> None:
    cache.pages.add(good(), origin=origin(TITLE, "v1"))
    cache.marks.set("saved", [number_of(cache)], NOON)
    added = cache.pages.add(page, origin=origin(TITLE, "v2"))
    assert added.refused
    assert added.refused.code == code
    assert text_of(cache) == list(PARTS)
    headline = cache.headlines.load([number_of(cache)])[0]
    assert (headline.teaser.title, headline.saved) == (TITLE, True)
    asked = cache.pages.asked(str(linked(TITLE).url))
    assert asked
    assert asked.etag == "v1"
    assert cache.articles.revisions(number_of(cache)) == []


def test_the_sites_text_is_taken_where_a_person_wants_it(cache: Store) -> None:
    cache.pages.add(good(), origin=origin(TITLE))
    short = junk(1, TITLE, PARTS[0], PARTS[1][:40])
    assert cache.pages.add(short, origin=origin(TITLE), accepted=True).article == "updated"
    assert text_of(cache) == [PARTS[0], PARTS[1][:40]]
    older = cache.articles.revision(number_of(cache), 1)
    assert older
    assert [block.text for block in older.blocks] == list(PARTS)


@pytest.mark.parametrize(
    "page",
    [
        good(1, title="Pont tussen Breskens en Vlissingen vaart niet"),
        good(1, blocks=WORLD[:3]),
        good(1, blocks=(*WORLD, Block("paragraph", "Om vijf uur voer de pont weer."))),
        good(1, blocks=(Block("paragraph", "Rectificatie: het was geen storing."), *WORLD[1:])),
    ],
)
def test_a_changed_article_is_taken_and_the_older_text_kept(cache: Store, page: Article) -> None:
    cache.pages.add(good(), origin=origin(TITLE))
    assert cache.pages.add(page, origin=origin(TITLE)).article == "updated"
    assert text_of(cache) == [block.text for block in page.blocks]
    assert cache.articles.revisions(number_of(cache)) == [Revision(1, TITLE, NOON, later(1))]
    older = cache.articles.revision(number_of(cache), 1)
    assert older
    assert (older.teaser.title, older.blocks) == (TITLE, WORLD)


def test_older_texts_are_found_in_their_order(cache: Store) -> None:
    texts = [(*WORLD[:2], Block("paragraph", f"Stand om {hour} uur.")) for hour in range(5)]
    for hour, blocks in enumerate(texts):
        cache.pages.add(good(hour, blocks=blocks), origin=origin(TITLE))
    assert len(cache.articles.revisions(number_of(cache))) == 4
    for number in range(1, 5):
        older = cache.articles.revision(number_of(cache), number)
        assert older
        assert older.blocks == texts[4 - number]
    assert cache.articles.revision(number_of(cache), 5) is None


def test_typography_makes_no_older_text_and_harms_none(cache: Store) -> None:
    cache.pages.add(good(), origin=origin(TITLE))
    longer = (*WORLD, Block("paragraph", "Om vijf uur voer de pont weer."))
    cache.pages.add(good(1, blocks=longer), origin=origin(TITLE))
    spaced = tuple(replace(block, text=block.text.replace(", ", ",  ")) for block in longer)
    cache.pages.add(good(2, blocks=spaced), origin=origin(TITLE))
    assert len(cache.articles.revisions(number_of(cache))) == 1
    older = cache.articles.revision(number_of(cache), 1)
    assert older
    assert older.blocks == WORLD


def test_the_same_page_read_by_a_better_parser_makes_no_older_text(cache: Store) -> None:
    cache.pages.add(good(blocks=WORLD[:2]), origin=origin(TITLE))
    cache.pages.add_all([replace(good(), parser=9)])
    assert text_of(cache) == list(PARTS)
    assert cache.articles.revisions(number_of(cache)) == []


def test_what_a_better_parser_finds_besides_is_no_change_of_the_article(cache: Store) -> None:
    cache.pages.add(good(blocks=WORLD[:3]), origin=origin(TITLE))
    cache.pages.add(replace(good(1), parser=9), origin=origin(TITLE))
    assert cache.articles.revisions(number_of(cache)) == []


def test_a_good_text_comes_back_by_an_older_page(cache: Store) -> None:
    cache.pages.add(junk(1, TITLE, PARTS[0], PARTS[1][:40]), origin=origin(TITLE))
    cache.pages.add_all([good(0)])
    assert text_of(cache) == list(PARTS)


def test_an_older_page_that_is_no_better_stays_away(cache: Store) -> None:
    cache.pages.add(good(1), origin=origin(TITLE))
    cache.pages.add_all([good(0, blocks=WORLD[:3])])
    assert text_of(cache) == list(PARTS)


def test_ones_own_export_brings_the_good_text_back(cache: Store) -> None:
    cache.pages.add(good(), origin=origin(TITLE))
    lines = list(cache.archive.export_lines())
    cache.pages.add(junk(1, "Even geduld", *MAINTENANCE), origin=origin(TITLE), accepted=True)
    assert text_of(cache) == list(MAINTENANCE)
    cache.archive.import_lines((parse_line(line.encode()) for line in lines[1:]), later(2))
    assert text_of(cache) == list(PARTS)


def test_an_address_of_a_list_gives_no_article(cache: Store) -> None:
    page = listing(linked("Krab"))
    url = SITE + "regio"
    cache.pages.add(page, origin=replace(origin("regio"), url=url))
    teaser = Teaser(url, "Even geduld")
    wrong = Article(teaser, tuple(Block("paragraph", text) for text in MAINTENANCE), (), later(1))
    added = cache.pages.add(wrong, origin=replace(origin("regio"), url=url))
    assert added == Added(None, 0, reason("listing_became_article"))
    assert only(cache).teaser.title == "Krab"


def numbered(place: int) -> Article:
    """Return the page that a network shows at the address of any article."""
    page = junk(place, "Aanmelden bij het netwerk", *MAINTENANCE)
    return replace(page, teaser=Teaser(f"{SITE}bericht-nummer-{place}", page.teaser.title))


def test_one_page_at_three_addresses_is_none_of_their_articles(cache: Store) -> None:
    teasers = [Teaser(f"{SITE}bericht-nummer-{place}", f"Krab nummer {place}") for place in (0, 1)]
    cache.pages.add(listing(*teasers, fetched=later(-1)))
    for place in range(3):
        name = f"bericht-nummer-{place}"
        added = cache.pages.add(numbered(place), origin=replace(origin(name), url=f"{SITE}{name}"))
    assert added.refused
    assert added.refused.code == "same_page_everywhere"
    headlines = cache.headlines.load(cache.headlines.ids())
    assert [headline.cached for headline in headlines] == [False, False]
    failures = [headline.failure and headline.failure.code for headline in headlines]
    assert failures == ["same_page_everywhere"] * 2


def test_of_one_page_at_many_addresses_nothing_stays(cache: Store) -> None:
    added = cache.pages.add_all([numbered(place) for place in range(6)])
    refused = [each.refused and each.refused.code for each in added]
    assert refused == [None, None, *["same_page_everywhere"] * 4]
    assert not cache.headlines.ids()
    later_one = cache.pages.add_all([numbered(9)])
    assert later_one[0].refused


def test_a_marked_headline_stays_where_its_page_is_none_of_its_own(cache: Store) -> None:
    cache.pages.add_all([numbered(0), numbered(1)])
    (first, *_) = cache.headlines.ids()
    cache.marks.set("saved", [first], NOON)
    cache.pages.add_all([numbered(2)])
    assert list(cache.headlines.ids()) == [first]


@pytest.mark.parametrize("hours", [2, -2])
def test_the_article_takes_its_place_from_a_page_that_was_none(cache: Store, hours: int) -> None:
    wrong = junk(0, "Even geduld", *MAINTENANCE)
    cache.pages.add_all([wrong])
    cache.pages.add_all([good(hours)])
    assert text_of(cache) == list(PARTS)
    assert cache.headlines.load([number_of(cache)])[0].teaser.title == TITLE
    assert len(cache.articles.revisions(number_of(cache))) == 1
    # The title of the wrong page is not a name of the article, so it does not come back.
    again = cache.pages.add_all([replace(wrong, fetched=later(9))])
    assert again[0].refused
    assert text_of(cache) == list(PARTS)


def test_a_headline_in_a_list_tells_which_page_is_the_article(cache: Store) -> None:
    url = f"{SITE}20260314"
    cache.pages.add(listing(Teaser(url, TITLE)))
    wrong = junk(1, "Even geduld", *MAINTENANCE)
    cache.pages.add_all([replace(wrong, teaser=replace(wrong.teaser, url=url))])
    page = good(2)
    added = cache.pages.add_all([replace(page, teaser=replace(page.teaser, url=url))])
    assert added[0].article == "updated"
    number = cache.headlines.find(url)
    assert number is not None
    found = cache.articles.load(number)
    assert found
    assert (found.teaser.title, found.blocks) == (TITLE, WORLD)


@pytest.mark.parametrize("texts", [MAINTENANCE, ("Meld u aan om verder te gaan.", *MAINTENANCE)])
def test_an_older_page_of_something_else_takes_no_place(
    cache: Store, texts: tuple[str, ...]
) -> None:
    cache.pages.add_all([good(3)])
    added = cache.pages.add_all([junk(1, "Even geduld", *texts)])
    assert added[0].refused
    assert added[0].refused.code == "other_article"
    assert text_of(cache) == list(PARTS)
    assert cache.articles.revisions(number_of(cache)) == []


def test_one_report_under_three_sections_is_three_times_itself(cache: Store) -> None:
    for section in ("zeeland", "walcheren", "bevelanden"):
        url = f"{SITE}{section}/veerpont-breskens-ligt-stil-na-storing"
        page = replace(good(), teaser=replace(good().teaser, url=url))
        assert cache.pages.add(page, origin=replace(origin(section), url=url)).refused is None


def test_older_texts_go_after_a_while_unless_saved(cache: Store) -> None:
    for title in ("Krab", "Boot"):
        for hour in range(2):
            text = f"{' '.join(PARTS)} Stand om {hour} uur."
            cache.pages.add(article(linked(title), text, fetched=later(hour)))
    saved = cache.headlines.find(str(linked("Boot").url))
    other = cache.headlines.find(str(linked("Krab").url))
    assert saved is not None
    assert other is not None
    cache.marks.set("saved", [saved], NOON)
    assert cache.pages.drop_revisions(NOON) == 0
    assert cache.pages.drop_revisions(NOON + timedelta(days=1)) == 1
    assert len(cache.articles.revisions(saved)) == 1
    assert cache.articles.revisions(other) == []
