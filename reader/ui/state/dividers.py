"""The lines between the rows of an edition's list."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from reader.library import Library
from reader.ui import wording
from reader.ui.state.days import day_begins
from reader.ui.state.edition import Edition
from reader.ui.state.rows import Day, Dividing
from reader.ui.typeset.text import clock_text


def dividers(library: Library, edition: Edition, now: datetime) -> tuple[Dividing, ...]:
    """Return the lines between the rows: below stories and the last new one, and above days.

    What an open story has besides comes first, then the empty line below a story. In a list by
    time, each day has a line, except for today at the top. The order with unread first has no lines
    for days, as it joins two lists. Raises ReaderError.
    """
    folded = edition.folded
    lines = [
        *(
            Dividing(row, wording.say("list.more-reports", count=count), "more")
            for row, count in folded.more.items()
        ),
        *(Dividing(row, "", "story") for row in folded.below if row < len(edition.ids)),
        *_below_new(edition, now),
        *(() if edition.ordering == "unread" else _days(library, edition, now)),
    ]
    return tuple(sorted(lines, key=lambda each: each.row))


def _days(library: Library, edition: Edition, now: datetime) -> Iterator[Dividing]:
    """Yield the lines above the days, with the number of rows of each.

    The number of the last day is unknown while only the beginning of the list is loaded. The older
    reports of an open story belong to the day of the newest one.
    """
    today, rows = now.astimezone().date(), edition.ids
    places: Sequence[int] = range(len(rows))
    if members := frozenset(edition.folded.members):
        places = [place for place in places if place not in members]
        rows = [rows[place] for place in places]
    for begin in day_begins(rows, partial(_days_of, library)):
        if begin.place == 0 and begin.day == today:
            continue
        is_cut = begin.place + begin.count == len(rows) and edition.total > len(edition.ids)
        day = Day(begin.day, today, None if is_cut else begin.count)
        yield Dividing(places[begin.place], day=day)


def _days_of(library: Library, ids: Sequence[int]) -> dict[int, date]:
    moments = library.headlines.moments(ids)
    return {number: moment.astimezone().date() for number, moment in moments.items()}


def _below_new(edition: Edition, now: datetime) -> Sequence[Dividing]:
    """Return the line below the last new headline at the top of the list.

    There is none in the list of new headlines, nor where all or none of the list is new.
    """
    visit, rows = edition.last_visit, edition.ids
    plain = edition.ordering == "newest" and not edition.words and not edition.view.selection.after
    if visit is None or not plain:
        return ()
    new = next((place for place, each in enumerate(rows) if each <= visit.newest), len(rows))
    if not 0 < new < len(rows):
        return ()
    clock = clock_text(visit.at, now)
    return (Dividing(new, wording.say("list.new-since", count=new, clock=clock), "fresh"),)
