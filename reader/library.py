"""What the reader and the command line ask for; everything here answers from the cache alone."""

from typing import TYPE_CHECKING

from reader.store import Added, Bounds, Cache, Due, Health, Retained

if TYPE_CHECKING:
    # A plain list is quick because it imports none of this.
    from reader.store.search import Searcher

__all__ = ["Added", "Bounds", "Due", "Health", "Library", "Retained", "Searcher"]


class Library(Cache):
    """The cached edition: its headlines, articles and marks, in one file."""
