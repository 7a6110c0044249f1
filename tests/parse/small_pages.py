"""Small pages for tests: a few invented paragraphs in given markup."""

from datetime import UTC, datetime

from reader.model import Article
from reader.parse import parse_page

AT = datetime(2026, 3, 14, 15, 20, tzinfo=UTC)
TITLE = "Brug bij Sloedam weer open voor verkeer"
TEXTS = (
    "De brug bij de Sloedam is sinds vanochtend weer open voor alle verkeer, meldt de provincie.",
    "Het herstel duurde volgens de provincie twee dagen langer dan gedacht, omdat er regen viel.",
    "Fietsers konden al die tijd met een pendelbus over, en die reed elke dag van zeven tot elf.",
)
BODY = "".join(f"<p>{text}</p>" for text in TEXTS)


def article_of(body: str, head: str = f"<title>{TITLE}</title>") -> Article:
    """Return the article that a page with this body and head is read as."""
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    article = parse_page(page.encode(), AT, "https://www.zeelandnet.nl/nieuws/brug")
    assert isinstance(article, Article)
    return article
