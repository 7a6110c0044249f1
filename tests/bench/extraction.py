"""Extraction of articles, compared with other extractors: speed and exactness.

Parsers run in one process on the same pages, in turns of a few pages each, and CPU time is taken,
so that what else the machine does falls on all alike. An import takes other processes to help; it
reads the same pages from files, beside trafilatura doing so, and the clock is taken for both.
"""

import json
import re
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from msgspec import Struct

from reader.config import Settings
from reader.errors import PageError
from reader.intake import import_files
from reader.model import Article, Block, Dateline
from reader.parse import parse_page
from reader.store import Store
from reader.text.dateline import format_dateline
from tests.bench.table import Row
from tests.site import View, make_edition
from tests.site.layouts import LAYOUTS, READABLE

_NOW = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
_SITE = "https://www.zeelandnet.nl"
_GOLDENS = Path(__file__).parents[1] / "pages"
_SIZES = (10_000, 40_000, 100_000)
_PAGES = 200
_WARM = 20
_TURN = 10
_TURNS = 3
_RIVALS = ("trafilatura", "newspaper4k", "readability-lxml")
_NOT_WORDS = re.compile(r"\W+")

Page = tuple[bytes, str | None]
Tool = Callable[[bytes, str | None], str | None]


class _Sample(Struct, frozen=True):
    """One page and the body that an extractor should find in it."""

    html: bytes
    url: str
    title: str
    dateline: Dateline | None
    blocks: tuple[Block, ...]


def measure() -> Iterator[Row]:
    """Yield a row of speed for each layout and size, and one of exactness for each layout."""
    warnings.simplefilter("ignore")
    rivals = {name: tool for name in _RIVALS if (tool := rival(name))}
    for name in _RIVALS:
        if name not in rivals:
            yield Row(f"{name} beside", "not installed", "pip install '.[bench]'")
    tools = {"parse": parse, **rivals}
    spent: dict[str, float] = dict.fromkeys(tools, 0.0)
    count = 0
    with TemporaryDirectory() as folder:
        for number, layout in enumerate(READABLE):
            for size in _SIZES:
                samples = _samples(layout, size, seed=100 * number + size)
                seconds = cpu_seconds(tools, _pages(samples))
                yield speed(f"{layout}, {size // 1000} kB", seconds, _PAGES)
                spent = {tool: spent[tool] + seconds[tool] for tool in tools}
                for sample in samples:
                    (Path(folder) / f"{count:06}.html").write_bytes(sample.html)
                    count += 1
            yield _exactness(layout, tools, samples)
        yield speed("all of these", spent, count)
        yield _import_speed(Path(folder), rivals.get("trafilatura"))
    goldens = list(_goldens())
    yield speed("golden pages", cpu_seconds(tools, _pages(goldens)), len(goldens))
    yield _exactness("golden pages", tools, goldens)


def _import_speed(folder: Path, other: Tool | None) -> Row:
    """Return how fast all files in a folder are imported into an empty cache, by the clock."""
    files = sorted(folder.glob("*.html"))
    ours, theirs = [], []
    for turn in range(_TURNS):
        cache = folder / f"{turn}.sqlite3"
        began = time.perf_counter()
        with Store(cache) as library:
            stored = sum(
                each.error is None
                for each in import_files(library, files, Settings(cache, cache), _NOW)
            )
        ours.append(stored / (time.perf_counter() - began))
        if other:
            began = time.perf_counter()
            for file in files:
                other(file.read_bytes(), _SITE)
            theirs.append(len(files) / (time.perf_counter() - began))
    rate = median(ours)
    beside = f"trafilatura {median(theirs):.0f}: {rate / median(theirs):.2f} x" if theirs else ""
    return Row(f"import of {len(files)} files", f"{rate:.0f} pages/s", beside)


def speed(what: str, seconds: dict[str, float], count: int) -> Row:
    """Return the row of how many pages a second `parse` reads, beside the others."""
    rates = {tool: count / spent for tool, spent in seconds.items()}
    ours = f"parse {rates['parse']:.0f} pages/s"
    beside = (
        f"{tool} {rate:.0f}: {rates['parse'] / rate:.2f} x"
        for tool, rate in rates.items()
        if tool in _RIVALS
    )
    return Row(f"extraction, {what}", ours, "; ".join(beside))


