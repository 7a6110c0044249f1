"""Marks between machines over real Syncthing on loopback, which reaches nothing else."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest
from msgspec import Struct

from reader.exchange.mark_folder import FolderError
from tests.patience import wait_until
from tests.store.builders import NOON, later

from .machines import Machine, machine

pytestmark = pytest.mark.skipif(
    shutil.which("syncthing") is None, reason="Syncthing is not installed"
)

_TITLES = ("Krab", "Boot", "Storm", "Zeehond")
_CONFIG = """<configuration version="36">
<folder id="znreader" path="{folder}" type="sendreceive" rescanIntervalS="3600"
 fsWatcherEnabled="true" fsWatcherDelayS="1" ignorePerms="true">
 {shares}<filesystemType>basic</filesystemType><pullerPauseS>1</pullerPauseS>
 <minDiskFree unit="">0</minDiskFree></folder>
{devices}
<gui enabled="true" tls="false"><address>127.0.0.1:{gui}</address><apikey>test</apikey></gui>
<options><listenAddress>tcp://127.0.0.1:{port}</listenAddress>
<globalAnnounceEnabled>false</globalAnnounceEnabled>
<localAnnounceEnabled>false</localAnnounceEnabled><relaysEnabled>false</relaysEnabled>
<natEnabled>false</natEnabled><stunServer></stunServer><startBrowser>false</startBrowser>
<urAccepted>-1</urAccepted><autoUpgradeIntervalH>0</autoUpgradeIntervalH>
<crashReportingEnabled>false</crashReportingEnabled>
<reconnectionIntervalS>1</reconnectionIntervalS><minHomeDiskFree unit="">0</minHomeDiskFree>
</options></configuration>
"""


class Engine(Struct, frozen=True):
    """One Syncthing: its home folder, its id, and the ports that it listens on."""

    home: Path
    device: str
    port: int
    gui: int

    @property
    def folder(self) -> Path:
        return self.home / "news"

    def is_up(self) -> bool:
        try:
            for port in (self.port, self.gui):
                with socket.create_connection(("127.0.0.1", port), 1):
                    pass
        except OSError:
            return False
        return True


def _ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "STNORESTART": "1", "STHASHING": "standard"}


def _engine(home: Path, port: int, gui: int) -> Engine:
    home.mkdir(parents=True)
    done = subprocess.run(
        ["syncthing", "generate", f"--home={home}/st", "--no-default-folder",
         "--skip-port-probing"],
        env=_environment(home), check=True, capture_output=True, text=True,
    )  # fmt: skip
    words = (done.stdout + done.stderr).replace(",", " ").split()
    device = next(word for word in words if word.count("-") == 7 and len(word) == 63)
    (home / "news" / ".stfolder").mkdir(parents=True)
    return Engine(home, device, port, gui)


def _address(other: Engine, engine: Engine, all_of_them: list[Engine]) -> str:
    """Return where to call another, which the first of two waits for, so that they never cross."""
    is_called = all_of_them.index(other) <= all_of_them.index(engine)
    return f"tcp://127.0.0.1:{other.port}" if is_called else "dynamic"


def _start(engine: Engine, all_of_them: list[Engine]) -> subprocess.Popen[bytes]:
    shares = "".join(f'<device id="{each.device}"/>' for each in all_of_them)
    devices = "\n".join(
        f'<device id="{each.device}" name="d" compression="always">'
        f"<address>{_address(each, engine, all_of_them)}</address></device>"
        for each in all_of_them
    )
    (engine.home / "st" / "config.xml").write_text(
        _CONFIG.format(folder=engine.folder, shares=shares, devices=devices,
                       gui=engine.gui, port=engine.port)
    )  # fmt: skip
    return subprocess.Popen(
        ["syncthing", "serve", f"--home={engine.home}/st", "--no-browser", "--no-restart",
         "--no-upgrade", "--skip-port-probing"],
        env=_environment(engine.home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _scan(folder: Path) -> None:
    """Have Syncthing look at a folder now, and no longer refuse it once it is what it was."""
    config = (folder.parent / "st" / "config.xml").read_text()
    found = re.search(r"127\.0\.0\.1:(\d+)</address><apikey>", config)
    assert found is not None
    with closing(HTTPConnection("127.0.0.1", int(found[1]))) as connection:
        connection.request("POST", "/rest/db/scan?folder=znreader", headers={"X-API-Key": "test"})
        connection.getresponse().read()


@pytest.fixture
def machines(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[list[Machine]]:
    """Run so many machines, each with its own Syncthing and cache."""
    count: int = request.param
    ports = _ports(2 * count)
    engines = [
        _engine(tmp_path / f"m{number}", ports[2 * number], ports[2 * number + 1])
        for number in range(count)
    ]
    with ExitStack() as stack:
        for engine in engines:
            process = _start(engine, engines)
            stack.callback(process.wait)
            stack.callback(process.kill)
            if engine is engines[0]:
                # One that calls another before that listens may wait long before it calls again.
                wait_until(engine.is_up, "Syncthing")
        for engine in engines:
            wait_until(engine.is_up, "Syncthing")
        made = [
            machine(engine.home / "cache", engine.folder, engine.home.name, *_TITLES)
            for engine in engines
        ]
        for each in made:
            stack.callback(each.close)
        yield made


def _until_all(machines: list[Machine], titles: set[str]) -> None:
    """Exchange, wherever the folder changes, until all machines show these headlines as read."""
    seen: dict[int, set[Path]] = {}

    def agreed() -> bool:
        for number, each in enumerate(machines):
            files = _files(each)
            if files != seen.get(number):
                each.exchange(later(800))
                # As it was before: what came in meanwhile is not read yet.
                seen[number] = files
        return all(each.read_titles() == titles for each in machines)

    wait_until(agreed, lambda: str([each.read_titles() for each in machines]))


def _files(of: Machine) -> set[Path]:
    """Return the files of marks in the folder of a machine, without what engines put there."""
    folder = Path(of.settings.sync_folder)
    return {path.relative_to(folder) for path in folder.glob("[0-9a-f]*/[0-9]*.jsonl.gz")}


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
    _until_all(machines, {"Krab"})
    print(f"one mark after {time.monotonic() - began:.1f} s")
    # A month apart, each for itself.
    laptop.mark("Krab", later(700), value=False)
    desktop.mark("Boot", later(701))
    laptop.mark("Boot", later(702))
    desktop.mark("Krab", later(703), value=False)
    desktop.mark("Krab", later(704))
    for each in machines:
        each.exchange(NOON + timedelta(days=30))
    _until_all(machines, {"Krab", "Boot"})
    assert _conflicts(machines) == []


@pytest.mark.parametrize("machines", [10], indirect=True)
def test_ten_machines_a_month_apart_end_alike(machines: list[Machine]) -> None:
    for number, each in enumerate(machines):
        for title in _TITLES:
            each.mark(title, later(number))
        each.mark(_TITLES[number % 4], later(20 + number), value=False)
        if number % 3 == 0:
            each.mark(_TITLES[number % 4], later(20.5 + number))
    last = {title: number for number in range(10) for title in [_TITLES[number % 4]]}
    # The last who said something of a headline is right.
    titles = {title for title, number in last.items() if number % 3 == 0}
    for each in machines:
        each.exchange()
    _until_all(machines, titles)
    assert _conflicts(machines) == []


@pytest.mark.parametrize("machines", [2], indirect=True)
def test_a_folder_that_was_emptied_is_filled_again_by_both(machines: list[Machine]) -> None:
    laptop, desktop = machines
    laptop.mark("Krab")
    desktop.mark("Boot")
    _until_all(machines, {"Krab", "Boot"})
    before = _files(laptop)
    wait_until(lambda: _files(desktop) == before, "the files of both")
    for device in {path.parent for path in before}:
        shutil.rmtree(Path(laptop.settings.sync_folder) / device)
    began = time.monotonic()
    wait_until(lambda: not _files(desktop), "the folder of the other machine emptied")
    print(f"emptied after {time.monotonic() - began:.1f} s")
    for each in machines:
        each.exchange(later(1))
    wait_until(lambda: len(_files(laptop)) == 2 and _files(desktop) == _files(laptop), "all again")
    third = machine(Path(laptop.settings.sync_folder).parent / "third",
                    Path(laptop.settings.sync_folder), "third", *_TITLES)  # fmt: skip
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
    _until_all(machines, {"Krab"})
    folder = Path(laptop.settings.sync_folder)
    away = folder.rename(folder.with_name("away"))
    laptop.mark("Boot", later(1))
    with pytest.raises(FolderError):
        laptop.exchange(later(1))
    desktop.mark("Storm", later(1))
    desktop.exchange(later(1))
    away.rename(folder)
    _scan(folder)
    _until_all(machines, {"Krab", "Boot", "Storm"})
    assert _conflicts(machines) == []


@pytest.mark.parametrize("machines", [2], indirect=True)
def test_a_folder_without_the_mark_of_the_engine_is_carried_once_it_is_there_again(
    machines: list[Machine],
) -> None:
    laptop, desktop = machines
    laptop.mark("Krab")
    desktop.mark("Boot")
    _until_all(machines, {"Krab", "Boot"})
    folder = Path(laptop.settings.sync_folder)
    # Syncthing carries nothing, so that what is gone here is not removed elsewhere.
    shutil.rmtree(folder)
    folder.mkdir()
    laptop.mark("Storm", later(1))
    laptop.exchange(later(1))
    (folder / ".stfolder").mkdir()
    _scan(folder)
    _until_all(machines, {"Krab", "Boot", "Storm"})
    wait_until(lambda: _files(laptop) == _files(desktop) and len(_files(laptop)) > 1, "all again")
    assert _conflicts(machines) == []
