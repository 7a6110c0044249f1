"""New headlines in saved searches and watched stories that no command has shown yet."""

from datetime import datetime

from reader.model import NotificationGroup, Selection
from reader.store.connection import Database
from reader.store.headlines import Headlines

_SEARCHES = "SELECT name, query, told FROM searches ORDER BY id"
_STORIES = "SELECT number, told FROM stories WHERE watched = 1 ORDER BY number"
_NOTE = (
    "UPDATE searches SET told = max(told, ?)",
    "UPDATE stories SET told = max(told, ?) WHERE watched = 1",
)
# The most headlines of a group that are loaded.
_MOST = 1_000


class Notifications:
    """Stores, for each saved search and watched story, the last headline shown by a command."""

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
            (name, Selection(query=query, at=now, after=told, unread=True))
            for name, query, told in searches
        ]
        wanted += [("", Selection(story=story, after=told, unread=True)) for story, told in stories]
        seen: set[int] = set()
        groups = []
        for name, selection in wanted:
            found = self._headlines.ids(selection)
            ids = [each for each in found if each <= upto and each not in seen]
            seen.update(ids)
            if headlines := self._headlines.load(ids[:_MOST]):
                newest = headlines[0].teaser
                shown = name or newest.title or newest.summary
                groups.append(NotificationGroup(shown, len(ids), tuple(headlines)))
        return groups

    def note(self, upto: int) -> None:
        """Record that commands have shown all headlines up to this number."""
        with self._database.writing() as connection:
            for statement in _NOTE:
                connection.execute(statement, (upto,))
