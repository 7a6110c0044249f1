"""Machines, their clocks and the sync program between them, in memory, repeatable by a seed.

The engine carries files in any order, in halves, and deletions too, as Syncthing does; of two
files of one name and different content one gets another name. Time hardly moves, so that many
marks are equally late.
"""

import copy
import io
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from reader.devices.file_names import FileName
from reader.devices.hybrid_clock import wall_stamp
from reader.devices.mark_file import FileHeader, pack
from reader.devices.records import Record
from reader.exchange.engine import Exchange, Writer
from reader.exchange.mark_folder import FolderError, FolderListing
from reader.model import FileNote

_NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
_NAMES = ("slug:storm", "slug:boot", "slug:krab")
_FLAGS = ("true", "false")
# The last is a field that only a newer program knows.
_FIELDS = {"read": _FLAGS, "saved": _FLAGS, "note:x": ('"a"', '"b"')}
# Seconds. In no world are some clocks a year behind and others a year ahead, as what is cleared is
# told for little longer than a year.
_YEAR = 31_536_000
_SKEWS = (0, 0, 3_600, -3_600)
_STEPS = 45

Key = tuple[str, str]
Path = tuple[str, str]


def stamp_after(last: int, now: datetime) -> int:
    """Return a new stamp at `now`, as a cache gives it; `last` is the latest given or read."""
    return max(wall_stamp(now), last + 1)


class Killed(BaseException):
    """The process was killed."""


@dataclass(slots=True)
class Faults:
    """Faults that can be planted in the program, one at a time."""

    rank: Callable[[Record], tuple[object, ...]] = lambda record: record.rank
    stamp: Callable[[int, datetime], int] = stamp_after
    nonce: Callable[[random.Random], str] = lambda chance: f"{chance.getrandbits(32):08x}"
    exchange: type[Exchange] = Exchange
    drops_unknown: bool = False


@dataclass(slots=True)
class Version:
    """A file as a machine has it: how often its path was changed, and its bytes, None if gone."""

    number: int
    data: bytes | None
    is_whole: bool = True


@dataclass(slots=True)
class Memory:
    """The cache of a machine, as an exchange asks it."""

    faults: Faults
    known: dict[Key, Record] = field(default_factory=dict)
    unsent_keys: set[Key] = field(default_factory=set)
    notes: set[FileNote] = field(default_factory=set)
    last: int = 0
    is_older: bool = False
    kills: Callable[[], None] = lambda: None

    def mark(self, name: str, about: str, value: str, device: str, now: datetime) -> None:
        self.last = self.faults.stamp(self.last, now)
        self._take(Record(self.last, about, value, name, device))
        if self.known[name, about].stamp == self.last:
            self.unsent_keys.add((name, about))

    def value(self, name: str, about: str) -> str | None:
        record = self.known.get((name, about))
        return record.value if record else None

    def _take(self, record: Record) -> bool:
        key = record.name, record.field
        before, rank = self.known.get(key), self.faults.rank
        if before is not None and rank(record) <= rank(before):
            return False
        self.known[key] = record
        self.unsent_keys.discard(key)
        return True

    def unsent(self, device: str) -> list[Record]:
        return [self.known[key] for key in sorted(self.unsent_keys)]

    def everything(self, device: str) -> list[Record]:
        return [self.known[key] for key in sorted(self.known)]

    def note_sent(self, device: str, upto: int) -> None:
        self.kills()
        self.unsent_keys = {key for key in self.unsent_keys if self.known[key].stamp > upto}

    def apply(self, records: Iterable[Record]) -> int:
        changed = 0
        for record in records:
            if self.is_older and self.faults.drops_unknown and record.field == "note:x":
                continue
            changed += self._take(record)
            self.last = max(self.last, record.stamp)
        self.kills()
        return changed

    def drop_pending(self, before: int) -> set[Key]:
        return set()

    def files(self) -> set[FileNote]:
        return set(self.notes)

    def note_files(self, added: Iterable[FileNote] = (), removed: Iterable[FileNote] = ()) -> None:
        self.kills()
        paths = {(note.device, note.file) for note in removed}
        new = set(added)
        paths |= {(note.device, note.file) for note in new}
        self.notes = {note for note in self.notes if (note.device, note.file) not in paths} | new
        self.kills()


