"""Naming a file as the target of a copy or an export does not harm it."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import CacheError
from reader.files import written_whole
from reader.store import Store
from reader.store.maintenance.backup import restore
from reader.store.maintenance.repair import repair

from .builders import NOON, linked, listing, titles


def _same(cache: Path, _: Path) -> Path:
    return cache


def _dotted(cache: Path, _: Path) -> Path:
    return cache.parent / ".." / cache.parent.name / cache.name


def _symlink(cache: Path, other: Path) -> Path:
    other.symlink_to(cache)
    return other


def _hard_link(cache: Path, other: Path) -> Path:
    other.hardlink_to(cache)
    return other


def _log(cache: Path, _: Path) -> Path:
    return cache.with_name(cache.name + "-wal")


def _index(cache: Path, _: Path) -> Path:
    return cache.with_name(cache.name + "-shm")


def _copy(cache: Path, _: Path) -> Path:
    return cache.with_name(cache.name + ".copy")


def _link_to_journal(cache: Path, other: Path) -> Path:
    other.symlink_to(cache.with_name(cache.name + "-journal"))
    return other


def _write(cache: Store, task: str, target: Path) -> None:
    if task == "backup":
        cache.maintenance.backup(target, force=True)
    else:
        cache.archive.export(target, force=True)


@pytest.mark.parametrize(
    "target_of", [_same, _dotted, _symlink, _hard_link, _log, _index, _copy, _link_to_journal]
)
@pytest.mark.parametrize("task", ["backup", "export"])
def test_the_cache_is_never_the_target(
    path: Path, tmp_path: Path, target_of: Callable[[Path, Path], Path], task: str
) -> None:
    with Store(path) as cache:
        cache.pages.add(listing(linked("Krab")))
        target = target_of(path, tmp_path / "other")
        with pytest.raises(CacheError, match="file_is_cache"):
            _write(cache, task, target)
        assert cache.maintenance.health().check == "ok"
    with Store(path) as cache:
        assert titles(cache) == ["Krab"]


def test_a_cache_is_not_restored_from_itself(path: Path) -> None:
    with Store(path) as cache:
        cache.pages.add(listing(linked("Krab")))
    with pytest.raises(CacheError, match="file_is_cache"):
        restore(path, path, NOON)


def test_a_cache_is_made_anew_of_regular_files_alone(path: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for task in (restore, repair):
        for source, code in (
            (pipe, "not_regular_file"), (tmp_path, "file_is_folder"), (tmp_path / "x", "no_file"),
        ):  # fmt: skip
            arguments = (path, source, NOON) if task is restore else (source, NOON)
            with pytest.raises(CacheError, match=code):
                task(*arguments)


def test_a_cache_that_is_no_file_or_lies_on_a_disk_that_is_away_is_told(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(tmp_path / "away" / "cache")
    with pytest.raises(CacheError, match="cache_is_no_file"):
        Store(pipe)
    with pytest.raises(CacheError, match=f"errno={errno.ENOENT}"):
        Store(link)
    assert pipe.is_fifo()
    assert link.is_symlink()


@pytest.mark.parametrize("task", ["backup", "export"])
def test_what_is_no_regular_file_is_not_replaced(path: Path, tmp_path: Path, task: str) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with Store(path) as cache:
        cache.pages.add(listing(linked("Krab")))
        for target in (pipe, Path(os.devnull)):
            with pytest.raises(CacheError, match="not_regular_file"):
                _write(cache, task, target)
    assert pipe.is_fifo()
    assert Path(os.devnull).is_char_device()


def test_a_link_stays_a_link_and_leads_to_the_new_file(path: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("oud")
    link.symlink_to(real)
    with Store(path) as cache:
        cache.pages.add(listing(linked("Krab")))
        cache.archive.export(link, force=True)
    assert link.is_symlink()
    assert "Krab" in real.read_text()


def test_nothing_that_is_written_whole_replaces_a_device_or_a_link(tmp_path: Path) -> None:
    pipe, link, real = tmp_path / "pipe", tmp_path / "link", tmp_path / "real"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="regular"), written_whole(pipe):
        pass
    assert pipe.is_fifo()
    link.symlink_to(real)
    with written_whole(link) as part:
        part.write_text("nieuw")
    assert link.is_symlink()
    assert real.read_text() == "nieuw"
