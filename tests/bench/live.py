"""A sync of 200 pages of 100 kB at 50 ms latency, with keys pressed meanwhile."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.table import Row, p50_p95, progress
from tests.bench.terminal import keys, reader

_ROOT = Path(__file__).parents[2]
_PAGES, _SIZE, _LATENCY = 200, 100_000, 0.05
_KEYS = 100
# A character that is drawn while a sync runs.
_BAR = "▱"
_RECENT = 20_000
_MEASURED = (
    "import sys, reader.cli.light_msgspec; from reader.cli.main import main; main(sys.argv[1:]); "
    "status = open('/proc/self/status').read(); "
    "print(status.partition('VmHWM:')[2].split()[0], file=sys.stderr)"
)


def measure() -> Iterator[Row]:
    """Yield the rows of the live edition."""
    progress("the live edition")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _site("--seed", "1") as url:
            yield from _syncs(url, folder / "sync")
            _sync(url, folder / "keys")
        with _site("--seed", "2") as url:
            yield from _keys(url, folder / "keys")
        with _site("--seed", "3", "--latency", "20000") as url:
            yield _quit(url, folder / "quit")


@contextmanager
def _site(*arguments: str) -> Iterator[str]:
    """Run the stand-in in another process, so that it takes no time from the measured one."""
    command = [sys.executable, "-m", "tests.site", "--port", "0", "--articles", str(_PAGES),
               "--size", str(_SIZE), "--latency", str(_LATENCY * 1000), "--still"]  # fmt: skip
    child = subprocess.Popen([*command, *arguments], cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    try:
        first = child.stdout.readline() if child.stdout else ""
        threading.Thread(target=child.communicate, daemon=True).start()
        yield first.split(" at ")[1].partition(",")[0]
    finally:
        child.terminate()
        child.wait()


def _syncs(url: str, data: Path) -> Iterator[Row]:
    for which in ("first", "second"):
        began = time.perf_counter()
        done, memory = _sync(url, data)
        wall = time.perf_counter() - began
        bound = done["requests"] * _LATENCY / 4
        yield Row(
            f"{which} sync, {done['articles']} new articles of {_SIZE // 1000} kB",
            f"{wall:.2f} s, {done['requests']} requests, {done['received'] / 1e6:.1f} MB packed, "
            f"{memory / 1024:.0f} MiB",
            f"{bound:.2f} s is what {_LATENCY * 1000:.0f} ms and 4 connections set: "
            f"{wall / bound:.2f} x",
        )


def _sync(url: str, data: Path) -> tuple[dict[str, int], int]:
    arguments = ["--site", url, "sync", "--json", "--pages", "20", "--all"]
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *arguments], cwd=_ROOT, check=True, text=True,
        capture_output=True, env={**os.environ, "ZNREADER_DATA": str(data)})  # fmt: skip
    return json.loads(done.stdout), int(done.stderr.split()[-1])


def _keys(url: str, data: Path) -> Iterator[Row]:
    screen = reader(data, "--offline")
    screen.seconds_until("▌", screen.started)
    screen.pause(1)
    idle = p50_p95(keys(screen, _KEYS))
    screen.quit()
    screen = reader(data, "--site", url)
    screen.seconds_until("▌", screen.started)
    screen.seconds_until(_BAR, screen.started)
    busy = p50_p95(keys(screen, _KEYS, lambda: _BAR.encode() in screen.output[-_RECENT:]))
    screen.kill()
    yield Row("key to paint, idle: p50, p95", f"{idle[0]:.0f}, {idle[1]:.0f} ms")
    yield Row(
        "the same during a sync of 200 pages",
        f"{busy[0]:.0f}, {busy[1]:.0f} ms: p95 {busy[1] / idle[1]:.2f} x of idle",
        "60 ms",
        busy[1] <= 60,
    )


def _quit(url: str, data: Path) -> Row:
    screen = reader(data, "--site", url)
    screen.seconds_until("▌", screen.started)
    screen.pause(2)
    seconds = screen.quit()
    return Row("quit during a slow fetch", f"{seconds:.2f} s", "0.5 s", seconds <= 0.5)