@dataclass(slots=True)
class View:
    """The folder as one machine has it, which it reads and writes."""

    files: dict[Path, Version] = field(default_factory=dict)
    kills: Callable[[], None] = lambda: None
    is_gone: bool = False
    is_full: bool = False

    def make(self) -> None:
        pass

    def listing(self) -> FolderListing:
        if self.is_gone:
            raise FolderError("marks_folder_gone", place="news")
        found: dict[str, list[FileName]] = {}
        for (device, name), version in self.files.items():
            if version.data is not None:
                found.setdefault(device, []).append(FileName(int(name[:8]), name[9:17]))
        return FolderListing({device: tuple(sorted(names)) for device, names in found.items()})

    @contextmanager
    def opened(self, device: str, name: FileName) -> Iterator[BinaryIO]:
        version = self.files.get((device, str(name)))
        if version is None or version.data is None:
            raise FileNotFoundError(str(name))
        yield io.BytesIO(version.data)

    def size(self, device: str, name: FileName) -> int:
        version = self.files.get((device, str(name)))
        return len(version.data or b"") if version else 0

    def write(self, name: FileName, header: FileHeader, records: Iterable[Record]) -> None:
        self.kills()
        if self.is_gone or self.is_full:
            raise FolderError("marks_unwritten", place="news", cause="ENOSPC")
        target = io.BytesIO()
        pack(target, header, records)
        self._put((header.device, str(name)), target.getvalue())
        self.kills()

    def remove(self, device: str, names: Iterable[FileName]) -> None:
        for name in names:
            self.kills()
            self._put((device, str(name)), None)

    def empty(self) -> None:
        for path in self.files:
            self._put(path, None)

    def _put(self, path: Path, data: bytes | None) -> None:
        before = self.files.get(path)
        self.files[path] = Version(before.number + 1 if before else 1, data)


@dataclass(slots=True)
class Machine:
    """One machine: its id, its cache, its folder and how far its clock is off (seconds)."""

    device: str
    memory: Memory
    view: View
    skew: int = 0
    copies: list[Memory] = field(default_factory=list)
    # The files on the disk that is not mounted now.
    unmounted: View | None = None


