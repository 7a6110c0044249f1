"""The state of the network, and its change by each event of a run; pure."""

from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from reader.errors import Reason
from reader.events import Done, Event, Progress, Started
from reader.model import SyncState
from reader.ui import wording
from reader.ui.state.notices import notice_of
from reader.ui.state.values import Notice
from reader.ui.typeset.text import as_sentence, clock_text

# A run begins with a page or two that lead to all others, so they say little of its length.
_FEW_PAGES = 20
# How long an unsolicited notice, or one that takes long to read, stays (seconds).
_LONG_SECONDS = 12.0


class Network(Struct, frozen=True):
    """The offline mode, how the last runs went, and how far the present one is.

    `progress` is None if no sync runs; `fraction` is how full its bar is, and never shrinks;
    `expected` is the least number of pages it is expected to request. `failures` counts the pages
    that the last sync failed to fetch; `halted_at` is the progress of a sync that the reader
    stopped. `folder` is what is wrong with the folder through which marks are exchanged, and
    `unstored` why neither news nor marks can be stored. `elsewhere` is the name of the machine on
    which the opened article was read further, until the reader goes to that place.
    """

    offline: bool = False
    state: SyncState = field(default_factory=SyncState)
    progress: Progress | None = None
    fraction: float = 0.0
    expected: int = 0
    failures: int = 0
    halted_at: Progress | None = None
    folder: Reason | None = None
    unstored: Reason | None = None
    elsewhere: str = ""

    @property
    def is_away(self) -> bool:
        """Tell whether nothing can be fetched: in offline mode, or if no source answers."""
        return self.offline or self.state.failed is not None

    def known(self, stored: SyncState) -> "Network":
        """Return the network after reading in the cache how the last runs went."""
        return replace(self, state=max(stored, self.state, key=_moment))

    def begun(self, expected: int) -> "Network":
        """Return the network with a sync that has not requested anything yet."""
        progress = Progress(0, 0, 0, 0)
        return replace(self, progress=progress, fraction=0.0, expected=expected, halted_at=None)

    def ended(self) -> "Network":
        """Return the network without a sync."""
        return replace(self, progress=None, fraction=0.0)

    def halted(self) -> "Network":
        """Return the network after the reader stopped the sync, if one ran."""
        progress = self.progress if self.progress and self.progress.total else None
        return replace(self.ended(), halted_at=progress or self.halted_at)

    def after_event(self, event: Event) -> "Network":
        """Return the network after an event of the running sync."""
        if isinstance(event, Started):
            return replace(self, progress=Progress(0, event.total, 0, 0))
        if isinstance(event, Progress):
            # More pages will turn up, one for most new headlines; the bar never goes back for it.
            expected = max(event.total, event.new, self.expected, _FEW_PAGES)
            fraction = min(event.done / expected, 1.0)
            return replace(self, progress=event, fraction=max(self.fraction, fraction))
        return self

    def after_run(self, done: Done, now: datetime, *, whole: bool) -> "Network":
        """Return the network after a run ended at `now`; `whole` for a sync, not for one page."""
        drifted = done.drifted if whole else self.state.drifted
        failures = len(done.failures) if whole else self.failures
        if done.reached and not done.lost:
            if not whole and self.state.failed is None:
                # One page is not a sync.
                return self
            return replace(self, state=SyncState(now, drifted=drifted), failures=failures)
        if not done.failures:
            return self
        state = self.state
        since, reason = state.failed or now, done.failures[-1].reason
        reached = now if done.reached else state.reached
        return replace(self, state=SyncState(reached, since, reason, drifted), failures=0)


def _moment(state: SyncState) -> float:
    """Return when the last run recorded in `state` ended, in Unix seconds."""
    return max((at.timestamp() for at in (state.reached, state.failed) if at), default=0.0)


def stopped_text(progress: Progress) -> str:
    """Return the text that a sync was stopped, with its progress."""
    return wording.say("network.stopped-at", done=progress.done, total=progress.total)


def sync_summary(done: Done, now: datetime, *, asked: bool, sample: bool) -> Notice | None:
    """Return the notice after a sync: first what went wrong, and what the reader can do.

    A run without trouble has a notice only if the reader `asked` for it; `sample` means that the
    list still holds the sample edition.
    """
    if done.failures and (sample or not done.reached):
        reason = as_sentence(wording.reason_text(done.failures[-1].reason))
        key = "notice.sample-only" if sample else "notice.retry"
        if not (asked or sample):
            return None
        return notice_of(key, severity="warning", about="failure", reason=reason)
    if done.drifted:
        return notice_of("notice.drifted", severity="warning")
    if done.pruned:
        return notice_of("notice.pruned", done.pruned, severity="warning")
    if done.due:
        day = clock_text(datetime.fromisoformat(done.due_after), now)
        return notice_of("notice.due", done.due, severity="warning", day=day)
    return Notice(_summary(done), seconds=_LONG_SECONDS, about="failure") if asked else None


def _summary(done: Done) -> str:
    """Return in a sentence or two why something did not come in, and what did."""
    brought = wording.say("notice.synced", headlines=done.headlines, articles=done.articles)
    if not done.failures:
        return brought
    reason = as_sentence(wording.reason_text(done.failures[0].reason))
    return f"{wording.say_count('notice.failed', len(done.failures), reason=reason)} {brought}"
