"""Real Syncthing on loopback, which reaches nothing else, between machines of a test."""

import json
import os
import random
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from msgspec import Struct

from tests.patience import PATIENCE, wait_until
from tests.store.builders import later

from .machines import Machine, machine

TITLES = ("Krab", "Boot", "Storm", "Zeehond")
# Below those that a system gives to programs that ask for any port.
_PORTS, _SPARE = range(20_000, 32_000), 20
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
        """Tell whether it answers others and watches the folder, which it has read once.

        What is written between the first reading and the watch is not seen for an hour.
        """
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                pass
            answer = _ask(self.gui, "GET", "status")
        except (OSError, HTTPException):
            return False
        if answer is None:
            return False
        return answer["state"] == "idle" and not answer.get("watchError")


def _ports(count: int) -> list[int]:
    """Return ports that are free, and that no other program gets before Syncthing listens there."""
    return [port for port in random.sample(_PORTS, 2 * count + _SPARE) if _is_free(port)][:count]


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


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


def _ask(gui: int, method: str, what: str) -> dict[str, object] | None:
    """Return what Syncthing says of the folder, None if it does not know it yet."""
    with closing(HTTPConnection("127.0.0.1", gui, timeout=PATIENCE)) as connection:
        connection.request(
            method, f"/rest/db/{what}?folder=znreader", headers={"X-API-Key": "test"}
        )
        response = connection.getresponse()
        text = response.read()
    return json.loads(text) if response.status == HTTPStatus.OK and text else None


def scan(folder: Path) -> None:
    """Have Syncthing look at a folder now, and no longer refuse it once it is what it was."""
    config = (folder.parent / "st" / "config.xml").read_text()
    found = re.search(r"127\.0\.0\.1:(\d+)</address><apikey>", config)
    assert found is not None
    _ask(int(found[1]), "POST", "scan")


@contextmanager
def running(home: Path, count: int) -> Iterator[list[Engine]]:
    """Run several Syncthings, each with a folder of its own."""
    engines = engines_at(home, count)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for engine in engines:
            processes.append(_start(engine, engines))
            if engine is engines[0]:
                # One that calls another before that listens may wait long before it calls again.
                wait_until(engine.is_up, "Syncthing")
        for engine in engines:
            wait_until(engine.is_up, "Syncthing")
        yield engines
    finally:
        _end(processes)


def engines_at(home: Path, count: int) -> list[Engine]:
    """Return several Syncthings that are ready to be started."""
    ports = _ports(2 * count)
    return [
        _engine(home / f"m{number}", ports[2 * number], ports[2 * number + 1])
        for number in range(count)
    ]


@contextmanager
def started(engine: Engine, all_of_them: list[Engine]) -> Iterator[None]:
    """Run one Syncthing."""
    process = _start(engine, all_of_them)
    try:
        yield
    finally:
        _end([process])


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """End Syncthings; each watches over another process, which outlives it where it is killed."""
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait()


def machine_of(engine: Engine, *titles: str) -> Machine:
    """Return a machine with headlines of these titles, whose folder a Syncthing carries."""
    return machine(engine.home / "cache", engine.folder, engine.home.name, *titles)


def until_all(machines: list[Machine], titles: set[str]) -> None:
    """Exchange, wherever the folder changes, until all machines show these headlines as read."""
    until_so(
        machines,
        lambda: all(each.read_titles() == titles for each in machines),
        lambda: str([(each.read_titles(), sorted(files_in(each))) for each in machines]),
    )


def until_so(
    machines: list[Machine], condition: Callable[[], bool], what: str | Callable[[], str]
) -> None:
    """Exchange, wherever the folder changes, until `condition` holds; fail with `what` if never."""
    seen: dict[int, set[Path]] = {}

    def agreed() -> bool:
        for number, each in enumerate(machines):
            files = files_in(each)
            if files != seen.get(number):
                each.exchange(later(800))
                # As it was before: what came in meanwhile is not read yet.
                seen[number] = files
        return condition()

    wait_until(agreed, what)


def files_in(of: Machine) -> set[Path]:
    """Return the files of marks in the folder of a machine, without what engines put there."""
    folder = Path(of.settings.sync_folder)
    # Not by `glob`, which fails if a folder is removed meanwhile.
    found = (Path(at, name) for at, _, names in os.walk(folder) for name in names)
    return {path.relative_to(folder) for path in found if path.match("[0-9a-f]*/[0-9]*.jsonl.gz")}
