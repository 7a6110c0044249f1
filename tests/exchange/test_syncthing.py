"""Marks between machines over real Syncthing on loopback."""

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from reader.exchange.mark_folder import FolderError
from tests.patience import wait_until
from tests.store.builders import NOON, later

from .machines import Machine, machine
from .syncthing import TITLES, files_in, machine_of, running, scan, until_all, until_so

pytestmark = pytest.mark.skipif(
    shutil.which("syncthing") is None, reason="Syncthing is not installed"
)


@pytest.fixture
def machines(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[list[Machine]]:
    """Run several machines, each with its own Syncthing and cache."""
    with ExitStack() as stack:
        engines = stack.enter_context(running(tmp_path, request.param))
        made = [machine_of(engine, *TITLES) for engine in engines]
        for each in made:
            stack.callback(each.close)
        yield made


def _are_alike(laptop: Machine, desktop: Machine) -> bool:
    """Tell whether the folders of both are the same, with something of each."""
    files = files_in(laptop)
    return files == files_in(desktop) and len({path.parent for path in files}) == 2


def _conflicts(machines: list[Machine]) -> list[Path]:
    return [
        path for each in machines for path in Path(each.settings.sync_folder).rglob("*conflict*")
    ]


@pytest.mark.parametrize("machines", [2], indirect=True)
def test_a_mark_comes_over_and_what_differs_is_made_equal(machines: list[Machine]) -> None:
    laptop, desktop = machines
    laptop.mark("Krab")
    laptop.exchange()
    began = time.monotonic()
    until_all(machines, {"Krab"})
    print(f"one mark after {time.monotonic() - began:.1f} s")
    # A month apart, each for itself.
    laptop.mark("Krab", later(700), value=False)
    desktop.mark("Boot", later(701))
    laptop.mark("Boot", later(702))
    desktop.mark("Krab", later(703), value=False)
    desktop.mark("Krab", later(704))
    for each in machines:
        each.exchange(NOON + timedelta(days=30))
    until_all(machines, {"Krab", "Boot"})
    assert _conflicts(machines) == []


@pytest.mark.parametrize("machines", [10], indirect=True)
def test_ten_machines_a_month_apart_end_alike(machines: list[Machine]) -> None:
    for number, each in enumerate(machines):
        for title in TITLES:
            each.mark(title, later(number))
        each.mark(TITLES[number % 4], later(20 + number), value=False)
        if number % 3 == 0:
            each.mark(TITLES[number % 4], later(20.5 + number))
    last = {title: number for number in range(10) for title in [TITLES[number % 4]]}
    # The last who said something of a headline is right.
    titles = {title for title, number in last.items() if number % 3 == 0}
    for each in machines:
        each.exchange()
    until_all(machines, titles)
    assert _conflicts(machines) == []


@pytest.mark.parametrize("machines", [2], indirect=True)
def test_a_folder_that_was_emptied_is_filled_again_by_both(machines: list[Machine]) -> None:
    laptop, desktop = machines
    laptop.mark("Krab")
    desktop.mark("Boot")
    until_all(machines, {"Krab", "Boot"})
    before = files_in(laptop)
    wait_until(lambda: files_in(desktop) == before, "the files of both")
    for device in {path.parent for path in before}:
        shutil.rmtree(Path(laptop.settings.sync_folder) / device)
    began = time.monotonic()
    wait_until(lambda: not files_in(desktop), "the folder of the other machine emptied")
    print(f"emptied after {time.monotonic() - began:.1f} s")
    for each in machines:
        each.exchange(later(1))
    # Syncthing may carry late that files were gone: each machine then writes its own again.
    until_so(machines, lambda: _are_alike(laptop, desktop), "all again")
    third = machine(Path(laptop.settings.sync_folder).parent / "third",
                    Path(laptop.settings.sync_folder), "third", *TITLES)  # fmt: skip
    third.exchange(later(2))
    assert third.read_titles() == {"Krab", "Boot"}
    third.close()
    assert _conflicts(machines) == []


@pytest.mark.parametrize("machines", [2], indirect=True)
def test_a_folder_that_was_gone_for_a_while_brings_over_what_was_marked_meanwhile(
    machines: list[Machine],
) -> None:
    laptop, desktop = machines
    laptop.mark("Krab")
    until_all(machines, {"Krab"})
    folder = Path(laptop.settings.sync_folder)
    away = folder.rename(folder.with_name("away"))
    laptop.mark("Boot", later(1))
    with pytest.raises(FolderError):
        laptop.exchange(later(1))
    desktop.mark("Storm", later(1))
    desktop.exchange(later(1))
    away.rename(folder)
    scan(folder)
    until_all(machines, {"Krab", "Boot", "Storm"})
    assert _conflicts(machines) == []


@pytest.mark.parametrize("machines", [2], indirect=True)
def test_a_folder_without_the_mark_of_the_engine_is_carried_once_it_is_there_again(
    machines: list[Machine],
) -> None:
    laptop, desktop = machines
    laptop.mark("Krab")
    desktop.mark("Boot")
    until_all(machines, {"Krab", "Boot"})
    folder = Path(laptop.settings.sync_folder)
    # Syncthing carries nothing, so that what is gone here is not removed elsewhere.
    shutil.rmtree(folder)
    folder.mkdir()
    laptop.mark("Storm", later(1))
    laptop.exchange(later(1))
    (folder / ".stfolder").mkdir()
    scan(folder)
    until_all(machines, {"Krab", "Boot", "Storm"})
    # Syncthing may carry late that files were gone: each machine then writes its own again.
    until_so(machines, lambda: _are_alike(laptop, desktop), "all again")
    assert _conflicts(machines) == []
