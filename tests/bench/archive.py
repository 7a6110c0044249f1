"""An archive of invented articles, the same for each count, kept in `.bench` between runs."""

import json
import random
import shutil
import time
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import asdict

from reader.model import Article, Block, Dateline, PageOrigin, Sighting, Teaser
from reader.store import Store
from reader.store.schema import VERSION
from reader.text.slug import slugify
from tests.bench.prose import Prose, rare
from tests.bench.table import progress
from tests.store.builders import NOON

FOLDER = Path(__file__).parents[2] / ".bench"
# To be raised when what is generated changes, so that archives on disk are made anew.
FORM = 2
_FILE = "cache.sqlite3"
_SITE = "https://www.zeelandnet.nl/nieuws/"
END = datetime(2026, 3, 14, 12, tzinfo=UTC)
_APART = timedelta(minutes=26)
_RELATED = 7
_WORDS, _LONG_WORDS = 280, 5000
# Among the newest, every _LONG_EVERYth article is long, so that the first pages have some.
_LONG_AMONG, _LONG_EVERY = 60, 5
_READ_EVERY, _SAVED_EVERY = 20, 200
_SECTIONS = {
    "Binnenland": 66, "Buitenland": 26, "Sport": 23, "Voetbal": 14, "Financieel": 12,
    "Middelburg": 11, "Beveland": 7, "Vlissingen": 7, "Tholen": 4, "Politiek": 4,
}  # fmt: skip
_AGENCIES = (("ANP",), ("ANP",), ("ANP", "RTR"), ("ANP", "DPA"), ())
# The raw page is kept of every _RAW_EVERYth article, so that each tenth costs the same.
_RAW_EVERY = 100


class Archive(Struct, frozen=True):
    """A cache of `count` articles to measure with, and the figures of storing them.

    `text` is in bytes of UTF-8, each text once. `wall` and `processor` are the seconds that
    `Store.add` took for each tenth of the articles.
    """

    folder: str
    count: int
    text: int
    wall: tuple[float, ...]
    processor: tuple[float, ...]

    @property
    def cache(self) -> Path:
        """Return the cache file, never to be written to."""
        return Path(self.folder) / _FILE

    def copy_to(self, folder: Path) -> Path:
        """Copy the cache into a data folder, to be marked and changed, and return the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.cache, folder / _FILE)
        return folder


def archive(count: int) -> Archive:
    """Return the archive of `count` articles; create it if it does not exist yet."""
    folder = FOLDER / f"{count}-form{FORM}-schema{VERSION}"
    told = folder / "archive.json"
    if told.exists():
        values = json.loads(told.read_text(encoding="utf-8"))
        return Archive(**{**values, "folder": str(folder)})
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=FOLDER) as name:
        made = _store(Path(name), count)
        (Path(name) / told.name).write_text(json.dumps(asdict(made)), encoding="utf-8")
        # Renamed once it is whole: one that was broken off is never measured.
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(name, folder)
    return archive(count)


def articles(count: int) -> Iterator[Article]:
    """Yield the articles, the oldest first, each with the teasers before it in its section."""
    before: dict[str, deque[tuple[Teaser, datetime]]] = {}
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - figures need no secrets
        left = count - 1 - number
        is_long = left < _LONG_AMONG and left % _LONG_EVERY == _LONG_EVERY - 2
        at = END - left * _APART
        teaser, texts = _written(number, chance, _LONG_WORDS if is_long else _WORDS)
        told = before.setdefault(teaser.section or "", deque(maxlen=_RELATED))
        related = tuple(_aged(other, published, at) for other, published in reversed(told))
        told.append((teaser, at - timedelta(minutes=40)))
        blocks = tuple(Block("paragraph", text) for text in (teaser.summary, *texts))
        yield Article(_aged(*told[-1], at), blocks, related, at)


def sign(number: int) -> str:
    """Return the name that only the lead of this article holds."""
    return rare(2 * number + 1)


def signs_of(article: Article) -> tuple[str, str]:
    """Return the names that only this article holds: that in its title, that in its lead."""
    return str(article.teaser.title).split()[1], article.teaser.summary.split(" naam ")[1].split()[
        0
    ]


def _written(number: int, chance: random.Random, words: int) -> tuple[Teaser, list[str]]:
    prose = Prose(chance)
    title = prose.title(rare(2 * number))
    places = (prose.place.upper(), "DEN HAAG") if chance.random() < 0.1 else (prose.place.upper(),)
    dateline = Dateline(places, chance.choice(_AGENCIES))
    (section,) = chance.choices(list(_SECTIONS), list(_SECTIONS.values()))
    lead = prose.lead(sign(number))
    return Teaser(_SITE + slugify(title), title, section, dateline, lead), prose.paragraphs(words)


def _aged(teaser: Teaser, published: datetime, at: datetime) -> Teaser:
    """Return a teaser as a page fetched `at` shows it: minutes, hours or days old."""
    age = at - published
    unit = timedelta(minutes=1)
    if age >= timedelta(hours=1):
        unit = timedelta(hours=1) if age < timedelta(days=1) else timedelta(days=1)
    least = age // unit * unit
    seen = Sighting(at - least - unit, at - least)
    return Teaser(teaser.url, teaser.title, teaser.section, teaser.dateline, teaser.summary, seen)


def _store(folder: Path, count: int) -> Archive:
    wall, processor, text = [0.0] * 10, [0.0] * 10, 0
    with Store(folder / _FILE) as library:
        for number, article in enumerate(articles(count)):
            place = number * 10 // count
            if number % max(count // 10, 1) == 0:
                progress(f"archive of {count}: {number} articles stored")
            text += _text_bytes(article)
            data = _page(article, number) if number % _RAW_EVERY == 0 else None
            origin = PageOrigin(str(article.teaser.url), f'"{number:x}"', None, data)
            began, busy = time.perf_counter(), time.process_time()
            library.pages.add(article, origin=origin)
            wall[place] += time.perf_counter() - began
            processor[place] += time.process_time() - busy
        # Done here, since a reader would do it in the background while other things are measured.
        while library.stories.place(END):
            progress(f"archive of {count}: reports placed in stories")
        ids = library.headlines.ids()
        for headline_id in ids[1::_READ_EVERY]:
            library.marks.set("read", [headline_id], NOON)
        for headline_id in ids[1::_SAVED_EVERY]:
            library.marks.set("saved", [headline_id], NOON)
    return Archive(str(folder), len(ids), text, tuple(wall), tuple(processor))


def _text_bytes(article: Article) -> int:
    """Return the bytes of title, lead, body, places, agencies and section; the lead is a block."""
    teaser = article.teaser
    line = teaser.dateline or Dateline(())
    texts = (teaser.title or "", teaser.section or "", *line.places, *line.agencies,
             *(block.text for block in article.blocks))  # fmt: skip
    return sum(len(text.encode()) for text in texts)


def _page(article: Article, number: int) -> bytes:
    """Return a page of some 100 kB with the article's text, as hard to compress as pages are."""
    chance = random.Random(number)  # noqa: S311 - figures need no secrets
    body = "".join(f"<p>{block.text}</p>\n" for block in article.blocks)
    furniture = (
        f"<div class='c{chance.getrandbits(64):x}'><a href='/nieuws/{chance.getrandbits(32)}'>"
        "Lees verder</a><span>Advertentie</span></div>\n"
        for _ in range(1000)
    )
    return f"<html><body>{body}{''.join(furniture)}</body></html>".encode()
