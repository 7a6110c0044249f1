"""What feeds, stories and the exchange of marks cost the reader: with all of them, and with none.

Both readers are measured in turns, on the same articles; one has 100 feeds besides, the reports of
a story together, and a folder for its marks.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from reader.config.feeds import FollowedFeed, feed_list
from reader.model import Article
from reader.store import Store
from tests.bench.archive import Archive, signs_of
from tests.bench.picture import Picture
from tests.bench.start import start_first
from tests.bench.table import Missing, Row, progress
from tests.bench.terminal import ROOT, Screen, environment, keys
from tests.site.feeds import FeedHost, rss
from tests.site.ports import refused

_HOSTS, _FEEDS = 10, 100
_ROUNDS, _KEYS = 10, 60
_BOUND = 1.05
_COMMAND = (sys.executable, "-m", "reader", "--offline")
_WAITS = ("first headlines", "an article opened at the first frame", "cursor key", "next section")
_OFF = 'preview = false\nstories = "apart"\n'
_ON = 'preview = false\nstories = "together"\nsync_folder = "{folder}"\n'


def measure(large: Archive, folder: Path) -> Iterator[Row]:
    """Yield a row for each thing that a reader waits for."""
    homes = {"off": large.copy_to(folder / "off"), "on": large.copy_to(folder / "on")}
    _write(homes["off"], _OFF)
    _write(homes["on"], _ON.format(folder=folder / "marks"))
    (folder / "marks").mkdir()
    _follow(homes["on"])
    with Store(homes["off"] / "cache.sqlite3") as library:
        article = library.articles.load(library.headlines.ids(limit=1)[0])
    if article is None:
        raise Missing("the first headline has no article")
    for home in homes.values():
        start_first(_COMMAND, signs_of(article)[0], home)
    taken: dict[str, list[tuple[float, ...]]] = {name: [] for name in homes}
    for number in range(_ROUNDS):
        progress(f"switched on, round {number + 1} of {_ROUNDS}")
        for name, home in homes.items():
            taken[name].append(_started(home, article))
    whats = (
        "first headlines",
        "an article opened at the first frame",
        "cursor key",
        "next section",
    )
    for place, what in enumerate(whats):
        off, on = (median(each[place] for each in taken[name]) for name in ("off", "on"))
        yield Row(
            f"{what}, with {_FEEDS} feeds, stories and marks exchanged, beside none of them",
            f"{on * 1000:.1f} and {off * 1000:.1f} ms: {on / off:.2f} x",
            f"{_BOUND} x",
            on / off <= _BOUND,
        )


def _write(home: Path, settings: str) -> None:
    file = home / "config" / "znreader" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(settings, encoding="utf-8")


def _follow(home: Path) -> None:
    """Follow the feeds, and fetch them: each has a few articles from before the archive's."""
    with ExitStack() as stack:
        hosts = [
            stack.enter_context(FeedHost({}, f"127.0.0.{2 + number}")) for number in range(_HOSTS)
        ]
        urls = []
        for number in range(_FEEDS):
            host, path = hosts[number % _HOSTS], f"/feed{number}"
            titles = [f"Bericht {each} van {number}" for each in range(3)]
            at = datetime(2020, 1, 1, tzinfo=UTC)
            host.pages[path] = rss(f"Blad {number}", *titles, text="Kort nieuws.", at=at)
            urls.append(host.url(path))
        feeds = [FollowedFeed(url, full_text="feed") for url in urls]
        (home / "config" / "znreader" / "feeds.toml").write_text(feed_list(feeds), encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "reader", "--site", f"{refused()}/", "sync", "--all"],
            cwd=ROOT, env=environment(home), check=False, capture_output=True,
        )  # fmt: skip


def _started(home: Path, article: Article) -> tuple[float, ...]:
    """Return the seconds of each row in one run of the reader."""
    title, lead = signs_of(article)
    screen = Screen(_COMMAND, environment(home))
    try:
        ready = screen.seconds_until(title, screen.started)
        screen.type("\r")
        opened = screen.seconds_until(lead, screen.started)
        screen.settle(1.0)
        screen.type("h")
        screen.settle(0.3)
        cursor = median(keys(screen, _KEYS))
        return ready, opened, cursor, median(_sections(screen))
    finally:
        screen.kill()


def _sections(screen: Screen) -> Iterator[float]:
    """Yield the seconds from the key of the next section to the last change of the screen."""
    picture = Picture(screen)
    picture.catch_up()
    for _ in range(8):
        taken = picture.seconds_to_final(screen.type("]"), 0.3, below=2)
        if taken is not None:
            yield taken
