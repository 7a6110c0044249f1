"""The folder of marks on the disk, in which a device writes only its own files.

No symbolic links are followed below it, and only files with valid names are opened.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct, field

from reader.devices.file_names import FileName, is_conflict, is_part, mark_file_name
from reader.devices.mark_file import MAX_PACKED, FileHeader, pack
from reader.devices.records import Record, is_device
from reader.errors import ReaderError, os_reason
from reader.files import fsync_path, make_folder

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
# Folders and files beyond these are ignored.
_MAX_DEVICES, _MAX_FILES = 1_000, 20_000


class FolderError(ReaderError):
    """The folder of marks cannot be used."""


class FolderListing(Struct, frozen=True):
    """The files of each device in ascending order; `conflicts` counts conflict copies."""

    files: Mapping[str, tuple[FileName, ...]] = field(default_factory=dict)
    conflicts: int = 0

    def of(self, device: str) -> tuple[FileName, ...]:
        """Return the files of a device."""
        return self.files.get(device, ())


class MarkFolder:
    """A folder that a sync program copies between machines; methods raise FolderError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> None:
        """Create the folder, accessible to this user only, if there is none."""
        try:
            make_folder(self.path)
        except OSError as error:
            cause = os_reason(error)
            raise FolderError("marks_folder_unmade", place=self.path, cause=cause) from error

    def listing(self) -> FolderListing:
        """Return the files in the folder."""
        files: dict[str, tuple[FileName, ...]] = {}
        conflicts = 0
        try:
            with os.scandir(self.path) as entries:
                found = [each.name for each in entries]
        except FileNotFoundError as error:
            raise FolderError("marks_folder_gone", place=self.path) from error
        except OSError as error:
            cause = os_reason(error)
            raise FolderError("marks_folder_unreadable", place=self.path, cause=cause) from error
        for name in sorted(filter(is_device, found))[:_MAX_DEVICES]:
            # Entries that are not readable folders, or are links, are ignored.
            with suppress(OSError), _folder(self.path / name) as handle:
                names = os.listdir(handle)[:_MAX_FILES]
                conflicts += sum(map(is_conflict, names))
                files[name] = tuple(sorted(filter(None, map(mark_file_name, names))))
        return FolderListing(files, conflicts + sum(map(is_conflict, found)))

    @contextmanager
    def opened(self, device: str, name: FileName) -> Iterator[BinaryIO]:
        """Open a file of a device for the time of a `with` block; raises OSError."""
        with _folder(self.path / device) as handle:
            descriptor = os.open(str(name), _FILE, dir_fd=handle)
        with open(descriptor, "rb") as file:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode):
                raise OSError(errno.EINVAL, "not a regular file", str(name))
            if about.st_size > MAX_PACKED:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(name))
            yield file

    def size(self, device: str, name: FileName) -> int:
        """Return the size of a file in bytes, 0 if it is unknown."""
        with suppress(OSError):
            return os.lstat(self.path / device / str(name)).st_size
        return 0

    def write(self, name: FileName, header: FileHeader, records: Iterable[Record]) -> None:
        """Write a file of this machine, whole or not at all; remove parts of a killed process."""
        folder = self.path / header.device
        part = folder / name.part
        try:
            if not self.path.is_dir():
                raise FolderError("marks_folder_gone", place=self.path)
            with suppress(FileExistsError):
                folder.mkdir(mode=0o700)
            with _folder(folder) as handle:
                for each in filter(is_part, os.listdir(handle)):
                    os.unlink(each, dir_fd=handle)
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
                try:
                    with open(os.open(name.part, flags, 0o600, dir_fd=handle), "wb") as file:
                        pack(file, header, records)
                        file.flush()
                        os.fsync(file.fileno())
                    os.rename(name.part, str(name), src_dir_fd=handle, dst_dir_fd=handle)
                finally:
                    with suppress(FileNotFoundError):
                        os.unlink(name.part, dir_fd=handle)
            fsync_path(folder)
        except OSError as error:
            raise FolderError("marks_unwritten", place=part, cause=os_reason(error)) from error

    def remove(self, device: str, names: Iterable[FileName]) -> None:
        """Remove files of a device, and its folder if it is empty then."""
        try:
            with _folder(self.path / device) as handle:
                for name in names:
                    with suppress(FileNotFoundError):
                        os.unlink(str(name), dir_fd=handle)
            with suppress(OSError):
                (self.path / device).rmdir()
        except FileNotFoundError:
            return
        except OSError as error:
            place = self.path / device
            raise FolderError("marks_kept", place=place, cause=os_reason(error)) from error

    def why_unwritable(self) -> ReaderError | None:
        """Return the error for a folder that is not writable, None if it is writable."""
        if os.access(self.path, os.W_OK | os.X_OK):
            return None
        why = OSError(errno.EACCES, os.strerror(errno.EACCES))
        return FolderError("marks_unwritten", place=self.path, cause=os_reason(why))


@contextmanager
def _folder(path: Path) -> Iterator[int]:
    """Yield a descriptor of a folder that is not a link; raises OSError."""
    handle = os.open(path, _DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)
