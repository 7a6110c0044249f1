"""Prunes old headlines: announces them a day ahead and keeps an undo file for a day."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from msgspec import Struct

from reader.errors import Reason
from reader.files import read_beginning, stamped_path, written_whole
from reader.store.archive import Archive
from reader.store.archive.exporter import lines_of
from reader.store.archive.files import read_export, write_packed
from reader.store.connection import Database
from reader.store.conversion import moment_of, seconds_of
from reader.store.failures import cache_error_of
from reader.store.maintenance import retention_policy, vacuum
from reader.store.maintenance.junk import Junk, find_junk
from reader.store.maintenance.retention_policy import DAY, Announcement, Bounds, Due, Listed

# The size limit of the announcement, enough for millions of headlines (bytes).
_MOST_ANNOUNCED = 100_000_000
# Headlines per transaction: all at once would block other processes for seconds.
_HEADLINES = 300
# A word index is merged if more than one in this many headlines was removed.
_WORTH_MERGING = 10
_LABEL = "pruned"
_END_OF_TIME = 2**62


class Retained(Struct, frozen=True):
    """The result of retention at the end of a run: the removed headlines, and those due later."""

    pruned: int = 0
    due: int = 0
    due_after: datetime | None = None


class Pruner:
    """Removes old headlines, and restores removed ones."""

    def __init__(self, database: Database, archive: Archive) -> None:
        self._database = database
        self._archive = archive

    def bounds(
        self, now: datetime, days: int, articles: int, *, spare_shown: bool = False
    ) -> Bounds | None:
        """Return the bounds for keeping `days` or `articles`, None if nothing exceeds them.

        0 sets no bound. With `spare_shown`, headlines that the site showed in the last day are
        kept.
        """
        with self._database.using("read") as connection:
            before = retention_policy.before_of(connection, seconds_of(now), days, articles)
        shown = seconds_of(now) - DAY if spare_shown else _END_OF_TIME
        return None if before is None else Bounds(before, shown)

    def due(self, bounds: Bounds) -> Due:
        """Return how many headlines are due for removal."""
        with self._database.using("read") as connection:
            return retention_policy.due(connection, bounds)

    def due_ids(self, bounds: Bounds) -> list[int]:
        """Return the numbers of the headlines that are due for removal."""
        with self._database.using("read") as connection:
            return [each.id for each in retention_policy.listed(connection, bounds)]

    def prune(self, bounds: Bounds, now: datetime) -> int:
        """Remove the due headlines, except those that change meanwhile; return how many.

        They are first written to a file beside the cache, from which `undo_prune` restores them.
        """
        with self._database.using("read") as connection:
            going = retention_policy.listed(connection, bounds)
        return self._remove(going, now)

    def junk(self) -> list[Junk]:
        """Return the headlines that were stored by mistake, as far as the store can tell."""
        with self._database.reading() as connection:
            return find_junk(connection)

    def remove(self, ids: Sequence[int], now: datetime) -> int:
        """Remove headlines that are not saved, as `prune` does; return how many."""
        with self._database.using("read") as connection:
            going = retention_policy.listed_among(connection, ids)
        return self._remove(going, now)

    def _remove(self, going: Sequence[Listed], now: datetime) -> int:
        self._database.require_writable()
        with self._database.reading() as connection:
            if not going:
                return 0
            target = stamped_path(self._database.path, _LABEL, now)
            try:
                with written_whole(target) as part:
                    write_packed(part, lines_of(connection, [each.id for each in going]))
            except OSError as error:
                raise cache_error_of(error, target, "written", "pruned") from error
        gone = 0
        left = iter(going)
        while some := list(islice(left, _HEADLINES)):
            if gone:
                self._database.give_way()
            with self._database.writing() as connection:
                gone += retention_policy.drop(connection, some)
        if gone * _WORTH_MERGING > self._count():
            self._merge_indexes()
        return gone

    def _count(self) -> int:
        with self._database.using("read") as connection:
            return int(connection.execute("SELECT count(*) FROM items").fetchone()[0])

    def _merge_indexes(self) -> None:
        """Remove deleted words from the indexes in small steps."""
        with self._database.using("read") as connection:
            indexes = vacuum.word_indexes(connection)
        for index in indexes:
            first, more = True, True
            while more:
                with self._database.writing() as connection:
                    more = vacuum.merge_step(connection, index, first=first)
                first = False
                self._database.give_way()

    def undo_prune(self, now: datetime) -> int | None:
        """Restore all headlines removed in the last day; return how many, or None if none."""
        self._database.require_writable()
        files = self._pruned_files()
        back = 0
        for file in files:
            refused: list[Reason] = []
            back += self._archive.import_lines(read_export(file, refused.append), now, own=True)
            if not refused:
                file.unlink(missing_ok=True)
        self._forget_announcement()
        return back if files else None

    def retain(self, now: datetime, days: int, articles: int) -> Retained:
        """Remove what was announced a day ago, announce the rest, and return the counts.

        The files with headlines that were removed more than a day ago are deleted too.
        """
        self._drop_pruned_files(now)
        bounds = self.bounds(now, days, articles, spare_shown=True)
        announcement, at = self._announcement(), seconds_of(now)
        if bounds is None:
            self._forget_announcement()
            return Retained()
        pruned = 0
        if announcement is not None and at >= announcement.at + DAY:
            pruned = self.prune(Bounds(min(announcement.before, bounds.before), bounds.shown), now)
            announcement = None
        if announcement is not None and announcement.at <= at:
            bounds = Bounds(min(announcement.before, bounds.before), bounds.shown)
        else:
            announcement = Announcement(at, bounds.before)
        due = self.due(bounds).headlines
        if not due:
            self._forget_announcement()
            return Retained(pruned)
        self._announce(announcement)
        return Retained(pruned, due, moment_of(announcement.at + DAY))

    def announced(self, now: datetime, days: int, articles: int) -> Retained:
        """Return what a run at `now` would announce as due, and from when; changes nothing."""
        bounds = self.bounds(now, days, articles, spare_shown=True)
        announcement = self._announcement()
        if bounds is None:
            return Retained()
        if announcement is not None:
            bounds = Bounds(min(announcement.before, bounds.before), bounds.shown)
        goes = None if announcement is None else moment_of(announcement.at + DAY)
        return Retained(0, self.due(bounds).headlines, goes)

    def pruned_files(self) -> list[Path]:
        """Return the files from which the headlines removed in the last day can be restored."""
        with self._database.using("read"):
            return self._pruned_files()

    def _pruned_files(self) -> list[Path]:
        found = self._database.path.parent.glob(f"{self._database.path.name}.{_LABEL}-*Z*")
        # A killed process may leave a partial file; it had not removed anything yet.
        return sorted(file for file in found if file.suffix != ".part")

    def _drop_pruned_files(self, now: datetime) -> None:
        for file in self.pruned_files():
            stamp = file.name.removeprefix(f"{self._database.path.name}.{_LABEL}-")[:16]
            with suppress(ValueError, OSError):
                since = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
                if now - since > timedelta(seconds=DAY):
                    file.unlink(missing_ok=True)

    @property
    def _notice(self) -> Path:
        """The file that stores the announcement; if it is lost, the announcement is made again."""
        return self._database.path.with_name(f"{self._database.path.name}.due")

    def _announcement(self) -> Announcement | None:
        with suppress(OSError, UnicodeDecodeError):
            text = read_beginning(self._notice, _MOST_ANNOUNCED).decode("utf-8")
            return retention_policy.announcement_of(text)
        return None

    def _announce(self, announcement: Announcement) -> None:
        if announcement == self._announcement():
            return
        try:
            with written_whole(self._notice) as part:
                part.write_text(retention_policy.announcement_text(announcement), encoding="utf-8")
        except OSError as error:
            raise cache_error_of(error, self._notice, "written", "announcement") from error

    def _forget_announcement(self) -> None:
        with suppress(OSError):
            self._notice.unlink(missing_ok=True)
