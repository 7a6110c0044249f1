"""Places reports in stories; the data about recent reports is in tables and read as needed.

The words of a whole batch are counted before its first report is placed, in the order of
publication. A story number that could be seen before this run never changes.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from msgspec.json import Decoder, Encoder

from reader.resources import WORDS
from reader.store.conversion import body_of, dateline_of, moment_of, seconds_of
from reader.store.reports_by_word import WordLists
from reader.store.story_choices import barred, new_story
from reader.stories.chance import Rarity, Weighed, cosine, weigh
from reader.stories.placing import (
    CANDIDATES,
    LAST,
    NEWEST,
    SHARED,
    WITHIN,
    Placement,
    choose_story,
    heaviest,
)
from reader.stories.report import PLACE, Report, Traits, report_of, words_of_places
from reader.stories.words import read_frequencies
from reader.text.sanitize import clean_line

# The number of reports in a batch; the newest reports of a large cache come first.
BATCH = 1_000
# Words are kept for reports younger than this (seconds), and for this many placed last.
_DAY = 86_400
_KEEP_SECONDS, _KEEP = 30 * _DAY, 5_000
_RELATED, _LEAST = 5, 0.12
# The number of reports per word that are in memory while a batch is placed.
_HELD = 2_000
_EVER, _ANY_DAYS = 1 << 60, 36_500

_UNPLACED = """
SELECT id, moment, title, summary, dateline, blocks FROM {} ON items.id = unplaced.item
LEFT JOIN articles ON articles.item = items.id ORDER BY moment DESC, id DESC LIMIT ?
"""
# A few are looked up and sorted; of many, the newest are found first among all items, by time.
_FEW_UNPLACED = _UNPLACED.format("unplaced CROSS JOIN items")
_MANY_UNPLACED = _UNPLACED.format("items INDEXED BY items_newest CROSS JOIN unplaced")
_FEW_REPORTS = 200
_ARE_MANY = "SELECT EXISTS (SELECT 1 FROM unplaced LIMIT 1 OFFSET ?)"
_TEXT = """
SELECT id, moment, title, summary, dateline, blocks
FROM items LEFT JOIN articles ON articles.item = items.id WHERE items.id = ?
"""
_LAST_PLACED = "SELECT coalesce(max(placed), 0) FROM reports"
_REMEMBER = "INSERT INTO reports (item, moment, placed, words, traits) VALUES (?, ?, ?, ?, ?)"
_WORDS = "SELECT item, moment, words FROM reports WHERE item IN (SELECT value FROM json_each(?))"
_SET_WORDS = "UPDATE reports SET words = ? WHERE item = ?"
_NO_WORDS = "UPDATE reports SET words = '{}' WHERE item IN (SELECT value FROM json_each(?))"
_DELETE = "DELETE FROM reports WHERE item IN (SELECT value FROM json_each(?))"
_ADD_WORD = "INSERT INTO report_words (word, moment, item) VALUES (?, ?, ?)"
_DELETE_WORD = "DELETE FROM report_words WHERE word = ? AND moment = ? AND item = ?"
_COUNT_WORD = """
INSERT INTO word_counts (word, reports) VALUES (?, ?)
ON CONFLICT DO UPDATE SET reports = reports + excluded.reports
"""
_FORGET_WORDS = "DELETE FROM word_counts WHERE reports <= 0"
_REPORTS = """
SELECT item, moment, words, traits FROM reports WHERE item IN (SELECT value FROM json_each(?))
"""
_LAST_OF = "SELECT id FROM items WHERE story = ? ORDER BY moment DESC, id DESC LIMIT ?"
_STORIES_OF = "SELECT id, story FROM items WHERE id IN (SELECT value FROM json_each(?))"
_LATE = "INSERT OR IGNORE INTO late_items (item) VALUES (?)"
_COUNTS = """
SELECT word, reports FROM word_counts WHERE word IN (SELECT value FROM json_each(?))
"""
_PLACES = "SELECT word FROM word_counts WHERE word >= ? AND word < ?"
_BARRED = """
SELECT item, story FROM story_hands AS hand WHERE belongs = 0 AND NOT EXISTS (
    SELECT 1 FROM story_hands WHERE item = hand.item AND story = hand.story
    AND act > hand.act AND belongs = 1)
