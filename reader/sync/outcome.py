"""The state of the site after a run, stored for the reader's status and for `doctor`."""

from datetime import datetime

from reader.events import Done
from reader.model import SyncState


def state_after(done: Done, before: SyncState, now: datetime) -> SyncState:
    """Return the state after a run that ended at `now`, given the state before it.

    If the site was unreachable from the start, the state keeps the time of the first such run; a
    run that read no article says nothing new about the layout, and one that asked for nothing, as a
    robots.txt that is still valid may require, says nothing about the connection.
    """
    drifted = done.drifted or (before.drifted and not done.articles)
    if not done.requests:
        return SyncState(before.reached, before.failed, before.reason, drifted)
    if done.reached and not done.lost:
        return SyncState(now, None, None, drifted)
    reason = done.failures[-1].reason if done.failures else None
    if done.reached:
        return SyncState(now, now, reason, drifted)
    return SyncState(before.reached, before.failed or now, reason, drifted)
