"""The live part of the reading screen: the runs that fill the cache from the site."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from textual.timer import Timer

from reader.config import Settings
from reader.events import Done, Stored
from reader.library import Library
from reader.sources import source_of
from reader.ui import words
from reader.ui.controllers.runs import Ended, Run, Told, carry_out
from reader.ui.reasons import reason_text
from reader.ui.screens.cached import CachedScreen
from reader.ui.state.network import Network, sync_summary
from reader.ui.state.values import Fetch, Notice
from reader.worker import Child

# What a run stores is shown together, for each reading of the list costs a moment.
_STORED_SECONDS = 2.0
_PROBLEM_SECONDS = 12.0
# Keys that were typed before the list was there go first, for to read a long one takes a moment.
_READ_ON_SECONDS = 0.1


class LiveScreen(CachedScreen):
    """Keeps the cache up to date with the site."""

    def __init__(
        self, library: Library, settings: Settings, now: Callable[[], datetime], child: Child
    ) -> None:
        super().__init__(library, settings, now)
        self._settings = settings
        self._child = child
        self._source = source_of(settings.site)
        self._runs: dict[str, Run] = {}
        self._stored: Timer | None = None
        self._last_failures: dict[str, str] = {}
        # When what is due goes, as was last announced.
        self._announced = ""
        self.network = Network(settings.offline)

    async def go_live(self, *, empty: bool) -> None:
        """Have the bundled edition laid out in an `empty` cache, then sync as the settings say."""
        self.set_timer(_READ_ON_SECONDS, self._read_whole)
        if empty:
            self.notice = words.say("empty.laying-out")
            with self._told:
                await self._child.import_sample()
            self.reread()
        if self._settings.sync_minutes is not None:
            self.set_interval(60 * self._settings.sync_minutes, self._sync_by_itself)
        if self._settings.sync_at_start:
            self._sync_by_itself()

    def tell_problems(self, problems: Sequence[str]) -> None:
        """Say what is wrong with the settings: the first of it, and how much more there is."""
        if problems:
            # The line is short; `znreader config` tells in which folder the file is.
            first = reason_text(problems[0].removeprefix(f"{self._settings.config_path.parent}/"))
            tells = words.say_count("notice.settings", len(problems), problem=first)
            self.notices.tell(Notice(tells, "warning", _PROBLEM_SECONDS))

    def _begin(self, run: Run) -> None:
        """Have the child do `run` in place of what it did of this kind."""
        self._runs[run.group] = run
        # Not yet a coroutine, for one that is replaced at once is never begun.
        work: Callable[[], Awaitable[None]] = partial(
            carry_out, run, self._child, self.post_message
        )
        self.run_worker(work, group=run.group, exclusive=True)

    def _begin_sync(self, run: Run) -> None:
        with self._told:
            expected = self._library.pages.count_uncached()
            if run.kind == "sync":
                expected = min(expected, self._settings.articles)
            self.network = self.network.begun(expected)
            self._begin(run)

    def _sync_by_itself(self) -> None:
        if not self.network.offline and "sync" not in self._runs:
            self._begin_sync(Run("sync", asked=False))

    def action_sync(self) -> None:
        """Fetch the news; in an article that is not offline, that one."""
        if self.pane == "article" and self.opened is not None and self.opened.article is None:
            self.action_fetch()
        elif self.network.offline:
            self._say(words.say("notice.sync-is-off"))
        elif "sync" in self._runs:
            self._say(words.say("notice.already-syncing"))
        else:
            self._begin_sync(Run("sync"))

    def action_everything(self) -> None:
        """Fetch every article of which only the headline is offline."""
        present = self._runs.get("sync")
        if self.network.offline:
            self._say(words.say("notice.sync-is-off"))
        elif present is not None and present.kind == "everything":
            self._say(words.say("notice.already-syncing"))
        else:
            with self._told:
                count = self._library.pages.count_uncached()
                if not count:
                    self._say(words.say("notice.all-offline"))
                    return
                self._say(words.say_count("notice.uncached", count))
                self._begin_sync(Run("everything"))

    def _stop(self) -> bool:
        """End the children that fetch, at once; tell whether there were any."""
        were = bool(self._runs)
        for group in self._runs:
            self.workers.cancel_group(self, group)
        self._runs.clear()
        self.network = self.network.ended()
        self.fetch = None
        return were

    def action_stop(self) -> None:
        """Stop what is being fetched; what has come in stays."""
        self._say(
            words.say("notice.stopped") if self._stop() else words.say("notice.nothing-to-stop")
        )
        self.reread()

    def action_offline(self) -> None:
        """Touch no network at all, or end that again."""
        offline = not self.network.offline
        if offline:
            self._stop()
        self.network = replace(self.network, offline=offline)
        self._say(words.say("notice.offline-now") if offline else words.say("notice.online-now"))

    def on_told(self, message: Told) -> None:
        """Show how far a sync is, and soon what it stored."""
        if message.run is not self._runs.get(message.run.group):
            return
        if message.run.group == "sync":
            self.network = self.network.told(message.event)
        if isinstance(message.event, Stored) and self._stored is None:
            self._stored = self.set_timer(_STORED_SECONDS, self._show_stored)

    def _show_stored(self) -> None:
        self._stored = None
        self._poll()

    def on_ended(self, message: Ended) -> None:
        """Show what came of a run."""
        run, done = message.run, message.done
        if run is not self._runs.get(run.group):
            return
        del self._runs[run.group]
        is_sync = run.group == "sync"
        if is_sync:
            self.network = self.network.ended()
        if done is not None:
            self.network = self.network.answered(done, self._now(), whole=is_sync)
        self.reread()
        if is_sync:
            self._sync_ended(run, done, message.complaint)
        else:
            self._fetch_ended(run, done, message.complaint)

    def _sync_ended(self, run: Run, done: Done | None, complaint: str | None) -> None:
        self._first_edition = False
        if complaint is not None:
            self._told.tell(complaint)
        if done is None:
            return
        self._last_failures = {failed.url: failed.reason for failed in done.failures}
        # What is due stays so, and is announced once.
        fresh = done if done.due_after != self._announced else replace(done, due=0)
        self._announced = done.due_after
        tells = sync_summary(fresh, self._now(), asked=run.asked, sample=self.status.sample)
        if tells is not None:
            self.notices.tell(tells)

    def action_fetch(self) -> None:
        """Fetch the opened article where it is not offline and the network may be used."""
        if self.opened is None or self.opened.article is not None or self.network.offline:
            return
        headline = self.opened.headline
        url, present = headline.teaser.url, self._runs.get("article")
        if (
            url is None
            or not self._source.holds(url)
            or (present is not None and present.headline_id == headline.id)
        ):
            return
        self.fetch = Fetch(headline.id)
        self._begin(Run("article", headline_id=headline.id, url=url))

    def cancel_fetch(self) -> bool:
        """Stop fetching the opened article; tell whether it was being fetched."""
        run = self._runs.get("article")
        if run is None or self.opened is None or run.headline_id != self.opened.headline.id:
            return False
        self.workers.cancel_group(self, run.group)
        del self._runs[run.group]
        self.fetch = None
        return True

    def _fetch_ended(self, run: Run, done: Done | None, complaint: str | None) -> None:
        reasons = [failed.reason for failed in done.failures] if done else []
        reason = complaint or next(iter(reasons), words.say("article.nothing-came"))
        self.fetch = Fetch(run.headline_id, reason)
