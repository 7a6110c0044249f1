"""What a reader asks of the cache, and the marks a reader sets."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Self

from reader.model import (
    Article,
    Counts,
    Found,
    Headline,
    LastVisit,
    Mark,
    SectionCount,
    Selection,
)
from reader.store import queries
from reader.store.store import Store

if TYPE_CHECKING:
    # A plain list is quick because it imports none of this.
    from reader.store.search import Searcher

EVERYTHING = Selection()


class Reading(Store):
    """Headlines, articles and marks."""

    def ids(self, selection: Selection = EVERYTHING, limit: int | None = None) -> list[int]:
        """Return the numbers of the selected headlines, newest first, at most `limit`."""
        with self._using("read") as connection:
            return queries.ids(connection, selection, limit)

    def counts(self, selection: Selection = EVERYTHING) -> Counts:
        """Return how many headlines are selected, and how many of them are unread."""
        with self._reading() as connection:
            return queries.counts(connection, selection)

    def last_id(self) -> int:
        """Return the number of the headline that came in last, 0 where there is none."""
        with self._using("read") as connection:
            return queries.last_id(connection)

    def unread_among(self, ids: Sequence[int]) -> set[int]:
        """Return those of `ids` whose headlines are unread."""
        with self._using("read") as connection:
            return queries.unread_among(connection, ids)

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

    def search(self, query: str, now: datetime, limit: int = 100) -> Found:
        """Return the best hits for what a reader typed, at most `limit`.

        The language of `query` is `reader.text.query`'s; nothing that can be typed is an error.
        """
        from reader.store.search import search  # noqa: PLC0415

        with self._reading() as connection:
            return search(connection, query, now, limit)

    def searcher(self) -> "Searcher":
        """Return a searcher with a connection of its own, for a thread that can be interrupted."""
        from reader.store.search import Searcher  # noqa: PLC0415

        return Searcher(self._path)

    def is_sample(self) -> bool:
        """Tell whether what the cache holds is the bundled sample edition."""
        with self._reading() as connection:
            return queries.is_sample(connection)

    def mark_read(self, headline_id: int, *, read: bool = True) -> None:
        """Set or clear the read mark; it is in the file when this returns."""
        with self._writing(durable=True) as connection:
            connection.execute("UPDATE items SET read = ? WHERE id = ?", (read, headline_id))

    def mark_saved(self, headline_id: int, *, saved: bool = True) -> None:
        """Set or clear the saved mark; it is in the file when this returns."""
        with self._writing(durable=True) as connection:
            connection.execute("UPDATE items SET saved = ? WHERE id = ?", (saved, headline_id))

    def mark_all(self, mark: Mark, ids: Sequence[int], *, value: bool = True) -> list[int]:
        """Set or clear a mark of all these headlines, or of none; return those it changed.

        It is in the file when this returns, which for a hundred thousand takes half a second.
        """
        with self._writing(durable=True) as connection:
            return queries.mark_all(connection, mark, ids, value=value)

    def aside(self) -> Self:
        """Return the same cache by a connection of its own, for a thread that takes its time."""
        return type(self)(self._path)

    def place(self, headline_id: int) -> int:
        """Return where an article was left, 0 where it was not begun or was read to its end.

        It is told as the number of characters of its body that stand above, not counting spaces.
        """
        with self._using("read") as connection:
            return queries.place(connection, headline_id)

    def keep_place(self, headline_id: int, characters: int) -> None:
        """Store where an article was left, 0 to forget it."""
        with self._writing() as connection:
            queries.keep_place(connection, headline_id, characters)

    def last_visit(self) -> LastVisit | None:
        """Return when the reader was last used, None where it never was."""
        with self._using("read") as connection:
            return queries.last_visit(connection)

    def note_visit(self, visit: LastVisit) -> None:
        """Store when the reader was last used, and what had come in by then."""
        with self._writing() as connection:
            queries.note_visit(connection, visit)
