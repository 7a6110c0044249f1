"""Faults of the disk under the folder: full, read-only, gone while writing, replaced."""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.exchange.mark_folder import FolderError
from reader.exchange.own_device import load_device
from tests.small_disk import needs_small_disk, require_well

from .machines import Machine, two_machines

_TITLES = ("Krab", "Boot", "Storm")
_BEGIN = """
import errno, subprocess, sys
from pathlib import Path
from reader.exchange.mark_folder import FolderError
from tests.exchange.machines import machine

home, folder = Path(sys.argv[1]), Path(sys.argv[2])
laptop, desktop = (
    machine(home / name, folder, name, "Krab", "Boot") for name in ("laptop", "desktop")
)

def refused():
    before = sorted(folder.rglob("*"))
    try:
        laptop.exchange()
    except FolderError as error:
        assert error.code == "marks_unwritten", error
        assert sorted(folder.rglob("*")) == before
        assert laptop.store.devices.has_unsent()
        return error.arguments["cause"].arguments["errno"]
"""
_FULL = """
laptop.mark("Boot")
laptop.exchange()
with (folder / "filler").open("wb", 0) as file:
    try:
        while file.write(bytes(512)):
            pass
    except OSError:
        pass
laptop.mark("Krab")
assert refused() == errno.ENOSPC
(folder / "filler").unlink()
"""
_READ_ONLY = """
laptop.mark("Boot")
laptop.exchange()
laptop.mark("Krab")
subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
assert refused() == errno.EROFS
desktop.mark("Krab")
try:
    desktop.exchange()
except FolderError:
    pass
assert desktop.read_titles() == {"Krab", "Boot"}
desktop.mark("Boot", value=False)
subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
"""
_END = """
laptop.exchange()
desktop.exchange()
assert "Krab" in desktop.read_titles()
laptop.close()
desktop.close()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sync"


@pytest.fixture
def two(tmp_path: Path, folder: Path) -> Iterator[tuple[Machine, Machine]]:
    with two_machines(tmp_path, folder, *_TITLES) as machines:
        yield machines


@needs_small_disk
@pytest.mark.parametrize("what", [_FULL, _READ_ONLY], ids=["full", "read only"])
def test_what_cannot_be_written_is_said_kept_and_told_later(tmp_path: Path, what: str) -> None:
    (tmp_path / "sync").mkdir()
    folder = tmp_path / "sync"
    require_well("64k", folder, _BEGIN + what + _END, str(tmp_path), str(folder))


def test_a_disk_that_goes_while_it_is_written_and_its_empty_place_lose_nothing(
    two: tuple[Machine, Machine], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, desktop = two
    laptop.mark("Krab")
    laptop.exchange()
    desktop.exchange()

    def fails(_handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    laptop.mark("Boot")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        with pytest.raises(FolderError):
            laptop.exchange()
    # In its place is the folder on which it was mounted, where the engine does not look.
    disk = folder.rename(folder.with_name("disk"))
    folder.mkdir()
    laptop.exchange()
    laptop.mark("Storm")
    laptop.exchange()
    shutil.rmtree(folder)
    disk.rename(folder)
    for each in (laptop, desktop, laptop):
        assert each.exchange().left == []
    assert laptop.read_titles() == desktop.read_titles() == set(_TITLES)
    # The machine that did not know its earlier records found them.
    assert load_device(laptop.settings.cache_path) is not None
    assert laptop.exchange().written == desktop.exchange().written == 0


def test_what_is_gone_is_said_again_also_where_that_fails_at_first(
    two: tuple[Machine, Machine], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, desktop = two
    for title in ("Krab", "Boot"):
        laptop.mark(title)
        laptop.exchange()
    first = min(folder.rglob("*.gz"))
    first.unlink()

    def fails(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        with pytest.raises(FolderError):
            laptop.exchange()
    laptop.exchange()
    desktop.exchange()
    assert desktop.read_titles() == {"Krab", "Boot"}


def test_a_folder_that_is_a_link_to_another_disk_is_used(
    two: tuple[Machine, Machine], folder: Path, tmp_path: Path
) -> None:
    laptop, desktop = two
    (tmp_path / "disk").mkdir()
    folder.symlink_to(tmp_path / "disk")
    laptop.mark("Krab")
    laptop.exchange()
    desktop.exchange()
    assert desktop.read_titles() == {"Krab"}
    # The target of the link is not mounted.
    (tmp_path / "disk").rename(tmp_path / "away")
    laptop.mark("Boot")
    with pytest.raises(FolderError):
        laptop.exchange()
    assert not (tmp_path / "disk").exists()
    (tmp_path / "away").rename(tmp_path / "disk")
    laptop.exchange()
    desktop.exchange()
    assert desktop.read_titles() == {"Krab", "Boot"}
