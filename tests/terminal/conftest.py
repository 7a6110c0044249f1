"""The program in a real terminal: always a pseudo-terminal, and tmux if it is installed."""

import os
import pty
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path
from select import select
from typing import Protocol

import pyte
import pytest

from reader.store import Store
from tests.measured import measured
from tests.patience import wait_until
from tests.store.builders import hours_old, linked, listing

_PROGRAM = [sys.executable, "-m", "reader"]
_ROOT = Path(__file__).parents[2]


class Terminal(Protocol):
    """A terminal with the program in it."""

    def press(self, keys: str) -> None:
        """Type `keys` literally; special keys are escape sequences."""

    def screen(self) -> str:
        """Return the present text of the screen."""

    def has_ended(self) -> bool:
        """Tell whether the program is gone."""

    def close(self) -> None:
        """Kill the program, whatever its state."""


class PtyTerminal:
    """The program in a pseudo-terminal, its screen kept by a terminal emulator."""

    def __init__(self, columns: int, rows: int, environment: dict[str, str]) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = bytearray()
        pid, fd = pty.fork()
        if pid == 0:
            os.chdir(_ROOT)
            os.execve(sys.executable, _PROGRAM, environment)
        self.pid = pid
        self._fd: int | None = fd
        ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._status: int | None = None

    def press(self, keys: str) -> None:
        assert self._fd is not None, "the terminal is closed"
        os.write(self._fd, os.fsencode(keys))

    def screen(self) -> str:
        self._read()
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def cursor(self) -> tuple[int, int]:
        """Return the column and the row of the terminal's cursor, shown or hidden."""
        return self._screen.cursor.x, self._screen.cursor.y

    def scribble(self, text: str) -> None:
        """Write to the screen, as another program would."""
        self._read()
        self._stream.feed(text.encode())

    def wait_for_output(self, seconds: float) -> bytes:
        """Return the next output, or nothing if there is none within this many seconds."""
        before = len(self.raw)
        if self._fd is not None and select([self._fd], [], [], seconds)[0]:
            self._read()
        return bytes(self.raw[before:])

    def settle(self) -> None:
        """Return once nothing more follows a key at once."""
        while self.wait_for_output(0.5):
            pass

    def has_ended(self) -> bool:
        self._read()
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = status if pid else None
        return self._status is not None

    def was_stopped(self) -> bool:
        """Tell whether the program has stopped since this was asked last, as a shell sees it."""
        pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
        if pid and not os.WIFSTOPPED(status):
            self._status = status
        return pid != 0 and os.WIFSTOPPED(status)

    def exit_code(self) -> int:
        """Return the exit status once it has ended, negative for the signal that it died of."""
        wait_for_end(self)
        assert self._status is not None
        return os.waitstatus_to_exitcode(self._status)

    def attributes(self) -> list[object]:
        """Return the settings of the terminal: whether keys are echoed, and such."""
        assert self._fd is not None, "the terminal is closed"
        return termios.tcgetattr(self._fd)

    def close(self) -> None:
        if self._status is None and not self.has_ended():
            os.kill(self.pid, signal.SIGKILL)
            _, self._status = os.waitpid(self.pid, 0)
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _read(self) -> None:
        while self._fd is not None and select([self._fd], [], [], 0.02)[0]:
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                return
            if not data:
                return
            self.raw += data
            # pyte knows no sequences with a private prefix such as `CSI > 1 u`.
            self._stream.feed(_without_private(data))


