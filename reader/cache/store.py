"""The cache itself: one connection, one place where SQLite's errors become sentences."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path
from threading import RLock
from types import TracebackType

from reader.cache import queries
from reader.cache.importing import Added, PageImport
from reader.cache.opening import explain, open_database
from reader.cache.queries import Health
from reader.cache.rows import seconds_of
from reader.model import Article, Headline, Listing, SectionCount, Selection

_FAILURES = (sqlite3.Error, OSError, JSONDecodeError)


class Cache:
    """The headlines, articles and marks in one file; other processes may use it meanwhile.

    Threads may share it and take turns. Every method may raise CacheError, and what it was to
    change is then unchanged.
    """

    def __init__(self, path: Path) -> None:
        """Open the cache at `path`, made with its folder where there is none.

        Raises CacheCorrupt or CacheTooNew for a file that it then leaves as it was.
        """
        self._path = path
        self._lock = RLock()
        try:
            self._connection = open_database(path)
        except _FAILURES as error:
            raise explain(error, path, "opened") from error
        self._data_version = 0
        try:
            self.changed()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Cache":
        """Return the cache itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the cache."""
        self.close()

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with self._using("closed"):
            self._connection.close()

    def ids(self, selection: Selection, limit: int | None = None) -> list[int]:
        """Return the numbers of the selected headlines, newest first, at most `limit`."""
        with self._using("read") as connection:
            return queries.ids(connection, selection, limit)

    def headlines(self, ids: Sequence[int]) -> list[Headline]:
        """Return the headlines with these numbers, in this order; vanished ones are left out."""
        with self._using("read") as connection:
            return queries.headlines(connection, ids)

    def find(self, url: str) -> int | None:
        """Return the number of the headline at `url`, or that ends in it, or None."""
        with self._using("read") as connection:
            return queries.find(connection, url)

    def article(self, headline_id: int) -> Article | None:
        """Return the whole article of a headline, or None where only the headline is cached."""
        with self._reading() as connection:
            return queries.article(connection, headline_id)

    def related(self, headline_id: int) -> list[Headline]:
        """Return the headlines that stood under the article on its page, in page order."""
        with self._reading() as connection:
            return queries.related(connection, headline_id)

    def sections(self) -> list[SectionCount]:
        """Return the sections that the cache holds headlines of, the fullest first."""
        with self._using("read") as connection:
            return queries.sections(connection)

    def is_sample(self) -> bool:
        """Tell whether what the cache holds is the bundled sample edition."""
        with self._reading() as connection:
            return queries.is_sample(connection)

    def health(self) -> Health:
        """Return the state of the file; it is read from end to end."""
        with self._reading() as connection:
            return queries.health(connection, self._path)

    def changed(self) -> bool:
        """Tell whether another process wrote to the file since this was last asked."""
        with self._using("read") as connection:
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            before, self._data_version = self._data_version, version
            return bool(version != before)

    def mark_read(self, headline_id: int, *, read: bool = True) -> None:
        """Set or clear the read mark; it is in the file when this returns."""
        with self._using("written") as connection:
            connection.execute("UPDATE items SET read = ? WHERE id = ?", (read, headline_id))

    def mark_saved(self, headline_id: int, *, saved: bool = True) -> None:
        """Set or clear the saved mark; it is in the file when this returns."""
        with self._using("written") as connection:
            connection.execute("UPDATE items SET saved = ? WHERE id = ?", (saved, headline_id))

    def add(self, page: Article | Listing, *, sample: bool = False) -> Added:
        """Store a page, the whole of it or nothing, and tell what it brought.

        The first real page takes the place of the sample edition, which never joins real pages.
        """
        with self._using("written") as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            if not sample:
                connection.execute("DELETE FROM items WHERE sample = 1")
            elif queries.has_real(connection):
                return Added("unchanged" if isinstance(page, Article) else None, 0)
            at = seconds_of(page.fetched)
            return PageImport(connection, at, sample=sample).add(page)

    @contextmanager
    def _using(self, task: str) -> Iterator[sqlite3.Connection]:
        """Lend the connection; an error becomes a sentence that it cannot be `task`."""
        with self._lock:
            try:
                yield self._connection
            except _FAILURES as error:
                raise explain(error, self._path, task) from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for several reads that see one state of the file."""
        with self._using("read") as connection, connection:
            connection.execute("BEGIN")
            yield connection
