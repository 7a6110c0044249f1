"""The counts that triggers maintain are those of the tables."""

from collections.abc import Callable
from pathlib import Path

from reader.model import Counts, SectionCount, Selection
from reader.store import Store
from reader.store.maintenance.repair import repair

from .builders import ALL, NOON, article, everything, hours_old, later, linked, listing, rows_of
from .tallies import MISCOUNTED


def require_right(path: Path) -> None:
    assert not rows_of(path, MISCOUNTED)


def prune(cache: Store, articles: int) -> None:
    """Delete all but this many articles, and their headlines."""
    bounds = cache.retention.bounds(NOON, 0, articles)
    assert bounds is not None
    assert cache.retention.prune(bounds, NOON)


def fill(cache: Store) -> list[int]:
    """Store headlines of two sections, one of them spelt in two ways, and of none."""
    names = ("Zeeland", "zeeland", "Sport", None, "Sport", None)
    cache.pages.add(
        listing(
            *(
                linked(f"Bericht {number}", section=name, age=hours_old(number))
                for number, name in enumerate(names)
            )
        )
    )
    return [headline.id for headline in everything(cache)]


def test_counts_are_right_after_each_change(cache: Store, path: Path) -> None:
    ids = fill(cache)
    moved = article(linked("Bericht 3", section="Sport"), "Tekst.", fetched=later(1))
    named = article(linked("Bericht 0", section="Economie"), "Tekst.", fetched=later(1))
    changes: tuple[Callable[[], object], ...] = (
        lambda: cache.marks.set("read", [ids[0]], NOON),
        lambda: cache.marks.set("read", [ids[0]], NOON),
        lambda: cache.marks.set("saved", [ids[1]], NOON),
        lambda: cache.marks.set("read", ids, NOON),
        lambda: cache.marks.set("read", ids[2:], NOON, value=False),
        lambda: cache.pages.add(moved),
        lambda: cache.pages.add(named),
        lambda: prune(cache, 1),
        lambda: cache.marks.set("saved", [ids[1]], NOON, value=False),
    )
    for change in changes:
        change()
        require_right(path)


def test_each_list_has_its_counts(cache: Store) -> None:
    ids = fill(cache)
    cache.marks.set("read", ids[:2], NOON)
    cache.marks.set("saved", [ids[2]], NOON)
    assert cache.headlines.counts(ALL) == Counts(6, 4)
    assert cache.headlines.counts(Selection(unread=True)) == Counts(4, 4)
    assert cache.headlines.counts(Selection(saved=True)) == Counts(1, 1)
    assert cache.headlines.counts(Selection("SPORT")) == Counts(2, 2)
    assert cache.headlines.counts(Selection(after=min(ids))) == Counts(5, 3)
    assert [
        (each.name.lower(), each.total, each.unread) for each in cache.headlines.sections()
    ] == [
        ("sport", 2, 2),
        ("zeeland", 2, 0),
    ]


def test_a_section_whose_headlines_all_went_is_none(cache: Store) -> None:
    for title, section, hours in (("Oud", "Sport", 1), ("Jong", "Zeeland", 2)):
        cache.pages.add(article(linked(title, section=section), "Tekst.", fetched=later(hours)))
    prune(cache, 1)
    assert list(cache.headlines.sections()) == [SectionCount("Zeeland", 1, 1)]


def test_what_is_saved_of_a_damaged_file_is_counted_anew(path: Path) -> None:
    with Store(path) as cache:
        ids = fill(cache)
        cache.marks.set("read", ids[:4], NOON)
    data = bytearray(path.read_bytes())
    data[:16] = bytes(16)
    path.write_bytes(data)
    assert repair(path, NOON).lost == 0
    require_right(path)