class TmuxTerminal:
    """The program in tmux."""

    def __init__(self, columns: int, rows: int, environment: dict[str, str]) -> None:
        self._socket = f"znreader-{os.getpid()}-{time.monotonic_ns()}"
        settings = [f"{name}={value}" for name, value in environment.items()]
        self._tmux(
            "-f",
            os.devnull,
            "new-session",
            "-d",
            "-x",
            str(columns),
            "-y",
            str(rows),
            "env",
            "-i",
            f"--chdir={_ROOT}",
            *settings,
            *_PROGRAM,
        )

    def press(self, keys: str) -> None:
        codes = [f"{byte:02x}" for byte in keys.encode()]
        self._tmux("send-keys", "-H", *codes)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p", check=False)

    def has_ended(self) -> bool:
        done = subprocess.run(
            ["tmux", "-L", self._socket, "has-session"], capture_output=True, check=False
        )
        return done.returncode != 0

    def close(self) -> None:
        self._tmux("kill-server", check=False)

    def _tmux(self, *arguments: str, check: bool = True) -> str:
        environment = {**os.environ, "TERM": "xterm-256color"}
        done = subprocess.run(
            ["tmux", "-L", self._socket, *arguments],
            capture_output=True,
            check=check,
            text=True,
            env=environment,
        )
        return done.stdout


Start = Callable[[int, int], Terminal]


@pytest.fixture(params=["pty", "tmux"])
def start(request: pytest.FixtureRequest, home: Path) -> Iterator[Start]:
    """Start the program in a terminal of the given size, in columns and rows."""
    if request.param == "tmux" and not shutil.which("tmux"):
        pytest.skip("tmux is not installed; the pseudo-terminal runs the same flow")
    kind = PtyTerminal if request.param == "pty" else TmuxTerminal
    open_terminals: list[Terminal] = []
    settings = home / ".config" / "znreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("offline = true\n")
    environment = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        **measured(),
        "LANG": "C.UTF-8",
        "LC_ALL": "nl_NL.UTF-8",
        "PYTHONUTF8": "1",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }

    def begin(columns: int, rows: int) -> Terminal:
        terminal = kind(columns, rows, environment)
        open_terminals.append(terminal)
        return terminal

    yield begin
    for terminal in open_terminals:
        terminal.close()


Begin = Callable[..., PtyTerminal]


@pytest.fixture
def begin(home: Path) -> Iterator[Begin]:
    """Start the program on some headlines; a variable that is None is not set."""
    titles = [f"Kunstwerk nummer {number} krijgt een plek aan de haven" for number in range(1, 40)]
    settings = home / ".config" / "znreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("offline = true\n")
    teasers = [linked(title, section="Sport", age=hours_old(n)) for n, title in enumerate(titles)]
    with Store(home / "data" / "cache.sqlite3") as library:
        library.pages.add(listing(*teasers))
    started: list[PtyTerminal] = []

    def start(**surroundings: str | None) -> PtyTerminal:
        usual = {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            **measured(),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "ZNREADER_DATA": str(home / "data"),
        }
        environment: dict[str, str | None] = {**usual, **surroundings}
        around = {name: value for name, value in environment.items() if value is not None}
        started.append(PtyTerminal(80, 24, around))
        return started[-1]

    yield start
    for terminal in started:
        # One that was stopped would not be ended by anything else.
        with suppress(ProcessLookupError):
            os.kill(terminal.pid, signal.SIGCONT)
        terminal.close()


def wait_for(terminal: Terminal, condition: Callable[[str], bool], what: str) -> str:
    """Return the screen as soon as `condition` holds for it; fail if it never does."""
    screen = ""

    def is_seen() -> bool:
        nonlocal screen
        screen = terminal.screen()
        return condition(screen)

    wait_until(is_seen, lambda: f"{what}:\n{screen}")
    return screen


def wait_for_notice(terminal: PtyTerminal, words: str) -> str:
    """Return the screen once a notice was shown with these words, which it may be no longer."""
    return wait_for(terminal, lambda _: words.encode() in terminal.raw, f"the notice {words!r}")


def wait_for_end(terminal: Terminal) -> None:
    """Return when the program has ended; fail if it does not."""
    wait_until(terminal.has_ended, lambda: f"its end:\n{terminal.screen()}")


def _without_private(data: bytes) -> bytes:
    out, position = bytearray(), 0
    while (start := data.find(b"\x1b[", position)) >= 0:
        out += data[position:start]
        end = start + 2
        while end < len(data) and not 0x40 <= data[end] <= 0x7E:
            end += 1
        sequence = data[start : end + 1]
        if sequence[2:3] not in {b">", b"<", b"="}:
            out += sequence
        position = end + 1
    return bytes(out + data[position:])
