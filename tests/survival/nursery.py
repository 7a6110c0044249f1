"""Children that start in milliseconds, to be killed, stopped or waited for."""

import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fcntl import ioctl
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte

from tests.measured import measured
from tests.patience import wait_until
from tests.terminal.conftest import PtyTerminal

_ROOT = Path(__file__).parents[2]
_KEPT = ("PATH", "TMPDIR")
_COLOUR = re.compile(rb"\x1b\[[0-9;:]*m")
_CUT_OFF = re.compile(rb"\x1b(\[[0-?]*[ -/]*)?$")
_TASKS = "tests.survival.tasks"
# Modules that the program imports late.
_NETWORK = ("reader.cli.commands.sync",)
_PARSER = ("reader.cli.commands.import_pages",)
_SCREEN = ("reader.cli.commands.open_reader", "reader.ui.app", "reader.sync.child_process")
_MODULES = {"sync": _NETWORK, "import": _PARSER, "": _SCREEN}


class Nursery:
    """Starts children, each in an environment of its own, through a process that forks."""

    def __init__(self, folder: Path) -> None:
        """Begin; the children's homes and what they print lie in `folder`."""
        self._folder = folder
        self._numbers = count()
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._environment = {
            **kept,
            **measured(),
            "HOME": str(folder),
            "LC_ALL": "nl_NL.UTF-8",
            "PYTHONUTF8": "1",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.survival.forking"],
            cwd=_ROOT,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._children: list[Life] = []

    def __enter__(self) -> Self:
        """Return the nursery itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Kill every child that is left, and end."""
        for child in self._children:
            child.kill()
        self._server.communicate()

    def start(
        self,
        task: str,
        *arguments: object,
        terminal: str = "",
        environment: Mapping[str, str] | None = None,
        modules: Sequence[str] = (),
    ) -> "Life":
        """Have a child do a task with arguments that JSON knows, these modules being imported."""
        number = next(self._numbers)
        files = [self._folder / f"child-{number}.{stream}" for stream in ("out", "err")]
        order = {
            "call": f"{_TASKS}:{task}",
            "modules": [_TASKS, *modules],
            "arguments": arguments,
            "terminal": terminal,
            "files": [str(file) for file in files],
            "environment": dict(environment or {}),
        }
        child = Life(self, self.order(order), files[0], files[1])
        self._children.append(child)
        return child

    def run(
        self,
        data: Path,
        command: str,
        *arguments: str,
        clock: str | None = None,
        patience: float | None = None,
        terminal: str = "",
    ) -> "Life":
        """Have a child run `znreader COMMAND ...`, or the reader for ``, with its data there."""
        return self.start(
            "znreader",
            [*filter(None, [command]), *arguments],
            clock,
            patience,
            terminal=terminal,
            environment={"ZNREADER_DATA": str(data)},
            modules=_MODULES.get(command, ["reader.cli.main"]),
        )

    def order(self, order: object) -> Any:
        """Return the answer to an order."""
        stdin, stdout = self._server.stdin, self._server.stdout
        assert stdin
        assert stdout
        stdin.write(json.dumps(order) + "\n")
        stdin.flush()
        return json.loads(stdout.readline())


@dataclass
class Life:
    """One child; `status` is its exit status once it has ended, negative for a signal."""

    nursery: Nursery
    pid: int
    out_file: Path
    err_file: Path
    status: int | None = field(default=None, init=False)

    @property
    def out(self) -> str:
        """Return what it has printed."""
        return self.out_file.read_text() if self.out_file.exists() else ""

    @property
    def err(self) -> str:
        """Return what it has complained of."""
        return self.err_file.read_text() if self.err_file.exists() else ""

    def has_ended(self) -> bool:
        """Tell whether it is gone."""
        if self.status is None:
            self.status = self.nursery.order({"ended": self.pid})
        return self.status is not None

    def wait(self) -> int:
        """Return its exit status once it has ended; fail if it does not."""
        wait_until(self.has_ended, lambda: f"its end: {self.out}{self.err}")
        assert self.status is not None
        return self.status

    def kill(self) -> int:
        """End it at once, if it has not ended; return its exit status."""
        if not self.has_ended():
            self.signal(signal.SIGKILL)
        return self.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)


class _Colourless(pyte.ByteStream):
    """A stream without its colours, which would take most of the time and are looked at by none."""

    _rest = b""

    def feed(self, data: bytes) -> None:  # type: ignore[override]
        """Show what is plain; a sequence that is cut off waits for its end."""
        data = self._rest + data
        cut = _CUT_OFF.search(data)
        end = cut.start() if cut else len(data)
        self._rest = data[end:]
        super().feed(_COLOUR.sub(b"", data[:end]))


class ForkedTerminal(PtyTerminal):
    """A child of the nursery in a pseudo-terminal."""

    def __init__(
        self,
        nursery: Nursery,
        data: Path,
        *arguments: str,
        size: tuple[int, int] = (100, 30),
        patience: float | None = None,
    ) -> None:
        """Start the reader on the cache in `data`, in a terminal of this many columns and rows.

        It waits for other writers `patience` seconds, if that is given.
        """
        columns, rows = size
        self._screen = pyte.Screen(columns, rows)
        self._stream = _Colourless(self._screen)
        self.raw = bytearray()
        self._fd, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        # An opened headline is read at once, so that a test need not wait for each mark.
        settings = data / "reader.toml"
        settings.write_text('mark_read = "open"\n')
        options = ("--config", str(settings), *arguments)
        name = os.ttyname(slave)
        self.life = nursery.run(data, "", *options, patience=patience, terminal=name)
        self.pid = self.life.pid
        # Held open until the child has it, for a terminal that nobody holds is hung up.
        self._slave: int | None = slave

    def screen(self) -> str:
        """Return the present text of the screen."""
        shown = super().screen()
        if self.raw and self._slave is not None:
            os.close(self._slave)
            self._slave = None
        return shown

    def has_ended(self) -> bool:
        """Tell whether the program is gone."""
        self._read()
        return self.life.has_ended()

    def close(self) -> None:
        """Kill the program, whatever its state; its output stays on the screen."""
        self.life.kill()
        if self._slave is not None:
            os.close(self._slave)
            self._slave = None
        self._read()
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
