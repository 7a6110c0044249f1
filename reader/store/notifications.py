"""Headlines in saved searches and watched stories that no command has shown yet.

These came in since the last notification, or got a text or a story since.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from reader.model import NotificationGroup, Selection
from reader.store.connection import Database
from reader.store.headlines import Headlines

_SEARCHES = "SELECT id, name, query, told, since FROM searches ORDER BY id"
_STORIES = "SELECT number, told, since FROM stories WHERE watched = 1 ORDER BY number"
_KNOWN = """
SELECT item FROM notified WHERE topic IN (0, ?) AND item IN (SELECT value FROM json_each(?))
"""
_SHOWN = "INSERT OR IGNORE INTO notified (item, topic) VALUES (?, 0)"
_NOTE = (
    "UPDATE searches SET told = max(told, ?)",
    "UPDATE stories SET told = max(told, ?) WHERE watched = 1",
    "DELETE FROM late_items WHERE item <= ?",
)
# The most headlines of a group that are loaded.
_MOST = 1_000


class Notifications:
    """Stores, for each saved search and watched story, the headlines shown by a command."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._headlines = Headlines(database)

    def groups(self, now: datetime, upto: int) -> list[NotificationGroup]:
        """Return the unread headlines up to a number that were not shown yet, by search or story.

        A story has the name of its newest report. A headline that belongs to several groups is
        returned in the first.
        """
        with self._database.using("read") as connection:
            searches = connection.execute(_SEARCHES).fetchall()
            stories = connection.execute(_STORIES).fetchall()
        wanted = [
            (number, name, Selection(query=query, at=now, after=last_shown, unread=True), since)
            for number, name, query, last_shown, since in searches
        ]
        wanted += [
            (-story, "", Selection(story=story, after=last_shown, unread=True), since)
            for story, last_shown, since in stories
        ]
        seen: set[int] = set()
        groups = []
        for topic, name, selection, since in wanted:
            found = self._headlines.ids(selection)
            late = self._headlines.ids(replace(selection, after=since, late=True))
            ids = [each for each in dict.fromkeys([*found, *late]) if each <= upto]
            ids = self._unknown([each for each in ids if each not in seen], topic)
            seen.update(ids)
            if headlines := self._headlines.load(ids[:_MOST]):
                newest = headlines[0].teaser
                shown = name or newest.title or newest.summary
                groups.append(NotificationGroup(shown, tuple(ids), tuple(headlines)))
        return groups

    def note(self, upto: int, shown: Iterable[int] = ()) -> None:
        """Record that commands know all headlines up to a number, and have shown some of them."""
        with self._database.writing() as connection:
            connection.executemany(_SHOWN, [(item,) for item in shown])
            for statement in _NOTE:
                connection.execute(statement, (upto,))

    def _unknown(self, items: list[int], topic: int) -> list[int]:
        with self._database.using("read") as connection:
            rows = connection.execute(_KNOWN, (topic, json.dumps(items)))
            known = {row[0] for row in rows}
        return [item for item in items if item not in known]
