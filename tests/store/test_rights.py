"""Rights: what the reader makes is for its user alone, and where rights lack it says what to do."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from reader.cli.main import main
from reader.store import Store
from reader.store.maintenance.backup import restore

from .builders import NOON, article, linked, listing, origin
from .test_only_read import own, znreader

pytestmark = pytest.mark.real_creation


@contextmanager
def open_mask() -> Iterator[None]:
    """Let files be made with all rights, unless who makes them says otherwise."""
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def open_files(folder: Path) -> list[tuple[str, str]]:
    """Return what is below a folder, and the folder, that others have rights to."""
    return [
        (path.name, oct(stat.S_IMODE(path.stat().st_mode)))
        for path in (folder, *folder.rglob("*"))
        if path.stat().st_mode & 0o077
    ]


def fill(cache: Store) -> None:
    cache.pages.add(article(linked("Krab wint"), "De krab won."), origin=origin("Krab wint"))
    cache.pages.add(listing(linked("Boot vaart")))


def test_all_that_is_made_is_for_the_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "thuis" / "delen" / "znreader" / "cache.sqlite3"
    copy, export = (tmp_path / "thuis" / name for name in ("kopie.sqlite3", "uitvoer.jsonl"))
    with open_mask():
        with Store(path) as cache:
            fill(cache)
            cache.maintenance.backup(copy)
            cache.archive.export(export)
            later = NOON + timedelta(days=400)
            bounds = cache.retention.bounds(later, 1, 0)
            assert bounds
            assert cache.retention.prune(bounds, later)
            assert path.with_name("cache.sqlite3-wal").exists()
            assert not open_files(tmp_path / "thuis")
        restore(path, copy, NOON)
        path.write_bytes(path.read_bytes()[:5000])
        for arguments in (["doctor", "--repair"], ["config", "path"]):
            os.environ["ZNREADER_DATA"] = str(path.parent)
            try:
                main(arguments)
            finally:
                del os.environ["ZNREADER_DATA"]
    assert len(list(path.parent.iterdir())) > 3
    assert not open_files(tmp_path / "thuis")


def test_a_cache_that_others_could_read_is_closed_when_it_is_opened(folder: Path) -> None:
    path = folder / "cache.sqlite3"
    folder.chmod(0o700)
    with Store(path) as cache:
        fill(cache)
        for each in folder.iterdir():
            each.chmod(0o666)
        assert open_files(folder)
        with Store(path) as other:
            other.marks.set("saved", [1], NOON)
            assert not open_files(folder)


def test_the_copies_beside_a_cache_are_closed_as_well(folder: Path) -> None:
    path = folder / "cache.sqlite3"
    folder.chmod(0o700)
    others = [path.with_name(path.name + end) for end in (".copy", ".v3.backup", ".damaged-1")]
    for each in others:
        each.touch()
        each.chmod(0o644)
    with Store(path) as cache:
        fill(cache)
        assert not open_files(folder)


def test_doctor_warns_of_a_folder_that_is_open_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZNREADER_DATA", str(tmp_path))
    with Store(tmp_path / "cache.sqlite3") as cache:
        fill(cache)
    for mode, is_told in ((0o755, True), (0o700, False)):
        tmp_path.chmod(mode)
        assert main(["doctor", "--offline"]) == 0
        assert ("chmod 700" in capsys.readouterr().out) == is_told


@pytest.mark.parametrize("mode", [0, 0o100, 0o400])
def test_commands_on_a_folder_without_rights_say_what_to_do(folder: Path, mode: int) -> None:
    place = folder / "dicht"
    place.mkdir()
    with Store(place / "cache.sqlite3") as cache:
        fill(cache)
    (place / "cache.sqlite3").chmod(0)
    own(folder, place)
    place.chmod(mode)
    copy = folder / "kopie.sqlite3"
    commands = (
        "list",
        "doctor --offline",
        "doctor --repair",
        f"backup {copy}",
        "export",
        f"backup {place}/kopie.sqlite3",
        "prune --days 1",
        "sync --site http://127.0.0.1:9",
    )
    for command, said in zip(commands, znreader(place, *commands), strict=True):
        assert said.status == 1, command
        assert "ontroleer" in said.out + said.err, command
        assert said.err.count("\n") == (0 if command == "doctor --offline" else 1), command
        assert "Traceback" not in said.err
    assert not copy.exists()