def _exactness(what: str, tools: dict[str, Tool], samples: Sequence[_Sample]) -> Row:
    right = {
        name: sum(_is_right(tool(sample.html, sample.url), sample) for sample in samples)
        for name, tool in tools.items()
    }
    beside = "; ".join(f"{name} {count}" for name, count in right.items() if name != "parse")
    return Row(f"body right to the letter, {what}", f"{right['parse']} of {len(samples)}", beside)


def cpu_seconds(tools: dict[str, Tool], pages: Sequence[Page]) -> dict[str, float]:
    """Return the CPU seconds that each tool takes for all pages."""
    spent = dict.fromkeys(tools, 0.0)
    for page in pages[-_WARM:]:
        for tool in tools.values():
            tool(*page)
    rest = iter(pages)
    while turn := list(islice(rest, _TURN)):
        for name, tool in tools.items():
            began = time.process_time()
            for page in turn:
                tool(*page)
            spent[name] += time.process_time() - began
    return spent


def _pages(samples: Sequence[_Sample]) -> list[Page]:
    return [(sample.html, sample.url) for sample in samples]


def _samples(layout: str, size: int, seed: int) -> list[_Sample]:
    edition = make_edition(seed, _PAGES, _NOW)
    view = View(edition, LAYOUTS[layout], _NOW, _SITE, size)
    return [
        _Sample(
            view.article(item).html.encode(),
            _SITE + item.path,
            item.title,
            item.dateline,
            item.blocks,
        )
        for item in edition.items
    ]


def _goldens() -> Iterator[_Sample]:
    for path in sorted(_GOLDENS.glob("*.json")):
        golden = json.loads(path.read_text("utf-8"))
        page, wanted = path.with_suffix(".html"), golden["expected"]
        if page.exists() and wanted["kind"] == "article":
            blocks = tuple(Block(block["kind"], block["text"]) for block in wanted["blocks"])
            found = wanted["dateline"]
            dateline = found and Dateline(tuple(found["places"]), tuple(found["agencies"]))
            url = golden["url"] or _SITE
            yield _Sample(page.read_bytes(), url, wanted["title"], dateline, blocks)


def _is_right(found: str | None, sample: _Sample) -> bool:
    """Tell whether a text is the body, all of it, after the headline and the dateline at most."""
    told = format_dateline(sample.dateline) if sample.dateline else ""
    letters = _letters(found or "")
    body = _letters("".join(block.text for block in sample.blocks))
    before = ("", told, sample.title, sample.title + told, sample.title * 2 + told)
    return any(letters == _letters(text) + body for text in before)


def _letters(text: str) -> str:
    return _NOT_WORDS.sub("", text)


def parse(html: bytes, url: str | None) -> str | None:
    """Return the body that our own parser finds, None where it finds no article."""
    try:
        page = parse_page(html, _NOW, url)
    except PageError:
        return None
    return "\n".join(block.text for block in page.blocks) if isinstance(page, Article) else None


def rival(name: str) -> Tool | None:
    """Return an extractor, or None where it is not installed."""
    try:
        return {"trafilatura": _trafilatura, "newspaper4k": _newspaper}.get(name, _readability)()
    except ImportError:
        return None


def _trafilatura() -> Tool:
    import trafilatura  # noqa: PLC0415

    return lambda html, url: trafilatura.extract(html, url, fast=True, include_comments=False)


def _newspaper() -> Tool:
    import newspaper  # noqa: PLC0415

    def extract(html: bytes, url: str | None) -> str | None:
        article = newspaper.Article(url or _SITE, language="nl")
        article.download(input_html=html.decode("utf-8", "replace"))
        article.parse()
        text: str = article.text
        return text

    return extract


def _readability() -> Tool:
    import lxml.html  # noqa: PLC0415
    import readability  # noqa: PLC0415

    def extract(html: bytes, url: str | None) -> str | None:
        summary = readability.Document(html.decode("utf-8", "replace"), url=url).summary()
        text: str = lxml.html.document_fromstring(summary).text_content()
        return text

    return extract
