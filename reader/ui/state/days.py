"""The beginnings of days in a list of headlines that is sorted by time; pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct

# Returns the day of each of the given headlines that still exists.
DaysOf = Callable[[Sequence[int]], Mapping[int, date]]
# The distance between two adjacent rows, at which a change of day is located.
_NEXT = 1


class DayBegin(Struct, frozen=True):
    """The position of the first row of a day in a list, and the number of rows of that day."""

    place: int
    day: date
    count: int


def day_begins(rows: Sequence[int], days_of: DaysOf) -> list[DayBegin]:
    """Return where each day begins in `rows`, from the first row on.

    Only rows around the changes of day are looked up, by bisection between known rows, and
    those of one round together: a few lookups for each day, however long the list is.
    """
    if not rows:
        return []
    last = len(rows) - 1
    known = _days_at((0, last), rows, days_of)
    spans = [(0, last)]
    starts = [0]
    while spans:
        spans = [each for each in spans if known[each[0]] != known[each[1]]]
        starts += [high for low, high in spans if high - low == _NEXT]
        spans = [(low, high) for low, high in spans if high - low > _NEXT]
        middles = [(low + high) // 2 for low, high in spans]
        known |= _days_at(middles, rows, days_of)
        halves = zip(spans, middles, strict=True)
        spans = [half for (low, high), middle in halves for half in ((low, middle), (middle, high))]
    starts.sort()
    ends = [*starts[1:], len(rows)]
    return [
        DayBegin(place, day, end - place)
        for place, end in zip(starts, ends, strict=True)
        if (day := known[place]) is not None
    ]


def _days_at(places: Sequence[int], rows: Sequence[int], days_of: DaysOf) -> dict[int, date | None]:
    """Return the day of the row at each position, None where the headline no longer exists."""
    days = days_of([rows[place] for place in places]) if places else {}
    return {place: days.get(rows[place]) for place in places}
