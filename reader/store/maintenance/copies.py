"""The last good copy of the cache, which a run makes by itself beside it."""

import shutil
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.errors import CacheError
from reader.files import written_whole
from reader.store.beside import copy_of
from reader.store.maintenance.backup import check
from reader.store.migrations import copy_database
from reader.store.opening import DATABASE_ERRORS, open_read_only
from reader.store.soundness import damaged_rows

# How old a copy becomes before the next one is made.
_EVERY = timedelta(days=1)
# What was pruned must leave the copy by then, also where no other could be made.
_OLDEST = timedelta(days=7)
# The share of the free space that a copy may take.
_SHARE = 10


def made_at(cache: Path) -> datetime | None:
    """Return when the copy was made (UTC), None where there is none."""
    try:
        return datetime.fromtimestamp(copy_of(cache).stat().st_mtime, UTC)
    except OSError:
        return None


def renew(cache: Path, now: datetime) -> bool:
    """Make a copy where the last one is a day old; tell whether one was made.

    It counts only once it was read and found sound, so damage never takes a good copy's place. None
    is made that would take more than a tenth of the free space; one that is a week old goes.
    """
    made = made_at(cache)
    if made is not None and timedelta() <= now - made < _EVERY:
        return False
    done = False
    with suppress(OSError, CacheError, *DATABASE_ERRORS):
        if _has_room(cache):
            done = _copy(cache)
    if not done and made is not None and now - made >= _OLDEST:
        with suppress(OSError):
            copy_of(cache).unlink(missing_ok=True)
    return done


def _has_room(cache: Path) -> bool:
    free = shutil.disk_usage(cache.parent).free
    return cache.stat().st_size <= free // _SHARE


def _copy(cache: Path) -> bool:
    with written_whole(copy_of(cache)) as part:
        with closing(open_read_only(cache)) as source:
            copy_database(source, part)
        check(part)
        with closing(open_read_only(part)) as copy:
            if damaged_rows(copy):
                raise CacheError("copy_unsound", place=part)
    return True