class World:
    """A few machines of one reader, and what happens to them."""

    def __init__(self, seed: int, faults: Faults | None = None, machines: int = 0) -> None:
        self.faults = faults or Faults()
        self.chance = random.Random(seed)  # noqa: S311 - the same again for each seed
        self.ticks = 0
        count = machines or self.chance.randint(2, 5)
        self.skews = (*_SKEWS, self.chance.choice((_YEAR, -_YEAR)))
        # The number of each kind of event, and the device of each stamp.
        self.happened: Counter[str] = Counter()
        self.stamps: dict[int, str] = {}
        self.machines = [self._machine() for _ in range(count)]
        # Observed errors: a mark that was set and did not show.
        self.wrong: list[str] = []

    def _machine(self) -> Machine:
        return Machine(self._device(), Memory(self.faults), View())

    def _device(self) -> str:
        return f"{self.chance.getrandbits(40):010x}"

    def now(self, machine: Machine) -> datetime:
        return _NOON + timedelta(seconds=machine.skew, milliseconds=self.ticks // 8)

    def run(self) -> None:
        """Let things happen, then let all come to rest."""
        things = (
            (self.mark, 12), (self.exchange, 10), (self.carry, 14), (self.lose_half, 3),
            (self.skew, 1), (self.clone, 1), (self.back_up, 1), (self.restore, 1),
            (self.empty, 1), (self.kill, 2), (self.retire, 2), (self.lose_folder, 1),
            (self.fill_disk, 1), (self.unmount, 1), (self.mend, 2), (self.set_back, 1),
        )  # fmt: skip
        acts = [act for act, weight in things for _ in range(weight)]
        for _ in range(_STEPS):
            self.ticks += 1
            self.chance.choice(acts)(self.chance.choice(self.machines))
        for machine in self.machines:
            self.mend(machine)
        self.settle()

    def settle(self) -> None:
        """Carry everything everywhere, and exchange until nothing changes any more."""
        for _ in range(8):
            for machine in self.machines:
                self.exchange(machine)
                self.carry_all()

    def is_agreed(self) -> bool:
        """Tell whether all machines know the same."""
        return all(each.memory.known == self.machines[0].memory.known for each in self.machines)

    # Events.

    def mark(self, machine: Machine) -> None:
        name, about = self.chance.choice(_NAMES), self.chance.choice(tuple(_FIELDS))
        if about == "note:x" and machine.memory.is_older:
            return
        value = self.chance.choice(_FIELDS[about])
        machine.memory.mark(name, about, value, machine.device, self.now(machine))
        last = machine.memory.last
        if self.stamps.setdefault(last, machine.device) != machine.device:
            self.happened["equal stamps"] += 1
        if machine.memory.value(name, about) != value:
            self.wrong.append(f"{name} was set to {value} and did not show it")

    def exchange(self, machine: Machine) -> None:
        def renew() -> None:
            machine.device = self._device()
            self.happened["new id"] += 1

        once = self.faults.exchange(
            machine.memory,
            machine.view,
            lambda: Writer(machine.device, "laptop", "0.2"),
            renew=renew,
            nonce=lambda: self.faults.nonce(self.chance),
            now=self.now(machine),
        )
        # An error of the folder is reported, and the exchange is tried again.
        with suppress(FolderError):
            once.run()

    def kill(self, machine: Machine) -> None:
        """Kill an exchange between any two of its steps."""
        left = self.chance.randint(1, 8)

        def kills() -> None:
            nonlocal left
            left -= 1
            if not left:
                raise Killed

        machine.memory.kills = machine.view.kills = kills
        try:
            self.exchange(machine)
        except Killed:
            self.happened["killed"] += 1
        finally:
            machine.memory.kills = machine.view.kills = lambda: None

    def carry(self, machine: Machine) -> None:
        """Carry some files of one machine to another, in any order."""
        other = self.chance.choice(self.machines)
        if other is not machine:
            self.happened["carried in part"] += 1
            paths = sorted(machine.view.files)
            self._carry(
                machine, other, self.chance.sample(paths, self.chance.randint(0, len(paths)))
            )

    def lose_half(self, machine: Machine) -> None:
        """Carry half of one file only, for now."""
        other = self.chance.choice(self.machines)
        paths = [path for path in sorted(machine.view.files) if path not in other.view.files]
        if paths:
            path = self.chance.choice(paths)
            data = machine.view.files[path].data
            if data is not None and machine.view.files[path].is_whole:
                half = data[: self.chance.randrange(len(data))]
                other.view.files[path] = Version(0, half, is_whole=False)
                self.happened["half a file"] += 1

    def skew(self, machine: Machine) -> None:
        before, machine.skew = machine.skew, self.chance.choice(self.skews)
        if abs(machine.skew) == _YEAR:
            self.happened["a year ahead" if machine.skew > 0 else "a year behind"] += 1
        elif abs(before) == _YEAR and machine.skew == 0:
            self.happened["set right"] += 1

    def clone(self, machine: Machine) -> None:
        """Put a copy of one machine's disk in the place of another's."""
        other = self.chance.choice(self.machines)
        if other is not machine:
            other.device, other.skew = machine.device, machine.skew
            other.memory, other.view = copy.deepcopy((machine.memory, machine.view))
            other.unmounted = copy.deepcopy(machine.unmounted)
            self.happened["cloned disk"] += 1

    def back_up(self, machine: Machine) -> None:
        machine.copies = [copy.deepcopy(machine.memory)]

    def restore(self, machine: Machine) -> None:
        """Put an older copy of the cache back; the id of the machine is not in it."""
        if machine.copies:
            machine.memory = copy.deepcopy(machine.copies[0])
            self.happened["restored cache"] += 1

    def empty(self, machine: Machine) -> None:
        if machine.unmounted is None and not machine.view.is_gone:
            machine.view.empty()
            self.happened["emptied"] += 1

    def lose_folder(self, machine: Machine) -> None:
        machine.view.is_gone = True
        self.happened["gone"] += 1

    def fill_disk(self, machine: Machine) -> None:
        """Let nothing be written, as on a full disk or one that may only be read."""
        machine.view.is_full = True
        self.happened["full"] += 1

    def unmount(self, machine: Machine) -> None:
        """Leave the empty folder on which a disk was mounted, in which the machine then writes."""
        if machine.unmounted is None:
            machine.unmounted, machine.view = machine.view, View()
            self.happened["unmounted"] += 1

    def mend(self, machine: Machine) -> None:
        """Bring the folder back, with room on its disk."""
        if machine.unmounted is not None:
            machine.view, machine.unmounted = machine.unmounted, None
        machine.view.is_gone = machine.view.is_full = False

    def set_back(self, machine: Machine) -> None:
        """Run an older program, or the newer one again."""
        machine.memory.is_older = not machine.memory.is_older
        self.happened["older program"] += machine.memory.is_older

    def retire(self, machine: Machine) -> None:
        """Take a machine away for good, and remove its folder by hand on another one."""
        if len(self.machines) > 2:
            self.machines.remove(machine)
            view = self.chance.choice(self.machines).view
            if not view.is_gone:
                view.remove(machine.device, view.listing().of(machine.device))
            self.happened["retired"] += 1

    def carry_all(self) -> None:
        for machine in self.machines:
            for other in self.machines:
                if other is not machine:
                    self._carry(machine, other, list(machine.view.files))

    def _carry(self, machine: Machine, other: Machine, paths: Iterable[Path]) -> None:
        if any(each.unmounted or each.view.is_gone for each in (machine, other)):
            # An engine stops where the folder is not what it was.
            return
        for path in paths:
            version, there = machine.view.files[path], other.view.files.get(path)
            if not version.is_whole:
                continue
            if there is None or not there.is_whole or there.number < version.number:
                other.view.files[path] = copy.copy(version)
            elif there.number == version.number and there.data != version.data:
                # One of two contents gets a name that nobody reads.
                winner = max((version, there), key=lambda each: each.data or b"")
                machine.view.files[path] = copy.copy(winner)
                other.view.files[path] = copy.copy(winner)


def stamp_of_wall(_last: int, now: datetime) -> int:
    """Return a stamp by the wall clock alone, as a program with that fault would."""
    return wall_stamp(now)
