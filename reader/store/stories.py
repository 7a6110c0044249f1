"""The stories: which reports are about one event, and a reader's corrections."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from time import monotonic, thread_time

from reader.model import JOIN, SPLIT, WATCH, LastVisit, Selection
from reader.store.articles import Articles
from reader.store.clock import stamp_of_present
from reader.store.connection import Database
from reader.store.conversion import seconds_of
from reader.store.headlines import Headlines
from reader.store.marks import set_mark
from reader.store.source_match import of_source
from reader.store.story_choices import apply_corrections, new_story, note_corrections
from reader.stories.digest import Digest, make_digest

# The longest time that other programs may have to wait (seconds).
_LONGEST_WRITE = 0.25
# The number of reports whose words are stored in one step.
_KEPT_AT_ONCE = 100
# The number of reports placed per second of processor time, and the smallest batch.
_IN_A_SECOND, _FEW = 400, 20
_REPORTS = "SELECT id FROM items WHERE story = ? ORDER BY moment DESC, id DESC"
_ALL_REPORTS = """
SELECT story, id FROM items WHERE story IN (SELECT value FROM json_each(?))
ORDER BY moment DESC, id DESC
"""
_NUMBERS = """
SELECT story FROM items WHERE story IS NOT NULL GROUP BY story ORDER BY max(moment) DESC, story DESC
"""
_HAND = """
INSERT INTO story_hands (item, story, belongs, before, act)
SELECT id, :story, :belongs, story, :act FROM items WHERE id = :item
"""
_UNDONE = "SELECT item, before, story, belongs FROM story_hands WHERE act = ?"
_LAST_ACT = "SELECT max(act) FROM story_hands"
_MOVE = "UPDATE items SET story = ? WHERE id = ?"


class Stories:
    """The data about stories; a report has the number of its story, or none while it is alone."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._articles = Articles(database)

    def place(self, now: datetime, seconds: float | None = None) -> int:
        """Place the reports that are not placed yet, the newest first.

        At most `seconds` of processor time are used. Return how many were placed. Other processes
        can write meanwhile, and reports that are placed stay placed if this is interrupted.
        """
        # This needs a stemmer, and no list does.
        from reader.store import story_placement

        until = thread_time() + seconds if seconds is not None else None
        batch = story_placement.BATCH
        if seconds is not None:
            # All words of a batch are counted first, which must not take all the time.
            batch = min(batch, max(_FEW, int(seconds * _IN_A_SECOND)))
        fresh: set[int] = set()
        placed = 0
        while not _is_over(until):
            with self._database.reading() as connection:
                reports, without = story_placement.unplaced_reports(connection, batch)
            if not reports and not without:
                break
            with self._database.writing() as connection:
                story_placement.forget_unplaced(connection, without)
            waiting: list[int] = []
            latest = max((report.moment for report in reports), default=now)
            while reports:
                with self._database.writing(in_small_steps=True) as connection:
                    turn = monotonic() + _LONGEST_WRITE
                    while reports and monotonic() < turn:
                        some, reports = reports[-_KEPT_AT_ONCE:], reports[:-_KEPT_AT_ONCE]
                        story_placement.keep_reports(connection, some[::-1])
                        waiting += [report.id for report in reversed(some)]
            with self._database.reading() as connection:
                placing = story_placement.Placing(connection, fresh, latest)
            while waiting and not _is_over(until):
                with self._database.writing(in_small_steps=True) as connection:
                    turn = monotonic() + _LONGEST_WRITE
                    while waiting and monotonic() < turn:
                        item = waiting.pop()
                        placing.place(item)
                        story_placement.forget_unplaced(connection, [item])
                        placed += 1
            with self._database.writing() as connection:
                story_placement.expire(connection, seconds_of(now))
                apply_corrections(connection)
        return placed

    def is_pending(self) -> bool:
        """Tell whether there are reports still to be placed."""
        with self._database.using("read") as connection:
            (some,) = connection.execute("SELECT EXISTS (SELECT 1 FROM unplaced)").fetchone()
            return bool(some)

    def reports(self, story: int) -> list[int]:
        """Return the numbers of a story's reports, the newest first."""
        with self._database.using("read") as connection:
            return [row[0] for row in connection.execute(_REPORTS, (story,))]

    def numbers(self) -> list[int]:
        """Return the numbers of the stories, the one with the newest report first."""
        with self._database.using("read") as connection:
            return [row[0] for row in connection.execute(_NUMBERS)]

    def related(self, item: int) -> list[int]:
        """Return the reports most similar to one, at most five, without those of its own story."""
        from reader.store import story_placement

        with self._database.reading() as connection:
            report = story_placement.load_report(connection, item)
            if report is None:
                return []
            own = connection.execute("SELECT story FROM items WHERE id = ?", (item,)).fetchone()
            return story_placement.Placing(connection, set()).related(report, own[0])

    def split(self, items: Sequence[int]) -> list[int]:
        """Take reports out of their stories permanently; return those that were in one."""
        with self._database.writing(durable=True) as connection:
            act = _next_act(connection)
            moved: dict[int, int | None] = {}
            for item in items:
                story = _story_of(connection, item)
                if story is not None:
                    others = [row[0] for row in connection.execute(_REPORTS, (story,))]
                    staying = [each for each in others if each not in items]
                    _say(connection, item, story, act, belongs=False)
                    connection.execute(_MOVE, (None, item))
                    moved[item] = next((each for each in (*staying, *others) if each != item), None)
            note_corrections(connection, SPLIT, moved.items())
            return list(moved)

    def join(self, items: Sequence[int]) -> int | None:
        """Join reports into one story permanently, the first one that any has; return its number.

        Return None if there are fewer than two.
        """
        with self._database.writing(durable=True) as connection:
            here = [
                item
                for item in dict.fromkeys(items)
                if connection.execute("SELECT 1 FROM items WHERE id = ?", (item,)).fetchone()
            ]
            if len(here) < 2:
                return None
            numbers = [_story_of(connection, item) for item in here]
            story = next((number for number in numbers if number is not None), None)
            if story is None:
                story = new_story(connection)
            act = _next_act(connection)
            for item in here:
                _say(connection, item, story, act, belongs=True)
                connection.execute(_MOVE, (story, item))
            first, *others = _first_of(story, dict(zip(here, numbers, strict=True)))
            note_corrections(connection, JOIN, [(item, first) for item in others])
            return story

    def undo(self) -> list[int]:
        """Undo the last split or join; return the reports that it moved."""
        with self._database.writing(durable=True) as connection:
            (act,) = connection.execute(_LAST_ACT).fetchone()
            rows = connection.execute(_UNDONE, (act,)).fetchall()
            connection.executemany(_MOVE, [(before, item) for item, before, *_ in rows])
            connection.execute("DELETE FROM story_hands WHERE act = ?", (act,))
            note_corrections(connection, SPLIT, [(row[0], None) for row in rows if not row[3]])
            if joined := {item: before for item, before, _, belongs in rows if belongs}:
                _, *others = _first_of(rows[0][2], joined)
                note_corrections(connection, JOIN, [(item, None) for item in others])
            return [row[0] for row in rows]

    def digest(
        self,
        until: datetime,
        *,
        since: datetime | None = None,
        visit: LastVisit | None = None,
        section: str | None = None,
        source: str | None = None,
        limit: int | None = None,
    ) -> Digest:
        """Return what came in since a moment, else since a visit; without either, everything.

        `source` is a part of the name of a source.
        """
        headlines = Headlines(self._database)
        if since is not None:
            new = headlines.load(headlines.since(since))
        else:
            new = headlines.load(headlines.ids(Selection(after=visit.newest if visit else 0)))
        stories = list(dict.fromkeys(each.story for each in new if each.story is not None))
        reports = self.all_reports(stories)
        known = {
            each.id: each for each in headlines.load(list(chain.from_iterable(reports.values())))
        }
        oldest = min((each.seen for each in new), default=until)
        return make_digest(
            since or (visit.at if visit else oldest),
            until,
            new,
            {story: [known[item] for item in items] for story, items in reports.items()},
            changed=frozenset(
                self._articles.changed([each.id for each in (*new, *known.values())])
            ),
            section=section,
            among=self._brought_by(source) if source else None,
            limit=limit,
            is_since_visit=since is None and visit is not None,
        )

    def _brought_by(self, source: str) -> frozenset[int]:
        condition = of_source(":source")
        with self._database.using("read") as connection:
            rows = connection.execute(
                f"SELECT id FROM items WHERE {condition}",  # noqa: S608
                {"source": source.lower()},
            )
            return frozenset(row[0] for row in rows)

    def watch(self, story: int, *, value: bool = True) -> None:
        """Start or stop watching a story."""
        with self._database.writing(durable=True) as connection:
            reports = [row[0] for row in connection.execute(_REPORTS, (story,))]
            stamp = stamp_of_present(connection)
            set_mark(connection, WATCH, reports, value=value, stamp=stamp)

    def all_reports(self, stories: Sequence[int]) -> dict[int, list[int]]:
        """Return the reports of several stories, the newest first of each."""
        found: dict[int, list[int]] = {number: [] for number in stories}
        with self._database.using("read") as connection:
            rows = connection.execute(_ALL_REPORTS, (json.dumps(list(stories)),))
            for story, item in rows:
                found[story].append(item)
        return found

    def watched(self) -> list[int]:
        """Return the numbers of the watched stories."""
        with self._database.using("read") as connection:
            rows = connection.execute("SELECT number FROM stories WHERE watched = 1")
            return [row[0] for row in rows]


def _is_over(until: float | None) -> bool:
    return until is not None and thread_time() > until


def _story_of(connection: sqlite3.Connection, item: int) -> int | None:
    row = connection.execute("SELECT story FROM items WHERE id = ?", (item,)).fetchone()
    return row[0] if row else None


def _first_of(story: int, before: Mapping[int, int | None]) -> list[int]:
    """Return the reports of a join, first the one that the others are recorded as joining.

    This report was in the story `before`. Others that were in it need no join.
    """
    there = sorted(item for item, number in before.items() if number == story)
    others = sorted(item for item, number in before.items() if number != story)
    return [*there[:1], *others]


def _next_act(connection: sqlite3.Connection) -> int:
    (act,) = connection.execute("SELECT coalesce(max(act), 0) + 1 FROM story_hands").fetchone()
    return int(act)


def _say(connection: sqlite3.Connection, item: int, story: int, act: int, *, belongs: bool) -> None:
    values = {"item": item, "story": story, "belongs": int(belongs), "act": act}
    connection.execute(_HAND, values)
