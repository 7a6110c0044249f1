"""The feeds shown to the reader: rows to choose from, and feeds below their groups; pure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from reader.config.feeds import FollowedFeed, FullText
from reader.errors import Reason
from reader.model import Counts, FeedState, Selection, Sighting
from reader.sources.feed import name_in_lists
from reader.text.relative_time import Language, describe_age_short
from reader.ui.state.values import View, ViewChoice


class FeedRow(Struct, frozen=True):
    """A feed in the dialog of followed feeds, or one that could be followed.

    `key` is that of a followed feed, else the address to add; `why` is why it could not be
    fetched. `settled` means that the settings name it, so that only a person changes it, and
    `full_text` selects which text of its articles is shown.
    """

    kind: Literal["feed", "found", "suggested"]
    key: str
    name: str
    section: str = ""
    muted: bool = False
    settled: bool = False
    unread: int = 0
    why: Reason | None = None
    full_text: FullText = "auto"


def rows_of(
    feeds: Iterable[FollowedFeed], states: Iterable[FeedState], settled: Collection[str]
) -> list[FeedRow]:
    """Return a row for each followed feed, in their order."""
    known = {state.source: state for state in states}
    return [_row_of(feed, known.get(feed.key), feed.key in settled) for feed in feeds]


def _row_of(feed: FollowedFeed, state: FeedState | None, settled: bool) -> FeedRow:
    name = name_in_lists(feed, state)
    why = state.failure if state else None
    unread = state.unread if state else 0
    return FeedRow(
        "feed", feed.key, name, feed.section, feed.muted, settled, unread, why, feed.full_text
    )


def with_feeds(
    choices: Sequence[ViewChoice], states: Iterable[FeedState], now: datetime, language: Language
) -> list[ViewChoice]:
    """Return the views with the followed feeds of each group below it, and how each answered.

    A feed that is its own group is listed alone.
    """
    groups: dict[str, list[FeedState]] = {}
    for state in states:
        if state.position is not None and state.section:
            groups.setdefault(state.section.casefold(), []).append(state)
    found: list[ViewChoice] = []
    for choice in choices:
        section = choice.view.selection.section
        feeds = groups.get((section or "").casefold(), [])
        if len(feeds) == 1 and feeds[0].name == section:
            found.append(
                ViewChoice(choice.view, choice.counts, *_answered(feeds[0], now, language))
            )
            continue
        found.append(choice)
        for state in feeds:
            view = View(state.name, Selection(section=section, source=state.source))
            counts = Counts(state.total, state.unread)
            found.append(ViewChoice(view, counts, *_answered(state, now, language), depth=1))
    return found


def _answered(state: FeedState, now: datetime, language: Language) -> tuple[str, Reason | None]:
    """Return how long ago a feed answered, and why it could not be fetched since."""
    checked = state.checked
    age = describe_age_short(Sighting(checked, checked), now, language) if checked else ""
    return age, state.failure
