"""Builds an entry from the values that a feed states, for every dialect."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from reader.model import Entry, Sighting, Teaser
from reader.text.feed_dates import parse_feed_date

MAX_ENTRIES = 5_000
# The most entries whose dates are read to find the newest.
MAX_LOOKED_AT = 20_000
_LONGEST_GUID, _LONGEST_TITLE = 2_000, 500


def first_moment(texts: Iterable[str], at: datetime) -> datetime | None:
    """Return the first date (UTC) that can be parsed; None if there is none or it is after `at`."""
    moments = (parse_feed_date(text) for text in texts if text.strip())
    moment = next(filter(None, moments), None)
    return moment if moment and moment <= at else None


def newest(moments: Sequence[datetime | None]) -> Sequence[int]:
    """Return the places of the MAX_ENTRIES newest entries, or the first ones, in order."""
    if len(moments) <= MAX_ENTRIES:
        return range(len(moments))
    if not any(moments):
        return range(MAX_ENTRIES)
    dated = [
        (moment.timestamp() if moment else 0.0, -place) for place, moment in enumerate(moments)
    ]
    return sorted(-place for _, place in sorted(dated, reverse=True)[:MAX_ENTRIES])


def short_title(title: str) -> str:
    """Return a title, cut off if it is a whole text, as that of some short messages is."""
    if len(title) <= _LONGEST_TITLE:
        return title
    return title[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


class Stated(Struct, frozen=True):
    """The values that a feed states for one entry.

    `summary` and `title` are plain text, `content` and `description` are HTML.
    """

    guid: str
    url: str | None
    title: str
    summary: str
    content: str
    moment: datetime | None
    description: str = ""

    def entry(self) -> Entry:
        """Return the entry."""
        guid = self.guid[:_LONGEST_GUID] or None
        published = Sighting(self.moment, self.moment) if self.moment else None
        teaser = Teaser(
            self.url, short_title(self.title) or None, summary=self.summary, published=published
        )
        stated = (
            self.guid,
            self.url or "",
            self.title,
            self.summary,
            self.content,
            str(self.moment),
        )
        digest = hashlib.blake2b("\0".join(stated).encode("utf-8", "replace"), digest_size=12)
        return Entry(guid, teaser, self.content, digest.hexdigest(), self.description)
