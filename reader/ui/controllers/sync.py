"""Runs of the child: all news, one article, and which sections are followed."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from reader.config import Settings
from reader.errors import Reason, is_gone_for_good, reason
from reader.events import Done, NotifyFailed, Stored
from reader.library import Library
from reader.model import DEFAULT_SOURCE, Headline, Section
from reader.sources.registry import owner_of, sources_of
from reader.sync.child_process import Child
from reader.ui import wording
from reader.ui.controllers.headlines import HeadlinesController
from reader.ui.controllers.runs import Run, RunEnded, RunEvent, carry_out
from reader.ui.controllers.screen import ScreenAccess, Timer
from reader.ui.state.network import sync_summary
from reader.ui.state.notices import notice_of
from reader.ui.state.screen_state import ScreenState
from reader.ui.state.values import FetchAttempt

# Rereading the list takes a moment, so stored pages are shown in batches.
_STORED_SECONDS = 2.0


class SyncController:
    """Runs the child process that fetches, and shows the results; methods may raise ReaderError."""

    def __init__(
        self,
        library: Library,
        child: Child,
        state: ScreenState,
        screen: ScreenAccess,
        settings: Settings,
        *,
        headlines: HeadlinesController,
        now: Callable[[], datetime],
    ) -> None:
        self._library = library
        self._settings = settings
        self._child = child
        self._state = state
        self._screen = screen
        self._headlines = headlines
        self._now = now
        self._sources = sources_of(settings)
        self._runs: dict[str, Run] = {}
        self._stored: Timer | None = None
        # Why pages could not be fetched in the last run, by address.
        self.last_failures: dict[str, Reason] = {}
        # The last announced time at which due headlines are deleted.
        self._announced = ""

    async def go_live(self, *, empty: bool) -> None:
        """Import the sample edition into an `empty` store, then sync per the settings."""
        self._headlines.read_on()
        if empty:
            self._state.notice = wording.say("empty.laying-out")
            await self._screen.errors.attempt_async(self._child.import_sample())
            self._screen.errors.attempt(self._headlines.reread)
        self._place_stories()
        if self._settings.sync_minutes is not None:
            self._screen.every(60 * self._settings.sync_minutes, self._sync_by_itself)
        if self._settings.sync_at_start:
            self._sync_by_itself()

    # All news.

    def sync(self) -> None:
        """Fetch the news; if the open article is not offline, fetch that."""
        opened = self._state.opened
        if self._state.pane == "article" and opened is not None and opened.article is None:
            self.fetch_opened()
        elif self._state.network.offline:
            self._screen.show_notice(notice_of("notice.sync-is-off", about="offline"))
        elif "sync" in self._runs:
            self._screen.say(wording.say("notice.already-syncing"), about="run")
        else:
            self._begin_sync(Run("sync"))

    def fetch_everything(self) -> None:
        """Fetch every article of which only the headline is offline."""
        present = self._runs.get("sync")
        if self._state.network.offline:
            self._screen.show_notice(notice_of("notice.sync-is-off", about="offline"))
        elif present is not None and present.kind == "everything":
            self._screen.say(wording.say("notice.already-syncing"), about="run")
        elif count := self._library.pages.count_uncached():
            self._screen.say(wording.say_count("notice.uncached", count), about="run")
            self._begin_sync(Run("everything"))
        else:
            self._screen.say(wording.say("notice.all-offline"))

    def stop(self) -> None:
        """Stop all runs; pages stored so far stay."""
        progress = self._state.network.progress
        stopped = self._stop()
        if progress is not None and progress.total:
            done, total = progress.done, progress.total
            self._screen.say(wording.say("notice.stopped-at", done=done, total=total))
        else:
            self._screen.say(wording.say("notice.stopped" if stopped else "notice.nothing-to-stop"))
        self._headlines.reread()

    def toggle_offline(self) -> None:
        """Switch offline mode on or off."""
        offline = not self._state.network.offline
        if offline:
            self._stop()
        self._state.network = replace(self._state.network, offline=offline)
        now = "notice.offline-now" if offline else "notice.online-now"
        self._screen.show_notice(notice_of(now, about="offline"))

    def _sync_by_itself(self) -> None:
        if not self._state.network.offline and "sync" not in self._runs:
            self._begin_sync(Run("sync", asked=False))

    def _begin_sync(self, run: Run) -> None:
        expected = self._library.pages.count_uncached()
        if run.kind == "sync":
            expected = min(expected, self._settings.articles)
        self._state.network = self._state.network.begun(expected)
        self._begin(run)

    def _begin(self, run: Run) -> None:
        """Start `run` in the child, in place of the run of its group."""
        self._runs[run.group] = run
        work = partial(carry_out, run, self._child, self._post)
        self._screen.start(run.group, work, exclusive=True)

    def _stop(self) -> bool:
        """Kill the children that fetch; return whether there were any."""
        were = bool(self._runs)
        for group in self._runs:
            self._screen.cancel(group)
        self._runs.clear()
        self._state.network = self._state.network.halted()
        self._state.fetch = None
        return were

    # Events of a run.

    def _post(self, message: RunEvent | RunEnded) -> None:
        if isinstance(message, RunEvent):
            self._screen.call_later(partial(self.handle_event, message))
        else:
            self._screen.call_later(partial(self.handle_end, message))

    def handle_event(self, message: RunEvent) -> None:
        """Show the progress of a sync, and soon the pages it stored."""
        if message.run is not self._runs.get(message.run.group):
            return
        if message.run.group == "sync":
            self._state.network = self._state.network.after_event(message.event)
        if isinstance(message.event, NotifyFailed):
            self._screen.errors.show(message.event.reason)
        if isinstance(message.event, Stored) and self._stored is None:
            self._stored = self._screen.after(_STORED_SECONDS, self._show_stored)

    def _show_stored(self) -> None:
        self._stored = None
        self._headlines.refresh_if_changed()

    def handle_end(self, message: RunEnded) -> None:
        """Show the result of a run."""
        run, done = message.run, message.done
        if run is not self._runs.get(run.group):
            return
        del self._runs[run.group]
        is_sync = run.group == "sync"
        if is_sync:
            self._state.network = self._state.network.ended()
        if done is not None:
            network = self._state.network
            self._state.network = network.after_run(done, self._now(), whole=is_sync)
        # The result is shown even if the store cannot be read.
        self._screen.errors.attempt(self._headlines.reread)
        if is_sync:
            self._sync_ended(run, done, message.complaint)
        else:
            self._fetch_ended(run, done, message.complaint)

    def _sync_ended(self, run: Run, done: Done | None, complaint: Reason | None) -> None:
        self._headlines.end_first_edition()
        # The header says that nothing can be stored.
        if complaint is not None and (run.asked or self._state.network.unstored is None):
            self._screen.errors.show(complaint)
        if done is None:
            return
        self._screen.errors.attempt(self._place_stories)
        self.last_failures = {failed.url: failed.reason for failed in done.failures}
        # Each set of due headlines is announced once.
        fresh = done if done.due_after != self._announced else replace(done, due=0)
        self._announced = done.due_after
        sample = self._state.status.sample
        if notice := sync_summary(fresh, self._now(), asked=run.asked, sample=sample):
            self._screen.show_notice(replace(notice, headline=self._failed_headline(done)))

    def _failed_headline(self, done: Done) -> int | None:
        """Return the headline whose page a run failed to fetch first, if it is known."""
        return self._library.headlines.find(done.failures[0].url) if done.failures else None

    def _place_stories(self) -> None:
        """Place the reports that no run placed, such as those of many feeds at once."""
        if self._library.stories.is_pending():
            self._screen.start("stories", self._place_and_show, exclusive=True)

    async def _place_and_show(self) -> None:
        await self._child.place_stories()
        self._show_stored()

    # One article.

    def fetch_on_opening(self) -> None:
        """Fetch the opened article as `fetch_opened` does, unless its site says that it is gone."""
        opened = self._state.opened
        failure = opened.headline.failure if opened else None
        if failure is None or not is_gone_for_good(failure):
            self.fetch_opened()

    def fetch_opened(self) -> None:
        """Fetch the opened article if it is not offline and the network may be used."""
        opened = self._state.opened
        if opened is None or opened.article is not None or self._state.network.offline:
            return
        headline = opened.headline
        url, present = headline.teaser.url, self._runs.get("article")
        if (
            url is None
            or (headline.source == DEFAULT_SOURCE and owner_of(self._sources, url) is None)
            or (present is not None and present.headline_id == headline.id)
        ):
            return
        self._state.fetch = FetchAttempt(headline.id)
        self._begin(Run("article", headline_id=headline.id, url=url))

    def accept_opened(self) -> None:
        """Replace the text of the opened article with the site's text, which was kept back."""
        opened = self._state.opened
        if opened is None or opened.headline.teaser.url is None:
            return
        headline = opened.headline
        if not self._library.articles.kept_back(headline.id):
            self._screen.say(wording.say("notice.nothing-kept-back"), about="article")
        elif self._state.network.offline:
            self._screen.say(wording.say("notice.kept-back-offline"))
        else:
            self.fetch_accepted(headline)

    def fetch_accepted(self, headline: Headline) -> None:
        """Fetch an article, and accept the text of its page unconditionally."""
        url = headline.teaser.url or ""
        self._begin(Run("article", headline_id=headline.id, url=url, accepted=True))

    def cancel_fetch(self) -> bool:
        """Stop fetching the opened article; tell whether it was being fetched."""
        run, opened = self._runs.get("article"), self._state.opened
        if run is None or opened is None or run.headline_id != opened.headline.id:
            return False
        self._screen.cancel(run.group)
        del self._runs[run.group]
        self._state.fetch = None
        return True

    def _fetch_ended(self, run: Run, done: Done | None, complaint: Reason | None) -> None:
        reasons = [failed.reason for failed in done.failures] if done else []
        why = complaint or next(iter(reasons), reason("nothing_came"))
        self._state.fetch = FetchAttempt(run.headline_id, why)
        if run.accepted and (complaint or reasons):
            # The article already shows a text instead of the failure, so report that.
            self._screen.errors.show(why)

    # Sections.

    def follow(self, section: Section, followed: bool) -> bool:
        """Set whether a section is followed; return whether that is on disk."""

        def follow() -> bool:
            self._library.sources.follow(section.name, followed, section.source)
            return True

        return self._screen.errors.attempt(follow) or False
