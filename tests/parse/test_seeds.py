"""Two saved pages of the real site, kept outside the project, are read whole if present."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.model import Article, Dateline
from reader.parse import parse_page
from reader.text.dateline import format_dateline

_SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
_AT = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
_CHROME_LINES = 3

pytestmark = pytest.mark.skipif(not _SEEDS.is_dir(), reason=f"the seed pages are not at {_SEEDS}")


def _read(name: str) -> tuple[Article, list[str]]:
    data = (_SEEDS / name).read_bytes()
    page = parse_page(data, _AT)
    assert isinstance(page, Article)
    return page, [line for line in data.decode().splitlines() if line.strip()]


@pytest.mark.parametrize("name", ["belarus-sco.txt", "sjoigoe-minsk.txt"])
def test_every_line_of_a_real_page_finds_its_place(name: str) -> None:
    article, lines = _read(name)
    rebuilt = [article.teaser.title, article.teaser.title]
    assert article.teaser.dateline is not None
    first, *rest = [block.text for block in article.blocks]
    rebuilt += [
        f"{format_dateline(article.teaser.dateline)} - {first}",
        *rest,
        "Meer uit Buitenland",
    ]
    for teaser in article.related:
        assert teaser.dateline is not None
        rebuilt += [teaser.title, f"{format_dateline(teaser.dateline)} - {teaser.summary}"]
    ages = [line for line in lines if line.endswith("geleden")]
    assert rebuilt == [line for line in lines[_CHROME_LINES:] if line not in ages]
    assert len(article.related) == len(ages) == 7


def test_what_a_reader_wants_to_know_of_the_first_page() -> None:
    article, _ = _read("belarus-sco.txt")
    assert article.teaser.section == "Buitenland"
    assert article.teaser.dateline == Dateline(("ASTANA",), ("ANP", "DPA", "AFP"))
    assert [block.text for block in article.blocks if block.kind == "heading"] == ["Kruispunt"]
    published = article.related[3].published
    assert published is not None
    assert published.earliest == _AT - timedelta(hours=2)
