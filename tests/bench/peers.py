"""Other terminal news readers, on the same articles, if they are installed."""

import email.utils
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from msgspec import Struct

from reader.model import Article
from tests.bench.archive import FOLDER, FORM, articles, signs_of
from tests.bench.prose import COMMON
from tests.bench.table import Missing, Row, missing, progress
from tests.bench.terminal import Screen, environment

_RSS = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Nieuws</title>'
# It takes newsboat minutes to read a feed of 100,000 items.
_PATIENCE = 1200
_CONFIG = "max-items 0\nauto-reload no\nconfirm-exit no\n"


class Prepared(Struct, frozen=True):
    """A peer with its data: how to start it, and what its list of articles shows at first.

    Each of `steps` is what to wait for and the key to press then, on the way to the list.
    """

    command: tuple[str, ...]
    home: Path
    steps: tuple[tuple[str, str], ...]
    ready: str

    def start(self) -> tuple[Screen, float]:
        """Start it and return it with the seconds until its list was painted."""
        screen = Screen(self.command, environment(self.home))
        for sign, key in self.steps:
            screen.seconds_until(sign, screen.started)
            screen.type(key)
        return screen, screen.seconds_until(self.ready, screen.started)


class Peer(Struct, frozen=True):
    """A program to measure beside the reader."""

    name: str
    command: str
    fill: Callable[[Path, int], Prepared]

    def prepare(self, count: int) -> Prepared:
        """Return it with `count` articles, prepared once and kept; raises Missing."""
        if shutil.which(self.command) is None:
            raise Missing(f"{self.command} is not installed")
        folder = FOLDER / f"{self.command}-{count}-form{FORM}"
        folder.mkdir(parents=True, exist_ok=True)
        return self.fill(folder, count)


def searches(count: int) -> Iterator[Row]:
    """Yield the rows of newsboat's search; sfeed_curses has none in the articles' text."""
    what = f"newsboat: search in {count:,} articles"
    try:
        prepared = NEWSBOAT.prepare(count)
        wanted = [("one hit", _newest(count)[1]), ("two thirds of all", COMMON[0][0])]
        for kind, word in wanted:
            progress(f"newsboat, search for {word}")
            screen, _ = prepared.start()
            screen.settle(1)
            screen.press("/", "earch")
            screen.type(word)
            screen.settle(0.3)
            start = len(screen.output)
            seconds = screen.seconds_until("earch result", screen.type("\r"), start)
            screen.kill()
            yield Row(f"{what}, {kind}", f"{seconds * 1000:.0f} ms")
    except (Missing, TimeoutError) as error:
        yield missing(what, error)


def _newest(count: int) -> tuple[str, str]:
    *_, last = articles(count)
    return signs_of(last)


def _fill_newsboat(folder: Path, count: int) -> Prepared:
    cache, urls, config = folder / "cache.db", folder / "urls", folder / "config"
    command = ("newsboat", "-q", "-u", str(urls), "-c", str(cache), "-C", str(config))
    told = folder / "newest"
    if not told.exists():
        progress(f"newsboat reads a feed of {count} articles, once")
        feed = folder / "feed.xml"
        with feed.open("w", encoding="utf-8") as file:
            file.write(_RSS)
            for article in articles(count):
                file.write(_rss_item(article))
            file.write("</channel></rss>\n")
        urls.write_text(f"{feed.as_uri()}\n")
        config.write_text(_CONFIG)
        cache.unlink(missing_ok=True)
        subprocess.run([*command, "-x", "reload"], check=True, env=environment(folder),
                       capture_output=True, timeout=_PATIENCE)  # fmt: skip
        feed.unlink()
        told.write_text(signs_of(article)[0])
    # The list of feeds shows how many are unread of how many, cut off where both do not fit.
    return Prepared(command, folder, ((f"({count}/", "\r"),), told.read_text())


def _fill_sfeed(folder: Path, count: int) -> Prepared:
    feed, told = folder / "nieuws", folder / "newest"
    if not told.exists():
        progress(f"a file of {count} articles for sfeed_curses, once")
        # The newest come first, as sfeed itself writes them.
        lines = [_sfeed_line(article) for article in articles(count)]
        feed.write_text("".join(reversed(lines)), encoding="utf-8")
        *_, last = articles(count)
        told.write_text(signs_of(last)[0])
    return Prepared(("sh", "-c", f"exec sfeed_curses <'{feed}'"), folder, (), told.read_text())


def _rss_item(article: Article) -> str:
    teaser = article.teaser
    body = "".join(f"<p>{block.text}</p>" for block in article.blocks)
    return (
        f"<item><title>{escape(teaser.title or '')}</title><link>{teaser.url}</link>"
        f"<guid>{teaser.url}</guid><pubDate>{email.utils.format_datetime(article.fetched)}"
        f"</pubDate><description>{escape(body)}</description></item>\n"
    )


def _sfeed_line(article: Article) -> str:
    teaser = article.teaser
    body = "\\n".join(block.text for block in article.blocks)
    stamp = int(article.fetched.timestamp())
    return f"{stamp}\t{teaser.title}\t{teaser.url}\t{body}\tplain\t{teaser.url}\t\t\t\n"


NEWSBOAT = Peer("newsboat", "newsboat", _fill_newsboat)
ALL = (NEWSBOAT, Peer("sfeed_curses", "sfeed_curses", _fill_sfeed))
