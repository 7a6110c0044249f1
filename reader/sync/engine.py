"""A run over the sources: listings, then articles, newest first, then their related articles."""

import importlib
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from reader.config import Settings
from reader.errors import (
    FetchError,
    PageError,
    Reason,
    RetryLater,
    SiteUnreachable,
    is_served_instead,
    reason,
)
from reader.events import Done, Event, Failed, Progress, Started, Stored
from reader.fetch import (
    FEED,
    PAGE,
    Answer,
    Client,
    Fetched,
    Hosts,
    HostState,
    Pool,
    Request,
    RequestPolicy,
    Robots,
    Unchanged,
    page_of_feed,
    rest,
)
from reader.library import SyncLibrary
from reader.model import Article, FeedPage, FeedUnchanged, Following, Listing, Section, Validators
from reader.sources.base import Source
from reader.sources.feed import FeedSource
from reader.sources.registry import followed_sources, owner_of
from reader.sync.feed_times import is_due
from reader.sync.feeds import (
    addresses_of,
    describe,
    note_failure,
    unchanged_feed,
    validators_of,
)
from reader.sync.outcome import state_after
from reader.sync.pruning import prepare, retire
from reader.sync.queue import OF_FEEDS, Queue, Task, Tier
from reader.sync.validators import validators_for

# Wire copy is updated for about a day; the second is the time between two checks of an article.
_YOUNG = timedelta(days=1)
_RECHECK_AFTER = timedelta(hours=1)
# A page that failed is left alone for a while, so that a dead link costs two requests a day.
_RETRY_AFTER = timedelta(hours=12)
_MAX_TRIES = 3
# The longest wait at a site's request that fits into a run.
_MAX_WAIT_SECONDS = 60.0
# The number of pages in a row without a connection after which a host counts as unreachable; also
# the number of such hosts after which the network does, if none has answered.
_MAX_UNREACHABLE = 3
# The requests that may be under way at once: in total, if there are feeds, and to the site.
_MOST, _MOST_OF_SITE = 16, 4
# The answers that are collected before they are read, and the feeds, with the entries in them, that
# are stored in one transaction; other processes wait meanwhile.
_MOST_ARRIVED, _MOST_UNSTORED, _MOST_ENTRIES = 16, 16, 500
# The layout counts as changed if at least this many pages, and half of them, could not be read.
_MIN_DRIFT = 3
_EVERYTHING = 1_000_000
# How long a run may place reports in stories, in seconds of processor time: a base, an amount for
# each new report, and a maximum, which a first run exceeds. The reader and later runs that bring
# something place the rest.
_PLACING_SECONDS, _PLACING_EACH, _PLACING_MOST = 0.05, 0.01, 0.15
# How many older headlines a new article may be an edited form of.
_MAX_NAMESAKES = 2
_ARTICLES = frozenset([Tier.NEW, Tier.RELATED])


class Plan(Struct, frozen=True):
    """The plan of a run: sections by name (else all followed), pages of each listing.

    `everything` includes all articles that are not offline, however many, also failed ones, and
    feeds that are not due; a feed that is named is always requested.
    """

    sections: tuple[str, ...] = ()
    pages: int | None = None
    everything: bool = False


def sync(
    library: SyncLibrary,
    client: Client,
    settings: Settings,
    plan: Plan | None = None,
    sources: Sequence[Source] | None = None,
) -> Iterator[Event]:
    """Run over `sources`, by default those that are followed, and yield events; Done is the last.

    Each page is stored in its own transaction, so stopping at any event loses nothing that was
    reported. Raises CacheError if the cache cannot be written.
    """
    found = sources or followed_sources(settings, library.feeds)
    yield from _Run(library, client, settings, plan or Plan(), found).events()


