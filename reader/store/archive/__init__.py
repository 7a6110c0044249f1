"""All content of the store, as lines that any program can read, and back."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from reader.errors import ReaderError
from reader.files import written_whole
from reader.store.archive.exporter import bundle_lines, cache_id, every_line
from reader.store.archive.files import packed_xz, read_origin, refuse_existing
from reader.store.archive.format import ExportLine, HeadlineLine, is_marked, without_marks
from reader.store.archive.importer import LineImport
from reader.store.connection import Database
from reader.store.conversion import seconds_of
from reader.store.failures import cache_error_of
from reader.store.ingest.items import drop_sample

# Lines in one transaction: some ten milliseconds.
_LINES = 200


class Archive:
    """The export and import of the content of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def export_lines(self) -> Iterator[str]:
        """Yield everything in the cache except raw pages, as lines of JSON.

        The lines represent a single moment, whatever others write meanwhile.
        """
        with self._database.reading() as connection:
            yield from every_line(connection)

    def export(self, target: Path, *, force: bool = False) -> int:
        """Write an export to the file `target`, all or nothing; return how many headlines it has.

        Raises CacheError if the file exists without `force`, or cannot be written.
        """
        refuse_existing(target, self._database.path, force=force)
        count = 0
        try:
            with written_whole(target) as part, part.open("w", encoding="utf-8") as file:
                for line in self.export_lines():
                    file.write(line + "\n")
                    count += line.startswith('{"kind": "headline"')
        except OSError as error:
            raise cache_error_of(error, target, "written", "export") from error
        return count

    def bundle(self, since: datetime | None) -> Iterator[bytes]:
        """Yield the bytes of a bundle of what came in since a moment, or of everything.

        A bundle has no marks. The bytes represent a single moment, whatever others write meanwhile.
        """
        with self._database.reading() as connection:
            yield from packed_xz(
                bundle_lines(connection, None if since is None else seconds_of(since))
            )

    def write_bundle(self, target: Path, since: datetime | None, *, force: bool = False) -> None:
        """Write a bundle to the file `target`, all or nothing; raises CacheError."""
        refuse_existing(target, self._database.path, force=force)
        try:
            with written_whole(target) as part, part.open("wb") as file:
                file.writelines(self.bundle(since))
        except OSError as error:
            raise cache_error_of(error, target, "written", "export") from error

    def takes_marks(self, path: Path, *, asked: bool) -> bool:
        """Tell whether the marks in a file are to be imported; raises ReaderError.

        Those in an export of this cache are, those of another cache only if `asked` for; a bundle
        has none.
        """
        origin = read_origin(path)
        with self._database.using("read") as connection:
            return not origin.is_bundle and (asked or origin.cache == cache_id(connection))

    def import_news(self, lines: Iterator[ExportLine], now: datetime) -> tuple[int, int]:
        """Import the lines of an export without the marks of its reader.

        Return how many headlines are new, and how many had marks that were left out.
        """
        marked = 0

        def without() -> Iterator[ExportLine]:
            nonlocal marked
            for line in lines:
                marked += isinstance(line, HeadlineLine) and is_marked(line)
                if (bare := without_marks(line)) is not None:
                    yield bare

        return self.import_lines(without(), now), marked

    def import_lines(self, lines: Iterator[ExportLine], now: datetime, *, own: bool = False) -> int:
        """Import the lines of an export; return how many headlines are new.

        Existing headlines are completed: marks are merged, newer texts win. With `own` the lines
        come from this cache. Importing the same lines again changes nothing.
        """
        importing: LineImport | None = None
        for batch in _batches(lines):
            if importing:
                self._database.give_way()
            with self._database.writing() as connection:
                if importing is None:
                    drop_sample(connection)
                    importing = LineImport(connection, now, own=own)
                for line in batch:
                    importing.add(line)
        if importing:
            with self._database.writing():
                importing.finish()
        return importing.headlines if importing else 0

    def distrust_listings(self) -> None:
        """Clear the validators of listings, so that all are sent in full: an import was partial."""
        with self._database.writing() as connection:
            connection.execute("UPDATE pages SET etag = NULL, modified = NULL WHERE article = 0")


def _batches(lines: Iterator[ExportLine]) -> Iterator[list[ExportLine]]:
    """Yield lines in batches; if reading fails, the lines before the failure are yielded first."""
    batch: list[ExportLine] = []
    try:
        for line in lines:
            batch.append(line)
            if len(batch) == _LINES:
                yield batch
                batch = []
    except ReaderError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
