"""The reader in a pseudo-terminal, timed from a key to what it paints."""

import os
import pty
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path
from select import select

_ROOT = Path(__file__).parents[2]
_PATIENCE = 20.0
_QUIET = 0.03


class Screen:
    """The program in a pseudo-terminal of 120x40; `output` is all that it wrote."""

    def __init__(self, data: Path, *arguments: str) -> None:
        """Start it on the cache in the folder `data`."""
        self.started = time.perf_counter()
        self.output = bytearray()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.chdir(_ROOT)
            environment = {**os.environ, "ZNREADER_DATA": str(data), "TERM": "xterm-256color",
                           "LANG": "C.UTF-8", "COLORTERM": "truecolor"}  # fmt: skip
            program = [sys.executable, "-m", "reader", *arguments]
            os.execve(sys.executable, program, environment)
        ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def seconds_until(self, text: str, since: float, start: int = 0) -> float:
        """Return how long after `since` the program wrote `text`, past the byte `start`."""
        wanted = text.encode()
        while wanted not in self.output[start:]:
            if time.perf_counter() - since > _PATIENCE or not self._read(0.5):
                raise TimeoutError(f"the reader never wrote {text!r}")
        return time.perf_counter() - since

    def press(self, key: str, paints: str) -> float:
        """Press a key and return the seconds until the program wrote `paints`."""
        start, since = len(self.output), time.perf_counter()
        os.write(self._fd, key.encode())
        return self.seconds_until(paints, since, start)

    def settle(self) -> None:
        """Read on until the program has been quiet for a moment."""
        while select([self._fd], [], [], _QUIET)[0]:
            if not self._read(0):
                return

    def pause(self, seconds: float) -> None:
        """Let time pass, reading what the program writes meanwhile."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._read(left)

    def quit(self) -> float:
        """Press q and return the seconds until the program is gone."""
        since = time.perf_counter()
        os.write(self._fd, b"q")
        while not os.waitpid(self.pid, os.WNOHANG)[0]:
            if time.perf_counter() - since > _PATIENCE:
                raise TimeoutError("the reader never ended")
            self._read(0.005)
        os.close(self._fd)
        return time.perf_counter() - since

    def kill(self) -> None:
        """End it however it stands."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def _read(self, seconds: float) -> bool:
        if not select([self._fd], [], [], seconds)[0]:
            return seconds > 0
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return False
        self.output += data
        return bool(data)


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