class _Run:
    """One run, with its state and its counts."""

    def __init__(
        self,
        library: SyncLibrary,
        client: Client,
        settings: Settings,
        plan: Plan,
        sources: Sequence[Source],
    ) -> None:
        self._library = library
        self._client = client
        self._settings = settings
        self._plan = plan
        self._feeds = [source for source in sources if isinstance(source, FeedSource)]
        self._sources = [source for source in sources if not isinstance(source, FeedSource)]
        self._hosts = Hosts()
        self._pool = Pool(client, _MOST if self._feeds else _MOST_OF_SITE)
        self._queue = Queue(self._hosts)
        self._under_way: dict[str, Task] = {}
        self._arrived: deque[tuple[Task, HostState, Answer]] = deque()
        self._unstored: list[tuple[FeedSource, FeedPage]] = []
        self._unchanged: list[FeedUnchanged] = []
        # The modules that read what was requested, until they are imported.
        self._needed: set[str] = set()
        # Feeds and pages of their entries that were requested, but whose answers are not read.
        self._feeds_under_way = 0
        self._budget = _EVERYTHING if plan.everything else settings.articles
        # How many articles may be queued before feeds must wait for those of the site, and the
        # feeds that wait.
        self._share_of_feeds = self._budget // 2
        self._held_back: list[FeedSource] = []
        self._done = Done()
        self._answered = 0
        self._unread: Counter[bool] = Counter()
        # Feeds without a connection, kept until it is known whether there is a network.
        self._without: list[tuple[FeedSource, FetchError]] = []
        self._unreached: set[HostState] = set()
        self._began = client.now()
        self._rules = library.sources.rules(self._began)

    def events(self) -> Iterator[Event]:
        """Yield the events of the run; the site's stages wait for each other, but not for feeds."""
        started = time.monotonic()
        yield Started(1)
        try:
            yield from self._plan_feeds()
            for plan_stage in (self._plan_first, self._plan_listings, self._plan_articles):
                yield from plan_stage()
                yield from self._work_off(of_feeds=False)
            yield from self._plan_rest()
            yield from self._work_off(of_feeds=True)
        finally:
            self._pool.close()
        self._note_unreached()
        self._note()
        yield replace(self._done, seconds=round(time.monotonic() - started, 2))

    # The stages.

    def _plan_feeds(self) -> Iterator[Event]:
        """Queue the feeds that are due, or that were named."""
        describe(self._library, self._feeds)
        for feed, url in zip(self._feeds, addresses_of(self._feeds), strict=True):
            if self._is_wanted_feed(feed):
                yield from self._ask_for(url, Tier.FEED, feed)
            # The first answers are on their way while the others are queued.
            yield from self._fill()
        for feed in () if self._plan.sections else self._feeds:
            yield from self._ask_for_pages(feed)

    def _is_wanted_feed(self, feed: FeedSource) -> bool:
        if self._plan.sections:
            return self._is_named(feed)
        is_gone = feed.state is not None and feed.state.gone
        return (self._plan.everything and not is_gone) or is_due(feed.state, self._began)

    def _is_named(self, feed: FeedSource) -> bool:
        return bool(_names_of(feed) & {name.casefold() for name in self._plan.sections})

    def _ask_for_pages(self, feed: FeedSource) -> Iterator[Event]:
        """Queue the wanted pages of a feed's entries, as far as the share of the feeds goes."""
        most, since = self._share_of_feeds, self._began - _RETRY_AFTER
        # One more shows whether any is left.
        for _, url in self._library.feeds.wanted(feed.name, most + 1, since, self._client.now()):
            if self._queue.articles >= most:
                self._held_back.append(feed)
                return
            yield from self._ask_for(url, Tier.PAGE, feed)

    def _plan_rest(self) -> Iterator[Event]:
        """Queue further pages of feeds' entries, as the site's articles have left room for them."""
        self._share_of_feeds = self._budget
        held_back, self._held_back = self._held_back, []
        for feed in held_back:
            yield from self._ask_for_pages(feed)

    def _plan_first(self) -> Iterator[Event]:
        names = {name.casefold() for name in self._plan.sections}
        if names and names <= set[str]().union(*map(_names_of, self._feeds)):
            # Only feeds were named.
            return
        for source in self._sources:
            for url in source.first_pages():
                yield from self._ask_for(url, Tier.FRONT, source)
        # The navigation that the front page shows seldom changes.
        found = self._library.sources.followings()
        seen = {each.section.source for each in found}
        known = [source for source in self._sources if source.name in seen]
        for section, source in self._wanted_listings(found, known):
            yield from self._ask_for(section.url, Tier.LISTING, source)

    def _wanted_listings(
        self, found: Sequence[Following], sources: Sequence[Source]
    ) -> list[tuple[Section, Source]]:
        named = self._plan.sections or self._settings.follow
        return [
            (section, source)
            for source in sources
            for section in source.listings(
                [each for each in found if each.section.source == source.name], named
            )
        ]

    def _plan_listings(self) -> Iterator[Event]:
        wanted = self._wanted_listings(self._library.sources.followings(), self._sources)
        names = {section.name.casefold() for section, _ in wanted}
        names = names.union(*map(_names_of, self._feeds))
        for name in self._plan.sections:
            if name.casefold() not in names and not self._hosts.are_stopped:
                yield self._failed(self._settings.site, reason("no_section", section=name))
        for section, source in wanted:
            yield from self._ask_for(section.url, Tier.LISTING, source)

    def _plan_articles(self) -> Iterator[Event]:
        # Articles that failed long enough ago; with `everything`, all that failed.
        failed_before = self._began + (_YOUNG if self._plan.everything else -_RETRY_AFTER)
        room = max(self._budget - self._queue.articles, 0)
        for _, url in self._library.pages.uncached(room, failed_before, now=self._client.now()):
            yield from self._ask_for(url, Tier.NEW)
        young = self._library.pages.recheck(
            self._began - _YOUNG,
            self._began - _RECHECK_AFTER,
            max(self._settings.articles - self._queue.articles, 0),
            now=self._client.now(),
        )
        for url in young:
            yield from self._ask_for(url, Tier.YOUNG)

    # Requests and answers.

    def _ask_for(
        self, url: str, tier: Tier, source: Source | None = None, page: int = 1
    ) -> Iterator[Event]:
        """Queue a page of the given source, by default the source that owns it."""
        source = source or owner_of(self._sources, url)
        if source is None:
            return
        try:
            host = self._hosts.of(url)
        except FetchError as error:
            yield self._fail(url, error.reason)
            return
        if host.robots is None and host.name in self._rules:
            self._obey(host, source, Robots(self._rules[host.name]))
        if tier not in OF_FEEDS:
            host.most = _MOST_OF_SITE
        if not host.is_stopped:
            self._queue.add(url, tier, source, page)

    def _work_off(self, *, of_feeds: bool) -> Iterator[Event]:
        """Request everything in the queue; without `of_feeds`, stop when only feeds are left.

        While the answers are read, the next requests are under way.
        """
        yield from self._fill()
        while self._is_left(of_feeds=of_feeds):
            yield from self._collect()
            yield from self._fill()
            if self._arrived:
                yield from self._read_next()
            elif self._unstored:
                yield from self._store_feeds()
            elif self._pool.under_way:
                self._prepare()
                yield from self._collect(None if self._pool.is_full else self._queue.wait())
            elif self._unchanged:
                self._note_unchanged()
            elif (wait := self._queue.wait()) is None:
                return
            else:
                rest(wait)

    def _prepare(self) -> None:
        """Import what the answers on their way, and the end of the run, are sure to need."""
        while self._needed:
            importlib.import_module(self._needed.pop())
        prepare(self._library)

    def _is_left(self, *, of_feeds: bool) -> bool:
        waiting = self._queue.waiting + self._pool.under_way + len(self._arrived)
        if of_feeds:
            return bool(waiting or self._unstored or self._unchanged)
        return waiting > self._queue.waiting_of_feeds + self._feeds_under_way

    def _collect(self, timeout: float | None = 0.0) -> Iterator[Event]:
        """Collect the answers that have come; wait up to `timeout` seconds for the first one."""
        while len(self._arrived) < _MOST_ARRIVED and (answer := self._pool.answer(timeout)):
            timeout = 0.0
            task = self._under_way.pop(answer.request.url)
            host = self._hosts.of(task.url)
            host.end()
            if isinstance(answer.result, RetryLater):
                # Before it is read, so that no further request starts meanwhile.
                host.hold(max(answer.result.seconds, 2 ** (task.tries - 1)))
            if task.tier is Tier.ROBOTS:
                self._feeds_under_way -= isinstance(task.source, FeedSource)
                yield from self._take_rules(task, host, answer)
            else:
                self._arrived.append((task, host, answer))

    def _read_next(self) -> Iterator[Event]:
        """Read the answer that came first."""
        task, host, answer = self._arrived.popleft()
        self._feeds_under_way -= isinstance(task.source, FeedSource)
        self._answered += 1
        yield from self._take(task, host, answer)
        yield self._progress()

    def _store_feeds(self) -> Iterator[Event]:
        """Store the feeds that were read, and queue the pages that they want."""
        found, self._unstored = self._unstored, []
        results = self._library.feeds.add([page for _, page in found])
        for (source, page), stored in zip(found, results, strict=True):
            self._count(headlines=stored.new, listings=1)
            yield Stored(source.home, "feed", stored.new, source=page.name)
            # A new feed has its name from now on.
            yield from self._ask_for_pages(
                replace(source, feed=replace(source.feed, name=page.name))
            )
        yield self._progress()

    def _take_rules(self, task: Task, host: HostState, answer: Answer) -> Iterator[Event]:
        """Note the rules in the robots.txt of a host, or that the host is unavailable."""
        result = answer.result
        if isinstance(result, Robots):
            self._obey(host, task.source, result)
            if result.lasts:
                self._library.sources.keep_rules(host.name, result.text, self._client.now())
            host.hold(host.pause)
            self._note_reached(host)
        elif isinstance(result, FetchError):
            if not isinstance(result, SiteUnreachable):
                self._note_reached(host)
                is_long = isinstance(result, RetryLater) and not _is_short(result)
                if task.tries == 1 and not is_long:
                    self._queue.add_again(task)
                    return
            yield from self._stop(task, host, result)

    def _obey(self, host: HostState, source: Source, rules: Robots) -> None:
        host.robots = rules
        host.pause = max(source.pause, rules.pause)

    def _note_reached(self, host: HostState) -> None:
        host.answered = True
        self._done = replace(self._done, reached=True)

    def _seems_away(self) -> bool:
        """Tell whether there seems to be no network, so that only pending requests can disprove it.

        A few hosts are not enough: those that no longer exist fail before any other has answered.
        """
        return not self._done.reached and len(self._unreached) >= _MAX_UNREACHABLE

    def _fill(self) -> Iterator[Event]:
        while not self._pool.is_full and not self._seems_away() and (task := self._queue.take()):
            host = self._hosts.of(task.url)
            if host.robots is None:
                host.begin()
                self._ask(task, Request(task.url, policy=self._policy(task)))
                continue
            if not host.robots.allows(task.url):
                self._answered += 1
                yield self._fail_task(task, FetchError("robots"))
                continue
            asked = self._asked(task)
            if task.tier in _ARTICLES and asked is not None and asked.checked >= self._began:
                # Another process fetched it meanwhile.
                self._answered += 1
                continue
            following = None
            if self._has_next_page(task):
                following = self._known_next(task)
                # An unchanged listing has no text that tells the next page, so it is requested in
                # full unless that page is known.
                asked = asked if following is not None else None
            host.begin()
            self._ask(task, Request(task.url, asked, host.robots.allows, self._policy(task)))
            if following is not None:
                yield from self._ask_for(following, Tier.LISTING, task.source, task.page + 1)

    def _ask(self, task: Task, request: Request) -> None:
        self._under_way[task.url] = task
        self._feeds_under_way += isinstance(task.source, FeedSource)
        self._count(requests=1)
        self._pool.ask(request)
        if request.asked is None and task.tier is not Tier.ROBOTS:
            self._needed |= _needed_for(task.source)

    def _policy(self, task: Task) -> RequestPolicy:
        if not isinstance(task.source, FeedSource):
            return PAGE
        if task.tier is Tier.FEED or task.source.owns(task.url):
            return FEED
        return page_of_feed(task.source.home)

    def _asked(self, task: Task) -> Validators | None:
        """Return the validators of a page from an earlier request."""
        if isinstance(task.source, FeedSource):
            is_feed = task.tier is Tier.FEED
            return validators_of(task.source, self._client.now()) if is_feed else None
        if task.tier <= Tier.LISTING:
            return validators_for(self._library, task.url, self._client.now())
        return self._library.pages.asked(task.url)

    def _has_next_page(self, task: Task) -> bool:
        return task.tier is Tier.LISTING and task.page < (self._plan.pages or self._settings.pages)

    def _known_next(self, task: Task) -> str | None:
        """Return the next page of a listing, if it was fetched before."""
        following = task.source.next_listing(task.url)
        known = following is not None and self._library.pages.asked(following) is not None
        return following if known else None

    def _take(self, task: Task, host: HostState, answer: Answer) -> Iterator[Event]:
        result = answer.result
        if isinstance(result, SiteUnreachable):
            yield from self._handle_unreachable(task, host, result)
            return
        host.unreachable = 0
        self._note_reached(host)
        if isinstance(result, Unchanged):
            self._take_unchanged(task, result)
        elif isinstance(result, Fetched):
            self._count(received=result.received)
            yield from self._read(task, result)
        elif isinstance(result, RetryLater) and host.is_stopped:
            # The answer to another request has stopped its host.
            if task.tier is Tier.FEED:
                yield self._fail_task(task, result)
        elif isinstance(result, RetryLater) and not _is_short(result):
            yield from self._stop(task, host, result)
        elif isinstance(result, RetryLater) and task.tries < _MAX_TRIES:
            self._answered -= 1
            self._queue.add_again(task)
        elif isinstance(result, FetchError):
            yield self._fail_task(task, result)

    def _take_unchanged(self, task: Task, answer: Unchanged) -> None:
        self._count(unchanged=1)
        if isinstance(task.source, FeedSource):
            self._keep_unchanged(unchanged_feed(task.source, answer))
            return
        self._library.pages.mark_unchanged(
            task.url, answer.at, etag=answer.etag, modified=answer.modified
        )

    def _handle_unreachable(
        self, task: Task, host: HostState, error: SiteUnreachable
    ) -> Iterator[Event]:
        """Count a page without a connection; this is not recorded as a failure of the page."""
        host.unreachable += 1
        if not host.answered and not host.is_stopped:
            yield from self._stop(task, host, error)
        elif host.unreachable >= _MAX_UNREACHABLE and not host.is_stopped:
            yield from self._stop(task, host, error)
            self._done = replace(self._done, lost=self._hosts.are_stopped)
        elif not host.is_stopped:
            yield self._failed(task.url, error.reason, task.source)

    def _read(self, task: Task, fetched: Fetched) -> Iterator[Event]:
        try:
            if not isinstance(task.source, FeedSource):
                yield from self._read_page(task, task.source, fetched)
            elif task.tier is Tier.FEED:
                yield from self._read_feed(task.source, fetched)
            else:
                from reader.sync.feed_answers import store_page_of_feed

                yield store_page_of_feed(self._library, task.source, task.url, fetched)
                self._count(articles=1)
        except PageError as error:
            # A wall says nothing of the layout behind it.
            if not isinstance(task.source, FeedSource) and not is_served_instead(error.code):
                self._unread[task.tier <= Tier.LISTING] += 1
            yield self._fail_task(task, error, fetched.url)
        except FetchError as error:
            yield self._fail_task(task, error)

    def _read_feed(self, source: FeedSource, fetched: Fetched) -> Iterator[Event]:
        # The parser is imported while the first answers are on their way, and not at all if nothing
        # has changed.
        from reader.sync.feed_answers import read_answer

        answer = read_answer(self._library, source, fetched)
        if isinstance(answer, FeedUnchanged):
            self._count(unchanged=1)
            self._keep_unchanged(answer)
            return
        # Feeds are stored together once no answer waits to be read.
        self._unstored.append((source, answer))
        entries = sum(len(page.texts) for _, page in self._unstored)
        if len(self._unstored) >= _MOST_UNSTORED or entries >= _MOST_ENTRIES:
            yield from self._store_feeds()

    def _keep_unchanged(self, answer: FeedUnchanged) -> None:
        """Keep the answer of an unchanged feed, to be noted with others."""
        self._unchanged.append(answer)
        if len(self._unchanged) >= _MOST_UNSTORED:
            self._note_unchanged()

    def _note_unchanged(self) -> None:
        """Record which feeds have not changed."""
        self._library.feeds.mark_unchanged(self._unchanged)
        self._unchanged = []

    def _read_page(self, task: Task, source: Source, fetched: Fetched) -> Iterator[Event]:
        keep = bool(self._settings.keep_days)
        from reader.sync.storing import store

        page, stored = store(self._library, source, task.url, fetched, keep_bytes=keep)
        self._count(headlines=stored.new)
        yield stored
        if isinstance(page, Listing):
            self._count(listings=1)
            yield from self._follow_listing(task, source, page)
        else:
            self._count(articles=1)
            yield from self._follow_article(task, source, page)
            yield from self._ask_namesakes(task)

    def _follow_listing(self, task: Task, source: Source, listing: Listing) -> Iterator[Event]:
        if self._has_next_page(task):
            for url in source.follow(listing):
                yield from self._ask_for(url, Tier.LISTING, page=task.page + 1)

    def _follow_article(self, task: Task, source: Source, article: Article) -> Iterator[Event]:
        """Queue the related articles of an article, but not those of a related article."""
        if task.tier is not Tier.NEW:
            return
        for url in source.follow(article):
            if self._budget > self._queue.articles and self._is_wanted(url):
                yield from self._ask_for(url, Tier.RELATED)

    def _ask_namesakes(self, task: Task) -> Iterator[Event]:
        """Queue headlines that a new article may replace: their addresses may now lead to it."""
        if task.tier in _ARTICLES:
            for url in self._library.pages.namesakes(task.url, _MAX_NAMESAKES):
                yield from self._ask_for(url, Tier.YOUNG)

    def _is_wanted(self, url: str) -> bool:
        found = self._library.headlines.find(url)
        headlines = self._library.headlines.load([found]) if found is not None else []
        return not any(headline.cached or headline.failure for headline in headlines)

    # Counts, failures and reports.
    def _count(self, **more: int) -> None:
        totals = {name: getattr(self._done, name) + count for name, count in more.items()}
        self._done = replace(self._done, **totals)

    def _progress(self) -> Progress:
        failed = len(self._done.failures)
        total = max(self._queue.total, self._answered)
        return Progress(self._answered, total, self._done.headlines, failed)

    def _fail_task(
        self, task: Task, error: FetchError | PageError, found_at: str | None = None
    ) -> Failed:
        """Record why a feed or a page could not be fetched; `found_at` has what is in its place."""
        if task.tier is Tier.FEED and isinstance(task.source, FeedSource):
            why = note_failure(self._library, task.source, error, self._client.now(), found_at)
            return self._failed(task.url, why, task.source)
        return self._fail(task.url, error.reason, task.source)

    def _fail(self, url: str, why: Reason, source: Source | None = None) -> Failed:
        """Record why a page could not be fetched."""
        failed = self._failed(url, why, source)
        self._library.pages.mark_failed(url, failed.reason, self._client.now())
        return failed

    def _failed(self, url: str, why: Reason, source: Source | None = None) -> Failed:
        failed = Failed(url, why, _title_of(source) if source else "")
        self._done = replace(self._done, failures=(*self._done.failures, failed))
        return failed

    def _stop(self, task: Task, host: HostState, error: FetchError) -> Iterator[Event]:
        """Stop requests to a host for this run, and record that for its sources and pages."""
        host.is_stopped = True
        waiting = [task, *self._queue.remove(host)]
        if isinstance(error, SiteUnreachable):
            self._unreached.add(host)
        for source in {each.source.home: each.source for each in waiting}.values():
            if not isinstance(source, FeedSource):
                yield self._failed(source.home, error.reason, source)
            elif any(each.source is source and source.owns(each.url) for each in waiting) or (
                task.source is source and self._hosts.of(source.home) is host
            ):
                yield self._failed(source.home, error.reason, source)
                self._without.append((source, error))
        # Pages on a host other than their feed's can be requested another day.
        for each in waiting:
            is_page = each.tier is Tier.PAGE and self._hosts.of(each.source.home) is not host
            if is_page and self._done.reached:
                yield self._fail(each.url, error.reason, each.source)
        if self._seems_away() and not self._pool.under_way and not self._arrived:
            # The network itself is not available.
            self._hosts.stop()
            for each_host in self._hosts.all:
                self._queue.remove(each_host)

    def _note_unreached(self) -> None:
        """Record for feeds that they had no connection, unless nothing had one."""
        if self._done.reached:
            for source, error in self._without:
                note_failure(self._library, source, error, self._client.now())

    def _note(self) -> None:
        """Store the outcome of the run, for the status of the reader and for `doctor`."""
        articles, listings = self._unread[False], self._unread[True]
        drifted = articles >= max(_MIN_DRIFT, self._done.articles) or (
            listings >= max(_MIN_DRIFT, self._done.listings)
        )
        before, now = self._library.sources.sync_state(), self._client.now()
        state = state_after(replace(self._done, drifted=drifted), before, now)
        self._done = replace(self._done, drifted=state.drifted)
        self._library.sources.note_sync(state)
        if read := self._done.articles + self._done.headlines:
            seconds = min(_PLACING_SECONDS + _PLACING_EACH * read, _PLACING_MOST)
            self._library.stories.place(now, seconds)
        self._done = retire(self._library, self._settings, self._done, now)


def _names_of(feed: FeedSource) -> set[str]:
    """Return the names of a feed, case-folded: its display name and its group."""
    return {feed.title.casefold(), feed.section_of(feed.title).casefold()}


def _needed_for(source: Source) -> set[str]:
    """Return the modules for reading a page of a source that is requested in full.

    A feed that was read before may be sent as it was.
    """
    if not isinstance(source, FeedSource):
        return {"reader.sync.storing"}
    known = source.state is not None and source.state.digest is not None
    return set() if known else {"reader.sync.feed_answers"}


def _title_of(source: Source) -> str:
    return source.title if isinstance(source, FeedSource) else source.name


def _is_short(error: RetryLater) -> bool:
    return error.seconds <= _MAX_WAIT_SECONDS
