"""A program in a pseudo-terminal, with its output and the time of each piece."""

import os
import pty
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from fcntl import ioctl
from pathlib import Path
from select import select

ROOT = Path(__file__).parents[2]
COLUMNS, ROWS = 120, 40
_PATIENCE = 30.0
_QUIET = 0.03
# Variables of the user's environment that would change the figures.
_UNWANTED = (
    "TEXTUAL", "NO_COLOR", "COLUMNS", "LINES", "LC_", "ZNREADER", "TMUX", "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip


def environment(home: Path) -> dict[str, str]:
    """Return the environment in which every program is measured, with a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_UNWANTED)}
    return kept | {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"),
                   "ZNREADER_DATA": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8",
                   "LC_ALL": "C.UTF-8", "COLORTERM": "truecolor"}  # fmt: skip


class Screen:
    """A program in a pseudo-terminal of 120x40.

    `output` is all that it wrote; `stamps` tell when (seconds) it had grown to which length.
    """

    def __init__(self, command: Sequence[str], surroundings: Mapping[str, str]) -> None:
        self.output = bytearray()
        self.stamps: list[tuple[float, int]] = []
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.execvpe(command[0], list(command), dict(surroundings))
        ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def seconds_until(self, text: str, since: float, start: int = 0) -> float:
        """Return how long after `since` the program wrote `text`, past the byte `start`."""
        wanted = text.encode()
        while self.output.find(wanted, start) < 0:
            if time.perf_counter() - since > _PATIENCE or not self._read(0.5):
                raise TimeoutError(f"the program never wrote {text!r}")
        return time.perf_counter() - since

    def type(self, keys: str) -> float:
        """Press keys and return when that was."""
        since = time.perf_counter()
        os.write(self._fd, keys.encode())
        return since

    def press(self, key: str, paints: str) -> float:
        """Press a key and return the seconds until the program wrote `paints`."""
        start = len(self.output)
        return self.seconds_until(paints, self.type(key), start)

    def settle(self, quiet: float = _QUIET) -> None:
        """Read until the program has written nothing for this many seconds."""
        until = time.perf_counter() + _PATIENCE
        while select([self._fd], [], [], quiet)[0] and time.perf_counter() < until:
            if not self._read(0):
                return

    def pause(self, seconds: float) -> None:
        """Let time pass, reading what the program writes meanwhile."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._read(left)

    def forget(self) -> None:
        """Drop what it wrote so far, which in an hour would be a lot."""
        self.output.clear()
        self.stamps.clear()

    def end(self) -> float:
        """Wait for the program to end and return the seconds since it was started."""
        self._wait(self.started)
        return time.perf_counter() - self.started

    def quit(self) -> float:
        """Press q and return the seconds until the program is gone."""
        since = self.type("q")
        self._wait(since)
        return time.perf_counter() - since

    def kill(self) -> None:
        """Kill the program, whatever its state."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def _wait(self, since: float) -> None:
        while not os.waitpid(self.pid, os.WNOHANG)[0]:
            if time.perf_counter() - since > _PATIENCE:
                raise TimeoutError("the program never ended")
            self._read(0.002)
        os.close(self._fd)

    def _read(self, seconds: float) -> bool:
        if not select([self._fd], [], [], seconds)[0]:
            return seconds > 0
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return False
        self.output += data
        self.stamps.append((time.perf_counter(), len(self.output)))
        return bool(data)


def reader(data: Path, *arguments: str) -> Screen:
    """Start the reader on the cache in the folder `data`."""
    return Screen([sys.executable, "-m", "reader", *arguments], environment(data))


def without_preview(home: Path) -> None:
    """Write settings without the preview, which would change the screen while the cursor rests."""
    file = home / "config" / "znreader" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("preview = false\n", encoding="utf-8")


def keys(screen: Screen, count: int, goes_on: Callable[[], bool] = lambda: True) -> list[float]:
    """Return the seconds from a cursor key to the cursor's new place, for `count` keys."""
    seconds = []
    for number in range(count):
        if not goes_on():
            break
        screen.settle()
        seconds.append(screen.press("k" if number % 20 >= 10 else "j", "▌"))
        screen.pause(0.05)
    return seconds
