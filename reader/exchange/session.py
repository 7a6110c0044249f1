"""An exchange over the configured folder, under a lock, with the user's commands around it."""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from reader import __version__
from reader.config import Settings
from reader.devices.file_names import FileName
from reader.devices.mark_file import FileHeader, ForeignFile, NotWhole, read_header
from reader.errors import CacheError, ReaderError, os_reason
from reader.exchange.engine import Exchange, ExchangeResult, MarkLibrary, Writer
from reader.exchange.mark_folder import FolderError, MarkFolder
from reader.exchange.own_device import load_device, new_device, shown_name
from reader.files import expand_home, read_beginning
from reader.model import FileNote
from reader.programs import run_silently

# Seconds to wait for another exchange on the same cache, and the limit for a user's command.
_PATIENCE, _LOOK = 20.0, 0.05
_COMMAND_SECONDS = 60.0
_MAX_DETAIL = 300


class DeviceState(Struct, frozen=True):
    """A device as its newest file shows it; `header` is None if that file cannot be read."""

    device: str
    is_own: bool
    files: int
    header: FileHeader | None
    why: ReaderError | None = None


def folder_of(settings: Settings) -> Path:
    """Return the folder over which marks are exchanged; raises ReaderError if none is set."""
    if settings.sync_path is None:
        raise ReaderError("no_sync_folder", place=settings.config_path)
    return settings.sync_path


def exchange(library: MarkLibrary, settings: Settings, now: datetime) -> ExchangeResult:
    """Exchange marks with the other machines and return the result; raises ReaderError.

    The failure of a command is added to `left` of the result and does not stop the exchange.
    """
    folder = MarkFolder(folder_of(settings))
    with _alone(settings.cache_path) as lock:
        once = _exchange(library, settings, folder, now)
        failed: list[ReaderError] = []
        _run_command(settings.sync_before, settings, failed)
        outcome = once.run()
        if settings.sync_after:
            _run_command(settings.sync_after, settings, failed)
            # The command may have brought new files.
            once.read()
        outcome.left += failed
        _note_success(lock, now)
    return outcome


def forget(library: MarkLibrary, settings: Settings, device: str, now: datetime) -> None:
    """Remove the files of another device after writing all records; raises ReaderError."""
    folder = MarkFolder(folder_of(settings))
    with _alone(settings.cache_path):
        once = _exchange(library, settings, folder, now)
        once.read()
        once.write(everything=True)
        names = folder.listing().of(device)
        folder.remove(device, names)
        library.note_files(removed=[FileNote(device, str(name), mine=False) for name in names])


def survey(settings: Settings) -> list[DeviceState]:
    """Return the devices with files in the folder, this one first; raises ReaderError."""
    folder, own = MarkFolder(folder_of(settings)), load_device(settings.cache_path)
    states = [
        _state(folder, device, names, is_own=own is not None and device == own.device)
        for device, names in folder.listing().files.items()
        if names
    ]
    return sorted(states, key=lambda state: not state.is_own)


def name_of(settings: Settings, device: str) -> str | None:
    """Return the name of another device, or None if it is this one; raises ReaderError."""
    for state in survey(settings):
        if state.device == device and state.header is not None:
            return None if state.is_own else state.header.name
    return device


def last_exchange(cache: Path) -> datetime | None:
    """Return the time (UTC) of this machine's last exchange, or None if there was none."""
    try:
        text = read_beginning(_lock_path(cache), _MAX_DETAIL).decode("ascii")
        at = datetime.fromisoformat(text.strip())
    except (OSError, ValueError):
        return None
    return at.astimezone(UTC)


def _exchange(
    library: MarkLibrary, settings: Settings, folder: MarkFolder, now: datetime
) -> Exchange:
    cache = settings.cache_path

    def identity() -> Writer:
        own = load_device(cache) or new_device(cache)
        return Writer(own.device, shown_name(own, settings.device_name), __version__)

    return Exchange(
        library,
        folder,
        identity,
        renew=lambda: new_device(cache),
        nonce=lambda: secrets.token_hex(4),
        now=now,
    )


def _state(
    folder: MarkFolder, device: str, names: Sequence[FileName], *, is_own: bool
) -> DeviceState:
    """Return the state of a device from its newest file."""
    try:
        with folder.opened(device, names[-1]) as file:
            header = read_header(file)
    except (NotWhole, ForeignFile) as error:
        return DeviceState(device, is_own, len(names), None, error)
    except OSError as error:
        why = FolderError("marks_unread", place=names[-1], cause=os_reason(error))
        return DeviceState(device, is_own, len(names), None, why)
    return DeviceState(device, is_own, len(names), header)


def _run_command(command: Sequence[str], settings: Settings, failed: list[ReaderError]) -> None:
    """Run a command of the settings; append its error to `failed` if it fails."""
    if not command or settings.offline:
        return
    try:
        run_silently(expand_home(command), _COMMAND_SECONDS, "sync_before, sync_after")
    except ReaderError as error:
        failed.append(error)


def _lock_path(cache: Path) -> Path:
    return cache.with_name(f"{cache.name}.exchange")


@contextmanager
def _alone(cache: Path) -> Iterator[int]:
    """Hold the lock of an exchange; raises ReaderError if another exchange does not end."""
    path = _lock_path(cache)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CacheError("file_unwritable", place=path, cause=os_reason(error)) from error
    try:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    raise ReaderError("exchange_busy") from error
                time.sleep(_LOOK)
        yield handle
    finally:
        os.close(handle)


def _note_success(lock: int, now: datetime) -> None:
    with suppress(OSError):
        os.ftruncate(lock, 0)
        os.pwrite(lock, now.isoformat(timespec="seconds").encode(), 0)
