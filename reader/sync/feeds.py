"""One answer of a feed: read, stored with all that it brought, or its failure noted beside it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import FetchError, PageError, RetryLater, is_gone_for_good
from reader.events import Stored
from reader.fetch import FEED, Client, Fetched, Unchanged
from reader.library import SyncLibrary
from reader.model import (
    Article,
    Asked,
    Block,
    Entry,
    Feed,
    FeedLinks,
    FeedName,
    FeedPage,
    FeedState,
)
from reader.parse.feed import parse_feed
from reader.parse.feed.content import short_teaser, text_of_entry
from reader.parse.quality import require_news
from reader.sources.feed import FeedSource
from reader.sync.feed_times import NEVER, due_after, due_after_failure
from reader.text.full_text import is_whole

# A site may say forever that nothing has changed, so a feed is sent whole once a day.
_BELIEVED = timedelta(days=1)


def describe(library: SyncLibrary, sources: Iterable[FeedSource], first: int = 0) -> None:
    """Note what feeds are shown as where that is new, and bring their items into their groups.

    The `first` of them has this place among those that are followed. So their failures have a
    place, and what was changed in the settings counts.
    """
    found = []
    for position, source in enumerate(sources, first):
        state = source.state
        title = source.title if source.feed.name or (state and state.title) else None
        section = source.section_of(title) if title else None
        told = FeedName(source.name, source.feed.url, title, section, position)
        if state is None or _differs(told, state):
            found.append(told)
    if found:
        library.feeds.describe(found)


def _differs(told: FeedName, state: FeedState) -> bool:
    """Tell whether a feed is to be shown otherwise than it is."""
    if told.position != state.position:
        return True
    return told.name is not None and (told.name, told.section) != (state.name, state.section)


def validators_of(source: FeedSource, now: datetime) -> Asked | None:
    """Return the validators to ask for a feed with; None where the whole of it is to be sent."""
    state = source.state
    if state is None or state.fetched is None or state.asked is None:
        return None
    return state.asked if timedelta() <= now - state.fetched < _BELIEVED else None


def store_feed(library: SyncLibrary, source: FeedSource, fetched: Fetched) -> Stored | None:
    """Store what a feed brought, all of it or nothing; None where it is as it was.

    Raises PageError where it is none.
    """
    digest = blake2b(fetched.data, digest_size=16).digest()
    age = fetched.max_age / 60 if fetched.max_age else None
    state, interval = source.state, source.feed.interval
    if state is not None and state.digest == digest and state.title is not None:
        library.feeds.mark_unchanged(
            source.name,
            fetched.at,
            due_after(fetched.at, interval, state.ttl, age),
            etag=fetched.etag,
            modified=fetched.modified,
            whole=True,
            moved=fetched.moved,
        )
        return None
    feed = source.read_feed(fetched)
    page = _page_of(library, source, fetched, feed, digest)
    stored = library.feeds.add(replace(page, due=due_after(fetched.at, interval, feed.ttl, age)))
    return Stored(source.home, "feed", stored.new, source=page.name)


def _page_of(
    library: SyncLibrary, source: FeedSource, fetched: Fetched, feed: Feed, digest: bytes
) -> FeedPage:
    """Return a feed to be stored; only what it states anew is made blocks of."""
    known = library.feeds.digests(source.name)
    texts = {
        entry.digest: text_of_entry(entry, feed.home or source.home)
        for entry in feed.entries
        if entry.digest not in known
    }
    entries = tuple(
        replace(entry, teaser=short_teaser(entry.teaser, texts[entry.digest]))
        if entry.digest in texts
        else entry
        for entry in feed.entries
    )
    wants = frozenset(
        entry.digest
        for entry in feed.entries
        if entry.digest in texts and _wants_page(source, entry, texts[entry.digest])
    )
    return FeedPage(
        source.name,
        source.title_of(feed.title),
        source.section_of(feed.title),
        replace(feed, entries=entries),
        fetched.at,
        fetched.at,
        digest,
        texts,
        wants,
        fetched.etag,
        fetched.modified,
        fetched.moved,
    )


def _wants_page(source: FeedSource, entry: Entry, blocks: tuple[Block, ...]) -> bool:
    """Tell whether the page of an entry is to be fetched."""
    if not entry.teaser.url or source.feed.full_text == "feed":
        return False
    summary = entry.teaser.summary if entry.content.strip() else ""
    return source.feed.full_text == "page" or not is_whole(blocks, summary)


def store_page_of_feed(
    library: SyncLibrary, source: FeedSource, url: str, fetched: Fetched
) -> Stored:
    """Take the page of an entry for its text, where that is better than what the feed has.

    Raises PageError where it cannot be read, or is not an article.
    """
    page = source.read(fetched, url)
    if not isinstance(page, Article):
        raise PageError("list_not_article", url=url)
    findings = require_news(page)
    why = library.feeds.add_page(url, page)
    sure = 0.0 if why else round(findings.sureness, 2)
    return Stored(url, "article", 0, sure, source=source.title)


def note_unchanged(library: SyncLibrary, source: FeedSource, answer: Unchanged) -> None:
    """Note that a feed says itself that it is as it was."""
    age = answer.max_age / 60 if answer.max_age else None
    library.feeds.mark_unchanged(
        source.name,
        answer.at,
        due_after(answer.at, source.feed.interval, source.state.ttl if source.state else None, age),
        etag=answer.etag,
        modified=answer.modified,
        moved=answer.moved,
    )


def note_failure(
    library: SyncLibrary, source: FeedSource, error: FetchError | PageError, now: datetime
) -> None:
    """Note beside a feed why it could not be fetched or read; what it brought stays."""
    state, interval = source.state, source.feed.interval
    wait = error.seconds if isinstance(error, RetryLater) else 0.0
    is_gone = is_gone_for_good(error.reason)
    failures = 1 + (state.failures if state else 0)
    due = now + NEVER if is_gone else due_after_failure(now, interval, failures, wait)
    library.feeds.mark_failed(source.name, error.reason, now, due, gone=is_gone)


class FoundFeed(Struct, frozen=True):
    """A feed at an address, as it was fetched and read."""

    url: str
    fetched: Fetched
    feed: Feed


def find_feed(client: Client, url: str) -> FoundFeed | FeedLinks:
    """Return the feed at an address, or the several that the page there offers.

    Where a page offers one alone, that is it. Raises FetchError or PageError where there is none.
    """
    fetched = _whole(client, url)
    found = parse_feed(fetched.data, fetched.at, fetched.url, fetched.charset)
    if isinstance(found, Feed):
        return FoundFeed(fetched.moved or url, fetched, found)
    if len(found.links) > 1:
        return found
    if not found.links:
        raise PageError("page_without_feed", url=url)
    target = found.links[0].url
    fetched = _whole(client, target)
    feed = parse_feed(fetched.data, fetched.at, fetched.url, fetched.charset)
    if not isinstance(feed, Feed):
        raise PageError("page_for_feed")
    return FoundFeed(fetched.moved or target, fetched, feed)


def _whole(client: Client, url: str) -> Fetched:
    found = client.get(url, manner=FEED)
    if isinstance(found, Unchanged):
        raise FetchError("page_withheld")
    return found
