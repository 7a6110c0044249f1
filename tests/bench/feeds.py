"""A refresh of 200 feeds on 40 hosts, compared with newsboat if it is installed."""

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from reader.config.feeds import FollowedFeed, feed_list
from tests.bench.table import Row, missing
from tests.bench.terminal import environment
from tests.site.feeds import FeedHost, rss
from tests.site.ports import refused

_HOSTS, _FEEDS, _ITEMS, _CHANGED = 40, 200, 50, 10
_DELAY = 0.05
_TEXT = (
    "De haven meldt vandaag opnieuw dat er een schip is aangekomen met hout uit het noorden. " * 3
)
_SECONDS = 300


def measure(folder: Path) -> Iterator[Row]:
    """Yield how long a first refresh takes, and one in which nothing, or little, has changed."""
    ours, theirs = get_context("spawn").Pipe()
    hosts = get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    hosts.start()
    urls: list[str] = ours.recv()
    try:
        yield from _of_reader(folder / "feeds", urls, ours)
        ours.send("as before")
        ours.recv()
        yield _of_newcomer(folder / "newcomer", urls)
        yield from _of_newsboat(folder / "newsboat", urls)
    finally:
        hosts.kill()


def _of_reader(home: Path, urls: list[str], hosts: Connection) -> Iterator[Row]:
    settings = home / "config" / "znreader"
    settings.mkdir(parents=True)
    feeds = [FollowedFeed(url, full_text="feed") for url in urls]
    (settings / "feeds.toml").write_text(feed_list(feeds), encoding="utf-8")
    command = [sys.executable, "-m", "reader", "--site", f"{refused()}/", "sync", "--all", "--json"]
    first, cpu, memory = _timed(command, home)
    yield Row("200 feeds, the first time", f"{first:.2f} s", "4 s", first < 4)
    yield Row("of the processor", f"{cpu:.2f} s", "3 s", cpu < 3)
    yield Row("at its highest", f"{memory:.0f} MiB", "120 MiB", memory < 120)
    unchanged, _, _ = _timed(command, home)
    yield Row("200 feeds, all unchanged", f"{unchanged:.2f} s", ".8 s", unchanged < 0.8)
    hosts.send("change")
    hosts.recv()
    changed, _, _ = _timed(command, home)
    yield Row("200 feeds, 10 changed", f"{changed:.2f} s", "1.2 s", changed < 1.2)


def _of_newcomer(home: Path, urls: list[str]) -> Row:
    """Return how long it takes from the list of another program to news without a network."""
    home.mkdir(parents=True)
    outlines = "".join(
        f'<outline text="Blad {number}" xmlUrl="{url}"/>' for number, url in enumerate(urls)
    )
    opml = home / "feeds.opml"
    opml.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', encoding="utf-8")
    program = [sys.executable, "-m", "reader", "--site", f"{refused()}/"]
    steps = (["import", str(opml)], ["sync", "--all"], ["--offline", "list", "--limit", "20"])
    seconds = sum(_timed([*program, *step], home)[0] for step in steps)
    return Row("an OPML file of 200 feeds to news offline", f"{seconds:.2f} s")


def _of_newsboat(home: Path, urls: list[str]) -> Iterator[Row]:
    if shutil.which("newsboat") is None:
        yield missing("newsboat, the same feeds", "it is not installed")
        return
    folder = home / ".newsboat"
    folder.mkdir(parents=True)
    (folder / "urls").write_text("\n".join(urls), encoding="utf-8")
    (folder / "config").write_text("reload-threads 16\n", encoding="utf-8")
    for what in ("the first time", "all unchanged"):
        seconds, _, memory = _timed(["newsboat", "-x", "reload"], home)
        yield Row(f"newsboat: 200 feeds, {what}", f"{seconds:.2f} s, {memory:.0f} MiB")


def _timed(command: list[str], home: Path) -> tuple[float, float, float]:
    """Return the seconds, the seconds of processor and the MiB at most of a command."""
    script = (
        "import json, resource, subprocess, sys, time\n"
        "began = time.monotonic()\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "seconds = time.monotonic() - began\n"
        "print(json.dumps([seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command],
        env=environment(home), check=True, capture_output=True, text=True, timeout=_SECONDS,
    )  # fmt: skip
    seconds, cpu, memory = json.loads(done.stdout)
    return seconds, cpu, memory


def _serve(told: Connection) -> None:
    """Run the hosts until the process ends; some feeds change when that is asked for."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    now = datetime.now(UTC).replace(microsecond=0)
    with ExitStack() as stack:
        hosts = [
            stack.enter_context(FeedHost({}, f"127.0.0.{2 + number}", delay=_DELAY))
            for number in range(_HOSTS)
        ]
        places = [(hosts[number % _HOSTS], f"/feed{number}") for number in range(_FEEDS)]

        def fill(changed: int) -> None:
            for number, (host, path) in enumerate(places):
                first = 0 if number < changed else 1
                titles = [f"Bericht {each} van {number}" for each in range(first, first + _ITEMS)]
                host.pages[path] = rss(f"Blad {number}", *titles, text=_TEXT, at=now)

        fill(0)
        told.send([host.url(path) for host, path in places])
        while True:
            fill(_CHANGED if told.recv() == "change" else 0)
            told.send("done")
