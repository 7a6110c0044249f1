"""One exchange: reads the files of others, writes what was set here, joins small files.

It uses the cache and the folder through protocols, so that tests can run thousands of exchanges
over a faulty folder in memory.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import BinaryIO, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from reader.devices.file_names import MAX_NUMBER, FileName, mark_file_name
from reader.devices.hybrid_clock import wall_stamp
from reader.devices.mark_file import FileHeader, ForeignFile, NotWhole, check_whole, read_records
from reader.devices.records import Record, is_overtaken, merged
from reader.errors import ReaderError
from reader.exchange.mark_folder import FolderListing
from reader.model import FileNote

# A device joins its files if it has more than MAX_FILES, of which those below SMALL_FILE bytes
# are joined; or more than MAX_LARGE larger ones, each of which has all that was known.
MAX_FILES, SMALL_FILE, MAX_LARGE = 64, 64_000, 8
_MEMORY = timedelta(days=400)
# The most joined files that are remembered, in case they come back.
_MOST_JOINED = 1_000


class MarkLibrary(Protocol):
    """The part of the cache that an exchange uses, implemented by `reader.store.devices`."""

    def unsent(self, device: str) -> list[Record]:
        """Return the records set here that were not written to the folder yet."""

    def everything(self, device: str) -> list[Record]:
        """Return all records, from every device."""

    def note_sent(self, device: str, upto: int) -> None:
        """Store that the records set here up to a stamp were written."""

    def apply(self, records: Iterable[Record]) -> int:
        """Apply records of other machines; return the number that changed something."""

    def drop_pending(self, before: int) -> set[tuple[str, str]]:
        """Delete older marks of items that are not here; return their names and fields."""

    def files(self) -> set[FileNote]:
        """Return the notes of the files that were read and of those written here."""

    def note_files(self, added: Iterable[FileNote] = (), removed: Iterable[FileNote] = ()) -> None:
        """Add notes of files that were read or are written; remove those of files that are gone."""


class Folder(Protocol):
    """The folder of marks, implemented by `reader.exchange.mark_folder`."""

    def make(self) -> None:
        """Create the folder if there is none."""

    def listing(self) -> FolderListing:
        """Return the files in the folder."""

    def opened(self, device: str, name: FileName) -> AbstractContextManager[BinaryIO]:
        """Return a context manager that opens a file of a device; raises OSError."""

    def size(self, device: str, name: FileName) -> int:
        """Return the size of a file (bytes)."""

    def write(self, name: FileName, header: FileHeader, records: Iterable[Record]) -> None:
        """Write a file of this machine, whole or not at all."""

    def remove(self, device: str, names: Iterable[FileName]) -> None:
        """Remove files of a device."""


class ExchangeResult(Struct):
    """The result of an exchange: the records that were written, and those that changed something.

    `left` has the errors of the files that could not be used.
    """

    written: int = 0
    changed: int = 0
    read: int = 0
    left: list[ReaderError] = field(default_factory=list)


class Writer(Struct, frozen=True):
    """The machine that writes: its id, its name, and the version of the program."""

    device: str
    name: str
    program: str


class Exchange:
    """The exchange of one machine; `renew` gives it a new id, `nonce` eight hexadecimal digits."""

    def __init__(
        self,
        library: MarkLibrary,
        folder: Folder,
        identity: Callable[[], Writer],
        *,
        renew: Callable[[], object],
        nonce: Callable[[], str],
        now: datetime,
    ) -> None:
        self._library = library
        self._folder = folder
        self._identity = identity
        self._renew = renew
        self._nonce = nonce
        self._now = now
        self.outcome = ExchangeResult()
        # Notes of files that are gone, kept until their content has been written again.
        self._gone: Sequence[FileNote] = ()

    def run(self) -> ExchangeResult:
        """Read new files, write new records, join small files; return what was done.

        Raises ReaderError.
        """
        must_say_all = self.read()
        self.write(everything=must_say_all)
        self.join()
        return self.outcome

    # Reading.

    def read(self) -> bool:
        """Read the new files of other devices; return whether all records must be written again."""
        notes = self._library.files()
        if not any(note.mine for note in notes):
            self._folder.make()
        listing = self._folder.listing()
        if self._is_cloned(notes, listing):
            mine = [note for note in notes if note.mine]
            self._library.note_files(
                [replace(note, mine=False) for note in mine if not note.joined],
                removed=[note for note in mine if note.joined],
            )
            self._renew()
            notes = self._library.files()
        own = self._identity().device
        must_say_all = self._look_for_gone(notes, listing)
        read = {(note.device, note.file) for note in notes}
        for device, names in listing.files.items():
            if device != own:
                for name in names:
                    if (device, str(name)) not in read:
                        self._read(device, name)
        return must_say_all

    def _is_cloned(self, notes: Collection[FileNote], listing: FolderListing) -> bool:
        """Tell whether another machine, or a later state of this one, writes with its id."""
        own = self._identity().device
        noted = {note.file for note in notes if note.device == own}
        return any(str(name) not in noted for name in listing.of(own))

    def _look_for_gone(self, notes: Collection[FileNote], listing: FolderListing) -> bool:
        """Note which files are gone; return whether their content may be lost.

        It may be if a file of this machine is gone, or it has none yet, or if the highest number of
        another device went back: a device removes only files whose content is in a higher one.
        """
        present = {(device, str(name)) for device, names in listing.files.items() for name in names}
        notes = [note for note in notes if not note.joined]
        gone = self._gone = [note for note in notes if (note.device, note.file) not in present]
        if any(note.mine for note in gone) or not any(note.mine for note in notes):
            return True
        highest = _highest(note for note in notes if not note.mine)
        return any(
            number > max((name.number for name in listing.of(device)), default=-1)
            for device, number in highest.items()
        )

    def _read(self, device: str, name: FileName) -> None:
        """Apply the records of one file and note it; leave an incomplete file for later."""
        place = f"{device}/{name}"
        try:
            with self._folder.opened(device, name) as file:
                check_whole(file)
                self.outcome.changed += self._library.apply(read_records(file))
        except (NotWhole, ForeignFile) as error:
            self.outcome.left.append(error.at(place))
            return
        except OSError:
            # The file is gone again, or is read at a later exchange.
            self.outcome.left.append(NotWhole("marks_not_whole").at(place))
            return
        self._library.note_files([FileNote(device, str(name), mine=False)])
        self.outcome.read += 1

    # Writing.

    def write(self, *, everything: bool = False) -> None:
        """Write the new records, or all of them if `everything`, as one file.

        The notes of files that are gone are removed only after that, so that an exchange that was
        killed is repeated in full.
        """
        own = self._identity().device
        records = self._library.everything(own) if everything else self._library.unsent(own)
        if records:
            upto = max(record.stamp for record in records)
            self._write_file(records)
            self._library.note_sent(own, upto)
            self.outcome.written += len(records)
        if self._gone:
            self._library.note_files(removed=self._gone)
            self._gone = ()

    def _write_file(self, records: Iterable[Record]) -> None:
        identity = self._identity()
        present = [name.number for name in self._folder.listing().of(identity.device)]
        noted = _highest(self._library.files()).get(identity.device, 0)
        name = FileName(min(max([noted, *present]) + 1, MAX_NUMBER), self._nonce())
        note = FileNote(identity.device, str(name), mine=True)
        # Noted before it exists: a file without a note would count as another machine's.
        self._library.note_files([note])
        header = FileHeader(identity.device, identity.name, self._now, identity.program)
        try:
            self._folder.write(name, header, records)
        except ReaderError:
            self._library.note_files(removed=[note])
            raise

    # Joining.

    def join(self) -> None:
        """Join many small files into one, without records that can be left out."""
        own = self._identity().device
        joined = {note.file for note in self._library.files() if note.joined}
        names = [name for name in self._folder.listing().of(own) if str(name) not in joined]
        small = [name for name in names if self._folder.size(own, name) < SMALL_FILE]
        large = [name for name in names if name not in small]
        going = small if len(names) > MAX_FILES else []
        going = [*going, *large] if len(large) > MAX_LARGE else going
        if len(going) < 2:
            return
        records: list[Record] = []
        try:
            for name in going:
                with self._folder.opened(own, name) as file:
                    records += read_records(file)
        except (OSError, NotWhole, ForeignFile):
            # A file that cannot be read must not be removed.
            return
        oldest = wall_stamp(self._now - _MEMORY)
        dropped = self._library.drop_pending(oldest)
        kept = [
            record
            for key, record in merged(records).items()
            if not is_overtaken(record, oldest) and not (key in dropped and record.stamp < oldest)
        ]
        self._write_file(kept)
        self._folder.remove(own, going)
        self._library.note_files(
            [FileNote(own, str(name), mine=True, joined=True) for name in going],
            removed=[FileNote(own, name, mine=True) for name in sorted(joined)[:-_MOST_JOINED]],
        )


def _highest(notes: Iterable[FileNote]) -> Mapping[str, int]:
    """Return the highest file number of each device."""
    found: dict[str, int] = {}
    for note in notes:
        name = mark_file_name(note.file)
        if name is not None:
            found[note.device] = max(found.get(note.device, 0), name.number)
    return found
