"""All that the store holds, as lines that any program can read, and back."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from reader.files import written_whole
from reader.store.archive.exporter import every_line
from reader.store.archive.files import refuse_existing
from reader.store.archive.format import Line
from reader.store.archive.importer import LineImport
from reader.store.connection import Database
from reader.store.failures import explain
from reader.store.ingest.items import drop_sample

# Lines in one transaction: some ten milliseconds.
_LINES = 200


class Archive:
    """The export and the import of what the store holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def export_lines(self) -> Iterator[str]:
        """Yield all that the cache holds, but for pages as they were fetched, as lines of JSON.

        They tell of one moment, whatever others write meanwhile.
        """
        with self._database.reading() as connection:
            yield from every_line(connection)

    def export(self, target: Path, *, force: bool = False) -> int:
        """Write an export to the file `target`, whole or not at all; return how many headlines.

        Raises CacheError where there is such a file and no `force`, or it cannot be written.
        """
        refuse_existing(target, self._database.path, force=force)
        count = 0
        try:
            with written_whole(target) as part, part.open("w", encoding="utf-8") as file:
                for line in self.export_lines():
                    file.write(line + "\n")
                    count += line.startswith('{"kind": "headline"')
        except OSError as error:
            raise explain(error, target, "written", "export") from error
        return count

    def import_lines(self, lines: Iterator[Line], now: datetime, *, own: bool = False) -> int:
        """Bring in the lines of an export; return how many headlines are new.

        What is there learns from what comes: marks are united, newer texts win. With `own` the
        lines were the cache's own. Bringing the same lines in again changes nothing.
        """
        importing: LineImport | None = None
        while batch := list(islice(lines, _LINES)):
            if importing:
                self._database.give_way()
            with self._database.writing() as connection:
                if importing is None:
                    drop_sample(connection)
                    importing = LineImport(connection, now, own=own)
                for line in batch:
                    importing.add(line)
        return importing.headlines if importing else 0

    def distrust_listings(self) -> None:
        """Clear the validators of listings, so that all are sent whole: an import was partial."""
        with self._database.writing() as connection:
            connection.execute("UPDATE pages SET etag = NULL, modified = NULL WHERE article = 0")
