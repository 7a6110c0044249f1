"""The feeds that a reader follows, as in `[[feeds]]` of a settings file."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import fields, replace

from reader.config.kinds import FEED_ADDRESS, FLAG, LABEL, choice, rows, whole
from reader.config.toml_values import written
from reader.errors import reason
from reader.text.url import address

FullText = Literal["auto", "feed", "page"]
FULL_TEXTS: tuple[FullText, ...] = ("auto", "feed", "page")
MAX_FEEDS = 5_000
_INTRODUCTION = """\
# The feeds that were added in znreader, which writes this file whole. It may be edited by hand;
# what stands in config.toml counts first.
"""


class FollowedFeed(Struct, frozen=True):
    """A feed that a reader follows.

    Without a `name` its own title is shown, without a `section` it forms its own group;
    `full_text` tells which text of an article is shown; `interval` is in minutes.
    """

    url: str
    name: str = ""
    section: str = ""
    full_text: FullText = "auto"
    interval: int = 60
    muted: bool = False

    @property
    def key(self) -> str:
        """Return a key common to all forms of the feed's address."""
        return address(self.url)


def _feeds_of(tables: Sequence[Mapping[str, Any]]) -> tuple[FollowedFeed, ...]:
    """Return the feeds in checked tables; only the first with any one address."""
    found: dict[str, FollowedFeed] = {}
    for table in tables[:MAX_FEEDS]:
        values = {name: _COLUMNS[name].take(value) for name, value in table.items()}
        feed = FollowedFeed(**values)
        found.setdefault(feed.key, feed)
    return tuple(found.values())


_COLUMNS = {
    "url": FEED_ADDRESS,
    "name": LABEL,
    "section": LABEL,
    "full_text": choice(*FULL_TEXTS),
    "interval": whole(5, 10_080, "kind_minutes"),
    "muted": FLAG,
}
# The settings of a feed that other programs do not know.
_EXTRA = ("full_text", "interval", "muted")
_LONGEST_NUMBER = 10
FEEDS = rows(reason("kind_feeds"), _COLUMNS, _feeds_of)


def feed_list(feeds: Iterable[FollowedFeed]) -> str:
    """Return a settings file with these feeds; settings at their default are left out."""
    return _INTRODUCTION + "".join(f"\n{feed_table(feed)}" for feed in feeds)


def feed_table(feed: FollowedFeed) -> str:
    """Return the table of one feed in a settings file."""
    pairs = ((each.name, getattr(feed, each.name), each.default) for each in fields(feed))
    lines = (f"{name} = {written(value)}\n" for name, value, default in pairs if value != default)
    return "[[feeds]]\n" + "".join(lines)


def extra_settings(feed: FollowedFeed) -> dict[str, str]:
    """Return the settings that OPML has no attribute for, if set, as text by the setting's name."""
    values = ((each.name, getattr(feed, each.name), each.default) for each in fields(feed))
    return {
        name: str(value).lower()
        for name, value, default in values
        if name in _EXTRA and value != default
    }


def with_extra_settings(feed: FollowedFeed, texts: Mapping[str, str]) -> FollowedFeed:
    """Return a feed with such settings; invalid ones are left out."""
    found: dict[str, Any] = {}
    for name, text in texts.items():
        value: object = {"true": True, "false": False}.get(text, text)
        if text.isdecimal() and text.isascii() and len(text) < _LONGEST_NUMBER:
            value = int(text)
        if name in _EXTRA and _COLUMNS[name].allows(value):
            found[name] = _COLUMNS[name].take(value)
    return replace(feed, **found)
