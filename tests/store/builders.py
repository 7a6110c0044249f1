"""Builders of headlines and pages with invented news."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from reader.model import (
    DEFAULT_SOURCE,
    Article,
    Block,
    Dateline,
    Headline,
    Image,
    Listing,
    PageOrigin,
    Section,
    Selection,
    Sighting,
    Teaser,
    TextLink,
)
from reader.store import Store
from reader.store.opening import add_functions
from reader.text.slug import slugify

SITE = "https://www.zeelandnet.nl/nieuws/"
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
ALL = Selection()


def later(hours: float) -> datetime:
    """Return a time some hours after noon."""
    return NOON + timedelta(hours=hours)


def link(title: str) -> str:
    """Return the address the site makes of a title."""
    return SITE + slugify(title)


def hours_old(hours: int, fetched: datetime = NOON) -> Sighting:
    """Return what `<hours> uur geleden` on a page fetched then means."""
    return Sighting(fetched - timedelta(hours=hours + 1), fetched - timedelta(hours=hours))


def both(first: Sighting, second: Sighting) -> Sighting:
    """Return the moments that both of two sightings allow."""
    return Sighting(max(first.earliest, second.earliest), min(first.latest, second.latest))


def linked(
    title: str, summary: str = "", *, section: str | None = None, age: Sighting | None = None,
    dateline: Dateline | None = None,
) -> Teaser:  # fmt: skip
    """Return a headline with a title and the address made of it."""
    return Teaser(link(title), title, section, dateline, summary, age)


def unlinked(title: str, summary: str = "", *, age: Sighting | None = None) -> Teaser:
    """Return a headline of a text page: a title, no address."""
    return Teaser(None, title, summary=summary, published=age)


def nameless(summary: str, *, age: Sighting | None = None) -> Teaser:
    """Return an item of a region page: neither address nor title."""
    return Teaser(None, None, summary=summary, published=age)


def listing(*teasers: Teaser, fetched: datetime = NOON, ticker: Iterable[Teaser] = ()) -> Listing:
    """Return a section page."""
    return Listing(None, teasers, tuple(ticker), (), None, fetched)


def article(
    teaser: Teaser, *texts: str, related: tuple[Teaser, ...] = (), fetched: datetime = NOON
) -> Article:
    """Return an article of paragraphs."""
    return Article(teaser, tuple(Block("paragraph", text) for text in texts), related, fetched)


def rich(title: str, *, related: tuple[Teaser, ...] = (), fetched: datetime = NOON) -> Article:
    """Return an article with all that an article may have: byline, image, table, code, links."""
    lead = "De krabbenrace in Goes trok veel publiek."
    return Article(
        linked(title, lead, section="Zeeland"),
        (
            Block("paragraph", lead, links=(TextLink(18, 22, SITE + "goes"),)),
            Block("item", "Vang een krab.", number=3),
            Block("item", "Laat hem weer los.", number=4),
            Block(
                "table",
                "Naam | Tijd\nKnijper | 12,5",
                rows=(("Naam", "Tijd"), ("Knijper", "12,5")),
            ),
            Block("code", "als (krab) {\n    wint\n}"),
        ),
        related,
        fetched,
        authors=("Jannie de Visser", "Ko Wielemaker"),
        modified=later(1),
        image=Image("https://beeld.example/krab.jpg", "Een krab op de kade.", "Foto: Wim Kodde"),
        description="Verslag van de race.",
        tags=("schaaldieren", "Goese wedstrijden"),
        language="nl-NL",
    )


def origin(title: str, etag: str | None = '"1"', data: bytes | None = b"<p>Tekst.") -> PageOrigin:
    """Return where the page of a linked headline came from."""
    return PageOrigin(link(title), etag, None, data)


def show_sections(
    cache: Store, sections: Iterable[Section], at: datetime, source: str = DEFAULT_SOURCE
) -> None:
    """Store a page of a source whose navigation shows these sections."""
    page = Listing(None, (), (), tuple(sections), None, at)
    cache.pages.add(page, origin=PageOrigin(SITE, source=source))


def everything(cache: Store, selection: Selection = ALL) -> list[Headline]:
    """Return all selected headlines, newest first."""
    return cache.headlines.load(cache.headlines.ids(selection))


def titles(cache: Store, selection: Selection = ALL) -> list[str | None]:
    """Return the titles of all selected headlines, newest first."""
    return [headline.teaser.title for headline in everything(cache, selection)]


def only(cache: Store) -> Headline:
    """Return the one headline that the cache must hold."""
    (headline,) = everything(cache)
    return headline


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection to a cache file past the program, outside any transaction."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    add_functions(connection)
    return connection


def rows_of(path: Path, statement: str) -> list[tuple[Any, ...]]:
    """Return what a statement finds in a cache file."""
    with closing(connect(path)) as connection:
        return connection.execute(statement).fetchall()


def dump(path: Path) -> list[str]:
    """Return the whole content of a cache file as SQL."""
    with closing(connect(path)) as connection:
        return list(connection.iterdump())
