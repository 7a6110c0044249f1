"""Items of a feed are found by its name, and listed in the order of the groups."""

from reader.model import FeedName, Selection
from reader.store import Store
from reader.text.url import address

from .builders import NOON, linked, listing, origin
from .test_feed_identity import HAVEN, STRAND, bring, entry


def found(cache: Store, query: str) -> set[str | None]:
    hits = cache.search.find(query, NOON, 50).hits
    return {hit.headline.teaser.title for hit in hits}


def test_news_is_found_by_the_name_of_its_feed(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"))
    other = entry("Zand stuift", "https://strand.test/zand", "1")
    both = entry("Boot vaart", "https://haven.test/boot", "2")
    bring(cache, other, both, url=STRAND, section="Strandpost")
    cache.pages.add(listing(linked("Krab wint", "De krab won.")), origin=origin("x"))
    assert found(cache, "source:haven") == {"Boot vaart"}
    assert found(cache, "source:strandpost") == {"Zand stuift", "Boot vaart"}
    assert found(cache, "feed:STRAND zand") == {"Zand stuift"}
    assert found(cache, "source:zeelandnet") == {"Krab wint"}
    assert found(cache, "boot -source:strand") == set()
    assert found(cache, "source:nergens") == set()


def test_a_filter_takes_the_names_of_feeds_among_its_words(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"))
    bring(cache, entry("Boot zinkt", "https://strand.test/boot", "1"), url=STRAND, section="Strand")

    def shown(words: str) -> list[str]:
        ids = cache.headlines.ids(Selection(words=words))
        return sorted(each.teaser.title or "" for each in cache.headlines.load(ids))

    assert shown("source:haven") == shown("boo Source:HAV") == ["Boot vaart"]
    assert shown('feed:"strand" boot') == shown("boot -source:haven") == ["Boot zinkt"]
    assert shown("source:") == shown("boot") == ["Boot vaart", "Boot zinkt"]
    assert shown("boot: zinkt") == ["Boot zinkt"]
    assert shown("source:haven zinkt") == []


def test_groups_of_feeds_come_after_the_sections_of_the_site_in_their_order(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"), section="Aan zee")
    bring(cache, entry("Zand", "https://strand.test/zand", "1"), url=STRAND, section="Buiten")
    cache.pages.add(listing(linked("Krab wint", section="Zeeland")), origin=origin("x"))
    cache.feeds.describe(
        [
            FeedName(address(STRAND), STRAND, "Strand", "Buiten", 0),
            FeedName(address(HAVEN), HAVEN, "Haven", "Aan zee", 1),
        ]
    )
    assert [each.name for each in cache.headlines.sections()] == ["Zeeland", "Buiten", "Aan zee"]


def test_the_news_of_one_feed_of_a_group_is_listed_alone(cache: Store) -> None:
    bring(cache, entry("Boot vaart", "https://haven.test/boot", "1"), section="Kust")
    bring(cache, entry("Zand", "https://strand.test/zand", "1"), url=STRAND, section="Kust")
    selection = Selection(section="Kust", source=address(STRAND))
    (only,) = cache.headlines.load(cache.headlines.ids(selection))
    assert only.teaser.title == "Zand"
    assert cache.headlines.counts(selection).total == 1
    assert cache.headlines.counts(Selection(section="Kust")).total == 2
