"""Marks of entries of feeds that have no address of their own reach other machines."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.store.archive.files import read_export
from tests.store.builders import NOON, later
from tests.store.test_feed_identity import bring, entry, fault

from .machines import Machine, two_machines

_BY_GUID = entry("Weer", None, "ma", "Maandag regent het.", later(-2))
_BY_WORDS = entry("Zicht", None, None, "Goed zicht op zee.")
_BY_TEXT = entry("", None, None, "De brug is om twaalf uur open.")
# Both link to the site.
_FAULTS = [fault(number, f"s{number}") for number in range(2)]
_ENTRIES = [_BY_GUID, _BY_WORDS, _BY_TEXT, *_FAULTS]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Machine, Machine]]:
    with two_machines(tmp_path, tmp_path / "sync", "Krab") as machines:
        yield machines


def marked(machine: Machine, mark: str) -> list[str]:
    """Return the summaries of the headlines with a mark or tag."""
    found = machine.store.headlines.load(machine.store.headlines.ids())
    return sorted(
        each.teaser.summary for each in found if getattr(each, mark, False) or mark in each.tags
    )


def mark_all(machine: Machine) -> list[str]:
    """Mark all entries of feeds as read, and as saved and tagged; return their summaries."""
    found = machine.store.headlines.load(machine.store.headlines.ids())
    entries = [each for each in found if each.source != "zeelandnet"]
    for mark in ("read", "saved", "tag:haven"):
        machine.store.marks.set(mark, [each.id for each in entries], NOON)
    return sorted(each.teaser.summary for each in entries)


@pytest.mark.parametrize("comes_first", [True, False])
def test_what_was_marked_on_one_machine_is_so_on_the_other(
    two: tuple[Machine, Machine], comes_first: bool
) -> None:
    laptop, desktop = two
    bring(laptop.store, *_ENTRIES)
    if comes_first:
        bring(desktop.store, *_ENTRIES)
    said = mark_all(laptop)
    assert len(said) == len(_ENTRIES)
    laptop.exchange()
    assert not laptop.store.devices.has_unsent()
    desktop.exchange()
    if not comes_first:
        bring(desktop.store, *_ENTRIES)
    for mark in ("read", "saved", "haven"):
        assert marked(desktop, mark) == said


def test_one_guid_in_two_feeds_names_two_entries(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    for each in two:
        bring(each.store, _BY_GUID)
        other = entry("Weer", None, "ma", "Maandag waait het.", later(-2))
        bring(each.store, other, url="https://boot.test/rss", section="Boot")
    laptop.store.marks.set("read", laptop.store.headlines.ids()[-1:], NOON)
    laptop.exchange()
    desktop.exchange()
    assert marked(desktop, "read") == marked(laptop, "read") != []
    assert len(marked(desktop, "read")) == 1


def test_what_was_removed_is_marked_as_the_other_machine_marked_it(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    for each in two:
        bring(each.store, *_ENTRIES)
    said = mark_all(laptop)
    desktop.store.retention.remove(desktop.store.headlines.ids(), NOON)
    laptop.exchange()
    desktop.exchange()
    desktop.store.retention.undo_prune(NOON)
    assert marked(desktop, "saved") == said


def test_an_export_knows_entries_by_their_guid_whatever_their_words(
    two: tuple[Machine, Machine], tmp_path: Path
) -> None:
    laptop, desktop = two
    bring(laptop.store, _BY_GUID)
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(laptop.store.archive.export_lines()) + "\n", encoding="utf-8")
    desktop.store.archive.import_lines(read_export(path, lambda _: None), NOON)
    # Its words have changed since.
    assert not bring(desktop.store, entry("Weer en wind", None, "ma", "Maandag waait het."))


def test_marks_from_before_entries_had_names_are_sent_once_they_have(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    for each in two:
        bring(each.store, _BY_GUID)
    laptop.mark("Weer")
    with laptop.store.database.writing() as connection:
        connection.execute("DELETE FROM names WHERE kind = 'lead'")
    assert not laptop.store.devices.has_unsent()
    laptop.exchange()
    bring(laptop.store, _BY_GUID, entry("Zicht", None, "di"), at=later(1))
    laptop.exchange()
    desktop.exchange()
    assert desktop.read_titles() == {"Weer"}
