"""Brings one page into the cache: its headlines become items, and those that are one, one."""

from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from reader.model import DEFAULT_SOURCE, Article, Listing, Teaser
from reader.store.article_records import COLUMNS, columns_of_article
from reader.store.ingest import items
from reader.store.ingest.addresses import follow_move, free_addresses, take_canonical
from reader.store.ingest.identity import names_of
from reader.store.ingest.item_cache import ItemCache
from reader.store.ingest.item_merge import merge_twins
from reader.store.ingest.publication_time import Seen
from reader.store.records import blocks_of, moment_of, seconds_of
from reader.text.dates import is_future

# Pages fetched in one run are stored in any order; what claims to be newer than a page that just
# came from the site by more than this (seconds) was noted while the clock was wrong.
_ONE_RUN = 3600

Outcome = Literal["new", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Added:
    """What a page brought: its article's outcome (None for a listing) and how many new headlines.

    The headline of the article itself counts among the headlines where it was not known.
    """

    article: Outcome | None
    headlines: int


class PageImport:
    """The import of one page, fetched at one time, inside a transaction of the caller's.

    Its new headlines are those of `source`. A page that was fetched `live`, just now, is believed
    over what seems to be of a later day. An article that has moved for good was at `moved_from`,
    and is at its own address now. `complete` tells afterwards whether all of the page is in
    the store: it is not where a newer
    copy was there or an article has no text.
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
    ) -> None:
        self.complete = True
        self._known = known
        self._connection = known.connection
        self._at = at
        self._sample = sample
        self._source = source
        self._moved_from = moved_from
        self._horizon = at + _ONE_RUN if live else None
        self._created = 0
        self._moved: dict[int, int] = {}

    def add(self, page: Article | Listing) -> Added:
        """Store the page and tell what it brought."""
        if isinstance(page, Article):
            outcome: Outcome | None = self._add_article(page)
        else:
            outcome = None
            teasers = (*page.ticker, *page.teasers)
            self._known.gather(chain.from_iterable(map(names_of, teasers)))
            self._put_all(teasers)
        return Added(outcome, self._created)

    def _put_all(self, teasers: tuple[Teaser, ...]) -> list[int]:
        """Store headlines and return their numbers in page order.

        The last comes first: of headlines of one time the highest number is listed first.
        """
        return [number for teaser in reversed(teasers) if (number := self._put(teaser))][::-1]

    def _put(self, teaser: Teaser, lead: str = "", *, own: bool = False) -> int | None:
        """Store one headline; return its item, None where nothing tells it from others."""
        names = names_of(teaser, lead)
        if not names:
            return None
        told = items.first_item(teaser, self._at, sample=self._sample, source=self._source)
        seen: list[Seen] = []
        age = teaser.published
        if age and not is_future(age, moment_of(self._at)):
            seen.append(Seen(self._at, seconds_of(age.earliest), seconds_of(age.latest)))
        number = self._known.find(names, teaser)
        if number is None:
            self._created += 1
            # It has no twin, which would have been found by the same rules.
            return self._known.insert(told, names, seen)
        self._learn(number, told, own=own)
        if self._known.add_names(number, names):
            number = self._absorb_twins(number)
            # A twin of the same time may have kept its own texts.
            self._learn(number, told, own=own)
        if seen:
            self._known.add_sightings(number, seen, self._horizon)
        return number

    def _learn(self, number: int, told: items.Item, *, own: bool) -> None:
        """Add to an item what the page tells of it, as far as that is newer."""
        known = self._known.item(number)
        jumped = self._is_false(known.updated)
        # An article speaks for itself also against a teaser of the same time.
        trust = jumped or self._at > known.updated or (own and self._at == known.updated)
        learned = known.learn(told, trust=trust)
        if jumped:
            learned = replace(learned, updated=self._at)
        if learned != known:
            self._known.update(number, learned)

    def _is_false(self, noted: int) -> bool:
        """Tell whether a time of fetching was noted by a clock that was wrong."""
        return self._horizon is not None and noted > self._horizon

    def _absorb_twins(self, number: int) -> int:
        """Make `number` and all that now prove to be the same one item, and return it."""
        for keep, gone in merge_twins(self._connection, number):
            self._known.forget(keep, gone)
            self._moved[gone] = number = keep
        return number

    def _final(self, number: int) -> int:
        while number in self._moved:
            number = self._moved[number]
        return number

    def _add_article(self, page: Article) -> Outcome:
        lead = page.blocks[0].text if page.blocks else ""
        teaser = replace(page.teaser, summary=page.teaser.summary or lead)
        names = chain(names_of(teaser, lead), *map(names_of, page.related))
        self._known.gather(names)
        if self._moved_from and page.teaser.url:
            self._moved |= follow_move(self._known, self._moved_from, page.teaser.url)
        self._moved |= take_canonical(self._known, page)
        related = self._put_all(page.related)
        number = self._put(teaser, lead, own=True)
        if number is not None:
            others = free_addresses(self._known, (page.canonical, self._moved_from))
            self._known.add_names(number, others)
        if number is None or not page.blocks:
            self.complete = False
            return "unchanged"
        return self._store_body(number, page, related)

    def _store_body(self, number: int, page: Article, related: list[int]) -> Outcome:
        """Store an article's body, details and related items, unless a newer copy is there."""
        stored = self._connection.execute(
            f"SELECT {COLUMNS} FROM articles WHERE item = ?",  # noqa: S608
            (number,),
        ).fetchone()
        if stored and stored[0] > self._at and not self._is_false(stored[0]):
            self.complete = False
            return "unchanged"
        _, packed, details = columns_of_article(page)
        is_same = (
            stored is not None and blocks_of(stored[1]) == page.blocks and stored[2] == details
        )
        if not stored:
            statement = "INSERT INTO articles (fetched, blocks, details, item) VALUES (?, ?, ?, ?)"
        else:
            statement = "UPDATE articles SET fetched = ?, blocks = ?, details = ? WHERE item = ?"
        if not is_same or stored[0] != self._at:
            blocks = stored[1] if is_same else packed
            self._connection.execute(statement, (self._at, blocks, details, number))
        self._store_related(number, [self._final(each) for each in related])
        if not stored:
            return "new"
        return "unchanged" if is_same else "updated"

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
