"""Entries of feeds that have no address of their own, in exports and after a prune."""

from pathlib import Path

import pytest

from reader.errors import Reason
from reader.model import Entry
from reader.store import Store
from reader.store.archive.files import read_export

from .builders import NOON, everything, later
from .test_feed_identity import bring, entry, fault, unread

ENTRIES = [
    entry("Weer", None, "ma", "Maandag regent het.", later(-2)),
    entry("Weer", None, "di", "Dinsdag schijnt de zon.", later(-1)),
    entry("Zicht", None, None, "Goed zicht op zee."),
    *(fault(number, f"s{number}") for number in range(2)),
]


@pytest.fixture
def export(cache: Store, tmp_path: Path) -> Path:
    """Return an export of a cache with such entries, of which one was read."""
    assert bring(cache, *ENTRIES) == len(ENTRIES)
    (read,) = [each.id for each in everything(cache) if each.teaser.title == "Zicht"]
    cache.marks.set("read", [read], NOON)
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(cache.archive.export_lines()) + "\n", encoding="utf-8")
    return path


def imported(cache: Store, path: Path) -> int:
    refused = list[Reason]()
    new = cache.archive.import_lines(read_export(path, refused.append), NOON)
    assert not refused
    return new


@pytest.mark.parametrize("before", [[], [entry("Boot vaart", "https://haven.test/boot", "b")]])
def test_an_export_restores_entries_without_an_address_once(
    tmp_path: Path, export: Path, before: list[Entry]
) -> None:
    with Store(tmp_path / "other.sqlite3") as other:
        bring(other, *before, url="https://boot.test/rss", section="Boot")
        assert imported(other, export) == len(ENTRIES)
        assert not imported(other, export)
        texts = [other.articles.load(each.id) for each in everything(other)]
        assert all(texts)
        # The feed does not bring them again.
        new = entry("Weer", None, "wo", "Woensdag mist.", later(1))
        assert bring(other, *ENTRIES, new, at=later(2)) == 1
        assert len(everything(other)) == len(ENTRIES) + len(before) + 1
        assert "Zicht" not in unread(other)


def test_an_export_in_its_own_cache_changes_nothing(cache: Store, export: Path) -> None:
    before = everything(cache)
    assert not imported(cache, export)
    assert everything(cache) == before


def test_entries_without_an_address_are_back_after_a_prune(cache: Store, export: Path) -> None:
    before = everything(cache)
    assert cache.retention.remove(cache.headlines.ids(), later(1)) == len(ENTRIES)
    assert cache.retention.undo_prune(later(2)) == len(ENTRIES)
    assert everything(cache) == before
    assert not bring(cache, *ENTRIES, at=later(3))
    assert everything(cache) == before
