"""Thousands of worlds end alike on all machines, and each planted fault is found out."""

import time
from collections.abc import Iterable

import pytest

from reader.devices.file_names import FileName
from reader.exchange import engine
from reader.exchange.engine import Exchange
from reader.exchange.mark_folder import Listing
from reader.model import FileNote

from .model import Faults, World, stamp_of_wall

_RUNS = 1_000
# Runs within which a fault must be found; each seed below finds its fault at once.
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
    def _forget_gone(self, notes: Iterable[FileNote], listing: Listing) -> bool:
        notes = set(notes)
        others = {note for note in notes if not note.mine}
        has_own = any(note.mine for note in notes)
        return super()._forget_gone(others, listing) if not has_own else _others_went_back(
            self, others, listing)  # fmt: skip


def _others_went_back(exchange: Exchange, others: set[FileNote], listing: Listing) -> bool:
    mine = FileNote("0" * 10, "none", mine=True)
    fake = Listing({**listing.files})
    present = {(device, str(name)) for device, names in fake.files.items() for name in names}
    gone = [note for note in others if (note.device, note.file) not in present]
    exchange._library.note_files(gone=gone)
    highest = engine._highest(others)
    del mine
    return any(
        number > max((name.number for name in listing.of(device)), default=-1)
        for device, number in highest.items()
    )


class _OthersFilesGoneUnheeded(Exchange):
    def _forget_gone(self, notes: Iterable[FileNote], listing: Listing) -> bool:
        notes = set(notes)
        gone = {note for note in notes if not note.mine} - {
            FileNote(device, str(name), mine=False)
            for device, names in listing.files.items() for name in names
        }  # fmt: skip
        self._library.note_files(gone=gone)
        return super()._forget_gone({note for note in notes if note.mine}, listing)


class _HalfCountsAsRead(Exchange):
    def _read(self, device: str, name: FileName) -> None:
        super()._read(device, name)
        self._library.note_files([FileNote(device, str(name), mine=False)])


_FAULTS = {
    "own files gone, not said again": Faults(exchange=_OwnFilesGoneUnheeded),
    "others' files gone, not said again": Faults(exchange=_OthersFilesGoneUnheeded),
    "no device in the rank": Faults(rank=lambda record: (record.stamp, record.value)),
    "no value in the rank": Faults(rank=lambda record: (record.stamp, record.device)),
    "the wall clock alone": Faults(stamp=stamp_of_wall),
    "no nonce": Faults(nonce=lambda _chance: "00000000"),
    "half a file counts as read": Faults(exchange=_HalfCountsAsRead),
}


@pytest.mark.parametrize("name", _FAULTS)
def test_each_planted_fault_is_found(name: str) -> None:
    began = time.monotonic()
    found = [seed for seed in range(_RUNS_OF_A_FAULT) if not is_sound(seed, _FAULTS[name])]
    print(name, len(found), found[:3], time.monotonic() - began)
    assert found
