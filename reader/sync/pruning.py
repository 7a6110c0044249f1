"""Removal, at the end of a run, of old kept pages, and of old headlines as the settings require."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from reader.config import Settings
from reader.events import Done
from reader.jsonform import time_json
from reader.library import SyncLibrary

# How long older texts of articles are kept, unless the article is saved.
_KEEP_REVISIONS = timedelta(days=30)


def prepare(library: SyncLibrary) -> tuple[object, ...]:
    """Return the parts of the store that `retire` uses, so that their modules are imported."""
    return library.pages, library.retention, library.maintenance


def retire(library: SyncLibrary, settings: Settings, done: Done, now: datetime) -> Done:
    """Remove old data, free its space, and keep a copy of the cache.

    Return `done` with the numbers of headlines removed and due.
    """
    library.pages.drop_revisions(now - _KEEP_REVISIONS)
    library.pages.drop_raw(now - timedelta(days=settings.keep_days), now=now)
    retained = library.retention.retain(now, settings.retain_days, settings.retain_articles)
    # This can wait for the next run if other processes are using the file.
    library.maintenance.give_back()
    library.maintenance.keep_copy(now)
    due_after = time_json(retained.due_after) if retained.due_after else ""
    return replace(done, pruned=retained.pruned, due=retained.due, due_after=due_after)
