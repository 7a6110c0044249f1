"""The interval in which an item was published, from all pages that showed its age."""

from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from reader.model import Sighting
from reader.store import Store
from reader.store.ingest.publication_time import MAX_SIGHTINGS, Seen, published, remember

from .builders import hours_old, later, linked, listing, only

_SEEN = st.builds(
    lambda at, earliest, width: Seen(at, earliest, earliest + width),
    st.integers(0, 40), st.integers(0, 60), st.integers(0, 30),
)  # fmt: skip
_IN_TURN = st.lists(_SEEN, min_size=1, max_size=3 * MAX_SIGHTINGS).map(
    lambda some: [one._replace(at=number) for number, one in enumerate(some)]
)


@given(st.lists(_SEEN, min_size=1), st.randoms())
def test_the_order_of_import_does_not_matter(some: list[Seen], random: Random) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)
    assert published(shuffled) == published(some)


@given(st.lists(_SEEN, min_size=1))
def test_the_interval_is_never_wider_than_the_newest_sighting(some: list[Seen]) -> None:
    newest = max(some)
    result = published(some)
    assert result is not None
    assert newest.earliest <= result[0] <= result[1] <= newest.latest


@given(_IN_TURN)
def test_sightings_dropped_do_not_change_the_interval(some: list[Seen]) -> None:
    kept: list[Seen] = []
    for one in some:
        kept = remember(kept, [one])
    assert len(kept) == min(len(some), MAX_SIGHTINGS)
    assert published(kept) == published(some)
    assert remember(kept, some) == kept


def test_nothing_is_known_without_a_sighting() -> None:
    assert published([]) is None


def test_pages_narrow_the_time_in_any_order(cache: Store) -> None:
    ages = [(0.0, 1), (0.75, 2), (1.25, 2)]
    expected = Sighting(later(-1.75), later(-1.25))
    for number, order in enumerate(permutations(ages)):
        title = f"Haven {number}"
        for hour, age in order:
            cache.pages.add(
                listing(linked(title, age=hours_old(age, later(hour))), fetched=later(hour))
            )
        found = cache.headlines.find(str(linked(title).url))
        assert found is not None
        assert cache.headlines.load([found])[0].teaser.published == expected


def test_a_contradiction_believes_the_newer_page(cache: Store) -> None:
    for hour in (5, 0):
        cache.pages.add(listing(linked("Weer", age=hours_old(1, later(hour))), fetched=later(hour)))
    assert only(cache).teaser.published == hours_old(1, later(5))
