"""Marks between real caches over a real folder, with faults of the folder and of files."""

import gzip
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.devices.hybrid_clock import wall_stamp
from reader.errors import ReaderError
from reader.exchange import engine
from reader.exchange.mark_folder import FolderError
from reader.exchange.own_device import device_path, load_device
from reader.exchange.session import forget, last_exchange, survey
from reader.model import PageOrigin, Teaser
from tests.store.builders import NOON, article, later, link, linked, origin, unlinked

from .machines import Machine, machine, two_machines

_TITLES = ("Krab", "Boot", "Storm")
_HEAD = {
    "format": "znreader-marks", "version": 1, "device": "00000000ff", "name": "vreemd",
    "at": "2026-03-14T12:00:00Z", "program": "0.2",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sync" / "znreader"


@pytest.fixture
def two(tmp_path: Path, folder: Path) -> Iterator[tuple[Machine, Machine]]:
    with two_machines(tmp_path, folder, *_TITLES) as machines:
        yield machines


def files_of(folder: Path, of: Machine) -> list[Path]:
    own = load_device(of.settings.cache_path)
    assert own is not None
    return sorted((folder / own.device).iterdir())


def plant(folder: Path, *lines: str, head: dict[str, object] | None = None) -> Path:
    """Put a file of another device into the folder."""
    place = folder / "00000000ff" / "00000001-0a1b2c3d.jsonl.gz"
    place.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join([json.dumps(_HEAD | (head or {})), *lines]) + "\n"
    place.write_bytes(gzip.compress(text.encode()))
    return place


def line_for(of: Machine, title: str, stamp: int = 0) -> str:
    of.store.marks.set("saved", [of.headline(title).id], NOON)
    (name,) = {each.name for each in of.store.devices.unsent("0" * 10)}
    at = wall_stamp(NOON) + stamp
    return json.dumps([at, "read", True, name, "00000000ff"])


def test_a_mark_goes_from_one_machine_to_the_other_and_back(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    laptop.mark("Krab")
    assert laptop.exchange().written == 1
    assert desktop.exchange().changed == 1
    assert desktop.read_titles() == {"Krab"}
    desktop.mark("Krab", later(1), value=False)
    desktop.mark("Boot", later(1))
    desktop.exchange()
    laptop.exchange()
    assert laptop.read_titles() == desktop.read_titles() == {"Boot"}
    assert last_exchange(laptop.settings.cache_path) == NOON


def test_where_nothing_is_new_nothing_is_written(
    two: tuple[Machine, Machine], folder: Path
) -> None:
    laptop, desktop = two
    laptop.mark("Krab")
    for each in (laptop, desktop, laptop, desktop):
        each.exchange()
    before = {path: path.read_bytes() for path in folder.rglob("*.gz")}
    for each in (laptop, desktop, laptop, desktop):
        assert each.exchange().written == 0
    assert {path: path.read_bytes() for path in folder.rglob("*.gz")} == before


def test_the_folder_and_its_files_are_for_this_user_alone(
    two: tuple[Machine, Machine], folder: Path
) -> None:
    laptop, _ = two
    laptop.mark("Krab")
    laptop.exchange()
    (file,) = files_of(folder, laptop)
    assert [path.stat().st_mode & 0o777 for path in (folder, file.parent, file)] == [
        0o700, 0o700, 0o600,
    ]  # fmt: skip


def test_the_one_whose_clock_is_a_year_ahead_is_overruled_by_a_later_mark(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    laptop.mark("Krab", later(365 * 24))
    laptop.exchange()
    desktop.exchange()
    desktop.mark("Krab", later(1), value=False)
    desktop.exchange()
    laptop.exchange()
    assert laptop.read_titles() == desktop.read_titles() == set()


def test_the_one_whose_clock_is_a_year_behind_overrules_what_it_has_read(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    laptop.mark("Krab")
    laptop.exchange()
    behind = later(-365 * 24)
    desktop.exchange(behind)
    desktop.mark("Krab", behind, value=False)
    desktop.exchange(behind)
    laptop.exchange()
    assert laptop.read_titles() == desktop.read_titles() == set()


def test_a_clock_that_is_set_right_again_makes_later_marks_all_the_same(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    laptop.mark("Krab", later(365 * 24))
    laptop.exchange(later(365 * 24))
    laptop.mark("Krab", later(1), value=False)
    laptop.mark("Boot", later(1))
    laptop.exchange(later(1))
    desktop.exchange(later(1))
    assert desktop.read_titles() == {"Boot"}


def test_marks_set_in_a_year_that_no_stamp_has_are_sent_and_overruled(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    far = datetime(2106, 2, 7, tzinfo=UTC)
    laptop.mark("Krab", far)
    laptop.exchange(far)
    desktop.exchange()
    assert desktop.read_titles() == {"Krab"}
    desktop.mark("Krab", later(1), value=False)
    desktop.exchange(later(1))
    laptop.exchange(later(1))
    assert laptop.read_titles() == set()
    laptop.mark("Boot", later(2))
    laptop.exchange(later(2))
    desktop.exchange(later(2))
    assert desktop.read_titles() == {"Boot"}


@pytest.mark.parametrize("is_marked_first", [True, False])
def test_the_marks_of_an_article_that_moved_reach_who_knows_only_its_new_address(
    two: tuple[Machine, Machine], is_marked_first: bool
) -> None:
    laptop, desktop = two
    old, new = (Teaser(link(f"Duin {word}"), "Duin op slot") for word in ("oud", "nieuw"))
    laptop.bring(old)
    desktop.bring(new)

    def mark() -> None:
        laptop.mark("Duin op slot")
        laptop.exchange()

    if is_marked_first:
        mark()
    page = article(old, "Het duin gaat op slot.", fetched=later(1))
    laptop.store.pages.add(page, origin=PageOrigin(str(old.url), moved=new.url))
    if not is_marked_first:
        mark()
    laptop.exchange(later(2))
    desktop.exchange(later(2))
    assert desktop.read_titles() == {"Duin op slot"}


def test_what_only_a_newer_program_knows_is_passed_on_by_an_older_one(
    two: tuple[Machine, Machine], folder: Path
) -> None:
    laptop, desktop = two
    name = json.loads(line_for(laptop, "Krab"))[3]
    at = wall_stamp(NOON)
    unknown = [
        [at, "note:1", {"text": "Mooi – é", "at": [1, 2.5, None]}, name, "00000000ff"],
        [at, "colour", "blue", "theme:day", "00000000ff"],
        [at, "note:2", "nog niet hier", "address:voorbeeld.example/later", "00000000ff"],
    ]
    place = plant(folder, *map(json.dumps, unknown))
    laptop.exchange()
    shutil.rmtree(place.parent)
    laptop.exchange(later(1))
    lines = [
        json.loads(line)
        for path in files_of(folder, laptop)
        for line in gzip.decompress(path.read_bytes()).splitlines()
    ]
    assert [each for each in unknown if each not in lines] == []
    # A machine that joins now has it from the older one alone, as it was said.
    desktop.exchange(later(1))
    known = {(each.name, each.field): each for each in desktop.store.devices.everything("0" * 10)}
    assert json.loads(known[name, "note:1"].value) == unknown[0][2]
    assert known[name, "note:1"].device == "00000000ff"


def test_marks_made_while_the_folder_was_gone_are_kept_and_told_later(
    two: tuple[Machine, Machine], folder: Path
) -> None:
    laptop, desktop = two
    laptop.exchange()
    laptop.mark("Krab")
    laptop.exchange()
    folder.rename(folder.with_name("weg"))
    laptop.mark("Boot")
    with pytest.raises(FolderError) as raised:
        laptop.exchange()
    assert raised.value.code == "marks_folder_gone"
    assert not folder.exists()
    assert laptop.read_titles() == {"Krab", "Boot"}
    folder.with_name("weg").rename(folder)
    laptop.exchange()
    desktop.exchange()
    assert desktop.read_titles() == {"Krab", "Boot"}


def _read_on_a_third(folder: Path) -> set[str | None]:
    """Return the titles that are read on a machine that joins now."""
    third = machine(folder.parent / "third", folder, "third", *_TITLES)
    third.exchange()
    titles = third.read_titles()
    third.close()
    return titles


def test_an_emptied_folder_is_filled_again(two: tuple[Machine, Machine], folder: Path) -> None:
    laptop, desktop = two
    laptop.mark("Krab")
    laptop.exchange()
    desktop.exchange()
    shutil.rmtree(folder)
    folder.mkdir()
    desktop.exchange()
    assert _read_on_a_third(folder) == {"Krab"}


def test_what_a_machine_said_that_is_no_more_is_said_by_the_others(
    two: tuple[Machine, Machine], folder: Path
) -> None:
    laptop, desktop = two
    laptop.mark("Krab")
    laptop.exchange()
    desktop.exchange()
    shutil.rmtree(files_of(folder, laptop)[0].parent)
    shutil.rmtree(folder.parent / "laptop", ignore_errors=True)
    desktop.exchange()
    assert _read_on_a_third(folder) == {"Krab"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read_is_read(two: tuple[Machine, Machine], folder: Path) -> None:
    laptop, desktop = two
    laptop.mark("Krab")
    laptop.exchange()
    desktop.mark("Boot")
    folder.chmod(0o500)
    try:
        with pytest.raises(FolderError):
            desktop.exchange()
        assert desktop.read_titles() == {"Krab", "Boot"}
    finally:
        folder.chmod(0o700)
    desktop.exchange()
    laptop.exchange()
    assert laptop.read_titles() == {"Krab", "Boot"}


def test_a_file_where_the_folder_of_a_machine_should_be_is_told(
    two: tuple[Machine, Machine], folder: Path
) -> None:
    laptop, desktop = two
    laptop.mark("Krab")
    laptop.exchange()
    (folder / "00000000ee").write_text("geen map")
    place = files_of(folder, laptop)[0].parent
    shutil.rmtree(place)
    place.write_text("geen map")
    with pytest.raises(FolderError) as raised:
        laptop.exchange()
    assert raised.value.code == "marks_unwritten"
    place.unlink()
    laptop.exchange()
    desktop.exchange()
    assert desktop.read_titles() == {"Krab"}


def test_links_are_not_followed(two: tuple[Machine, Machine], folder: Path, tmp_path: Path) -> None:
    laptop, _ = two
    laptop.exchange()
    folder.mkdir(exist_ok=True)
    elsewhere = plant(tmp_path / "elsewhere", line_for(laptop, "Krab"))
    (folder / "00000000ff").symlink_to(elsewhere.parent)
    (folder / "00000000ee").mkdir()
    (folder / "00000000ee" / elsewhere.name).symlink_to(elsewhere)
    os.mkfifo(folder / "00000000ee" / "00000002-0a1b2c3d.jsonl.gz")
    assert laptop.exchange().changed == 0
    assert laptop.read_titles() == set()


def test_half_a_file_is_read_once_it_is_whole(two: tuple[Machine, Machine], folder: Path) -> None:
    laptop, _ = two
    place = plant(folder, line_for(laptop, "Krab"))
    data = place.read_bytes()
    place.write_bytes(data[: len(data) // 2])
    assert [each.code for each in laptop.exchange().left] == ["marks_not_whole"]
    assert laptop.read_titles() == set()
    place.write_bytes(data)
    assert laptop.exchange().left == []
    assert laptop.read_titles() == {"Krab"}


def test_a_file_of_a_newer_version_is_left_and_read_by_a_newer_program(
    two: tuple[Machine, Machine], folder: Path
) -> None:
    laptop, _ = two
    line = line_for(laptop, "Krab")
    plant(folder, line, head={"version": 2, "program": "9.9"})
    (left,) = laptop.exchange().left
    assert (left.code, left.arguments["program"]) == ("marks_version", "9.9")
    assert [each.header for each in survey(laptop.settings) if not each.is_own] == [None]
    plant(folder, line)
    laptop.exchange()
    assert laptop.read_titles() == {"Krab"}


def test_conflict_copies_and_parts_are_no_files_of_marks(
    two: tuple[Machine, Machine], folder: Path
) -> None:
    laptop, _ = two
    place = plant(folder, line_for(laptop, "Krab"))
    for name in (
        "00000001-0a1b2c3d.sync-conflict-20260314-120000-ABCDEFG.jsonl.gz",
        "00000001-0a1b2c3d (conflicted copy).jsonl.gz", ".00000001-0a1b2c3d.jsonl.gz.part",
        "00000001-0a1b2c3d.jsonl.gz~",
    ):  # fmt: skip
        shutil.copy(place, place.with_name(name))
    place.unlink()
    assert laptop.exchange().read == 0
    assert laptop.read_titles() == set()


def test_hostile_lines_are_dropped_and_the_good_one_is_taken(
    two: tuple[Machine, Machine], folder: Path
) -> None:
    laptop, _ = two
    good = line_for(laptop, "Krab")
    said = json.loads(good)
    plant(
        folder, json.dumps([2**60, *said[1:]]), "x" * 5_000_000, "\x00" * 50, "[" * 30_000,
        json.dumps([said[0], "read", True, "slug:\x00", "00000000ff"]), good,
    )  # fmt: skip
    assert laptop.exchange().changed == 1
    assert laptop.read_titles() == {"Krab"}
    assert laptop.store.devices.last_stamp() < 2**60


def test_what_a_killed_exchange_left_does_no_harm(
    two: tuple[Machine, Machine], folder: Path
) -> None:
    laptop, desktop = two
    laptop.mark("Krab")
    laptop.exchange()
    (file,) = files_of(folder, laptop)
    part = file.with_name(".00000002-0a1b2c3d.jsonl.gz.part")
    part.write_bytes(b"half")
    laptop.mark("Boot")
    laptop.exchange()
    assert not part.exists()
    desktop.exchange()
    assert desktop.read_titles() == {"Krab", "Boot"}


_KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from tests.exchange.machines import machine
from reader.exchange import mark_folder, engine

home, folder, when = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
laptop = machine(home, folder)
laptop.mark("Boot")
if when == "noted":
    mark_folder.MarkFolder.write = lambda *_: os._exit(9)
elif when == "written":
    os.rename = lambda *_, **__: os._exit(9)
else:
    type(laptop.store.devices).note_sent = lambda *_: os._exit(9)
laptop.exchange()
"""


@pytest.mark.parametrize("when", ["noted", "written", "renamed"])
def test_a_machine_that_is_killed_between_two_steps_loses_nothing(
    tmp_path: Path, folder: Path, when: str
) -> None:
    laptop, desktop = (
        machine(tmp_path / name, folder, name, *_TITLES) for name in ("laptop", "desktop")
    )
    laptop.mark("Krab")
    laptop.exchange()
    laptop.close()
    command = [sys.executable, "-c", _KILLED, str(tmp_path / "laptop"), str(folder), when]
    root = Path(__file__).parents[2]
    assert subprocess.run(command, cwd=root, check=False).returncode == 9
    laptop = machine(tmp_path / "laptop", folder)
    laptop.exchange()
    desktop.exchange()
    assert desktop.read_titles() == {"Krab", "Boot"}
    assert len(survey(laptop.settings)) == 2
    laptop.close()
    desktop.close()


def test_a_copy_of_a_whole_disk_becomes_a_machine_of_its_own(tmp_path: Path, folder: Path) -> None:
    laptop = machine(tmp_path / "laptop", folder, "laptop", *_TITLES)
    laptop.mark("Krab")
    laptop.exchange()
    laptop.close()
    shutil.copytree(tmp_path / "laptop", tmp_path / "copy")
    laptop, clone = machine(tmp_path / "laptop", folder), machine(tmp_path / "copy", folder, "copy")
    laptop.mark("Boot")
    laptop.exchange()
    clone.mark("Storm")
    clone.exchange()
    laptop.exchange()
    assert laptop.read_titles() == clone.read_titles() == set(_TITLES)
    assert load_device(laptop.settings.cache_path) != load_device(clone.settings.cache_path)
    laptop.close()
    clone.close()


def test_an_older_copy_of_the_cache_learns_what_it_said_since(
    two: tuple[Machine, Machine], tmp_path: Path
) -> None:
    laptop, desktop = two
    laptop.mark("Krab")
    laptop.exchange()
    laptop.store.maintenance.backup(tmp_path / "copy.sqlite3")
    laptop.mark("Boot")
    laptop.exchange()
    before = load_device(laptop.settings.cache_path)
    laptop.close()
    shutil.copy(tmp_path / "copy.sqlite3", laptop.settings.cache_path)
    again = replace(laptop.settings)
    laptop = machine(again.cache_path.parent, Path(again.sync_folder))
    laptop.exchange()
    assert laptop.read_titles() == {"Krab", "Boot"}
    assert load_device(laptop.settings.cache_path) != before
    laptop.mark("Storm", later(1))
    laptop.exchange()
    desktop.exchange()
    assert desktop.read_titles() == set(_TITLES)
    laptop.close()


def test_small_files_are_joined_and_nothing_is_lost(
    two: tuple[Machine, Machine], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "MAX_FILES", 4)
    laptop, desktop = two
    for hour in range(9):
        laptop.mark(_TITLES[hour % 3], later(hour), value=hour // 3 != 1)
        laptop.exchange(later(hour))
        assert len(files_of(folder, laptop)) <= 5
    numbers = [int(path.name[:8]) for path in files_of(folder, laptop)]
    assert min(numbers) > 4
    desktop.exchange(later(9))
    assert desktop.read_titles() == set(_TITLES)


def test_files_that_were_joined_and_come_back_are_known_again(
    two: tuple[Machine, Machine],
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "MAX_FILES", 4)
    laptop, desktop = two
    far = tmp_path / "far"
    far.mkdir()
    # As `rclone copy` does, which removes nothing at either end.
    laptop.settings = replace(
        laptop.settings,
        sync_before=("cp", "-rn", f"{far}/.", str(folder)),
        sync_after=("cp", "-rn", f"{folder}/.", str(far)),
    )
    folder.mkdir(parents=True)
    laptop.mark("Krab")
    laptop.exchange()
    before = load_device(laptop.settings.cache_path)
    for hour in range(1, 20):
        laptop.mark("Boot", later(hour), value=hour % 2 == 1)
        assert laptop.exchange(later(hour)).left == []
    written = len(files_of(folder, laptop))
    for hour in range(20, 25):
        assert laptop.exchange(later(hour)).written == 0
    assert len(files_of(folder, laptop)) == written < 30
    assert load_device(laptop.settings.cache_path) == before
    desktop.exchange(later(25))
    assert desktop.read_titles() == {"Krab", "Boot"}


def test_a_machine_that_is_forgotten_leaves_its_marks(
    two: tuple[Machine, Machine], folder: Path
) -> None:
    laptop, desktop = two
    laptop.mark("Krab")
    laptop.exchange()
    desktop.exchange()
    gone = load_device(laptop.settings.cache_path)
    assert gone is not None
    forget(desktop.store.devices, desktop.settings, gone.device, later(1))
    assert not (folder / gone.device).exists()
    assert _read_on_a_third(folder) == {"Krab"}


def test_two_readers_and_a_schedule_on_one_cache_take_turns(
    two: tuple[Machine, Machine], folder: Path
) -> None:
    laptop, desktop = two
    for title in _TITLES:
        laptop.mark(title)
    stores = [machine(laptop.settings.cache_path.parent, folder) for _ in range(3)]
    threads = [threading.Thread(target=each.exchange) for each in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in stores:
        each.close()
    assert len(files_of(folder, laptop)) == 1
    desktop.exchange()
    assert desktop.read_titles() == set(_TITLES)


def test_a_mark_waits_for_its_item_and_finds_it_by_title_or_address(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    laptop.bring(linked("Zeehond"), unlinked("Haven krijgt bank"))
    laptop.mark("Zeehond")
    laptop.mark("Haven krijgt bank")
    laptop.exchange()
    desktop.exchange()
    assert desktop.read_titles() == set()
    desktop.bring(unlinked("Haven krijgt bank"), linked("Zeehond"), at=later(1))
    assert desktop.read_titles() == {"Zeehond", "Haven krijgt bank"}
    desktop.store.pages.add(
        article(linked("Haven krijgt bank"), "Een bank.", fetched=later(2)),
        origin=origin("Haven krijgt bank"),
    )
    assert "Haven krijgt bank" in desktop.read_titles()


def test_a_command_fetches_the_folder_before_and_carries_it_away_after(
    two: tuple[Machine, Machine], tmp_path: Path
) -> None:
    laptop, desktop = two
    far, near = tmp_path / "far", Path(laptop.settings.sync_folder)
    far.mkdir()
    own = tmp_path / "near of desktop"
    copy = ("cp", "-r")
    laptop.settings = replace(laptop.settings, sync_after=(*copy, f"{near}/.", f"{far}"))
    desktop.settings = replace(
        desktop.settings, sync_folder=str(own), sync_before=(*copy, f"{far}/.", f"{own}")
    )
    laptop.mark("Krab")
    assert laptop.exchange().left == []
    own.mkdir()
    assert desktop.exchange().left == []
    assert desktop.read_titles() == {"Krab"}


def test_a_tilde_in_a_command_is_the_home_folder(
    two: tuple[Machine, Machine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, _ = two
    home = tmp_path / "own home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    laptop.settings = replace(laptop.settings, sync_before=("touch", "~/here", "a~/b"))
    (left,) = laptop.exchange().left
    assert left.code == "command_failed"
    assert (home / "here").exists()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("no-such-program",), "command_unusable"),
        (("sh", "-c", "echo vol >&2; exit 3"), "command_failed"),
    ],
)
def test_a_command_that_fails_is_told_and_marks_are_exchanged_all_the_same(
    two: tuple[Machine, Machine], command: tuple[str, ...], code: str
) -> None:
    laptop, desktop = two
    laptop.settings = replace(laptop.settings, sync_before=command)
    laptop.mark("Krab")
    (left,) = laptop.exchange().left
    assert left.code == code
    desktop.exchange()
    assert desktop.read_titles() == {"Krab"}
    offline = replace(laptop, settings=replace(laptop.settings, offline=True))
    assert offline.exchange().left == []


def test_without_the_file_of_its_id_a_machine_gets_another_and_says_on(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    laptop.mark("Krab")
    laptop.exchange()
    device_path(laptop.settings.cache_path).write_text("[" * 5_000)
    laptop.mark("Boot")
    laptop.exchange()
    desktop.exchange()
    assert desktop.read_titles() == {"Krab", "Boot"}


def test_an_exchange_without_a_folder_is_an_error(two: tuple[Machine, Machine]) -> None:
    laptop, _ = two
    laptop.settings = replace(laptop.settings, sync_folder="")
    with pytest.raises(ReaderError) as raised:
        laptop.exchange()
    assert raised.value.code == "no_sync_folder"