"""
_EXPIRED = """
SELECT item FROM reports WHERE moment < ? AND placed <= coalesce(
    (SELECT placed FROM reports ORDER BY placed DESC LIMIT 1 OFFSET ?), 0)
"""

_words_of_json = Decoder(dict[str, float])
_traits_of_json = Decoder(Traits)
_encoder = Encoder()


def unplaced_reports(
    connection: sqlite3.Connection, number: int = BATCH
) -> tuple[list[Report], list[int]]:
    """Return the newest unplaced reports, oldest first, and the items without a text."""
    reports, without = [], []
    (are_many,) = connection.execute(_ARE_MANY, (_FEW_REPORTS,)).fetchone()
    statement = _MANY_UNPLACED if are_many else _FEW_UNPLACED
    for row in connection.execute(statement, (number,)).fetchall():
        report = _report_of(row)
        if report is None:
            without.append(row[0])
        else:
            reports.append(report)
    return sorted(reports, key=lambda each: (each.moment, each.id)), without


def forget_unplaced(connection: sqlite3.Connection, items: Iterable[int]) -> None:
    """Remove items from those that are to be placed."""
    connection.executemany("DELETE FROM unplaced WHERE item = ?", [(item,) for item in items])


def keep_reports(connection: sqlite3.Connection, reports: Sequence[Report]) -> None:
    """Store the words of reports in place of the known ones."""
    _delete_reports(connection, [report.id for report in reports])
    (placed,) = connection.execute(_LAST_PLACED).fetchone()
    stored = [(_json(report.words), report.id) for report in reports]
    # In the order of the table, and with the room that the words will take: rows that come in the
    # reverse order, or grow, end on a page of their own.
    connection.executemany(
        _REMEMBER,
        sorted(
            (report.id, _seconds(report), placed + number, _no_words(told), _json(report.traits))
            for number, (report, (told, _)) in enumerate(zip(reports, stored, strict=True), 1)
        ),
    )
    words = [
        (word, moment, report.id)
        for report in reports
        for moment in [_seconds(report)]
        for word in report.words
    ]
    connection.executemany(_ADD_WORD, sorted(words))
    _count_words(connection, words, 1)
    connection.executemany(_SET_WORDS, stored)


def expire(connection: sqlite3.Connection, now: int) -> None:
    """Delete the words of reports that are too old for new ones to join their story (Unix s)."""
    rows = connection.execute(_EXPIRED, (now - _KEEP_SECONDS, _KEEP)).fetchall()
    _delete_reports(connection, [row[0] for row in rows])
    connection.execute(_FORGET_WORDS)


def _delete_reports(connection: sqlite3.Connection, items: Sequence[int]) -> None:
    """Delete reports with their words.

    Words are written for all reports at once, in their order in the tables, and not by the triggers
    of `reports`, which take three times as long; those find no words here.
    """
    numbers = json.dumps(items)
    rows = connection.execute(_WORDS, (numbers,)).fetchall()
    words = [(word, moment, item) for item, moment, told in rows for word in _words_in(told)]
    connection.executemany(_DELETE_WORD, sorted(words))
    _count_words(connection, words, -1)
    connection.execute(_NO_WORDS, (numbers,))
    connection.execute(_DELETE, (numbers,))


def _count_words(
    connection: sqlite3.Connection, words: Iterable[tuple[str, int, int]], sign: int
) -> None:
    counts = Counter(word for word, *_ in words)
    connection.executemany(
        _COUNT_WORD, [(word, sign * count) for word, count in sorted(counts.items())]
    )


class Placing:
    """Places the reports of one run, one after another.

    No report is later than `latest`. The reports that contain a word are counted once, when the
    word first occurs.
    """

    def __init__(
        self, connection: sqlite3.Connection, fresh: set[int], latest: datetime | None = None
    ) -> None:
        self._connection = connection
        self._fresh = fresh
        self._counts: dict[str, int] = {}
        (self._total,) = connection.execute("SELECT count(*) FROM reports").fetchone()
        self._rare = lru_cache(maxsize=100_000)(Rarity(self._total, self._counts).of)
        places = connection.execute(_PLACES, (PLACE, chr(ord(PLACE) + 1)))
        self._places = words_of_places(row[0] for row in places)
        self._known: dict[int, Weighed] = {}
        # In seconds, as a date may be so late that there is no datetime after it.
        until = _EVER if latest is None else seconds_of(latest) + WITHIN.days * _DAY
        self._lists = WordLists(connection, until, _HELD)
        self._barred = {*connection.execute(_BARRED), *barred(connection)}

    def place(self, item: int) -> None:
        """Place one report, unless it is already in a story or was removed meanwhile."""
        report = self._load([item]).get(item)
        if report is None:
            return
        (story,) = self._connection.execute(
            "SELECT story FROM items WHERE id = ?", (item,)
        ).fetchone() or (0,)
        if story is None:
            choice = choose_story(report, self._groups(report))
            if choice.story is not None:
                self._unite(item, choice)
        self._lists.add(report.weights, _seconds(report.report), item)

    def related(self, report: Report, own: int | None) -> list[int]:
        """Return the reports with the most similar words, without those in story `own`."""
        weighed = self._weigh(report)
        lists = WordLists(self._connection, _EVER, NEWEST)
        found = self._load(self._candidates(weighed, lists, _ANY_DAYS))
        stories = self._stories_of(found)
        alike = {
            number: cosine(weighed, other)
            for number, other in found.items()
            if own is None or stories.get(number) != own
        }
        best = sorted(alike, key=lambda number: (-alike[number], -number))
        return [number for number in best if alike[number] >= _LEAST][:_RELATED]

    def _groups(self, report: Weighed) -> dict[int, list[Weighed]]:
        """Return the stories that a report may belong to; a lone report has its negative number."""
        stories = self._stories_of(self._candidates(report, self._lists))
        groups: dict[int, list[Weighed]] = {}
        for item, story in stories.items():
            key = -item if story is None else story
            if key not in groups and (report.report.id, story) not in self._barred:
                members = [item] if story is None else self._last_of(story)
                known = self._load(members)
                groups[key] = [known[each] for each in members if each in known]
        return {key: sorted(each, key=_time_of) for key, each in groups.items() if each}

    def _candidates(
        self, report: Weighed, lists: WordLists, days_apart: int = WITHIN.days
    ) -> list[int]:
        moment, within = _seconds(report.report), days_apart * _DAY
        heavy = [
            (self._rare(word), lists.newest(word, moment - within, moment + within, NEWEST))
            for word in heaviest(report)
        ]
        shared: Counter[int] = Counter()
        for _, items in heavy:
            shared.update(items)
        likely = {item for item, number in shared.items() if number >= SHARED}
        likely.discard(report.report.id)
        weight = dict.fromkeys(likely, 0.0)
        for rare, items in heavy:
            for item in likely.intersection(items):
                weight[item] += rare
        # If many are alike, only those that may be among the best are sorted.
        least = sorted(weight.values())[-CANDIDATES:][:1]
        best = [item for item, each in weight.items() if each >= least[0]]
        return sorted(best, key=lambda item: (-weight[item], -item))[:CANDIDATES]

    def _unite(self, item: int, choice: Placement) -> None:
        """Give one story number to a report, its story and those that prove to be the same."""
        keys = [choice.story or 0, *choice.bridged]
        shown = [key for key in keys if key > 0 and key not in self._fresh]
        # Two stories that could both be seen stay separate.
        keys = [key for key in keys if key not in shown[1:] or key == choice.story]
        if choice.story in shown[1:]:
            shown = [choice.story or 0]
        keys = [key for key in keys if key in shown[:1] or key not in shown]
        if self._are_barred(keys):
            keys = keys[:1]
        numbers = [key for key in keys if key > 0]
        story = next((key for key in numbers if key in shown), min(numbers, default=0))
        story = story or self._new_story()
        alone = [-key for key in keys if key < 0]
        self._connection.executemany(
            "UPDATE items SET story = ? WHERE id = ?", [(story, each) for each in (item, *alone)]
        )
        self._connection.executemany(_LATE, [(each,) for each in (item, *alone)])
        self._connection.executemany(
            "UPDATE items SET story = ? WHERE story = ?",
            [(story, number) for number in numbers if number != story],
        )

    def _are_barred(self, keys: Sequence[int]) -> bool:
        """Tell whether a reader took a report of one of these stories out of another of them."""
        members = {key: [-key] if key < 0 else self._last_of(key) for key in keys}
        return any(
            (item, key) in self._barred
            for key in keys
            for other, items in members.items()
            if other != key
            for item in items
        )

    def _new_story(self) -> int:
        number = new_story(self._connection)
        self._fresh.add(number)
        return number

    def _stories_of(self, items: Iterable[int]) -> dict[int, int | None]:
        return dict(self._connection.execute(_STORIES_OF, (json.dumps(list(items)),)))

    def _last_of(self, story: int) -> list[int]:
        return [row[0] for row in self._connection.execute(_LAST_OF, (story, LAST))]

    def _load(self, items: Iterable[int]) -> dict[int, Weighed]:
        items = list(items)
        missing = [item for item in items if item not in self._known]
        if missing:
            rows = self._connection.execute(_REPORTS, (json.dumps(missing),)).fetchall()
            for report in map(_stored_report, rows):
                self._known[report.id] = self._weigh(report)
        return {item: self._known[item] for item in items if item in self._known}

    def _weigh(self, report: Report) -> Weighed:
        unknown = [word for word in report.words if word not in self._counts]
        if unknown:
            self._counts.update(dict.fromkeys(unknown, 0))
            self._counts.update(self._connection.execute(_COUNTS, (json.dumps(unknown),)))
        return weigh(report, self._rare, _frequencies(), self._places)


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    """Return how often each stem is used in Dutch."""
    with (WORDS / "nl.txt").open(encoding="utf-8") as lines:
        return read_frequencies(lines)


def load_report(connection: sqlite3.Connection, item: int) -> Report | None:
    """Return the words of an item's text; None if it has none."""
    if stored := connection.execute(_REPORTS, (json.dumps([item]),)).fetchone():
        return _stored_report(stored)
    row = connection.execute(_TEXT, (item,)).fetchone()
    return _report_of(row) if row else None


def _report_of(row: tuple[Any, ...]) -> Report | None:
    number, moment, title, summary, dateline, blocks = row
    body = body_of(blocks, summary) or ""
    if not title or not (summary or body):
        return None
    places = dateline_of(dateline)
    return report_of(
        number,
        moment_of(moment),
        title=clean_line(title),
        lead=summary,
        body=body,
        places=places.places if places else (),
    )


def _stored_report(row: tuple[int, int, str, str]) -> Report:
    item, moment, words, traits = row
    return Report(item, moment_of(moment), _words_in(words), _traits_of_json.decode(traits))


def _words_in(stored: str) -> dict[str, float]:
    return _words_of_json.decode(stored)


def _no_words(told: str) -> str:
    """Return JSON without any word that is as long as that of words."""
    return "{}".ljust(len(told.encode()))


def _json(value: object) -> str:
    return _encoder.encode(value).decode()


def _seconds(report: Report) -> int:
    return int(report.moment.timestamp())


def _time_of(weighed: Weighed) -> tuple[Any, int]:
    return weighed.report.moment, weighed.report.id
