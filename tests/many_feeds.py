"""Sixty feeds in eight groups, with three items each, for tests and pictures."""

from datetime import datetime, timedelta
from pathlib import Path

from reader.config.feeds import FollowedFeed, feed_list
from reader.errors import reason
from reader.model import Block, Entry, Feed, FeedName, FeedPage, Sighting, Teaser
from reader.store import Store

GROUPS = "Kust Havens Dijken Polders Markten Podia Natuur Radio".split()
FEEDS = tuple(
    FollowedFeed(f"https://blad{number}.test/rss", f"Blad {number}", GROUPS[number % 8])
    for number in range(60)
)
_SUBJECTS = (
    "Oude kraan in de haven", "Nieuw bankje op de dijk", "Veerpont naar de overkant",
    "Molen aan de rand van het dorp", "Markt op het plein", "Koor van de kerk",
    "Fietspad langs het kanaal", "Zeehond op de zandbank", "Lichtschip aan de kade",
    "Speeltuin in de polder",
)  # fmt: skip
_DOES = (
    "krijgt een verfbeurt", "trekt veel bekijks", "gaat weer open", "zoekt vrijwilligers",
    "wint een prijs", "bestaat honderd jaar",
)  # fmt: skip
_ITEMS = 3
_TEXT = "Dat meldt de redactie, die het verhaal zelf heeft verzonnen."


def title_of(feed: int, place: int) -> str:
    """Return the title of the item at a place of a feed, both by number."""
    subject = _SUBJECTS[(feed + 3 * place) % len(_SUBJECTS)]
    return f"{subject} {_DOES[(feed // len(_SUBJECTS) + place) % len(_DOES)]}"


def follow_sixty(library: Store, folder: Path, at: datetime) -> None:
    """Fill a cache with the feeds and their items, and write the list of them to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "feeds.toml").write_text(feed_list(FEEDS), encoding="utf-8")
    library.feeds.describe(
        FeedName(feed.key, feed.url, feed.name, feed.section, place)
        for place, feed in enumerate(FEEDS)
    )
    for number, feed in enumerate(FEEDS):
        entries = tuple(
            _entry(title_of(number, place), f"{feed.url}/{place}", at - timedelta(hours=place))
            for place in range(_ITEMS)
        )
        page = FeedPage(
            feed.key, feed.name, feed.section, Feed(feed.name, None, entries), at,
            at + timedelta(hours=1), str(number).encode(),
            {each.digest: (Block("paragraph", _TEXT),) for each in entries},
        )  # fmt: skip
        library.feeds.add([page])
    library.feeds.mark_failed(
        FEEDS[8].key, reason("http_status", status=503), at, at + timedelta(hours=2)
    )


def _entry(title: str, url: str, at: datetime) -> Entry:
    return Entry(url, Teaser(url, title, summary=_TEXT, published=Sighting(at, at)), "", url)
