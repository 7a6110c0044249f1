"""The content of feeds and of their entries' pages: found, read and stored.

This needs the parser, which is slow to import, so it is imported only when something has changed.
"""

from hashlib import blake2b

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import FetchError, PageError
from reader.events import Stored
from reader.fetch import FEED, Client, Fetched, Unchanged
from reader.library import SyncLibrary
from reader.model import Article, Block, Entry, Feed, FeedLinks, FeedPage, FeedUnchanged
from reader.parse.feed import parse_feed
from reader.parse.feed.content import end_of_entry, short_teaser, text_of_entry
from reader.parse.quality import require_news
from reader.sources.feed import FeedSource
from reader.sync.feed_times import due_after
from reader.sync.feeds import unchanged_feed
from reader.text.full_text import is_whole


def read_answer(
    library: SyncLibrary, source: FeedSource, fetched: Fetched
) -> FeedPage | FeedUnchanged:
    """Return the content of a feed to be stored, or that it is unchanged.

    Raises PageError if it is not a feed.
    """
    digest = blake2b(fetched.data, digest_size=16).digest()
    state = source.state
    if state is not None and state.digest == digest and state.title is not None:
        return unchanged_feed(source, fetched)
    return _page_of(library, source, fetched, source.read_feed(fetched), digest)


def store_feed(library: SyncLibrary, source: FeedSource, fetched: Fetched) -> Stored | None:
    """Store the content of a feed, all of it or nothing; return None if it is unchanged.

    Raises PageError if it is not a feed.
    """
    answer = read_answer(library, source, fetched)
    if isinstance(answer, FeedUnchanged):
        library.feeds.mark_unchanged([answer])
        return None
    (stored,) = library.feeds.add([answer])
    return Stored(source.home, "feed", stored.new, source=answer.name)


def _page_of(
    library: SyncLibrary, source: FeedSource, fetched: Fetched, feed: Feed, digest: bytes
) -> FeedPage:
    """Return a feed to be stored; blocks are made only of new or changed entries."""
    age = fetched.max_age / 60 if fetched.max_age else None
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
        if _has_something(entry, texts.get(entry.digest))
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
        due_after(fetched.at, source.feed.interval, feed.ttl, age),
        digest,
        texts,
        wants,
        fetched.etag,
        fetched.modified,
        fetched.moved,
    )


def _has_something(entry: Entry, blocks: tuple[Block, ...] | None) -> bool:
    """Tell whether an entry has anything to show; `blocks` is None if it is stored already."""
    return bool(blocks is None or blocks or entry.teaser.title or entry.teaser.url)


def _wants_page(source: FeedSource, entry: Entry, blocks: tuple[Block, ...]) -> bool:
    """Tell whether the page of an entry is to be fetched."""
    if not entry.teaser.url or source.feed.full_text == "feed":
        return False
    summary = entry.teaser.summary if entry.content.strip() else ""
    return source.feed.full_text == "page" or not is_whole(blocks, summary, end_of_entry(entry))


def store_page_of_feed(
    library: SyncLibrary, source: FeedSource, url: str, fetched: Fetched
) -> Stored:
    """Store the text of an entry's page, if it is better than the feed's text.

    Raises PageError if the page cannot be read, or is not an article.
    """
    page = source.read(fetched, url)
    if not isinstance(page, Article):
        raise PageError("list_not_article", url=url)
    findings = require_news(page)
    why = library.feeds.add_page(url, page)
    sure = 0.0 if why else round(findings.sureness, 2)
    return Stored(url, "article", 0, sure, source=source.title)


class FoundFeed(Struct, frozen=True):
    """A feed at an address, as it was fetched and read."""

    url: str
    fetched: Fetched
    feed: Feed


def find_feed(client: Client, url: str) -> FoundFeed | FeedLinks:
    """Return the feed at an address, or the several feeds that the page there offers.

    If a page offers just one, it is returned. Raises FetchError or PageError if there is none.
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
    found = client.get(url, policy=FEED)
    if isinstance(found, Unchanged):
        raise FetchError("page_withheld")
    return found
