"""Brings a page into the cache: its headlines become items, and equal ones are merged."""

from itertools import chain
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import Reason, reason
from reader.model import DEFAULT_SOURCE, Article, Listing, Teaser
from reader.store.article_conversion import columns_of_article, keep_feed_texts
from reader.store.conversion import moment_of, seconds_of
from reader.store.fingerprint import fingerprint_of
from reader.store.ingest import items
from reader.store.ingest.addresses import follow_move, free_addresses, gave_listing, take_canonical
from reader.store.ingest.identity import ItemName, names_of
from reader.store.ingest.item_cache import ItemCache
from reader.store.ingest.item_merge import merge_twins
from reader.store.ingest.publication_time import Seen
from reader.store.ingest.stored_article import (
    StoredArticle,
    expel,
    is_known_everywhere,
    load_alike,
    load_stored,
    note_everywhere,
)
from reader.store.ingest.weighing import (
    TOO_MANY,
    is_named_by_title,
    refusal,
    takes_back,
    tells_more_than,
    would_cost,
)
from reader.store.revisions import keep_revision, rebase_newest
from reader.text.dates import is_future
from reader.text.slug import slug_of_url, slugify

# The pages of one run are stored in any order. If the cache claims to be newer than a page just
# fetched by more than this (seconds), the clock was wrong when the time was stored.
_ONE_RUN = 3600

