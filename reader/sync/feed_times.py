"""The times at which feeds are requested again; pure functions."""

from datetime import datetime, timedelta

from reader.model import FeedState

# The longest pause that a feed may ask for, and the longest between requests to a failing feed.
_LONGEST_WISH = timedelta(hours=12)
_LONGEST_FAILING = timedelta(hours=24)
_MOST_DOUBLED = 10
# A feed that is gone is never due.
NEVER = timedelta(days=36_500)
# A due moment that is further away means that the clock was wrong.
_FURTHEST = timedelta(days=8)


def due_after(now: datetime, interval: int, *wishes: float | None) -> datetime:
    """Return when a feed that answered at `now` is due: after `interval` minutes at least.

    `wishes` are the minutes for which it asks to be left alone, None if unstated; the least counts.
    """
    times = [timedelta(minutes=wish) for wish in wishes if wish]
    wish = min((*times, _LONGEST_WISH)) if times else timedelta()
    return now + max(timedelta(minutes=interval), wish)


def due_after_failure(now: datetime, interval: int, failures: int, wait: float = 0) -> datetime:
    """Return when a feed is due after its `failures`th failure: after `wait` seconds at least."""
    doubled = timedelta(minutes=interval * (1 << min(failures, _MOST_DOUBLED)))
    longest = max(_LONGEST_FAILING, timedelta(minutes=interval))
    return now + max(min(doubled, longest), timedelta(seconds=wait))


def is_due(state: FeedState | None, now: datetime) -> bool:
    """Tell whether a feed is to be requested; one that is gone is not."""
    if state is None or state.due is None:
        return True
    if state.gone:
        return False
    return state.due <= now or state.due - now > _FURTHEST
