"""The publication time of an item, from all pages that showed its age; pure."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

MAX_SIGHTINGS = 50


class Seen(NamedTuple):
    """A page fetched `at` showed that an item was published in an interval; Unix seconds."""

    at: int
    earliest: int
    latest: int


def published(sightings: Iterable[Seen]) -> tuple[int, int] | None:
    """Return the interval that follows from the sightings, in whatever order they are given.

    Each sighting narrows the interval; one that contradicts it starts a new one, because an age can
    be corrected and a headline can be reused.
    """
    result: tuple[int, int] | None = None
    for _, earliest, latest in sorted(sightings):
        if result is None or earliest > result[1] or latest < result[0]:
            result = earliest, latest
        else:
            result = max(earliest, result[0]), min(latest, result[1])
    return result


def remember(kept: Collection[Seen], sightings: Iterable[Seen]) -> list[Seen]:
    """Return the sightings to keep, at most MAX_SIGHTINGS; they give the same interval as all.

    The oldest of a full list stands for all up to its time, so older ones are not added.
    """
    horizon = min(kept).at if len(kept) >= MAX_SIGHTINGS else None
    news = (one for one in sightings if horizon is None or one.at > horizon)
    ordered = sorted({*kept, *news})
    surplus = len(ordered) - MAX_SIGHTINGS
    if surplus <= 0:
        return ordered
    oldest, rest = ordered[: surplus + 1], ordered[surplus + 1 :]
    interval = published(oldest)
    return [Seen(oldest[-1].at, *interval), *rest] if interval else rest
