"""The invented edition of a library in memory."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from reader.model import (
    Article,
    Block,
    Dateline,
    Headline,
    Sighting,
    Teaser,
)

from .fake_library import SITE, FakeHeadlines, FakeLibrary
from .stories import BODY, LEAD, STORIES

__all__ = ["SITE", "FakeHeadlines", "FakeLibrary"]

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def teaser(number: int) -> Teaser:
    """Return the teaser of item `number`, the higher the older."""
    title, section, places, agencies = STORIES[number % len(STORIES)]
    again = f" ({number // len(STORIES) + 1})" if number >= len(STORIES) else ""
    latest = NOW - timedelta(minutes=4 + 17 * number + number * number)
    width = timedelta(minutes=1) if number < 3 else timedelta(hours=1)
    return Teaser(
        f"{SITE}bericht-{number}",
        title + again,
        section,
        Dateline(places, agencies),
        LEAD,
        Sighting(latest - width, latest),
    )


def fresh(number: int, title: str = "Vers van de pers") -> Headline:
    """Return a headline of this number that has just come in."""
    return Headline(number, replace(teaser(0), title=title), NOW)


def article(of: Teaser, length: int = 3) -> Article:
    """Return an article with every kind of block, `length` times as long as the least."""
    blocks = [Block("paragraph", LEAD), Block("paragraph", BODY)]
    for number in range(length):
        blocks += [
            Block("heading", ("Onderzoek", "Gewonden", "Eerdere ongelukken")[number % 3]),
            Block("paragraph", BODY),
            Block("paragraph", "."),
            Block("quote", "‘Je hoorde het gieren en toen was het stil’, zegt een winkelier."),
            Block(
                "item",
                "Lijn 9 rijdt tot nader order niet verder dan het noordelijke eindpunt "
                "bij het stadspark.",
            ),
            Block("item", "Bussen vervangen de trams."),
            Block("paragraph", BODY + " " + LEAD),
        ]
    return Article(of, tuple(blocks), (), NOW)


def edition(count: int = 36, *, sample: bool = False) -> FakeLibrary:
    """Return a library of `count` headlines, numbered from 1, every fifth without its article."""
    headlines = [
        Headline(
            number + 1,
            teaser(number),
            NOW,
            read=number % 4 == 3,
            saved=number % 9 == 4,
            cached=number % 5 != 4,
        )
        for number in range(count)
    ]
    articles = {item.id: article(item.teaser, item.id % 4) for item in headlines if item.cached}
    related = {
        item.id: [(item.id + 3 * step) % count + 1 for step in range(7)]
        for item in headlines
        if item.cached
    }
    return FakeLibrary(headlines, articles, related, sample=sample)
