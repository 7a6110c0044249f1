"""A refresh of feeds that is killed loses nothing and brings nothing twice.

`python -m tests.survival.test_feeds COUNT` kills as many as one likes.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from reader.config.feeds import FollowedFeed, feed_list
from reader.model import Selection
from reader.store import Store
from tests.patience import PATIENCE
from tests.site.feeds import NOW, FeedHost, rss
from tests.site.ports import refused

_ROOT = Path(__file__).parents[2]
_FEEDS, _ITEMS = 24, 20


@contextmanager
def hosts() -> Iterator[list[FeedHost]]:
    """Run hosts with a feed each; every second one is slow."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                FeedHost(
                    {"/rss": feed(number)}, f"127.0.0.{10 + number}", delay=0.03 * (number % 2)
                )
            )
            for number in range(_FEEDS)
        ]


def feed(number: int, first: int = 0) -> str:
    """Return a feed whose items are numbered from `first`."""
    titles = [f"Bericht {each} van {number}" for each in range(first, first + _ITEMS)]
    return rss(f"Blad {number}", *titles[::-1], at=NOW, home=f"https://blad{number}.test")


def command(home: Path) -> subprocess.Popen[bytes]:
    """Start a refresh of all feeds."""
    return subprocess.Popen(
        [sys.executable, "-m", "reader", "--site", f"{refused()}/", "sync", "--all", "--quiet"],
        cwd=_ROOT,
        env={**os.environ, "HOME": str(home), "ZNREADER_DATA": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def killed_often(home: Path, kills: int, chance: random.Random) -> None:
    """Kill refreshes while the feeds change, look at the cache each time, and end with a whole."""
    with hosts() as running:
        settings = home / ".config" / "znreader"
        settings.mkdir(parents=True)
        feeds = [FollowedFeed(host.url("/rss"), full_text="feed") for host in running]
        (settings / "feeds.toml").write_text(feed_list(feeds), encoding="utf-8")
        saved: set[str] = set()
        for kill in range(kills):
            process = command(home)
            time.sleep(chance.uniform(0.3, 2.0))
            process.kill()
            process.wait()
            for number, host in enumerate(running):
                host.pages["/rss"] = feed(number, kill % 5)
            saved |= mark_some(home, chance)
        process = command(home)
        assert process.wait(PATIENCE) is not None
        with Store(home / "cache.sqlite3") as cache:
            assert cache.maintenance.health().check == "ok"
            held = cache.headlines.load(cache.headlines.ids())
            titles = Counter(each.teaser.title for each in held)
            assert set(titles.values()) == {1}
            last = (kills - 1) % 5
            wanted = {
                f"Bericht {each} van {number}"
                for number in range(_FEEDS)
                for each in range(last, last + _ITEMS)
            }
            assert wanted <= set(titles)
            assert all(each.cached for each in held)
            marked = cache.headlines.load(cache.headlines.ids(Selection(saved=True)))
            assert {each.teaser.title for each in marked} == saved


def mark_some(home: Path, chance: random.Random) -> set[str]:
    """Save a few headlines, as a reader would between two refreshes; return their titles."""
    with Store(home / "cache.sqlite3") as cache:
        ids = cache.headlines.ids()
        chosen = chance.sample(ids, min(3, len(ids)))
        cache.marks.set("saved", chosen, NOW)
        return {each.teaser.title or "" for each in cache.headlines.load(chosen)}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_refresh_of_feeds_loses_and_doubles_nothing(tmp_path: Path, seed: int) -> None:
    killed_often(tmp_path / "reader", 3, random.Random(seed))  # noqa: S311


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        killed_often(Path(folder) / "reader", int(sys.argv[1]), random.Random(7))  # noqa: S311
        print("nothing lost, nothing twice")
