"""The live edition: a sync of 200 pages of 100 kB at 50 ms latency, and keys pressed meanwhile."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.table import Row, p50_p95
from tests.bench.terminal import Screen, keys
from tests.site import FAULTS, Site, make_edition

_ROOT = Path(__file__).parents[2]
_PAGES, _SIZE, _LATENCY = 200, 100_000, 0.05
_KEYS = 100
_MEASURED = (
    "import sys; from reader.cli import main; main(sys.argv[1:]); "
    "status = open('/proc/self/status').read(); "
    "print(status.partition('VmHWM:')[2].split()[0], file=sys.stderr)"
)


def measure() -> Iterator[Row]:
    """Yield the rows of the live edition."""
    now = datetime.now(UTC)
    site = Site(make_edition(1, _PAGES, now), size=_SIZE, latency=_LATENCY, clock=lambda: now)
    with site, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _syncs(site, folder / "sync")
        yield from _keys(site, folder / "keys")
        yield _quit(site, folder / "quit")


def _syncs(site: Site, data: Path) -> Iterator[Row]:
    for which in ("first", "second"):
        site.log.forget()
        began = time.perf_counter()
        done, memory = _sync(site, data)
        wall = time.perf_counter() - began
        bound = done["requests"] * _LATENCY / 4
        yield Row(
            f"{which} sync, {done['articles']} articles of {_SIZE // 1000} kB",
            f"{wall:.2f} s, {done['requests']} requests, {site.log.sent / 1e6:.1f} MB, "
            f"{memory / 1024:.0f} MiB",
            f"{bound:.2f} s is what {_LATENCY * 1000:.0f} ms and 4 connections set: "
            f"{wall / bound:.2f} x",
        )


def _sync(site: Site, data: Path) -> tuple[dict[str, int], int]:
    arguments = ["--site", site.url, "sync", "--json", "--pages", "20", "--all"]
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *arguments], cwd=_ROOT, check=True, text=True,
        capture_output=True, env={**os.environ, "ZNREADER_DATA": str(data)})  # fmt: skip
    return json.loads(done.stdout), int(done.stderr.split()[-1])


def _keys(site: Site, data: Path) -> Iterator[Row]:
    _sync(site, data)
    screen = Screen(data, "--offline")
    screen.seconds_until("▌", screen.started)
    screen.pause(1)
    idle = p50_p95(keys(screen, _KEYS))
    screen.quit()
    # All articles are asked for anew: another reader, who has the headlines only.
    site.edition = site.edition.later(datetime.now(UTC), _PAGES)
    screen = Screen(data, "--site", site.url)
    screen.seconds_until("▌", screen.started)
    until = time.perf_counter() + 8
    busy = p50_p95(keys(screen, _KEYS, lambda: time.perf_counter() < until))
    screen.kill()
    yield Row("key to paint, idle: p50, p95", f"{idle[0]:.0f}, {idle[1]:.0f} ms")
    yield Row("key to paint, during a sync: p50, p95", f"{busy[0]:.0f}, {busy[1]:.0f} ms",
              f"p95 {busy[1] / idle[1]:.2f} x of idle")  # fmt: skip


def _quit(site: Site, data: Path) -> Row:
    site.faults = {item.path: FAULTS["stalled-head"] for item in site.edition.items}
    screen = Screen(data, "--site", site.url)
    screen.seconds_until("▌", screen.started)
    screen.pause(3)
    return Row("quit during a slow fetch", f"{screen.quit():.2f} s", "0.5 s at most")