_INSERTED = """
INSERT INTO articles (fetched, blocks, details, parser, digest, own_title, item)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_UPDATED = """
UPDATE articles SET fetched = ?, blocks = ?, details = ?, parser = ?, digest = ?, own_title = ?
WHERE item = ?
"""

ArticleEffect = Literal["new", "updated", "unchanged"]


class Added(Struct, frozen=True):
    """The result of storing a page: the article's outcome (None for a listing) and new headlines.

    The headline of the article itself counts if it was not known. `refused` is why nothing of the
    page was stored: it would have replaced a better text.
    """

    article: ArticleEffect | None
    headlines: int
    refused: Reason | None = None


class PageImport:
    """The import of one page, fetched at one time, in the caller's transaction.

    Its new headlines belong to `source`. A page that was fetched `live`, just now, is trusted over
    data that seems to be from a later day. An article that has moved permanently was at
    `moved_from`, and is now at its own address. `complete` tells afterwards whether all of the page
    is in the store; it is not if a newer copy was there, an article has no text, or the page was
    refused. An `accepted` page is not weighed against the stored text.
    """

    def __init__(
        self,
        known: ItemCache,
        at: int,
        *,
        sample: bool = False,
        live: bool = False,
        source: str = DEFAULT_SOURCE,
        moved_from: str | None = None,
        accepted: bool = False,
    ) -> None:
        self.complete = True
        self._known = known
        self._connection = known.connection
        self._at = at
        self._sample = sample
        self._source = source
        self._moved_from = moved_from
        self._accepted = accepted
        # Whether an older text is restored, and whether the text that it replaces was not the
        # item's own.
        self._brings_back = False
        self._takes_back = False
        self._old: StoredArticle | None = None
        self._horizon = at + _ONE_RUN if live else None
        self._created = 0
        self._moved: dict[int, int] = {}

    def add(self, page: Article | Listing) -> Added:
        """Store the page and return the result."""
        if isinstance(page, Article):
            if not self._sample and (why := self._refusal(page)):
                self.complete = False
                return Added(None, 0, why)
            outcome: ArticleEffect | None = self._add_article(page)
        else:
            outcome = None
            teasers = (*page.ticker, *page.teasers)
            self._known.gather(chain.from_iterable(map(names_of, teasers)))
            self._put_all(teasers)
        return Added(outcome, self._created)

    def _put_all(self, teasers: tuple[Teaser, ...]) -> list[int]:
        """Store headlines and return their numbers in page order.

        The last one first: of headlines with the same time the highest number is listed first.
        """
        return [number for teaser in reversed(teasers) if (number := self._put(teaser))][::-1]

    def _put(self, teaser: Teaser, lead: str = "", *, own: bool = False) -> int | None:
        """Store one headline; return its item, None if nothing distinguishes it from others."""
        names = names_of(teaser, lead)
        if not names:
            return None
        item = items.first_item(teaser, self._at, sample=self._sample, source=self._source)
        seen: list[Seen] = []
        age = teaser.published
        if age and not is_future(age, moment_of(self._at)):
            seen.append(Seen(self._at, seconds_of(age.earliest), seconds_of(age.latest)))
        number = self._known.find(names, teaser)
        if number is None:
            self._created += 1
            # It has no twin; the same rules would have found one.
            return self._known.insert(item, names, seen)
        self._learn(number, item, own=own)
        if self._known.add_names(number, names):
            number = self._absorb_twins(number)
            # A twin with the same time may have kept its own texts.
            self._learn(number, item, own=own)
        if seen:
            self._known.add_sightings(number, seen, self._horizon)
        return number

    def _learn(self, number: int, item: items.Item, *, own: bool) -> None:
        """Update an item from the page, as far as the page is newer."""
        known = self._known.item(number)
        jumped = self._is_false(known.updated)
        # An article takes precedence over a teaser with the same time.
        is_own = own and (self._at == known.updated or self._brings_back)
        trust = jumped or self._at > known.updated or is_own
        learned = known.learn(item, trust=trust)
        if jumped:
            learned = replace(learned, updated=self._at)
        if learned != known:
            self._known.update(number, learned)

    def _is_false(self, noted: int) -> bool:
        """Tell whether the time of a fetch comes from a clock that was wrong."""
        return self._horizon is not None and noted > self._horizon

    def _is_read_again(self, old: StoredArticle) -> bool:
        """Tell whether the stored text is from this very page, which is read again."""
        return self._horizon is None and old.fetched == self._at

    def _absorb_twins(self, number: int) -> int:
        """Merge `number` with all items that now prove to be the same, and return the result."""
        for keep, gone in merge_twins(self._connection, number):
            self._known.forget(keep, gone)
            self._moved[gone] = number = keep
        return number

    def _final(self, number: int) -> int:
        while number in self._moved:
            number = self._moved[number]
        return number

    def _refusal(self, page: Article) -> Reason | None:
        """Return why an article may not be stored, before any part of it is."""
        url, connection = page.teaser.url, self._connection
        if url and gave_listing(connection, url) and not self._accepted:
            return reason("listing_became_article")
        teaser, lead = _full_teaser(page)
        names = names_of(teaser, lead)
        if not names or not page.blocks:
            return None
        self._known.gather(names)
        number = self._known.find(names, teaser)
        if number is not None:
            self._old = load_stored(connection, number, self._known.item(number).teaser)
        if self._accepted:
            return None
        why = self._weigh(self._old, page) if self._old else None
        return why or self._shown_everywhere(page, number)

    def _weigh(self, old: StoredArticle, page: Article) -> Reason | None:
        """Return why a page may not replace the stored text."""
        if self._is_read_again(old):
            return None
        is_older = old.fetched > self._at and not self._is_false(old.fetched)
        if takes_back(old.article, page, self._slugs(old, page)):
            self._takes_back = self._brings_back = True
            return None
        why = refusal(old.article, page)
        if not is_older or (why is not None and why.code == "other_article"):
            return why
        # An older copy is not used, unless the text that replaced it should have been refused.
        self._brings_back = would_cost(page, old.article)
        return None

    def _slugs(self, old: StoredArticle, page: Article) -> frozenset[str]:
        """Return the slugs of an item that do not come from its stored article."""
        slugs = self._known.slugs(old.item) - {slugify(old.article.teaser.title or "")}
        addresses = (self._known.item(old.item).teaser.url, page.teaser.url)
        return slugs | {slug_of_url(url) for url in addresses if url}

    def _shown_everywhere(self, page: Article, number: int | None) -> Reason | None:
        """Return why a page that other addresses show too is refused, and remove it from them."""
        if is_named_by_title(page.teaser.url, page.teaser.title):
            return None
        digest = fingerprint_of(page.teaser.title, page.blocks)
        alike = [
            each
            for each in load_alike(self._connection, digest, number)
            if not is_named_by_title(each.url, each.title)
        ]
        is_known = is_known_everywhere(self._connection, digest)
        if len(alike) < TOO_MANY - 1 and not is_known:
            return None
        why = reason("same_page_everywhere", title=page.teaser.title or "")
        note_everywhere(self._connection, digest, self._at)
        for each in alike:
            expel(self._known, each.number, why, self._at)
        return why

    def _add_article(self, page: Article) -> ArticleEffect:
        teaser, lead = _full_teaser(page)
        names = chain(names_of(teaser, lead), *map(names_of, page.related))
        self._known.gather(names)
        if self._moved_from and page.teaser.url:
            self._moved |= follow_move(self._known, self._moved_from, page.teaser.url)
        self._moved |= take_canonical(self._known, page)
        if self._takes_back and self._old:
            self._drop_false_names(self._old.article, names_of(teaser, lead))
        related = self._put_all(page.related)
        number = self._put(teaser, lead, own=True)
        if number is not None:
            others = free_addresses(self._known, (page.canonical, self._moved_from))
            self._known.add_names(number, others)
        if number is None or not page.blocks:
            self.complete = False
            return "unchanged"
        return self._store_body(number, page, related)

    def _drop_false_names(self, old: Article, names: tuple[ItemName, ...]) -> None:
        """Remove the names that an item got only from an article that was not its own."""
        number = self._known.find(names, old.teaser)
        if number is not None:
            lead = old.blocks[0].text if old.blocks else ""
            false = set(names_of(Teaser(None, old.teaser.title), lead)) - set(names)
            self._known.drop_names(number, false)

    def _store_body(self, number: int, page: Article, related: list[int]) -> ArticleEffect:
        """Store an article's body, details and related items, unless a newer copy is there."""
        stored = self._old
        if stored is None or stored.item != number or self._moved:
            stored = load_stored(self._connection, number, self._known.item(number).teaser)
            if stored and self._may_not_replace(stored, page):
                self.complete = False
                return "unchanged"
        old = self._old or stored if stored else None
        is_newer = stored and stored.fetched > self._at and not self._is_false(stored.fetched)
        if is_newer and not self._brings_back:
            self.complete = False
            return "unchanged"
        _, packed, details, parser = columns_of_article(page)
        is_same = stored and stored.article.blocks == page.blocks and stored.details == details
        if stored is None or not is_same or stored.fetched != self._at:
            blocks = stored.blocks if stored and is_same else packed
            digest = fingerprint_of(page.teaser.title, page.blocks)
            if not is_same:
                keep_feed_texts(self._connection, number)
            self._connection.execute(
                _UPDATED if stored else _INSERTED,
                (self._at, blocks, details, parser, digest, page.teaser.title, number),
            )
        tells_more = (
            old is not None and not self._is_read_again(old) and tells_more_than(page, old.article)
        )
        if old and tells_more:
            replaced = max(self._at, old.fetched)
            keep_revision(self._connection, number, old.text, replaced=replaced)
        elif old and not is_same:
            rebase_newest(self._connection, number, old.text)
        self._store_related(number, [self._final(each) for each in related])
        if not stored:
            return "new"
        return "unchanged" if is_same and not tells_more else "updated"

    def _may_not_replace(self, stored: StoredArticle, page: Article) -> bool:
        """Weigh a page against a text that the item got when items were merged."""
        is_weighed = self._old is not None and self._old.blocks == stored.blocks
        if is_weighed or self._sample or self._accepted:
            return False
        return self._weigh(stored, page) is not None

    def _store_related(self, number: int, related: list[int]) -> None:
        rows = self._connection.execute(
            "SELECT item FROM related WHERE article = ? ORDER BY position", (number,)
        )
        if not related or related == [row[0] for row in rows]:
            return
        self._connection.execute("DELETE FROM related WHERE article = ?", (number,))
        self._connection.executemany(
            "INSERT INTO related (article, position, item) VALUES (?, ?, ?)",
            [(number, position, item) for position, item in enumerate(related)],
        )


def _full_teaser(page: Article) -> tuple[Teaser, str]:
    """Return an article's own teaser with its lead as the summary, and the lead."""
    lead = page.blocks[0].text if page.blocks else ""
    return replace(page.teaser, summary=page.teaser.summary or lead), lead
