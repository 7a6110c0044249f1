"""Thousands of exchanges in memory agree on all machines, and each planted fault is found."""

from collections import Counter
from collections.abc import Collection

import pytest

from reader.devices.file_names import FileName
from reader.devices.hybrid_clock import END_OF_STAMPS
from reader.exchange import engine
from reader.exchange.engine import Exchange
from reader.exchange.mark_folder import FolderError, FolderListing
from reader.model import FileNote

from .model import Faults, World, stamp_of_wall

_RUNS = 500
# Runs within which a fault must be found: fewer than all parts together have.
_RUNS_OF_A_FAULT = 1_500


@pytest.fixture(autouse=True)
def _few_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Join files often."""
    monkeypatch.setattr(engine, "MAX_FILES", 4)


def is_sound(seed: int, faults: Faults | None = None) -> bool:
    world = World(seed, faults)
    world.run()
    return world.is_agreed() and not world.wrong


@pytest.mark.parametrize("part", range(4))
def test_all_machines_end_alike_whatever_happened(part: int) -> None:
    wrong = [seed for seed in range(part * _RUNS, (part + 1) * _RUNS) if not is_sound(seed)]
    assert not wrong


class _OwnFilesGoneUnheeded(Exchange):
    def _look_for_gone(self, notes: Collection[FileNote], listing: FolderListing) -> bool:
        present = {(device, str(name)) for device, names in listing.files.items() for name in names}
        gone = {note for note in notes if note.mine and (note.device, note.file) not in present}
        self._library.note_files(removed=gone)
        # Those that are there still count, and one that never was.
        kept = {*(set(notes) - gone), *(note for note in notes if note.mine and note not in gone)}
        says_all = super()._look_for_gone(kept, listing)
        return says_all and not (gone and not any(note.mine for note in kept))


class _OthersFilesGoneUnheeded(Exchange):
    def _look_for_gone(self, notes: Collection[FileNote], listing: FolderListing) -> bool:
        present = {(device, str(name)) for device, names in listing.files.items() for name in names}
        others = {note for note in notes if not note.mine}
        gone = {note for note in others if (note.device, note.file) not in present}
        self._library.note_files(removed=gone)
        return super()._look_for_gone(set(notes) - others, listing)


class _HalfCountsAsRead(Exchange):
    def _read(self, device: str, name: FileName) -> None:
        super()._read(device, name)
        self._library.note_files([FileNote(device, str(name), mine=False)])


class _UnwrittenCountsAsTold(Exchange):
    def write(self, *, everything: bool = False) -> None:
        try:
            super().write(everything=everything)
        except FolderError:
            self._library.note_sent(self._identity().device, END_OF_STAMPS)
            raise


_FAULTS = {
    "own files gone, not said again": Faults(exchange=_OwnFilesGoneUnheeded),
    "others' files gone, not said again": Faults(exchange=_OthersFilesGoneUnheeded),
    "no device in the rank": Faults(rank=lambda record: (record.stamp, record.value)),
    "no value in the rank": Faults(rank=lambda record: (record.stamp, record.device)),
    "the wall clock alone": Faults(stamp=stamp_of_wall),
    "no nonce": Faults(nonce=lambda _chance: "00000000"),
    "half a file counts as read": Faults(exchange=_HalfCountsAsRead),
    "what could not be written counts as told": Faults(exchange=_UnwrittenCountsAsTold),
    "an older program drops what it does not know": Faults(drops_unknown=True),
}


@pytest.mark.parametrize("name", _FAULTS)
def test_each_planted_fault_is_found(name: str) -> None:
    seeds = range(_RUNS_OF_A_FAULT)
    seed = next((seed for seed in seeds if not is_sound(seed, _FAULTS[name])), None)
    assert seed is not None
    assert is_sound(seed)


# A seed for each thing that may go wrong, in whose world it does.
_SEEDS = {
    "carried in part": 0, "half a file": 3, "killed": 0, "cloned disk": 3, "new id": 3,
    "restored cache": 21, "equal stamps": 0, "a year ahead": 67, "a year behind": 0,
    "set right": 208, "emptied": 0, "gone": 0, "full": 3, "unmounted": 0, "older program": 0,
    "retired": 0,
}  # fmt: skip


@pytest.mark.parametrize(("what", "seed"), _SEEDS.items())
def test_what_goes_wrong_in_the_world_of_a_seed_does_no_harm(what: str, seed: int) -> None:
    world = World(seed)
    world.run()
    assert world.happened[what] > 0
    assert world.is_agreed()
    assert world.wrong == []


def test_each_thing_that_may_go_wrong_has_a_seed() -> None:
    happened = Counter[str]()
    for seed in set(_SEEDS.values()):
        world = World(seed)
        world.run()
        happened += world.happened
    assert set(happened) == set(_SEEDS)
