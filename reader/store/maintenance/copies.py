"""The last good copy of the cache, which runs keep beside it."""

import shutil
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.errors import CacheError
from reader.files import written_whole
from reader.store.maintenance.backup import check
from reader.store.migrations import copy_database
from reader.store.opening import DATABASE_ERRORS, open_read_only
from reader.store.side_files import copy_of
from reader.store.soundness import damaged_rows

# The age of a copy at which the next one is made.
_EVERY = timedelta(days=1)
# Pruned headlines must be gone from the copy by this age, even if no new copy could be made.
_OLDEST = timedelta(days=7)
# A copy may take one part in this many of the free space.
_SHARE = 10


def made_at(cache: Path) -> datetime | None:
    """Return when the copy was made (UTC), None if there is none."""
    try:
        return datetime.fromtimestamp(copy_of(cache).stat().st_mtime, UTC)
    except OSError:
        return None


def renew(cache: Path, now: datetime) -> bool:
    """Make a copy if the last one is a day old; return whether one was made.

    The new copy replaces the old one only after it was read and found sound, so damage never
    replaces a good copy. No copy is made that would take more than a tenth of the free space; a
    copy that is a week old is deleted.
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
