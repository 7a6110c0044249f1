"""A run over the sources: listings, then articles, newest first, then those they lead on to."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from reader.config import Settings
from reader.errors import FetchError, PageError, Reason, RetryLater, SiteUnreachable, reason
from reader.events import Done, Event, Failed, Progress, Started
from reader.fetch import Answer, Client, Fetched, Host, Hosts, Pool, Request, Robots, Unchanged
from reader.library import SyncLibrary
from reader.model import Article, Asked, Listing, Section
from reader.sources.base import Source
from reader.sources.registry import owner_of, sources_of
from reader.sync.outcome import state_after
from reader.sync.pruning import retire
from reader.sync.queue import Queue, Task, Tier
from reader.sync.storing import store
from reader.sync.validators import validators_for

# Wire copy is updated for about a day; how long to leave an article before asking again.
_YOUNG = timedelta(days=1)
_RECHECK_AFTER = timedelta(hours=1)
# A page that failed is left alone for a while, so that a dead link costs two requests a day.
_RETRY_AFTER = timedelta(hours=12)
_MAX_TRIES = 3
# The longest wait, if the site asks for one, that fits into a run.
_MAX_WAIT_SECONDS = 60.0
# Pages in a row without a connection, after which a host counts as out of reach.
_MAX_UNREACHABLE = 3
# The layout counts as changed where so many pages, and at least half of them, were not read.
_MIN_DRIFT = 3
_EVERYTHING = 1_000_000
# How long a run may place reports in stories: of a cache from before there were any, a part.
_PLACING_SECONDS = 20.0
# How many older headlines a new article may be an edited form of.
_MAX_NAMESAKES = 2
_ARTICLES = frozenset([Tier.NEW, Tier.RELATED])


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is asked for: sections by name (else all followed), pages of each listing.

    `everything` takes all articles that are not offline, however many, failed ones too.
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
    """Run over the sources, else those of the settings, and yield what happens, Done at last.

    Each page is stored in a transaction of its own, so stopping at any event loses nothing that
    was told. Raises CacheError where the cache cannot be written.
    """
    yield from _Run(
        library, client, settings, plan or Plan(), sources or sources_of(settings)
    ).events()


class _Run:
    """One run, with what it knows and has counted."""

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
        self._sources = sources
        self._hosts = Hosts()
        self._pool = Pool(client, self._hosts)
        self._queue = Queue()
        self._under_way: dict[str, Task] = {}
        self._budget = _EVERYTHING if plan.everything else settings.articles
        self._done = Done()
        self._answered = 0
        self._unread: Counter[bool] = Counter()
        self._began = client.now()

    def events(self) -> Iterator[Event]:
        """Yield the whole run."""
        started = time.monotonic()
        yield Started(1)
        try:
            for plan_stage in (self._plan_first, self._plan_listings, self._plan_articles):
                yield from plan_stage()
                yield from self._work_off()
        finally:
            self._pool.close()
        self._note()
        yield replace(self._done, seconds=round(time.monotonic() - started, 2))

    # The stages.

    def _plan_first(self) -> Iterator[Event]:
        for source in self._sources:
            for url in source.first_pages():
                yield from self._ask_for(url, Tier.FRONT)

    def _plan_listings(self) -> Iterator[Event]:
        found = self._library.sources.followings()
        named = self._plan.sections or self._settings.follow
        wanted: list[Section] = []
        for source in self._sources:
            known = [each for each in found if each.section.source == source.name]
            wanted += source.listings(known, named)
        names = {section.name.casefold() for section in wanted}
        for name in self._plan.sections:
            if name.casefold() not in names and not self._hosts.are_stopped:
                yield self._failed(self._settings.site, reason("no_section", section=name))
        for section in wanted:
            yield from self._ask_for(section.url, Tier.LISTING)

    def _plan_articles(self) -> Iterator[Event]:
        # Whatever failed until tomorrow, and so everything, or what failed a while ago.
        failed_before = self._began + (_YOUNG if self._plan.everything else -_RETRY_AFTER)
        for _, url in self._library.pages.uncached(
            self._budget, failed_before, now=self._client.now()
        ):
            yield from self._ask_for(url, Tier.NEW)
        young = self._library.pages.recheck(
            self._began - _YOUNG,
            self._began - _RECHECK_AFTER,
            max(self._settings.articles - self._queue.waiting, 0),
            now=self._client.now(),
        )
        for url in young:
            yield from self._ask_for(url, Tier.YOUNG)

    # Asking and answering.

    def _ask_for(self, url: str, tier: Tier, page: int = 1) -> Iterator[Event]:
        """Queue a page of a source, if the robots.txt of its host allows it."""
        source = owner_of(self._sources, url)
        if source is None:
            return
        try:
            host = self._hosts.of(url)
        except FetchError as error:
            yield self._fail(url, error.reason)
            return
        if host.robots is None and not host.is_stopped:
            yield from self._check_robots(source, url, host)
        if host.is_stopped or host.robots is None:
            return
        if host.robots.allows(url):
            self._queue.add(url, tier, page)
        else:
            yield self._fail(url, reason("robots"))

    def _check_robots(self, source: Source, url: str, host: Host) -> Iterator[Event]:
        """Read the robots.txt of a host, and see whether the host is there at all."""
        self._count(requests=1)
        try:
            host.robots = self._read_robots(url)
        except FetchError as error:
            if not isinstance(error, SiteUnreachable):
                self._done = replace(self._done, reached=True)
            yield self._stop(source, host, error)
        else:
            self._done = replace(self._done, reached=True)
            host.pause = max(source.pause, host.robots.pause)

    def _read_robots(self, url: str) -> Robots:
        try:
            return Robots.of_host(self._client, url)
        except SiteUnreachable:
            raise
        except FetchError as error:
            if isinstance(error, RetryLater):
                if not _is_short(error):
                    raise
                time.sleep(error.seconds)
            return Robots.of_host(self._client, url)

    def _work_off(self) -> Iterator[Event]:
        """Ask for all that is queued; while one answer is read, the next requests are under way."""
        self._fill()
        while self._pool.under_way:
            answer = self._pool.answer()
            task = self._under_way.pop(answer.request.url)
            if isinstance(answer.result, RetryLater) and _is_short(answer.result):
                wait = max(answer.result.seconds, 2 ** (task.tries - 1))
                self._hosts.of(task.url).hold(wait)
            self._fill()
            self._answered += 1
            yield from self._take(task, answer)
            self._fill()
            yield self._progress()

    def _fill(self) -> None:
        while self._queue.waiting and not self._pool.is_full:
            task = self._queue.take()
            asked = self._asked(task)
            if task.tier in _ARTICLES and asked is not None and asked.checked >= self._began:
                # Another process fetched it meanwhile.
                self._answered += 1
                continue
            self._under_way[task.url] = task
            self._count(requests=1)
            # Without its text a listing would not tell which page comes next, unless that is known.
            if self._has_next_page(task) and not self._knows_next(task):
                asked = None
            self._pool.ask(Request(task.url, asked))

    def _asked(self, task: Task) -> Asked | None:
        """Return what is known of a page from having asked for it."""
        if task.tier <= Tier.LISTING:
            return validators_for(self._library, task.url, self._client.now())
        return self._library.pages.asked(task.url)

    def _has_next_page(self, task: Task) -> bool:
        return task.tier is Tier.LISTING and task.page < (self._plan.pages or self._settings.pages)

    def _knows_next(self, task: Task) -> bool:
        following = self._next_listing(task)
        return following is not None and self._library.pages.asked(following) is not None

    def _next_listing(self, task: Task) -> str | None:
        source = owner_of(self._sources, task.url)
        return source.next_listing(task.url) if source else None

    def _take(self, task: Task, answer: Answer) -> Iterator[Event]:
        result = answer.result
        host = self._hosts.of(task.url)
        source = owner_of(self._sources, task.url) or self._sources[0]
        if isinstance(result, SiteUnreachable):
            yield from self._handle_unreachable(task, source, host, result)
            return
        host.unreachable = 0
        self._done = replace(self._done, reached=True)
        if isinstance(result, Unchanged):
            self._count(unchanged=1)
            self._library.pages.mark_unchanged(
                task.url, result.at, etag=result.etag, modified=result.modified
            )
            if self._has_next_page(task) and (following := self._next_listing(task)):
                yield from self._ask_for(following, Tier.LISTING, task.page + 1)
        elif isinstance(result, Fetched):
            self._count(received=result.received)
            yield from self._read(task, source, result)
        elif isinstance(result, RetryLater) and host.is_stopped:
            return
        elif isinstance(result, RetryLater) and not _is_short(result):
            yield self._stop(source, host, result)
        elif isinstance(result, RetryLater) and task.tries < _MAX_TRIES:
            self._answered -= 1
            self._queue.add_again(task)
        else:
            yield self._fail(task.url, result.reason)

    def _handle_unreachable(
        self, task: Task, source: Source, host: Host, error: SiteUnreachable
    ) -> Iterator[Event]:
        """Count a page without a connection; the page itself is not to blame for it."""
        host.unreachable += 1
        if host.unreachable >= _MAX_UNREACHABLE and not host.is_stopped:
            yield self._stop(source, host, error)
            self._done = replace(self._done, lost=self._hosts.are_stopped)
        elif not host.is_stopped:
            yield self._failed(task.url, error.reason)

    def _read(self, task: Task, source: Source, fetched: Fetched) -> Iterator[Event]:
        keep = bool(self._settings.keep_days)
        try:
            page, stored = store(self._library, source, task.url, fetched, keep_bytes=keep)
        except PageError as error:
            self._unread[task.tier <= Tier.LISTING] += 1
            yield self._fail(task.url, error.reason)
            return
        except FetchError as error:
            yield self._fail(task.url, error.reason)
            return
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
                yield from self._ask_for(url, Tier.LISTING, task.page + 1)

    def _follow_article(self, task: Task, source: Source, article: Article) -> Iterator[Event]:
        """Ask for what an article leads on to, but not for what that leads on to."""
        if task.tier is not Tier.NEW:
            return
        for url in source.follow(article):
            if self._budget > self._queue.total and self._is_wanted(url):
                yield from self._ask_for(url, Tier.RELATED)

    def _ask_namesakes(self, task: Task) -> Iterator[Event]:
        """Ask for headlines that a new article may be: their addresses may lead to it now."""
        if task.tier in _ARTICLES:
            for url in self._library.pages.namesakes(task.url, _MAX_NAMESAKES):
                yield from self._ask_for(url, Tier.YOUNG)

    def _is_wanted(self, url: str) -> bool:
        found = self._library.headlines.find(url)
        headlines = self._library.headlines.load([found]) if found is not None else []
        return not any(headline.cached or headline.failure for headline in headlines)

    # What is told.
    def _count(self, **more: int) -> None:
        totals = {name: getattr(self._done, name) + count for name, count in more.items()}
        self._done = replace(self._done, **totals)

    def _progress(self) -> Progress:
        failed = len(self._done.failures)
        total = max(self._queue.total, self._answered)
        return Progress(self._answered, total, self._done.headlines, failed)

    def _fail(self, url: str, why: Reason) -> Failed:
        """Note beside the page why it could not be had."""
        failed = self._failed(url, why)
        self._library.pages.mark_failed(url, failed.reason, self._client.now())
        return failed

    def _failed(self, url: str, why: Reason) -> Failed:
        failed = Failed(url, why)
        self._done = replace(self._done, failures=(*self._done.failures, failed))
        return failed

    def _stop(self, source: Source, host: Host, error: FetchError) -> Failed:
        """Ask a host for nothing more in this run."""
        host.is_stopped = True
        self._queue.remove(lambda url: self._hosts.of(url) is host)
        return self._failed(source.home, error.reason)

    def _note(self) -> None:
        """Keep how the run went, for the status of the reader and for `doctor`."""
        articles, listings = self._unread[False], self._unread[True]
        drifted = articles >= max(_MIN_DRIFT, self._done.articles) or (
            listings >= max(_MIN_DRIFT, self._done.listings)
        )
        before, now = self._library.sources.sync_state(), self._client.now()
        state = state_after(replace(self._done, drifted=drifted), before, now)
        self._done = replace(self._done, drifted=state.drifted)
        self._library.sources.note_sync(state)
        self._library.stories.place(now, _PLACING_SECONDS)
        self._done = retire(self._library, self._settings, self._done, now)


def _is_short(error: RetryLater) -> bool:
    return error.seconds <= _MAX_WAIT_SECONDS
