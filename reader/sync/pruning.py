"""What a run does at its end with what is old: kept pages, and headlines as the settings want."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from reader.config import Settings
from reader.events import Done
from reader.jsonform import time_json
from reader.library import SyncLibrary

# How long the older texts of articles that are not saved stay.
_KEEP_REVISIONS = timedelta(days=30)


def retire(library: SyncLibrary, settings: Settings, done: Done, now: datetime) -> Done:
    """Drop what is old, give back its space, and keep a copy of the cache.

    Return `done` with what went and what is due.
    """
    library.pages.drop_revisions(now - _KEEP_REVISIONS)
    library.pages.drop_raw(now - timedelta(days=settings.keep_days), now=now)
    retained = library.retention.retain(now, settings.retain_days, settings.retain_articles)
    # It can wait for the next run where others are busy with the file.
    library.maintenance.give_back()
    library.maintenance.keep_copy(now)
    due_after = time_json(retained.due_after) if retained.due_after else ""
    return replace(done, pruned=retained.pruned, due=retained.due, due_after=due_after)
