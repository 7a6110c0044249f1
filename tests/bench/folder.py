"""A folder of saved pages of any site, compared with trafilatura: speed and results.

Such pages are their publishers' and stand outside the project, so a run is told where they are.
"""

import gzip
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from reader.errors import PageError
from reader.parse import parse_page
from tests.bench.extraction import Page, cpu_seconds, parse, rival, speed
from tests.bench.table import Missing, Row

_NOW = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
_RIVAL = "trafilatura"
_MOST = 12


def measure(folder: Path | None) -> Iterator[Row]:
    """Yield the rows of speed, of kinds and of refusals; raise Missing without pages."""
    if folder is None:
        raise Missing("no folder of pages was given (--pages FOLDER)")
    pages: list[Page] = [(html, None) for html in _read(folder)]
    if not pages:
        raise Missing(f"no *.html or *.html.gz is in {folder}")
    warnings.simplefilter("ignore")
    other = rival(_RIVAL)
    if other is None:
        yield Row(f"{_RIVAL} beside", "not installed", "pip install '.[bench]'")
    tools = {"parse": parse} | ({_RIVAL: other} if other else {})
    yield speed(f"{len(pages)} pages of {folder.name}", cpu_seconds(tools, pages), len(pages))
    kinds: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for html, _ in pages:
        try:
            kinds[type(parse_page(html, _NOW)).__name__.lower()] += 1
        except PageError as error:
            kinds["refused"] += 1
            reasons[str(error)] += 1
    yield Row("what they are", _counts(kinds))
    yield Row("why pages are refused", _counts(reasons) or "none is")


def _read(folder: Path) -> Iterator[bytes]:
    for path in sorted([*folder.glob("*.html"), *folder.glob("*.html.gz")]):
        data = path.read_bytes()
        yield gzip.decompress(data) if path.suffix == ".gz" else data


def _counts(found: Counter[str]) -> str:
    """Return the most frequent ones with their counts: `article 12, listing 3`."""
    return ", ".join(f"{name} {count}" for name, count in found.most_common(_MOST))
