"""The sample edition: the real parser reads it whole, and its links are consistent."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.intake import parse_file
from reader.model import Article
from reader.resources import SAMPLE_PAGES
from reader.text.slug import slugify

_AT = datetime(2026, 3, 26, 15, 5, tzinfo=UTC)
_PATHS = sorted(SAMPLE_PAGES.glob("*.html"))


def _read(path: Path) -> Article:
    page = parse_file(path, _AT)
    assert isinstance(page, Article)
    return page


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: path.stem[:40])
def test_a_page_of_the_edition_reads_whole(path: Path) -> None:
    article = _read(path)
    assert article.teaser.title is not None
    assert slugify(article.teaser.title) == path.stem
    assert article.teaser.url == f"https://www.zeelandnet.nl/nieuws/{path.stem}"
    assert article.teaser.section
    assert article.teaser.published is not None
    assert len(article.blocks) >= 4
    assert len(article.related) == 7
    assert all(teaser.url and teaser.title and teaser.published for teaser in article.related)


def test_the_edition_covers_the_sections_of_the_site() -> None:
    articles = [_read(path) for path in _PATHS]
    sections = Counter(article.teaser.section for article in articles)
    assert len(articles) >= 25
    assert {
        "Binnenland",
        "Buitenland",
        "Financieel",
        "Sport",
        "Voetbal",
        "Politiek",
        "Middelburg",
        "Beveland",
    } <= set(sections)


def test_an_item_has_one_section_and_one_age_wherever_it_stands() -> None:
    articles = [_read(path) for path in _PATHS]
    own = {article.teaser.url: article.teaser for article in articles}
    for article in articles:
        for teaser in article.related:
            known = own.get(teaser.url)
            if known is not None:
                assert teaser.section == known.section
                assert teaser.published == known.published


def test_the_edition_shows_a_byline_a_table_a_numbered_list_and_a_link() -> None:
    prices = _read(SAMPLE_PAGES / "uienprijs-stijgt-voor-vijfde-week-op-rij.html")
    assert prices.authors == ("Jannie de Visser",)
    (table,) = [block for block in prices.blocks if block.kind == "table"]
    assert table.rows[0] == ("Week", "Laagste", "Hoogste")
    assert len(table.rows) == 6
    (linked,) = [block for block in prices.blocks if block.links]
    assert [linked.text[link.start : link.end] for link in linked.links] == ["de kleinere havens"]
    draughts = _read(SAMPLE_PAGES / "schooldamtoernooi-beslist-na-partij-van-drie-uur.html")
    assert [block.number for block in draughts.blocks if block.kind == "item"] == [1, 2, 3, 4, 5]
